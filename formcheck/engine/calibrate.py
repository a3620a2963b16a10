"""What is steady about a clip: body scale, view, facing, near side, and the range this person uses.

A recording takes this first cheap pass over its poses and is then judged by the same loop as a live session.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks

from formcheck.engine.body import COUNTABLE, masked, plane, seen
from formcheck.engine.smooth import OneEuro
from formcheck.engine.view import UNKNOWN, View, Widths, view_of
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.signals.geometry import unit
from formcheck.signals.rows import Rows
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

WIDTHS = ("shoulder_width", "hip_width", "trunk_length", "trunk_tilt", "handedness")
#: Below this the votes on which way the person faces are no answer (specification 1.6).
LEAST_VOTE = 0.15
#: A side must be this much more visible to be the near one; else depth decides.
NEARER = 0.05
#: The person's range is this percentile of the prominences of the peaks: neither one wild swing nor a twitch.
TYPICAL = 70
LEAST_CYCLE_SEEN = 0.4
_SCALE_JOINTS = ("shoulder", "hip", "knee", "ankle", "elbow")
_LIMB = ("shoulder", "elbow", "hip", "knee", "ankle")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Steady facts of one person in one clip.

    Attributes
    ----------
    scale_px : pixels per trunk length; NaN if no trunk was seen.
    view : how the camera sees the body.
    facing : +1 the person faces image right, -1 left, NaN not known.
    near_side : "left" or "right".
    cycle : which of the exercise's cycles serves this view; None if none can be seen.
    person_range : the range this person uses in that cycle's signal; 0 if they hardly move.
    """

    scale_px: float
    view: View
    facing: float
    near_side: str
    cycle: Cycle | None
    person_range: float


def calibrate(poses: PoseSequence, exercise: Exercise) -> Calibration:
    """First pass over a recording; poses without anybody are passed over."""
    found = poses.found
    image, visibility = poses.image[found], poses.visibility[found].astype(np.float64)
    if not len(image):
        return Calibration(np.nan, UNKNOWN, np.nan, "left", None, 0.0)
    shown = seen(image, visibility, (poses.width_px, poses.height_px), COUNTABLE)
    raw = plane(image)
    points = masked(raw, shown)
    scale = body_scale(points, poses.world[found].astype(np.float64))
    near = near_side(visibility, poses.world[found])
    facing = facing_of(points, near)
    view = clip_view(points, facing, scale)
    smooth = OneEuro()
    smoothed = [smooth.step(t, p) for t, p in zip(poses.t[found], raw / scale, strict=True)]
    points = masked(np.array(smoothed) * scale, shown)
    cycle, person_range = choose_cycle(exercise, view, points, facing, scale, near)
    return Calibration(scale, view, facing, near, cycle, person_range)


def body_scale(points: NDArray[np.complexfloating], world: Floats) -> float:
    """Pixels per trunk length (specification 1.3).

    From the spread of the landmarks in the picture against their spread in metres, which foreshortening
    hardly touches; from the seen trunk alone where there are no world landmarks.
    """
    trunk_px = abs(_middle(points, "shoulder") - _middle(points, "hip"))
    if np.isnan(world).all():
        return float(np.nanpercentile(trunk_px, 80)) if np.isfinite(trunk_px).any() else np.nan
    rows = [INDEX[f"{s}_{j}"] for j in _SCALE_JOINTS for s in ("left", "right")]
    flat = np.where(np.isnan(points[:, rows]), np.nan, world[:, rows, 0] - 1j * world[:, rows, 1])
    enough = np.isfinite(flat).sum(axis=1) >= 4
    if not enough.any():
        return np.nan
    px_per_m = _spread(points[enough][:, rows]) / _spread(flat[enough])
    trunk_m = np.linalg.norm(
        world[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(axis=1)
        - world[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1),
        axis=1,
    )
    return float(np.median(px_per_m) * np.nanmedian(trunk_m))


def near_side(visibility: Floats, world: Floats) -> str:
    """The side of the body that is better seen; the nearer one in depth where both are seen alike."""
    mean = {s: np.nanmean(visibility[:, [INDEX[f"{s}_{j}"] for j in _LIMB]]) for s in ("left", "right")}
    if abs(mean["left"] - mean["right"]) >= NEARER or np.isnan(world).all():
        return "left" if mean["left"] >= mean["right"] else "right"
    depth = {s: np.nanmean(world[:, [INDEX[f"{s}_{j}"] for j in _LIMB], 2]) for s in ("left", "right")}
    return "left" if depth["left"] <= depth["right"] else "right"


def facing_of(points: NDArray[np.complexfloating], near: str) -> float:
    """+1 the person faces image right (if stood up), -1 left; NaN when the votes disagree (spec 1.6)."""

    def at(joint: str) -> NDArray[np.complexfloating]:
        return points[:, INDEX[f"{near}_{joint}"]]

    hip, knee, ankle, shoulder, wrist = (at(j) for j in ("hip", "knee", "ankle", "shoulder", "wrist"))
    up = unit(shoulder - hip)
    terms = (
        (1.0, unit(points[:, INDEX["nose"]] - _middle(points, "ear")), True),
        (1.0, _apex(hip, knee, ankle), abs(_bent(hip, knee, ankle)) > 20),
        (0.5, -_apex(shoulder, at("elbow"), wrist), abs(_bent(shoulder, at("elbow"), wrist)) > 25),
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


def clip_view(points: NDArray[np.complexfloating], facing: float, scale: float) -> View:
    """The view over the whole clip, from medians, so that single frames and peaks do not decide."""
    rows = Rows(WIDTHS, "left")(points, facing, scale)
    if not all(np.isfinite(row).any() for row in rows):
        return UNKNOWN
    return view_of(Widths(*(float(np.nanmedian(row)) for row in rows)))


def choose_cycle(
    exercise: Exercise,
    view: View,
    points: NDArray[np.complexfloating],
    facing: float,
    scale: float,
    near: str,
) -> tuple[Cycle | None, float]:
    """The first cycle that this view shows, that is seen, and in which the person moves.

    Where none moves enough, the first that is seen; its range is then 0.
    """
    names = [c.signal for c in exercise.cycle if c.signal]
    rows = Rows(names, near)
    values = dict(zip(rows.names, rows(points, facing, scale), strict=True))
    still: Cycle | None = None
    for cycle in sorted(exercise.cycle, key=lambda c: not view.shows(c.views)):
        if cycle.signal is None:
            return cycle, 0.0
        q = values[cycle.signal]
        if np.mean(np.isfinite(q)) < LEAST_CYCLE_SEEN:
            continue
        if cycle.min_range is None:
            return cycle, 0.0
        span = typical_range(q, cycle.min_range)
        if span > 0:
            return cycle, span
        still = still or cycle
    return still, 0.0


def typical_range(q: Floats, min_range: float) -> float:
    """How far this person usually goes: a high percentile of the swings beyond ``min_range``; 0 if none."""
    q = q[np.isfinite(q)]
    if len(q) < 3:
        return 0.0
    padded = np.concatenate(([q.min()], q, [q.min()]))
    _, shape = find_peaks(padded, prominence=min_range)
    heights = shape["prominences"]
    return float(np.percentile(heights, TYPICAL)) if len(heights) else 0.0


def _middle(points: NDArray[np.complexfloating], joint: str) -> NDArray[np.complexfloating]:
    return (points[:, INDEX[f"left_{joint}"]] + points[:, INDEX[f"right_{joint}"]]) / 2


def _spread(points: NDArray[np.complexfloating]) -> Floats:
    centred = points - np.nanmean(points, axis=1, keepdims=True)
    return np.sqrt(np.nansum(np.abs(centred) ** 2, axis=1))


def _apex(
    a: NDArray[np.complexfloating], b: NDArray[np.complexfloating], c: NDArray[np.complexfloating]
) -> NDArray[np.complexfloating]:
    """Direction in which the joint ``b`` sticks out of the line from ``a`` to ``c``."""
    return unit(b - (a + c) / 2)


def _bent(
    a: NDArray[np.complexfloating], b: NDArray[np.complexfloating], c: NDArray[np.complexfloating]
) -> Floats:
    return np.angle((c - b) / (b - a), deg=True)
