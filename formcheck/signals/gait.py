"""Numbers about running that one pose can tell; rhythm is the engine's business."""

import numpy as np

from formcheck.signals.geometry import Point, Value, along, flexion, turn, unit
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


@signal("S", views="side")
def foot_ahead(ankle: Point, mid_hip: Point, facing: Value, scale: Value) -> Value:
    """Ankle ahead of the hips."""
    return facing * (ankle - mid_hip).real / scale


@signal("deg", views="side")
def foot_pitch(heel: Point, toe: Point, facing: Value) -> Value:
    """Sole against the horizontal; + toes up."""
    return facing * turn(facing * (toe - heel))


@signal("deg", views="front back")
def pelvic_drop(hip: Point, mid_hip: Point) -> Value:
    """How far the other hip hangs below this one."""
    d = hip - mid_hip
    return turn(abs(d.real) + 1j * d.imag)


@signal("deg", views="front back")
def knee_in(hip: Point, knee: Point, ankle: Point, mid_hip: Point) -> Value:
    """The knee inside the line from hip to ankle, in the picture; + knock-kneed, - bowed."""
    leg = unit(ankle - hip)
    off = along(knee - hip, 1j * leg) * along(mid_hip - hip, 1j * leg)
    return flexion(hip, knee, ankle) * np.sign(off)


@signal("S", views="front back")
def foot_beside(ankle: Point, hip: Point, mid_hip: Point, scale: Value) -> Value:
    """Ankle from the middle of the hips toward its own side; below 0 it crosses the middle."""
    return np.sign((hip - mid_hip).real) * (ankle - mid_hip).real / scale
