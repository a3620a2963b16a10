"""Angles at single joints, and of single limbs."""

import numpy as np

from formcheck.signals.geometry import Point, Value, along, bend, elevation, flexion, turn, unit
from formcheck.signals.registry import signal

#: A knee bent further than this carries the body instead of the foot. Degrees.
FOLDED = 60.0


@signal("deg", views="side oblique")
def knee_flexion(hip: Point, knee: Point, ankle: Point) -> Value:
    """Bend of the knee; 0 straight."""
    return flexion(hip, knee, ankle)


@signal("deg", views="side oblique")
def elbow_flexion(shoulder: Point, elbow: Point, wrist: Point) -> Value:
    """Bend of the elbow; 0 straight."""
    return flexion(shoulder, elbow, wrist)


@signal("deg", views="side")
def elbow_angle(shoulder: Point, elbow: Point, wrist: Point) -> Value:
    """Angle inside the elbow; 180 straight."""
    return 180.0 - flexion(shoulder, elbow, wrist)


@signal("deg", views="side")
def hip_flexion(shoulder: Point, hip: Point, knee: Point, facing: Value) -> Value:
    """Bend of the hip between trunk and thigh; + toward the belly, - arched."""
    return bend(shoulder, hip, knee, facing)


@signal("deg", views="side")
def body_line(shoulder: Point, hip: Point, knee: Point, ankle: Point, facing: Value) -> Value:
    """Hip against the line from shoulder to ankle; + piked, - sagging, 0 straight.

    To the knee instead where the shank is folded up, as in a knee push-up.
    """
    end: Point = np.where(flexion(hip, knee, ankle) > FOLDED, knee, ankle)
    return bend(shoulder, hip, end[()], facing)


@signal("deg", views="side")
def thigh_elevation(hip: Point, knee: Point) -> Value:
    """Thigh above the horizontal; -90 standing, 0 thigh level, +90 knee above the hip."""
    return elevation(hip, knee)


@signal("deg", views="side")
def leg_elevation(hip: Point, ankle: Point) -> Value:
    """Line from hip to ankle above the horizontal; -90 standing, 0 level."""
    return elevation(hip, ankle)


@signal("deg", views="side")
def shank_tilt(knee: Point, ankle: Point, facing: Value) -> Value:
    """Shank against the vertical; + ankle ahead of the knee."""
    return facing * turn((knee - ankle) * -1j)


@signal("deg", views="side")
def arm_elevation(shoulder: Point, wrist: Point) -> Value:
    """Line from shoulder to wrist above the horizontal, -90..90."""
    return elevation(shoulder, wrist)


@signal("deg")
def upper_arm_angle(hip: Point, shoulder: Point, elbow: Point) -> Value:
    """Upper arm against the trunk; 0 arm at the side, 180 overhead."""
    return 180.0 - flexion(hip, shoulder, elbow)


@signal("deg", views="side")
def upper_arm_swing(hip: Point, shoulder: Point, elbow: Point, facing: Value) -> Value:
    """Upper arm against the trunk, signed; + elbow in front of the trunk."""
    return facing * turn((elbow - shoulder) * (hip - shoulder).conjugate())


@signal("S", views="side")
def heel_rise(heel: Point, toe: Point, scale: Value) -> Value:
    """Heel above the toe of the same foot; about 0 flat."""
    return (heel - toe).imag / scale


@signal("S", views="side")
def hand_offset(shoulder: Point, wrist: Point, scale: Value) -> Value:
    """Horizontal distance between shoulder and wrist."""
    return abs((shoulder - wrist).real) / scale


@signal("S", views="side oblique front back")
def hand_depth(shoulder: Point, wrist: Point, scale: Value) -> Value:
    """How far the wrist is below the shoulder."""
    return (shoulder - wrist).imag / scale


@signal("S", views="side oblique front back")
def elbow_depth(shoulder: Point, elbow: Point, scale: Value) -> Value:
    """How far the elbow is below the shoulder."""
    return (shoulder - elbow).imag / scale


@signal("S", views="side oblique front back")
def knee_depth(hip: Point, knee: Point, scale: Value) -> Value:
    """How far the knee is below the hip."""
    return (hip - knee).imag / scale


@signal("S", views="side")
def hand_height(hip: Point, wrist: Point, mid_hip: Point, mid_shoulder: Point, scale: Value) -> Value:
    """Wrist above the hip along the trunk; about 0.5 in relaxed running."""
    return along(wrist - hip, unit(mid_shoulder - mid_hip)) / scale
