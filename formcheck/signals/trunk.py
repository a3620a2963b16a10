"""The trunk: how it stands, leans and turns, and the widths that tell the view."""

from formcheck.signals.geometry import Point, Value, along, elevation, turn, unit
from formcheck.signals.registry import signal


@signal("deg")
def trunk_elevation(hip: Point, shoulder: Point) -> Value:
    """Trunk above the horizontal; 90 upright, 0 level, below 0 head down."""
    return elevation(hip, shoulder)


@signal("deg")
def trunk_tilt(mid_hip: Point, mid_shoulder: Point) -> Value:
    """Trunk above the horizontal from the middles of both sides; 90 upright, 0 level."""
    return elevation(mid_hip, mid_shoulder)


@signal("deg", views="side")
def trunk_lean(mid_hip: Point, mid_shoulder: Point, facing: Value) -> Value:
    """Trunk against the vertical; + leaning forward, - back."""
    return -facing * turn((mid_shoulder - mid_hip) * -1j)


@signal("deg", views="side")
def trunk_over_shin(hip: Point, shoulder: Point, knee: Point, ankle: Point, facing: Value) -> Value:
    """Lean of the trunk beyond the lean of the shin; 0 when they are parallel."""
    return -facing * turn((shoulder - hip) * (knee - ankle).conjugate())


@signal("deg", views="front back")
def trunk_sway(mid_hip: Point, mid_shoulder: Point) -> Value:
    """Sideways lean of the trunk; + to image right."""
    return -turn((mid_shoulder - mid_hip) * -1j)


@signal("deg", views="front back")
def pelvis_tilt(left_hip: Point, right_hip: Point) -> Value:
    """Line of the hips against the horizontal; + the person's left side higher."""
    return _tilt(left_hip, right_hip)


@signal("deg", views="front back")
def shoulder_tilt(left_shoulder: Point, right_shoulder: Point) -> Value:
    """Line of the shoulders against the horizontal; + the person's left side higher."""
    return _tilt(left_shoulder, right_shoulder)


def _tilt(left: Point, right: Point) -> Value:
    d = left - right
    return turn(abs(d.real) + 1j * d.imag)


@signal("1")
def shoulder_width(
    left_shoulder: Point, right_shoulder: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """Width of the shoulders across the trunk, in trunk lengths; small from the side."""
    return abs(along(left_shoulder - right_shoulder, 1j * unit(mid_shoulder - mid_hip))) / scale


@signal("1")
def hip_width(left_hip: Point, right_hip: Point, mid_hip: Point, mid_shoulder: Point, scale: Value) -> Value:
    """Width of the hips across the trunk, in trunk lengths; small from the side."""
    return abs(along(left_hip - right_hip, 1j * unit(mid_shoulder - mid_hip))) / scale


@signal("1")
def trunk_length(mid_hip: Point, mid_shoulder: Point, scale: Value) -> Value:
    """Seen length of the trunk against its real one; below 1 when it points at the camera."""
    return abs(mid_shoulder - mid_hip) / scale


@signal("1")
def handedness(
    left_hip: Point,
    right_hip: Point,
    left_shoulder: Point,
    right_shoulder: Point,
    mid_hip: Point,
    mid_shoulder: Point,
    scale: Value,
) -> Value:
    """Which way the body is turned: below 0 seen from the front, above 0 from the back."""
    across = 1j * unit(mid_shoulder - mid_hip)
    return along(left_shoulder - right_shoulder + left_hip - right_hip, across) / scale


@signal("S")
def hip_height(mid_hip: Point, mid_ankle: Point, scale: Value) -> Value:
    """Hips above the ankles."""
    return (mid_hip - mid_ankle).imag / scale


@signal("S")
def hip_drop(mid_hip: Point, mid_ankle: Point, scale: Value) -> Value:
    """Hips toward the ankles, rising as the hips sink; count it against its rest value."""
    return -(mid_hip - mid_ankle).imag / scale


@signal("S")
def hip_sink(mid_hip: Point, scale: Value) -> Value:
    """Hips down the picture, when the feet are out of it; for a fixed camera, against its rest value."""
    return -mid_hip.imag / scale


@signal("S", views="side front back oblique")
def shoulder_sink(mid_shoulder: Point, scale: Value) -> Value:
    """Shoulders down the picture, for a fixed camera; count it against its rest value."""
    return -mid_shoulder.imag / scale
