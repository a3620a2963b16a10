"""Plane geometry on complex numbers: x to the right is real, y up is imaginary.

A point is one complex number or an array of them, so the same line serves one frame and a whole clip. All
angles are in degrees; NaN in gives NaN out.
"""

from typing import Any

import numpy as np

#: A complex scalar or array in, a float scalar or array out; numpy's typing cannot say "whichever came in".
Point = Any
Value = Any

_DEGREES = 180.0 / np.pi
#: Nobody arches farther than this, degrees; who faces the other way than thought bends so far. Judgement.
ARCHED = -150.0
#: A forearm less steep than this lies on the floor. Degrees.
FLAT = 30.0
#: A point that is not there.
GONE = complex(np.nan, np.nan)


def to_plane(image: Any) -> Point:
    """Pixels (..., 2), y down, to complex points (...), y up."""
    return image[..., 0] - 1j * image[..., 1]


def to_image(points: Point) -> Any:
    """Complex points (...), y up, to pixels (..., 2), y down."""
    return np.conjugate(points).view(np.float64).reshape(*points.shape, 2)


def turn(direction: Point) -> Value:
    """Angle of a direction against the positive x axis, -180..180, counter-clockwise positive."""
    return np.arctan2(direction.imag, direction.real) * _DEGREES


def interior(a: Point, b: Point, c: Point) -> Value:
    """Angle at ``b`` between ``a`` and ``c``, 0..180."""
    return abs(turn((a - b) * (c - b).conjugate()))


def flexion(a: Point, b: Point, c: Point) -> Value:
    """How far a-b-c is from straight, 0..180; 0 straight."""
    return 180.0 - interior(a, b, c)


def bend(a: Point, b: Point, c: Point, facing: Value) -> Value:
    """Signed flexion of head-end ``a``, joint ``b``, foot-end ``c``: + toward the belly, - arched.

    From -150 to 210: who folds up flat, and a landmark that is a little astray, are not arched by 180.
    """
    return (facing * turn((c - b) * (b - a).conjugate()) - ARCHED) % 360.0 + ARCHED


def elevation(a: Point, b: Point) -> Value:
    """Angle of a->b above the horizontal, -90..90."""
    d = b - a
    return np.arctan2(d.imag, abs(d.real)) * _DEGREES


def unit(direction: Point) -> Point:
    """The direction with length 1; NaN for length 0."""
    length = abs(direction)
    return direction / np.where(length > 0, length, np.nan)[()]


def along(vector: Point, axis: Point) -> Value:
    """Component of ``vector`` along the unit vector ``axis``."""
    return (vector * axis.conjugate()).real


def aside(a: Point, b: Point, c: Point, toward: Point) -> Value:
    """How far ``b`` is off the line from ``a`` to ``c``; + to the side of ``toward``."""
    line, part = c - a, b - a
    return along(part - line * along(part, line) / abs(line) ** 2, unit(toward))


def bend_aside(a: Point, b: Point, c: Point, toward: Point) -> Value:
    """Flexion of a-b-c; + where ``b`` leaves the straight line to the side of ``toward``."""
    return np.sign(aside(a, b, c, toward)) * flexion(a, b, c)


def pick(first: Value, a: Any, b: Any) -> Any:
    """``a`` where ``first`` is above 0, ``b`` where it is not, NaN where it is unknown; points or values."""
    unknown = complex(np.nan, np.nan) if np.iscomplexobj(a) else np.nan
    return np.where(np.isnan(first), unknown, np.where(first > 0, a, b))[()]


def mean_seen(left: Value, right: Value) -> Value:
    """The mean of two values, or the one that is there."""
    both = (left + right) / 2
    return np.where(np.isnan(both), np.where(np.isnan(left), right, left), both)[()]


def ventral(trunk_up: Point, facing: Value) -> Point:
    """Unit vector out of the belly, for a trunk axis pointing to the head."""
    return -1j * facing * trunk_up


def lower_of(a: Point, b: Point) -> Any:
    """Of two points the one further down the picture; NaN unless both are seen."""
    return np.where(a.imag <= b.imag, a, np.where(a.imag > b.imag, b, GONE))[()]


def farther_of(a: Point, b: Point, origin: Point, axis: Point) -> Any:
    """Of two points the one farther from ``origin`` along ``axis``; NaN unless both are seen."""
    reach_a, reach_b = along(a - origin, axis), along(b - origin, axis)
    unknown = np.isnan(reach_a + reach_b)
    return np.where(unknown, GONE, np.where(reach_a >= reach_b, a, b))[()]


def reach_of(a: Point, b: Point, origin: Point, axis: Point, scale: Value) -> Value:
    """How far the farther of two points is from ``origin`` along the unit vector ``axis``, in ``scale``."""
    return np.maximum(along(a - origin, axis), along(b - origin, axis)) / scale


def tilt(left: Point, right: Point) -> Value:
    """Line between two points against the horizontal; + the left one higher."""
    d = left - right
    return turn(abs(d.real) + 1j * d.imag)
