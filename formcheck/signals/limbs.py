"""Numbers that need no left and right: the farther leg, the higher hand, both knees together.

In side view the pose model exchanges left and right; whatever can be said without the labels is said here.
"""

from typing import Any

import numpy as np

from formcheck.signals.geometry import Point, Value, along, bend, bend_aside, elevation, unit
from formcheck.signals.registry import signal


def _farther(a: Point, b: Point, origin: Point, axis: Point) -> Any:
    """Of two points the one farther from ``origin`` along ``axis``; NaN unless both are seen."""
    reach_a, reach_b = along(a - origin, axis), along(b - origin, axis)
    unknown = np.isnan(reach_a + reach_b)
    return np.where(unknown, complex(np.nan, np.nan), np.where(reach_a >= reach_b, a, b))[()]


def _reach(a: Point, b: Point, origin: Point, axis: Point, scale: Value) -> Value:
    return np.maximum(along(a - origin, axis), along(b - origin, axis)) / scale


@signal("S", views="side oblique")
def leg_reach(
    left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """The farther ankle beyond the hips along the trunk."""
    return _reach(left_ankle, right_ankle, mid_hip, unit(mid_hip - mid_shoulder), scale)


@signal("S", views="side oblique")
def knee_reach(
    left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """The farther knee beyond the hips along the trunk: tells a raised leg when the feet are not seen."""
    return _reach(left_knee, right_knee, mid_hip, unit(mid_hip - mid_shoulder), scale)


@signal("S", views="side oblique")
def knee_reach_side(
    left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """Left knee farther along the trunk than the right one: + left leg reaches, - right leg."""
    return along(left_knee - right_knee, unit(mid_hip - mid_shoulder)) / scale


@signal("S", views="side oblique")
def leg_reach_side(
    left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """Left ankle farther along the trunk than the right one: + left leg reaches, - right leg."""
    return along(left_ankle - right_ankle, unit(mid_hip - mid_shoulder)) / scale


@signal("deg", views="side")
def raised_leg_line(
    left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point, facing: Value
) -> Value:
    """Reaching leg against the trunk; 0 in line, - above it with the back arched, + below it."""
    foot = _farther(left_ankle, right_ankle, mid_hip, mid_hip - mid_shoulder)
    return bend(mid_shoulder, mid_hip, foot, facing)


@signal("deg", views="side")
def raised_leg_elevation(left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point) -> Value:
    """Reaching leg above the horizontal; 0 level."""
    return elevation(mid_hip, _farther(left_ankle, right_ankle, mid_hip, mid_hip - mid_shoulder))


@signal("S", views="side oblique")
def arm_reach(
    left_wrist: Point, right_wrist: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """The farther wrist beyond the shoulders along the trunk."""
    return _reach(left_wrist, right_wrist, mid_shoulder, unit(mid_shoulder - mid_hip), scale)


@signal("deg", views="side")
def raised_arm_elevation(left_wrist: Point, right_wrist: Point, mid_hip: Point, mid_shoulder: Point) -> Value:
    """Reaching arm above the horizontal; 0 level."""
    hand = _farther(left_wrist, right_wrist, mid_shoulder, mid_shoulder - mid_hip)
    return elevation(mid_shoulder, hand)


@signal("1", views="side")
def diagonal(
    left_ankle: Point,
    right_ankle: Point,
    left_wrist: Point,
    right_wrist: Point,
    mid_hip: Point,
    mid_shoulder: Point,
    scale: Value,
) -> Value:
    """Opposite arm and leg reach together: + opposite, - the same side; product of the two differences."""
    up = unit(mid_shoulder - mid_hip)
    legs = along(left_ankle - right_ankle, -up) / scale
    arms = along(left_wrist - right_wrist, up) / scale
    return -legs * arms


@signal("deg", views="front back")
def knee_valgus(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
) -> Value:
    """The worse knee inside the line from its hip to its ankle, in the picture; + knock-kneed, - bowed."""
    inward = right_hip - left_hip
    left = bend_aside(left_hip, left_knee, left_ankle, inward)
    right = bend_aside(right_hip, right_knee, right_ankle, -inward)
    return np.maximum(left, right)


@signal("S", views="front back")
def hip_shift(mid_hip: Point, mid_ankle: Point, scale: Value) -> Value:
    """Hips beside the middle of the feet; + to image right."""
    return (mid_hip - mid_ankle).real / scale


@signal("S", views="side front back oblique")
def foot_separation(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """Horizontal distance between the ankles."""
    return abs((left_ankle - right_ankle).real) / scale
