"""What one pass over a clip sees of the body, whatever the exercise: scale, view, facing, near side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import longest_bones, masked, middle, trusted
from formcheck.engine.body.scale import body_scale, trunk_m
from formcheck.engine.body.tidy import Bodies
from formcheck.engine.body.view import LEVEL_TRUNK_DEG, UNKNOWN, View, Widths, turned_deg, view_of
from formcheck.engine.capture.camera import CameraMotion, camera_motion, seen_by_ground
from formcheck.sensor import SensorProfile, profile_for
from formcheck.sensor.noise import ViewBounds
from formcheck.signals.geometry import unit
from formcheck.signals.rows import Rows
from formcheck.types.body import Body, Points
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

WIDTHS = ("shoulder_width", "hip_width", "trunk_length", "trunk_tilt", "handedness")
#: Below this the votes on which way the person faces are no answer. Of 128 photos
#: (source free_exercise_db) 117 vote rightly, and none of the others was found clearly wrong.
LEAST_VOTE = 0.15
#: Only a trunk that stands (sine of its elevation) has arms whose elbows point backward.
LEANING = 0.7
#: A side must be this much more visible to be the near one; else depth decides.
NEARER = 0.05
#: A level body does not turn its shoulders, so shoulders that are wide even for a while are off square.
WIDE = 80
#: Who runs past is seen for so long, s: two strides, of which knees and arms tell the way.
PASS_S = 1.4
_LIMB = ("shoulder", "elbow", "hip", "knee", "ankle")


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """What is steady about a clip's body, and the body itself; frames without anybody are left out.

    Attributes
    ----------
    body : its frames, without landmarks that are too weakly seen to count by; scale, facing and near side.
    trunk_m : length of the trunk in metres as the model believes it; NaN without world landmarks.
    view : how the camera sees the body.
    turned_deg : how far it is turned from face on to the camera, standing; NaN not known.
    longest : (10,) length of each limb bone, in trunk lengths, beyond which its end has gone astray.
    exchanges_per_s : how often the model took left for right.
    fps : frames per second; NaN for a single one.
    camera : whether it stood still.
    sensor : the errors of the model that found the landmarks.
    """

    body: Body
    trunk_m: float
    view: View
    turned_deg: float
    longest: Floats
    exchanges_per_s: float
    fps: float
    camera: CameraMotion
    sensor: SensorProfile

    @property
    def t(self) -> Floats:
        """(T,) seconds."""
        return np.asarray(self.body.t)

    def rows(self, names: tuple[str, ...]) -> dict[str, Floats]:
        """Signals (T,) by name."""
        return Rows(names, self.body.near).named(self.body)


def windows(t: Floats, width_s: float, every_s: float, until_s: float) -> Iterator[tuple[float, slice]]:
    """The start, and the rows in ``t``, of every window that any frame lies in; long gaps cost nothing."""
    starts = np.arange(t[0], until_s, every_s)
    first, last = np.searchsorted(t, starts), np.searchsorted(t, starts + width_s)
    for i in np.flatnonzero(last > first):
        yield float(starts[i]), slice(int(first[i]), int(last[i]))


@np.errstate(invalid="ignore", divide="ignore", over="ignore")
def observe(poses: PoseSequence, view: str | None = None) -> Observation | None:
    """Look over bodies; None if there are none. ``view`` overrules what geometry finds."""
    found, sensor = poses.only(poses.found), profile_for(poses.model)
    if not len(found):
        return None
    countable = sensor.trust.countable
    # In doubles a visibility saved as 0.35 lies below 0.35; in the engine's floats it is just enough.
    given = Bodies.of(found, sensor.trust)
    given, world = replace(given, sure=given.sure.astype(np.float64)), found.world.astype(np.float64)
    scale, trunk = body_scale(masked(given.points, given.sure >= countable), world), median(trunk_m(world))
    longest = longest_bones(masked(given.points / scale, given.sure >= countable))
    sure = trusted(given.points / scale, given.sure, longest)
    near, points = near_side(sure, world), masked(given.points, sure >= countable)
    facing = facing_of(points, near)
    seen_from = View(view) if view else clip_view(points, facing, scale, sensor.view)
    body = Body(given.t, given.points, found.world, sure, scale, facing, near)
    exchanges = np.count_nonzero(np.diff(found.exchanged.astype(np.int8)) > 0)
    rate = exchanges / max(float(given.t[-1] - given.t[0]), 1.0)
    fps = float(1.0 / np.median(np.diff(poses.t))) if len(poses) > 1 else np.nan
    camera = camera_motion(poses.t, poses.camera, scale)
    shown = body.shown(countable)
    turned = turned_deg(world, Rows(("trunk_tilt",), near).of(shown)[0] >= LEVEL_TRUNK_DEG)
    return Observation(shown, trunk, seen_from, turned, longest, rate, fps, camera, sensor)


@np.errstate(invalid="ignore", divide="ignore")
def one_way(seen: Observation) -> Observation:
    """Of who goes back and forth: the way that is faced longer, and the side that is nearer meanwhile."""
    body, faced = seen.body, np.zeros(len(seen.t))
    for _, rows in windows(seen.t, PASS_S, PASS_S, seen.t[-1]):
        faced[rows] = facing_of(body.image[rows], body.near)
    facing = 1.0 if np.sum(faced == 1.0) >= np.sum(faced == -1.0) else -1.0
    if not (faced == -facing).any():
        return seen
    near = near_side(body.seen[faced == facing], body.world[faced == facing])
    return replace(seen, body=replace(body, facing=facing, near=near))


def on_ground(seen: Observation) -> Observation:
    """Of a runner before a bare wall: whether the camera stood, by the ground under the feet."""
    feet = [INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("heel", "toe")]
    lowest = np.fmin.reduce(seen.body.image[:, feet].imag, axis=1) / seen.body.scale_px
    return replace(seen, camera=seen_by_ground(seen.t, lowest))


def near_side(visibility: Floats, world: Floats) -> str:
    """The side of the body that is better seen; the nearer one in depth where both are seen alike."""
    mean = {s: np.nanmean(visibility[:, [INDEX[f"{s}_{j}"] for j in _LIMB]]) for s in ("left", "right")}
    if abs(mean["left"] - mean["right"]) >= NEARER or np.isnan(world).all():
        return "left" if mean["left"] >= mean["right"] else "right"
    depth = {s: np.nanmean(world[:, [INDEX[f"{s}_{j}"] for j in _LIMB], 2]) for s in ("left", "right")}
    return "left" if depth["left"] <= depth["right"] else "right"


def facing_of(points: Points, near: str) -> float:
    """+1 the person faces image right (if stood up), -1 left; NaN when the votes disagree."""
    votes = facing_votes(points, near)
    votes = votes[np.isfinite(votes)]
    vote = float(np.median(votes)) if len(votes) else 0.0
    return np.nan if abs(vote) < LEAST_VOTE else float(np.sign(vote))


def facing_votes(points: Points, near: str) -> Floats:
    """(T,) -1..1 for the way the person faces, frame by frame; NaN where nothing votes."""

    def at(joint: str) -> Points:
        return points[:, INDEX[f"{near}_{joint}"]]

    hip, knee, ankle, shoulder, wrist = (at(j) for j in ("hip", "knee", "ankle", "shoulder", "wrist"))
    up = unit(shoulder - hip)
    upright = up.imag > LEANING  # an arm that carries the body bends the other way
    terms = (
        (1.0, unit(points[:, INDEX["nose"]] - middle(points, "ear")), True),
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
    return np.where(weights > 0, votes / np.maximum(weights, 1e-9), np.nan)


def clip_view(points: Points, facing: float, scale: float, bounds: ViewBounds) -> View:
    """The view over the whole clip, from medians, so that single frames and peaks do not decide."""
    rows = Rows(WIDTHS, "left")(points, facing, scale)
    if not all(np.isfinite(row).any() for row in rows):
        return UNKNOWN
    spans = (_span(points, part) / scale for part in ("shoulder", "hip"))
    widths = Widths(*(median(row) for row in (*rows, *spans)))
    if abs(widths.trunk_deg) < LEVEL_TRUNK_DEG:
        widths = replace(widths, shoulders=float(np.nanpercentile(rows[0], WIDE)))
    return view_of(widths, bounds)


def _span(points: Points, part: str) -> Floats:
    """(T,) pixels from the left one to the right one in the picture."""
    return np.abs(points[:, INDEX[f"left_{part}"]] - points[:, INDEX[f"right_{part}"]])


def median(x: Floats) -> float:
    """Of what is seen; NaN where nothing is."""
    return float(np.nanmedian(x)) if np.isfinite(x).any() else np.nan


def _apex(a: Points, b: Points, c: Points) -> Points:
    """Direction in which the joint ``b`` sticks out of the line from ``a`` to ``c``."""
    apex: Points = unit(b - (a + c) / 2)
    return apex


def _bent(a: Points, b: Points, c: Points) -> Floats:
    return np.angle((c - b) * (b - a).conjugate(), deg=True)
