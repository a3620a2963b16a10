"""The head against the trunk."""

import numpy as np

from formcheck.signals.geometry import Point, Value, along, mean_seen, turn, unit, ventral
from formcheck.signals.registry import signal


@signal("S", views="side")
def head_offset(mid_ear: Point, mid_shoulder: Point, mid_hip: Point, facing: Value, scale: Value) -> Value:
    """Ears in front of the shoulders, square to the trunk."""
    return along(mid_ear - mid_shoulder, ventral(unit(mid_shoulder - mid_hip), facing)) / scale


@signal("S", views="side front back")
def neck_length(mid_ear: Point, mid_shoulder: Point, mid_hip: Point, scale: Value) -> Value:
    """Ears above the shoulders along the trunk; small when shrugged."""
    return along(mid_ear - mid_shoulder, unit(mid_shoulder - mid_hip)) / scale


@signal("S", views="side front back")
def neck_distance(mid_ear: Point, mid_shoulder: Point, scale: Value) -> Value:
    """Distance from ears to shoulders: small when shrugged, untouched by a head that moves forward."""
    return abs(mid_ear - mid_shoulder) / scale


@signal("deg", views="side")
def head_pitch(nose: Point, mid_ear: Point, mid_shoulder: Point, mid_hip: Point, facing: Value) -> Value:
    """Line from ear to nose against the trunk; about -20 looking ahead, + head tipped back, - chin down."""
    up = unit(mid_shoulder - mid_hip)
    look = nose - mid_ear
    return turn(along(look, ventral(up, facing)) + 1j * along(look, up))


@signal("deg", views="side")
def head_raise(nose: Point, mid_ear: Point, mid_shoulder: Point, mid_hip: Point, facing: Value) -> Value:
    """How far the head is tipped back beyond looking square to the trunk; 0 in line or tucked."""
    return np.maximum(head_pitch(nose, mid_ear, mid_shoulder, mid_hip, facing), 0.0)


@signal("deg", views="front back oblique")
def head_hang(mid_ear: Point, mid_shoulder: Point, mid_hip: Point) -> Value:
    """Head out of the line of a level trunk, sideways; + hanging toward the floor."""
    up = mid_shoulder - mid_hip
    return -np.sign(up.real) * turn((mid_ear - mid_shoulder) * up.conjugate())


@signal("S", views="side oblique")
def ear_height(mid_ear: Point, mid_shoulder: Point, scale: Value) -> Value:
    """Ears above the level of the shoulders."""
    return (mid_ear - mid_shoulder).imag / scale


@signal("S")
def dip(nose: Point, left_wrist: Point, right_wrist: Point, scale: Value) -> Value:
    """Head toward the hands that carry the body, rising as it sinks; count it against its rest value."""
    return -(nose.imag - mean_seen(left_wrist.imag, right_wrist.imag)) / scale
