"""Which way is up in a recording whose file does not say it: the body shows it.

A standing body in a picture on its side looks like a lying one. So posture is no evidence; only movements are
that no lying body makes: nobody slides along his own length over feet that stay where they are, and nobody
strides in the air with his arms going the other way.
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
#: A body leans no farther from a quarter turn, degrees. Judgement: beyond 45 it is nearer to the next.
ASKEW_DEG = 30.0
#: Two windows that agree, and none against them, are sure; so are ten of twelve. Of 5700 windows of 637
#: labelled recordings, all upright, one was ever wrong.
SURE = 0.75


@dataclass(frozen=True, slots=True)
class Orientation:
    """The turn that most likely brings the picture upright, and how likely that is.

    Attributes
    ----------
    likely_deg : clockwise degrees.
    confidence : 0..1, by the rule of succession (Laplace) over the windows that show anything; NaN if none.
    hangs : whether the head is below the hips most of the time.
    """

    likely_deg: Turn = 0
    confidence: float = float("nan")
    hangs: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether the picture may have to be turned by how much is not sure."""
        return not self.turn_deg and bool(self.likely_deg or self.hangs)

    @property
    def turn_deg(self) -> Turn:
        """How far to turn the picture clockwise: not at all where that is not sure."""
        return self.likely_deg if self.confidence >= SURE else 0


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
    hangs = _hangs(points)
    if not votes:
        return Orientation(hangs=hangs)
    (likely, agreeing), *_ = votes.most_common(1)
    return Orientation(likely, (agreeing + 1) / (votes.total() + 2), hangs)


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
    if len(part) < LEAST_LOOKS:
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
    return up if steady >= STEADY and down and planted else None


#: The ankles pass each other so often in a window, and are so far apart between, trunk lengths.
PASSES, APART = 4, 0.25
#: The arms swing by so much, trunk lengths, against the legs: correlation. Bicycle crunches pass the ankles
#: too seldom for that; whoever kicks on his back has still arms.
SWING, AGAINST = 0.3, -0.4
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
    return up if swings and _legs(part, up) >= LEGS else None


_RULES: tuple[Callable[[Points], complex | None], ...] = (_squats, _strides)
#: A head that is below the hips more often than this is worth a question. Judgement: no exercise is done so.
MOSTLY = 0.6


def _hangs(points: Points) -> bool:
    """Whether the trunk points down most of the time."""
    trunk = unit(_middle(points, "shoulder") - _middle(points, "hip"))
    return bool(np.mean(-trunk.imag > np.cos(np.radians(ASKEW_DEG))) > MOSTLY)


_LOW, _HIGH = 5, 95
_NEEDED = [INDEX[f"{side}_{j}"] for j in ("shoulder", "wrist", "hip", "ankle") for side in ("left", "right")]


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
    """The share of time in which the stiller one of two joints stays at its usual place."""
    points = part[:, [INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]]]
    usual = np.median(points.real, axis=0) + 1j * np.median(points.imag, axis=0)
    return float((np.abs(points - usual) < STILL).mean(axis=0).max())


def _legs(part: Points, up: complex) -> float:
    """How far the lower foot is below the hips, half of the time."""
    hips = _middle(part, "hip")
    below = [((hips - _at(part, f"{side}_ankle")) / up).real for side in ("left", "right")]
    return float(np.median(np.maximum(*below)))
