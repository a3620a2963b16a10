"""Numbers about bodies carried by hands or forearms."""

from typing import Any

import numpy as np

from formcheck.signals.geometry import Point, Value, along, bend, elevation, flexion, turn, unit
from formcheck.signals.registry import signal

#: A forearm less steep than this lies on the floor. Degrees.
FLAT = 30.0
#: A hand this far below its shoulder carries it. Trunk lengths.
STANDS = 0.75
_GONE = complex(np.nan, np.nan)


def _lower(a: Point, b: Point) -> Any:
    """Of two points the one further down the picture; NaN unless both are seen."""
    return np.where(a.imag <= b.imag, a, np.where(a.imag > b.imag, b, _GONE))[()]


@signal("S", views="side oblique")
def feet_up(mid_ankle: Point, scale: Value) -> Value:
    """Middle of the ankles up the picture, for a fixed camera; one lifted foot moves it half as far.

    The higher foot alone would not do: from a camera above the floor the far foot is the higher one at rest.
    """
    return mid_ankle.imag / scale


@signal("S", views="side oblique")
def foot_up_side(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """Left ankle above the right one: + left foot up, - right foot."""
    return (left_ankle - right_ankle).imag / scale


@signal("S", views="side oblique")
def hand_lift(left_wrist: Point, right_wrist: Point, scale: Value) -> Value:
    """Higher wrist above the lower one; about 1 with one arm level and the other on the floor."""
    return abs((left_wrist - right_wrist).imag) / scale


@signal("S", views="side")
def planted_hand(shoulder: Point, wrist: Point, scale: Value) -> Value:
    """Shoulder beside the hand it stands on, along the floor; NaN where the hand is lifted."""
    arm = (shoulder - wrist) / scale
    return np.where(arm.imag > STANDS, abs(arm.real), np.nan)[()]


@signal("deg", views="side")
def planted_elbow(shoulder: Point, elbow: Point, wrist: Point, scale: Value) -> Value:
    """Bend of the elbow of a hand on the floor, 0 straight; NaN where the hand is lifted."""
    arm = (shoulder - wrist) / scale
    return np.where(arm.imag > STANDS, flexion(shoulder, elbow, wrist), np.nan)[()]


@signal("1", views="side")
def plank_diagonal(
    left_ankle: Point, right_ankle: Point, left_wrist: Point, right_wrist: Point, scale: Value
) -> Value:
    """Opposite hand and foot are up together: + opposite, - the same side; product of the two differences."""
    legs, arms = (left_ankle - right_ankle).imag / scale, (left_wrist - right_wrist).imag / scale
    return -legs * arms


@signal("deg", views="side")
def planted_line(shoulder: Point, hip: Point, left_ankle: Point, right_ankle: Point, facing: Value) -> Value:
    """Hip against the line from shoulder to the lower foot; + piked, - sagging, 0 straight."""
    return bend(shoulder, hip, _lower(left_ankle, right_ankle), facing)


@signal("deg", views="side")
def lifted_knee(hip: Point, knee: Point, ankle: Point, left_ankle: Point, right_ankle: Point) -> Value:
    """Bend of the knee of the higher foot, 0 straight; NaN where the other foot is the higher one."""
    lifted = ankle.imag > _lower(left_ankle, right_ankle).imag
    return np.where(lifted, flexion(hip, knee, ankle), np.nan)[()]


@signal("S", views="side")
def support_offset(shoulder: Point, elbow: Point, wrist: Point, scale: Value) -> Value:
    """Shoulder beside what carries it, along the floor: the elbow on forearms, else the wrist."""
    rise = elevation(wrist, elbow)
    support = np.where(rise < FLAT, elbow, np.where(rise >= FLAT, wrist, _GONE))[()]
    return abs((shoulder - support).real) / scale


@signal("S")
def hip_place(mid_hip: Point, scale: Value) -> Value:
    """Hips along the picture, + to image right, for a fixed camera; count it against its rest value."""
    return mid_hip.real / scale


@signal("S", views="side oblique")
def knee_gap(left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value) -> Value:
    """How far apart the knees are along the trunk; 0 with the legs together or passing one another."""
    return abs(knee_drive_side(left_knee, right_knee, mid_hip, mid_shoulder, scale))


@signal("S", views="side oblique")
def knee_drive_side(
    left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """Left knee nearer the chest than the right one: + left knee driven, - right knee."""
    return along(left_knee - right_knee, unit(mid_shoulder - mid_hip)) / scale


@signal("S", views="front back")
def elbow_spread(
    left_elbow: Point, right_elbow: Point, left_shoulder: Point, right_shoulder: Point, scale: Value
) -> Value:
    """How far the elbows stand out beside the shoulders, mean of both; about 0.5 when they point sideways."""
    elbows, shoulders = left_elbow - right_elbow, left_shoulder - right_shoulder
    return (abs(elbows.real) - abs(shoulders.real)) / 2 / scale


@signal("deg", views="front back oblique")
def side_line_knees(mid_shoulder: Point, mid_hip: Point, mid_knee: Point) -> Value:
    """Hips against the line from shoulders to knees, lying on a side; + above it, - hanging below."""
    return bend(mid_shoulder, mid_hip, mid_knee, np.sign((mid_shoulder - mid_knee).real))


@signal("deg", views="front back oblique")
def side_line_feet(mid_shoulder: Point, mid_hip: Point, mid_ankle: Point) -> Value:
    """Hips against the line from shoulders to feet, lying on a side; + above it, - hanging below."""
    return bend(mid_shoulder, mid_hip, mid_ankle, np.sign((mid_shoulder - mid_ankle).real))


@signal("S", views="front back oblique")
def shoulders_stacked(left_shoulder: Point, right_shoulder: Point, scale: Value) -> Value:
    """Right shoulder above the left one: + lying on the left side, - on the right side, 0 level."""
    return (right_shoulder - left_shoulder).imag / scale


@signal("S", views="front back oblique")
def low_elbow_offset(
    left_shoulder: Point, right_shoulder: Point, left_elbow: Point, right_elbow: Point, scale: Value
) -> Value:
    """Lower elbow beside the lower shoulder along the floor."""
    return abs((_lower(left_shoulder, right_shoulder) - _lower(left_elbow, right_elbow)).real) / scale


@signal("S", views="front back oblique")
def leg_span(left_ankle: Point, right_ankle: Point, mid_hip: Point, scale: Value) -> Value:
    """Distance from the hips to the farther ankle; about 1.5 with a straight leg, less when both are bent."""
    return np.maximum(abs(left_ankle - mid_hip), abs(right_ankle - mid_hip)) / scale


@signal("deg", views="front back oblique")
def head_hang(mid_ear: Point, mid_shoulder: Point, mid_hip: Point) -> Value:
    """Head out of the line of a level trunk, sideways; + hanging toward the floor."""
    up = mid_shoulder - mid_hip
    return -np.sign(up.real) * turn((mid_ear - mid_shoulder) * up.conjugate())
