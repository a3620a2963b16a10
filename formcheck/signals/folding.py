"""Numbers about hips that fold and stretch: bridges, sit-ups, V-ups; and about the cat and the cow."""

import numpy as np

from formcheck.signals.geometry import Point, Value, bend, flexion, pick, turn
from formcheck.signals.head import head_pitch
from formcheck.signals.registry import signal


@signal("deg", views="side")
def hip_extension(shoulder: Point, hip: Point, knee: Point, facing: Value) -> Value:
    """Stretch of the hip between trunk and thigh; 0 in line, + arched, - bent."""
    return -bend(shoulder, hip, knee, facing)


@signal("deg", views="side")
def planted_hip_extension(
    mid_shoulder: Point,
    mid_hip: Point,
    left_knee: Point,
    right_knee: Point,
    left_ankle: Point,
    right_ankle: Point,
    facing: Value,
) -> Value:
    """Stretch of the hip over the lower foot; 0 in line, + arched, - bent."""
    knee = pick((right_ankle - left_ankle).imag, left_knee, right_knee)
    return -bend(mid_shoulder, mid_hip, knee, facing)


@signal("deg", views="side")
def planted_shank_tilt(
    left_knee: Point, right_knee: Point, left_ankle: Point, right_ankle: Point, facing: Value
) -> Value:
    """Shank of the lower foot against the vertical; + foot away from the hips of a body on its back."""
    shank = pick((right_ankle - left_ankle).imag, left_knee - left_ankle, right_knee - right_ankle)
    return facing * turn(shank * -1j)


@signal("deg", views="side")
def free_thigh(
    mid_hip: Point,
    left_knee: Point,
    right_knee: Point,
    left_ankle: Point,
    right_ankle: Point,
    facing: Value,
) -> Value:
    """Thigh of the higher foot against the other one; 0 level with it, + nearer the belly, - dropped."""
    higher = (left_ankle - right_ankle).imag
    free, planted = pick(higher, left_knee, right_knee), pick(-higher, left_knee, right_knee)
    return facing * turn((free - mid_hip) * (planted - mid_hip).conjugate())


@signal("deg", views="side")
def hip_fold(
    mid_shoulder: Point, mid_hip: Point, left_knee: Point, right_knee: Point, facing: Value
) -> Value:
    """Bend of the more bent hip, or of one where the other knee is hidden; 0 in line, + toward the belly."""
    return np.fmax(
        bend(mid_shoulder, mid_hip, left_knee, facing), bend(mid_shoulder, mid_hip, right_knee, facing)
    )


@signal("deg", views="side")
def thighs_apart(mid_hip: Point, left_knee: Point, right_knee: Point) -> Value:
    """Angle between the thighs; 0 together."""
    return flexion(2 * mid_hip - left_knee, mid_hip, right_knee)


@signal("S", views="side")
def high_foot(left_ankle: Point, right_ankle: Point, mid_hip: Point, scale: Value) -> Value:
    """The higher ankle above the hips, of one ankle where the other is hidden; about 0 on the floor."""
    return (np.fmax(left_ankle.imag, right_ankle.imag) - mid_hip.imag) / scale


@signal("S", views="side")
def low_foot(
    left_knee: Point,
    right_knee: Point,
    left_ankle: Point,
    right_ankle: Point,
    mid_hip: Point,
    scale: Value,
) -> Value:
    """The lower ankle above the hips; about 0 for a leg on the floor.

    A leg of which neither knee nor ankle is seen lies behind the other one.
    """
    left, right = left_ankle.imag, right_ankle.imag
    no_left = np.isnan(left_knee) & np.isnan(left_ankle)
    no_right = np.isnan(right_knee) & np.isnan(right_ankle)
    low = np.where(no_left | no_right, np.fmin(left, right), np.minimum(left, right))[()]
    return (low - mid_hip.imag) / scale


@signal("deg", views="side")
def high_knee_flexion(
    mid_hip: Point, left_knee: Point, right_knee: Point, left_ankle: Point, right_ankle: Point
) -> Value:
    """Bend of the higher knee; 0 straight."""
    higher = (left_knee - right_knee).imag
    return flexion(mid_hip, pick(higher, left_knee, right_knee), pick(higher, left_ankle, right_ankle))


@signal("deg", views="side")
def head_raise(nose: Point, mid_ear: Point, mid_shoulder: Point, mid_hip: Point, facing: Value) -> Value:
    """How far the head is tipped back beyond looking square to the trunk; 0 in line or tucked."""
    return np.maximum(head_pitch(nose, mid_ear, mid_shoulder, mid_hip, facing), 0.0)


@signal("S", views="side")
def hip_ahead(hip: Point, knee: Point, facing: Value, scale: Value) -> Value:
    """Hip ahead of the knee along the floor; 0 above it, + toward the hands of a body on all fours."""
    return facing * (hip - knee).real / scale
