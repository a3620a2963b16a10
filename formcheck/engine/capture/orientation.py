"""Which way is up in a recording whose file does not say it: the body shows it.

A standing body in a picture on its side looks like a lying one. So posture is no evidence; only movements are
that have one explanation: nobody who lies slides along his own length over feet that stay where they are, or
strides in the air with his arms going the other way at his sides; and hips that rise along the shank of a
still foot, between still shoulders, are lifted off the floor.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import confidence, masked, plane
from formcheck.engine.body.observe import windows
from formcheck.engine.body.scale import body_scale
from formcheck.sensor import profile_for
from formcheck.signals.geometry import unit
from formcheck.types.body import Points
from formcheck.types.frame import QUARTERS, Turn
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

#: Movement is looked at over this long, and anew this much later, s: two strides, most of a repetition.
WINDOW_S, STEP_S = 3.0, 1.0
#: Fewer looks in that time show no movement. Judgement.
LEAST_LOOKS = 8
#: A body that points at the camera shows nothing: trunk and shank are seen at least so long, trunk lengths.
LENGTHWISE = 0.6
#: A body leans no farther from a quarter turn, degrees. Judgement: beyond 45 it is nearer to the next.
ASKEW_DEG = 30.0
#: Two windows that agree, and none against them, are sure; so are ten of twelve. Of 5700 windows of 637
#: labelled recordings, all upright, one was ever wrong.
SURE = 0.75

#: Shoulders that are over or below the hips by this, trunk lengths, more often than that: a body that stands,
#: or hangs head down as no exercise of the catalogue is done. Judgement.
RISE, MOSTLY = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Orientation:
    """The turn that most likely brings the picture upright, and how likely that is.

    Attributes
    ----------
    likely_deg : clockwise degrees.
    confidence : 0..1, by the rule of succession (Laplace) over the windows that show anything; NaN if none.
    hangs, stands : whether the shoulders are below, or above, the hips most of the time.
    """

    likely_deg: Turn = 0
    confidence: float = float("nan")
    hangs: bool = False
    stands: bool = True

    @property
    def sure(self) -> bool:
        """Whether the confidence is enough to turn the picture, or to leave it as it is."""
        return self.confidence >= SURE

    @property
    def doubtful(self) -> bool:
        """Whether the picture may have to be turned, by how much is not sure."""
        return not self.sure and bool(self.likely_deg or self.hangs)

    @property
    def turn_deg(self) -> Turn:
        """How far to turn the picture clockwise: not at all where that is not sure."""
        return self.likely_deg if self.sure else 0


@np.errstate(invalid="ignore", divide="ignore")
def orientation(poses: PoseSequence) -> Orientation:
    """Which way is up.

    Parameters
    ----------
    poses : raw, as a pose model gave them.
    """
    t, points = _bodies(poses)
    if not len(t):
        return Orientation()
    until = max(t[-1] - WINDOW_S, t[0]) + STEP_S / 2
    parts = (points[rows] for _, rows in windows(t, WINDOW_S, STEP_S, until))
    votes = Counter(vote for part in parts if (vote := _vote(part)) is not None)
    rise = (_middle(points, "shoulder") - _middle(points, "hip")).imag
    hangs, stands = (bool(np.mean(way * rise > RISE) > MOSTLY) for way in (-1, 1))
    if not votes:
        return Orientation(hangs=hangs, stands=stands)
    (likely, agreeing), *_ = votes.most_common(1)
    return Orientation(likely, (agreeing + 1) / (votes.total() + 2), hangs, stands)


def _bodies(poses: PoseSequence) -> tuple[Floats, Points]:
    """Times (n,) and points (n, L) of whole bodies, in trunk lengths, against the background; y up."""
    trust, points = profile_for(poses.model).trust, plane(poses.image)
    whole = np.isfinite(points[:, _NEEDED]).all(axis=1)
    sure = confidence(poses.image, poses.visibility, (poses.width_px, poses.height_px), trust.margin)
    shown = masked(points, sure >= trust.countable)[whole]
    scale = body_scale(shown, poses.world[whole].astype(np.float64)) if whole.any() else np.nan
    if not scale > 0:
        return poses.t[:0], points[:0]
    gone = np.cumsum(np.nan_to_num(poses.camera), axis=0) @ [1, -1j]
    return poses.t[whole], (points - gone[:, None])[whole] / scale


def _vote(part: Points) -> Turn | None:
    """The turn that brings a window (n, L) upright; None where it shows nothing, or two things."""
    trunk = np.abs(_middle(part, "shoulder") - _middle(part, "hip"))
    if len(part) < LEAST_LOOKS or np.median(trunk) < LENGTHWISE:
        return None
    ups = [up for rule in _RULES if (up := rule(part)) is not None]
    turns = {turn for up in ups if (turn := _quarter(up)) is not None}
    return turns.pop() if len(turns) == 1 else None


def _quarter(up: complex) -> Turn | None:
    """The clockwise turn that brings a direction up; None for one that lies between two."""
    counter_deg = float(np.angle(up / 1j, deg=True))
    nearest = round(counter_deg / 90)
    if abs(counter_deg - 90 * nearest) > ASKEW_DEG:
        return None
    return QUARTERS[nearest % len(QUARTERS)]


#: A foot is still that stays within this, trunk lengths, for this share of the time.
STILL, OFTEN = 0.12, 0.8
#: The hips go up and down by this, trunk lengths, and by more than they sway; never nearer to the feet than
#: that.
TRAVEL, LEAST_LEGS = 0.3, 0.15
#: Hands that are still more often than this carry the body, as in a push-up.
FREE = 0.75
#: The direction from feet to shoulders stays about the same: length of the mean of its unit vectors.
STEADY, STRAIGHT = 0.9, 0.97


def _squats(part: Points) -> complex | None:
    """Up, of a body that goes down and up over a foot that stays where it is."""
    up, steady = _mean_direction(_middle(part, "shoulder") - _middle(part, "ankle"))
    hips = _middle(part, "hip") / up
    legs = (hips - _middle(part, "ankle") / up).real
    travel, sway = _spread(hips.real), _spread(hips.imag)
    down = travel >= max(TRAVEL, sway) and np.percentile(legs, _LOW) >= LEAST_LEGS
    planted = _still(part, "ankle") >= OFTEN and _still(part, "wrist") < FREE
    return up if steady >= STEADY and down and planted and not _slides(part, up) else None


#: Knees that go forward by this, trunk lengths, take the trunk along: it leans by so many degrees, or the
#: hips sway by so much, trunk lengths. Of 61 labelled recordings with squats or lunges all do one of these.
FORWARD, LEANS_DEG, SWAYS = 0.15, 8.0, 0.15


def _slides(part: Points, up: complex) -> bool:
    """Whether the trunk goes straight along itself while both knees bend to one side: a sled carries it."""
    hips = _middle(part, "hip")
    forward = _spread(((_middle(part, "knee") - (hips + _middle(part, "ankle")) / 2) / up).imag)
    leaning = _spread(np.angle((_middle(part, "shoulder") - hips) / up, deg=True))
    return forward >= FORWARD and leaning < LEANS_DEG and _spread((hips / up).imag) < SWAYS


#: The ankles pass each other so often in a window, and are so far apart between, trunk lengths.
PASSES, APART = 4, 0.25
#: The arms swing by so much, trunk lengths, against the legs (correlation), and so far below the shoulders:
#: whoever kicks on his back has still arms, and whoever does so on his belly, or a dead bug, holds them high.
SWING, AGAINST, LOW = 0.3, -0.4, 0.2
#: The lower foot is so far below the hips, trunk lengths, half of the time.
LEGS = 1.0


def _strides(part: Points) -> complex | None:
    """Up, of a body that walks or runs, seen from the side."""
    up, steady = _mean_direction(_middle(part, "shoulder") - _middle(part, "hip"))
    feet, hands = (_apart(part, joint) / up for joint in ("ankle", "wrist"))
    passes = np.count_nonzero(np.diff(np.sign(feet.imag[np.abs(feet.imag) > APART])))
    if passes < PASSES or steady < STRAIGHT:
        return None
    against = np.corrcoef(feet.imag, hands.imag)[0, 1]
    swings = _spread(hands.imag) >= SWING and against <= AGAINST
    low = np.median(((_middle(part, "shoulder") - _middle(part, "wrist")) / up).real) >= LOW
    return up if swings and low and _legs(part, up) >= LEGS else None


#: Shoulders that lie stay this still, trunk lengths; the hips rise by this, and so many times as much as they
#: sway; the shank stands on the floor so steeply, against the line from foot to shoulders, degrees.
LYING, LIFT, SWAY, SHANK_DEG = 0.15, 0.2, 1.5, 50.0


def _bridges(part: Points) -> complex | None:
    """Up, of a body that lifts its hips between shoulders that lie and a foot that stands."""
    shoulders, hips = _middle(part, "shoulder"), _middle(part, "hip")
    if _staying(shoulders[:, None], LYING)[0] < OFTEN:
        return None
    for side in np.array(("left", "right"))[_staying(_both(part, "ankle"), STILL) >= OFTEN]:
        ankle = _at(part, f"{side}_ankle")
        shank = _at(part, f"{side}_knee") - ankle
        up, steady = _mean_direction(shank)
        body, _ = _mean_direction(shoulders - ankle)
        across = abs(float(np.angle(up / body, deg=True)))
        lift, sway = _spread((hips / up).real), _spread((hips / up).imag)
        stands = steady >= STRAIGHT and np.median(np.abs(shank)) >= LENGTHWISE
        if stands and SHANK_DEG <= across <= 180 - SHANK_DEG and lift >= max(LIFT, SWAY * sway):
            return up
    return None


_RULES: tuple[Callable[[Points], complex | None], ...] = (_squats, _strides, _bridges)
_LOW, _HIGH = 5, 95
_NEEDED = [
    INDEX[f"{side}_{j}"] for j in ("shoulder", "wrist", "hip", "knee", "ankle") for side in ("left", "right")
]


def _at(part: Points, name: str) -> Points:
    return part[:, INDEX[name]]


def _middle(part: Points, joint: str) -> Points:
    middle: Points = (_at(part, f"left_{joint}") + _at(part, f"right_{joint}")) / 2
    return middle


def _apart(part: Points, joint: str) -> Points:
    apart: Points = _at(part, f"left_{joint}") - _at(part, f"right_{joint}")
    return apart


def _mean_direction(lines: Points) -> tuple[complex, float]:
    """Where lines (n,) point to, and how steadily, 0..1."""
    mean = np.mean(unit(lines))
    return complex(unit(mean)), float(abs(mean))


def _spread(x: Floats) -> float:
    low, high = np.percentile(x, (_LOW, _HIGH))
    return float(high - low)


def _still(part: Points, joint: str) -> float:
    """The share of time in which the stiller one of two joints stays where it is."""
    return float(_staying(_both(part, joint), STILL).max())


def _both(part: Points, joint: str) -> Points:
    return part[:, [INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]]]


def _staying(points: Points, within: float) -> Floats:
    """(k,) the share of time in which points (n, k) stay within a distance of their usual place."""
    usual = np.median(points.real, axis=0) + 1j * np.median(points.imag, axis=0)
    share: Floats = (np.abs(points - usual) < within).mean(axis=0)
    return share


def _legs(part: Points, up: complex) -> float:
    """How far the lower foot is below the hips, half of the time."""
    hips = _middle(part, "hip")
    below = [((hips - _at(part, f"{side}_ankle")) / up).real for side in ("left", "right")]
    return float(np.median(np.maximum(*below)))
