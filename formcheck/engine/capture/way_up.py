"""Movements that show which way is up: in windows (n, L) of whole bodies, y up, in trunk lengths.

Where nothing else is said of them, thresholds were chosen so that none of 637 labelled recordings is turned
wrongly (docs/decisions/0029-which-way-is-up.md).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import middle
from formcheck.signals.geometry import unit
from formcheck.types.body import Points
from formcheck.types.landmark import INDEX

Floats = NDArray[np.floating]

#: A body that points at the camera shows nothing: trunk and shank are seen at least so long, trunk lengths.
LENGTHWISE = 0.6
#: A foot is still that stays within this, trunk lengths, for this share of the time.
STILL, OFTEN = 0.12, 0.8
#: The hips go up and down by this, trunk lengths, and by more than they sway; never nearer to the feet than
#: that.
TRAVEL, LEAST_LEGS = 0.3, 0.15
#: Upright the shoulders are so far above the feet, trunk lengths: less is a body that lies along the view.
UPRIGHT = 1.9
#: Hands that are still more often than this, and so far before or behind the body, trunk lengths, carry it:
#: a push-up.
FREE, BESIDE = 0.75, 0.3
#: The direction from feet to shoulders stays about the same: length of the mean of its unit vectors.
STEADY, STRAIGHT = 0.9, 0.97


def _squats(part: Points) -> complex | None:
    """Up, of a body that goes down and up over a foot that stays where it is."""
    up, steady = _mean_direction(middle(part, "shoulder") - middle(part, "ankle"))
    hips = middle(part, "hip") / up
    legs = (hips - middle(part, "ankle") / up).real
    travel, sway = _spread(hips.real), _spread(hips.imag)
    down = travel >= max(TRAVEL, sway) and np.percentile(legs, _LOW) >= LEAST_LEGS
    tall = np.percentile(((middle(part, "shoulder") - middle(part, "ankle")) / up).real, _HIGH)
    reach = np.median(((middle(part, "wrist") - middle(part, "shoulder")) / up).imag)
    propped = _still(part, "wrist") >= FREE and abs(reach) >= BESIDE
    on_feet = _still(part, "ankle") >= OFTEN and not propped
    seen = steady >= STEADY and tall >= UPRIGHT
    return up if seen and down and on_feet and not _slides(part, up) else None


#: Knees that go forward by this, trunk lengths, take the trunk along: it leans by so many degrees, or the
#: hips sway by so much, trunk lengths. Of 61 labelled recordings with squats or lunges all do one of these.
FORWARD, LEANS_DEG, SWAYS = 0.15, 8.0, 0.15


def _slides(part: Points, up: complex) -> bool:
    """Whether the trunk goes straight along itself while both knees bend to one side: a sled carries it."""
    hips = middle(part, "hip")
    forward = _spread(((middle(part, "knee") - (hips + middle(part, "ankle")) / 2) / up).imag)
    leaning = _spread(np.angle((middle(part, "shoulder") - hips) / up, deg=True))
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
    up, steady = _mean_direction(middle(part, "shoulder") - middle(part, "hip"))
    feet, hands = (_apart(part, joint) / up for joint in ("ankle", "wrist"))
    passes = np.count_nonzero(np.diff(np.sign(feet.imag[np.abs(feet.imag) > APART])))
    if passes < PASSES or steady < STRAIGHT:
        return None
    against = np.corrcoef(feet.imag, hands.imag)[0, 1]
    swings = _spread(hands.imag) >= SWING and against <= AGAINST
    low = np.median(((middle(part, "shoulder") - middle(part, "wrist")) / up).real) >= LOW
    return up if swings and low and _legs(part, up) >= LEGS else None


#: Shoulders that lie stay this still, trunk lengths; the hips rise by this, and so many times as much as they
#: sway; the shank stands on the floor so steeply, against the line from foot to shoulders, degrees.
LYING, LIFT, SWAY, SHANK_DEG = 0.15, 0.2, 1.5, 50.0


def _bridges(part: Points) -> complex | None:
    """Up, of a body that lifts its hips between shoulders that lie and a foot that stands."""
    shoulders, hips = middle(part, "shoulder"), middle(part, "hip")
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


_LOW, _HIGH = 5, 95
#: The landmarks that are read.
NEEDED = [
    INDEX[f"{side}_{j}"] for j in ("shoulder", "wrist", "hip", "knee", "ankle") for side in ("left", "right")
]


def _at(part: Points, name: str) -> Points:
    return part[:, INDEX[name]]


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
    hips = middle(part, "hip")
    below = [((hips - _at(part, f"{side}_ankle")) / up).real for side in ("left", "right")]
    return float(np.median(np.maximum(*below)))


#: Each gives the direction in the picture, y up, that is up by the movement in a window (n, L), or None.
RULES: tuple[Callable[[Points], complex | None], ...] = (_squats, _strides, _bridges)
