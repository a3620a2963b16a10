"""What is steady about a clip: body scale, view, facing, near side, and the range this person uses.

A recording takes this first cheap pass over its poses and is then judged by the same loop as a live session.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body import (
    BONES,
    COUNTABLE,
    Points,
    confidence,
    longest_bones,
    masked,
    plane,
    trusted,
)
from formcheck.engine.scale import body_scale, trunk_m
from formcheck.engine.smooth import OneEuro
from formcheck.engine.untangle import Untangle
from formcheck.engine.usual import STILL, Usual, usual_movement
from formcheck.engine.view import LEVEL_TRUNK_DEG, UNKNOWN, View, Widths, view_of
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.signals.geometry import unit
from formcheck.signals.rows import Rows
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

WIDTHS = ("shoulder_width", "hip_width", "trunk_length", "trunk_tilt", "handedness")
#: Below this the votes on which way the person faces are no answer (specification 1.6).
LEAST_VOTE = 0.15
#: Only a trunk that stands (sine of its elevation) has arms whose elbows point backward.
LEANING = 0.7
#: A side must be this much more visible to be the near one; else depth decides.
NEARER = 0.05
LEAST_CYCLE_SEEN = 0.4
#: A level body does not turn its shoulders, so shoulders that are wide even for a while are off square.
WIDE = 80
_LIMB = ("shoulder", "elbow", "hip", "knee", "ankle")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Steady facts of one person in one clip.

    Attributes
    ----------
    scale_px : pixels per trunk length; NaN if no trunk was seen.
    trunk_m : length of the trunk in metres as the model believes it; NaN without world landmarks.
    view : how the camera sees the body.
    facing : +1 the person faces image right, -1 left, NaN not known.
    near_side : "left" or "right".
    cycle : which of the exercise's cycles serves this view; None if none can be seen.
    usual : the range this person uses in that cycle's signal and the time that takes them.
    declared : the working side, when the person said it; None lets geometry find it.
    longest : (10,) length of each limb bone, in trunk lengths, beyond which its end has gone astray.
    exchanges_per_s : how often the model took left for right.
    """

    scale_px: float
    trunk_m: float
    view: View
    facing: float
    near_side: str
    cycle: Cycle | None
    usual: Usual = STILL
    declared: Literal["left", "right"] | None = None
    longest: Floats = field(default_factory=lambda: np.full(BONES, np.nan))
    exchanges_per_s: float = 0.0


@np.errstate(invalid="ignore", divide="ignore")
def calibrate(
    poses: PoseSequence,
    exercise: Exercise,
    *,
    view: str | None = None,
    declared: Literal["left", "right"] | None = None,
) -> Calibration:
    """First pass over a recording; poses without anybody are passed over.

    ``view`` (side, front, back) and ``declared`` (the working side) overrule what geometry would find.
    """
    found = poses.found
    t, image = poses.t[found], poses.image[found]
    if not len(image):
        return Calibration(np.nan, np.nan, UNKNOWN, np.nan, "left", None)
    sure = confidence(image, poses.visibility[found].astype(np.float64), (poses.width_px, poses.height_px))
    raw, world = plane(image), poses.world[found].astype(np.float64)
    scale, trunk = body_scale(masked(raw, sure >= COUNTABLE), world), _median(trunk_m(world))
    raw, sure, longest, rate = _tidied(t, raw / scale, sure)
    points = masked(raw * scale, sure >= COUNTABLE)
    near = near_side(sure, world)
    facing = facing_of(points, near)
    seen_from = View(view) if view else clip_view(points, facing, scale)
    smooth = OneEuro()
    smoothed = np.stack([smooth.step(s, p) for s, p in zip(t, raw, strict=True)])
    points = masked(smoothed * scale, sure >= COUNTABLE)
    cycle, usual = choose_cycle(exercise, seen_from, t, points, facing, scale, near)
    return Calibration(scale, trunk, seen_from, facing, near, cycle, usual, declared, longest, rate)


def _tidied(t: Floats, raw: Points, sure: Floats) -> tuple[Points, Floats, Floats, float]:
    """Points (T, 33) and confidence with limbs in their places and strays out, longest bones, exchange rate."""
    untangle = Untangle()
    frames = [untangle.step(s, p, v) for s, p, v in zip(t, raw, sure, strict=True)]
    raw, sure = np.stack([p for p, _ in frames]), np.stack([v for _, v in frames])
    longest = longest_bones(masked(raw, sure >= COUNTABLE))
    sure = np.stack([trusted(p, v, longest) for p, v in zip(raw, sure, strict=True)])
    return raw, sure, longest, untangle.exchanges / max(float(t[-1] - t[0]), 1.0)


def near_side(visibility: Floats, world: Floats) -> str:
    """The side of the body that is better seen; the nearer one in depth where both are seen alike."""
    mean = {s: np.nanmean(visibility[:, [INDEX[f"{s}_{j}"] for j in _LIMB]]) for s in ("left", "right")}
    if abs(mean["left"] - mean["right"]) >= NEARER or np.isnan(world).all():
        return "left" if mean["left"] >= mean["right"] else "right"
    depth = {s: np.nanmean(world[:, [INDEX[f"{s}_{j}"] for j in _LIMB], 2]) for s in ("left", "right")}
    return "left" if depth["left"] <= depth["right"] else "right"


def facing_of(points: Points, near: str) -> float:
    """+1 the person faces image right (if stood up), -1 left; NaN when the votes disagree (spec 1.6)."""

    def at(joint: str) -> Points:
        return points[:, INDEX[f"{near}_{joint}"]]

    hip, knee, ankle, shoulder, wrist = (at(j) for j in ("hip", "knee", "ankle", "shoulder", "wrist"))
    up = unit(shoulder - hip)
    upright = up.imag > LEANING  # an arm that carries the body bends the other way
    terms = (
        (1.0, unit(points[:, INDEX["nose"]] - _middle(points, "ear")), True),
        (1.0, _apex(hip, knee, ankle), abs(_bent(hip, knee, ankle)) > 20),
        (
            0.5,
            -_apex(shoulder, at("elbow"), wrist),
            upright & (abs(_bent(shoulder, at("elbow"), wrist)) > 25),
        ),
        (0.5, unit(at("toe") - at("heel")), True),
    )
    votes, weights = np.zeros(len(points)), np.zeros(len(points))
    for weight, direction, valid in terms:
        vote = (direction * (-1j * up).conjugate()).real
        counts = np.isfinite(vote) & valid
        votes += np.where(counts, weight * vote, 0.0)
        weights += np.where(counts, weight, 0.0)
    if not weights.any():
        return np.nan
    vote = float(np.median((votes / np.maximum(weights, 1e-9))[weights > 0]))
    return np.nan if abs(vote) < LEAST_VOTE else float(np.sign(vote))


def clip_view(points: Points, facing: float, scale: float) -> View:
    """The view over the whole clip, from medians, so that single frames and peaks do not decide."""
    rows = Rows(WIDTHS, "left")(points, facing, scale)
    if not all(np.isfinite(row).any() for row in rows):
        return UNKNOWN
    widths = Widths(*(float(np.nanmedian(row)) for row in rows))
    if abs(widths.trunk_deg) < LEVEL_TRUNK_DEG:
        widths = replace(widths, shoulders=float(np.nanpercentile(rows[0], WIDE)))
    return view_of(widths)


def choose_cycle(
    exercise: Exercise,
    view: View,
    t: Floats,
    points: Points,
    facing: float,
    scale: float,
    near: str,
) -> tuple[Cycle | None, Usual]:
    """The first cycle that this view shows, that is seen, and in which the person moves.

    Where none moves enough, the first that is seen; its usual range and time are then 0.
    """
    names = [c.signal for c in exercise.cycle if c.signal]
    rows = Rows(names, near)
    values = dict(zip(rows.names, rows(points, facing, scale), strict=True))
    still: Cycle | None = None
    for cycle in sorted(exercise.cycle, key=lambda c: view.name not in c.views):
        if cycle.signal is None:
            return cycle, STILL
        q = values[cycle.signal]
        if np.mean(np.isfinite(q)) < LEAST_CYCLE_SEEN:
            continue
        if cycle.min_range is None:
            return cycle, STILL
        usual = usual_movement(t, q, cycle.min_range, cycle.min_s, cycle.max_s)
        if usual.moves:
            return cycle, usual
        still = still or cycle
    return still, STILL


def _median(x: Floats) -> float:
    return float(np.nanmedian(x)) if np.isfinite(x).any() else np.nan


def _middle(points: Points, joint: str) -> Points:
    middle: Points = (points[:, INDEX[f"left_{joint}"]] + points[:, INDEX[f"right_{joint}"]]) / 2
    return middle


def _apex(a: Points, b: Points, c: Points) -> Points:
    """Direction in which the joint ``b`` sticks out of the line from ``a`` to ``c``."""
    apex: Points = unit(b - (a + c) / 2)
    return apex


def _bent(a: Points, b: Points, c: Points) -> Floats:
    return np.angle((c - b) * (b - a).conjugate(), deg=True)
