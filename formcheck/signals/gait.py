"""Numbers about running that one pose can tell; rhythm is the engine's business."""

import numpy as np

from formcheck.signals.geometry import Point, Value, along, unit
from formcheck.signals.registry import signal


@signal("px")
def shoulder_bounce(mid_shoulder: Point) -> Value:
    """Shoulders up the picture; only its rhythm means something."""
    return mid_shoulder.imag


@signal("px")
def hip_bounce(mid_hip: Point) -> Value:
    """Hips up the picture; only its rhythm means something."""
    return mid_hip.imag


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
