"""The head against the trunk."""

from formcheck.signals.geometry import Point, Value, along, turn, unit, ventral
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
