"""Numbers about arms and hands."""

from typing import Any

import numpy as np

from formcheck.signals.geometry import (
    FLAT,
    GONE,
    Point,
    Value,
    along,
    elevation,
    farther_of,
    flexion,
    lower_of,
    reach_of,
    turn,
    unit,
)
from formcheck.signals.registry import signal

#: A hand this far below its shoulder carries it. Trunk lengths.
STANDS = 0.75


@signal("deg", views="side oblique", both="Bend of both elbows, their mean; 0 straight.")
def elbow_flexion(shoulder: Point, elbow: Point, wrist: Point) -> Value:
    """Bend of the elbow; 0 straight."""
    return flexion(shoulder, elbow, wrist)


@signal("deg", views="side")
def elbow_angle(shoulder: Point, elbow: Point, wrist: Point) -> Value:
    """Angle inside the elbow; 180 straight."""
    return 180.0 - flexion(shoulder, elbow, wrist)


@signal("deg", views="side")
def arm_elevation(shoulder: Point, wrist: Point) -> Value:
    """Line from shoulder to wrist above the horizontal, -90..90."""
    return elevation(shoulder, wrist)


@signal("deg", both="Upper arms against the trunk, mean of both; 0 arms at the sides, 180 overhead.")
def upper_arm_angle(hip: Point, shoulder: Point, elbow: Point) -> Value:
    """Upper arm against the trunk; 0 arm at the side, 180 overhead."""
    return 180.0 - flexion(hip, shoulder, elbow)


@signal("deg", both="Upper arms from overhead, mean of both; 0 overhead, 180 at the sides.")
def upper_arm_lowered(hip: Point, shoulder: Point, elbow: Point) -> Value:
    """Upper arm from overhead; 0 overhead, 180 at the side."""
    return flexion(hip, shoulder, elbow)


@signal("deg", views="side")
def upper_arm_swing(hip: Point, shoulder: Point, elbow: Point, facing: Value) -> Value:
    """Upper arm against the trunk, signed; + elbow in front of the trunk."""
    return facing * turn((elbow - shoulder) * (hip - shoulder).conjugate())


@signal("deg", views="side")
def hand_swing(hip: Point, shoulder: Point, wrist: Point, facing: Value) -> Value:
    """Line from shoulder to wrist against the trunk, signed; + hand in front of the trunk."""
    return facing * turn((wrist - shoulder) * (hip - shoulder).conjugate())


@signal("deg", views="front back")
def arm_difference(
    left_hip: Point,
    left_shoulder: Point,
    left_elbow: Point,
    right_hip: Point,
    right_shoulder: Point,
    right_elbow: Point,
) -> Value:
    """Angle by which one upper arm is farther from the trunk than the other; 0 even."""
    left = flexion(left_hip, left_shoulder, left_elbow)
    right = flexion(right_hip, right_shoulder, right_elbow)
    return abs(left - right)


@signal("S", both="Wrists above the shoulders, mean of both; below 0 hanging.")
def hand_rise(shoulder: Point, wrist: Point, scale: Value) -> Value:
    """Wrist above the shoulder; below 0 hanging."""
    return (wrist - shoulder).imag / scale


@signal("S", views="side oblique front back")
def hand_depth(shoulder: Point, wrist: Point, scale: Value) -> Value:
    """How far the wrist is below the shoulder."""
    return (shoulder - wrist).imag / scale


@signal("S", views="side")
def hand_offset(shoulder: Point, wrist: Point, scale: Value) -> Value:
    """Horizontal distance between shoulder and wrist."""
    return abs((shoulder - wrist).real) / scale


@signal("S", views="side")
def hand_height(hip: Point, wrist: Point, mid_hip: Point, mid_shoulder: Point, scale: Value) -> Value:
    """Wrist above the hip along the trunk; about 0.5 in relaxed running."""
    return along(wrist - hip, unit(mid_shoulder - mid_hip)) / scale


@signal("S", views="side oblique front back")
def elbow_depth(shoulder: Point, elbow: Point, scale: Value) -> Value:
    """How far the elbow is below the shoulder."""
    return (shoulder - elbow).imag / scale


@signal("S", views="front back")
def elbow_spread(
    left_elbow: Point, right_elbow: Point, left_shoulder: Point, right_shoulder: Point, scale: Value
) -> Value:
    """How far the elbows stand out beside the shoulders, mean of both; about 0.5 when they point sideways."""
    elbows, shoulders = left_elbow - right_elbow, left_shoulder - right_shoulder
    return (abs(elbows.real) - abs(shoulders.real)) / 2 / scale


@signal("S", views="front back oblique")
def low_elbow_offset(
    left_shoulder: Point, right_shoulder: Point, left_elbow: Point, right_elbow: Point, scale: Value
) -> Value:
    """Lower elbow beside the lower shoulder along the floor."""
    return abs((lower_of(left_shoulder, right_shoulder) - lower_of(left_elbow, right_elbow)).real) / scale


@signal("S", views="side oblique")
def arm_reach(
    left_wrist: Point, right_wrist: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """The farther wrist beyond the shoulders along the trunk."""
    return reach_of(left_wrist, right_wrist, mid_shoulder, unit(mid_shoulder - mid_hip), scale)


@signal("deg", views="side")
def raised_arm_elevation(left_wrist: Point, right_wrist: Point, mid_hip: Point, mid_shoulder: Point) -> Value:
    """Reaching arm above the horizontal; 0 level."""
    hand = farther_of(left_wrist, right_wrist, mid_shoulder, mid_shoulder - mid_hip)
    return elevation(mid_shoulder, hand)


@signal("S", views="side oblique")
def arm_pull(hip: Point, shoulder: Point, elbow: Point, wrist: Point, scale: Value) -> Value:
    """Middle of elbow and wrist from the shoulder toward the hip; - arm ahead, + pulled to the ribs.

    Smooth also where the upper arm points at the camera and its angle jumps.
    """
    return along((elbow + wrist) / 2 - shoulder, unit(hip - shoulder)) / scale


@signal("S", views="front")
def arm_crossover(
    left_wrist: Point,
    right_wrist: Point,
    left_hip: Point,
    right_hip: Point,
    mid_hip: Point,
    mid_shoulder: Point,
    scale: Value,
) -> Value:
    """The farther hand past the middle of the body; 0 or less when the hands stay on their own side."""
    across = 1j * unit(mid_shoulder - mid_hip)
    across = across * np.sign(along(left_hip - right_hip, across))
    centre = (mid_shoulder + mid_hip) / 2
    past = np.maximum(along(centre - left_wrist, across), along(right_wrist - centre, across))
    return past / scale


@signal("S", views="side oblique")
def hand_lift(left_wrist: Point, right_wrist: Point, scale: Value) -> Value:
    """Higher wrist above the lower one; about 1 with one arm level and the other on the floor."""
    return abs((left_wrist - right_wrist).imag) / scale


@signal("S", views="side")
def planted_hand(shoulder: Point, wrist: Point, left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """Shoulder beside the hand it stands on, along the floor; NaN where the hand is lifted."""
    planted = _planted(shoulder, wrist, left_ankle, right_ankle, scale)
    return np.where(planted, abs((shoulder - wrist).real) / scale, np.nan)[()]


@signal("deg", views="side")
def planted_elbow(
    shoulder: Point, elbow: Point, wrist: Point, left_ankle: Point, right_ankle: Point, scale: Value
) -> Value:
    """Bend of the elbow of a hand on the floor, 0 straight; NaN where the hand is lifted."""
    planted = _planted(shoulder, wrist, left_ankle, right_ankle, scale)
    return np.where(planted, flexion(shoulder, elbow, wrist), np.nan)[()]


def _planted(shoulder: Point, wrist: Point, left_ankle: Point, right_ankle: Point, scale: Value) -> Any:
    """Whether a hand is on the floor: well below its shoulder, or no higher than the lower foot.

    A shoulder that has drifted off its hand, or sinks on a bent elbow, is not well above it.
    """
    floor = np.fmin(left_ankle.imag, right_ankle.imag)
    return ((shoulder - wrist).imag > STANDS * scale) | (wrist.imag <= floor)


@signal("S", views="side")
def support_offset(shoulder: Point, elbow: Point, wrist: Point, scale: Value) -> Value:
    """Shoulder beside what carries it, along the floor: the elbow on forearms, else the wrist."""
    rise = elevation(wrist, elbow)
    support = np.where(rise < FLAT, elbow, np.where(rise >= FLAT, wrist, GONE))[()]
    return abs((shoulder - support).real) / scale
