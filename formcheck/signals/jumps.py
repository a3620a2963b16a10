"""Numbers about leaving the ground.

On one leg the lower foot works. From the front the other one is often hidden behind it: then the foot that is
seen is the one that works.
"""

from typing import Any

import numpy as np

from formcheck.signals.geometry import Point, Value, bend_aside
from formcheck.signals.registry import signal


def _working(left_ankle: Point, right_ankle: Point, left: Any, right: Any) -> Any:
    """``left`` where the left foot is the lower or the only one seen, else ``right``; NaN without any."""
    lower = np.fmin(left_ankle.imag, right_ankle.imag)
    return np.where(left_ankle.imag == lower, left, np.where(right_ankle.imag == lower, right, np.nan))[()]


@signal("S")
def leap(left_ankle: Point, right_ankle: Point, mid_hip: Point, scale: Value) -> Value:
    """Lower foot and, a third as much, the hips up the picture, for a fixed camera; against its rest value.

    A jump is one rise from the bottom of the dip to the flight and back into the landing; standing up moves
    the hips alone and hardly shows.
    """
    foot = np.fmin(left_ankle.imag, right_ankle.imag)
    return (3 * foot + mid_hip.imag) / (4 * scale)


@signal("1")
def jumping_leg(left_ankle: Point, right_ankle: Point) -> Value:
    """Which foot is the lower one: + the left, - the right."""
    return _working(left_ankle, right_ankle, 1.0, -1.0)


@signal("deg", views="front back")
def jumping_knee_valgus(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
) -> Value:
    """Knee of the lower foot inside the line from hip to ankle; + inward, - bowed."""
    inward = right_hip - left_hip
    left = bend_aside(left_hip, left_knee, left_ankle, inward)
    right = bend_aside(right_hip, right_knee, right_ankle, -inward)
    return _working(left_ankle, right_ankle, left, right)


@signal("S", views="front back")
def over_foot(
    mid_shoulder: Point, mid_hip: Point, left_ankle: Point, right_ankle: Point, scale: Value
) -> Value:
    """Middle of the trunk beside the lower foot; + to image right."""
    foot = _working(left_ankle, right_ankle, left_ankle.real, right_ankle.real)
    return ((mid_shoulder + mid_hip).real / 2 - foot) / scale


@signal("deg", views="front back")
def knees_inward(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
) -> Value:
    """The worse knee inside the line from its hip to its ankle, less what the other one is outside.

    A body that is turned aside shows one knee in and the other out by as much, and neither is a fault.
    """
    inward = right_hip - left_hip
    left = bend_aside(left_hip, left_knee, left_ankle, inward)
    right = bend_aside(right_hip, right_knee, right_ankle, -inward)
    return np.maximum(left, right) + np.minimum(np.minimum(left, right), 0.0)
