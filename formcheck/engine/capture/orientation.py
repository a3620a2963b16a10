"""Which way is up in a recording whose file does not say it: the body shows it.

A standing body in a picture on its side looks like a lying one. So posture is no evidence; only movements are
that have one explanation: nobody who lies slides along his own length over feet that stay where they are, or
strides in the air with his arms going the other way at his sides; and hips that rise along the shank of a
still foot, between still shoulders, are lifted off the floor.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import confidence, masked, middle, plane
from formcheck.engine.body.observe import windows
from formcheck.engine.body.scale import body_scale
from formcheck.engine.capture.way_up import LENGTHWISE, NEEDED, RULES
from formcheck.sensor import profile_for
from formcheck.types.body import Points
from formcheck.types.frame import QUARTERS, Turn
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
#: Shoulders that are over or below the hips by this, trunk lengths, more often than that: a body that stands,
#: or hangs head down as no exercise of the catalogue is done. Judgement.
RISE, MOSTLY = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Orientation:
    """Which way is up in a picture, by what speaks for it.

    Attributes
    ----------
    votes : of windows and of movements, for the clockwise turn that brings the picture upright.
    hangs, stands : whether the shoulders are below, or above, the hips most of the time.
    """

    votes: Counter[Turn] = field(default_factory=Counter)
    hangs: bool = False
    stands: bool = True

    @property
    def likely_deg(self) -> Turn:
        """The turn that most speaks for, as few degrees as may be."""
        return max(QUARTERS, key=lambda turn: self.votes[turn])

    @property
    def confidence(self) -> float:
        """How likely that turn is, 0..1, by the rule of succession (Laplace); NaN where nothing speaks."""
        total = self.votes.total()
        return (self.votes[self.likely_deg] + 1) / (total + 2) if total else float("nan")

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
    rise = (middle(points, "shoulder") - middle(points, "hip")).imag
    hangs, stands = (bool(np.mean(way * rise > RISE) > MOSTLY) for way in (-1, 1))
    return Orientation(votes, hangs, stands)


def _bodies(poses: PoseSequence) -> tuple[Floats, Points]:
    """Times (n,) and points (n, L) of whole bodies, in trunk lengths, against the background; y up."""
    trust, points = profile_for(poses.model).trust, plane(poses.image)
    whole = np.isfinite(points[:, NEEDED]).all(axis=1)
    sure = confidence(poses.image, poses.visibility, (poses.width_px, poses.height_px), trust.margin)
    shown = masked(points, sure >= trust.countable)[whole]
    scale = body_scale(shown, poses.world[whole].astype(np.float64)) if whole.any() else np.nan
    if not scale > 0:
        return poses.t[:0], points[:0]
    gone = np.cumsum(np.nan_to_num(poses.camera), axis=0) @ [1, -1j]
    return poses.t[whole], (points - gone[:, None])[whole] / scale


def _vote(part: Points) -> Turn | None:
    """The turn that brings a window (n, L) upright; None where it shows nothing, or two things."""
    trunk = np.abs(middle(part, "shoulder") - middle(part, "hip"))
    if len(part) < LEAST_LOOKS or np.median(trunk) < LENGTHWISE:
        return None
    ups = [up for rule in RULES if (up := rule(part)) is not None]
    turns = {turn for up in ups if (turn := _quarter(up)) is not None}
    return turns.pop() if len(turns) == 1 else None


def _quarter(up: complex) -> Turn | None:
    """The clockwise turn that brings a direction up; None for one that lies between two."""
    counter_deg = float(np.angle(up / 1j, deg=True))
    nearest = round(counter_deg / 90)
    if abs(counter_deg - 90 * nearest) > ASKEW_DEG:
        return None
    return QUARTERS[nearest % len(QUARTERS)]
