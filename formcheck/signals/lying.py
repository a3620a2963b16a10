"""Numbers about bodies that lie on the belly or on the back."""

import numpy as np

from formcheck.signals.geometry import Point, Value, along, elevation, unit, ventral
from formcheck.signals.registry import signal


@signal("1", views="side oblique")
def belly_up(mid_hip: Point, mid_shoulder: Point, facing: Value) -> Value:
    """Where the belly points: +1 up (lying on the back), -1 down, 0 level."""
    return ventral(unit(mid_shoulder - mid_hip), facing).imag


@signal("deg", views="side oblique")
def prone_lift(hip: Point, shoulder: Point, ankle: Point) -> Value:
    """Chest and foot lifted around the hip, mean of both angles; 0 lying flat, blind to a tilted camera."""
    return (elevation(hip, shoulder) + elevation(hip, ankle)) / 2


@signal("S", views="side oblique")
def ear_height(mid_ear: Point, mid_shoulder: Point, scale: Value) -> Value:
    """Ears above the level of the shoulders."""
    return (mid_ear - mid_shoulder).imag / scale


@signal("S", views="side oblique")
def arm_pull(hip: Point, shoulder: Point, elbow: Point, wrist: Point, scale: Value) -> Value:
    """Middle of elbow and wrist from the shoulder toward the hip; - arm ahead, + pulled to the ribs.

    Smooth also where the upper arm points at the camera and its angle jumps.
    """
    return along((elbow + wrist) / 2 - shoulder, unit(hip - shoulder)) / scale


@signal("S", views="side oblique")
def figure_four(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
    scale: Value,
) -> Value:
    """From an ankle to the other thigh, above its knee, whichever is nearer; small with legs in a four."""
    left_thigh, right_thigh = (3 * left_knee + left_hip) / 4, (3 * right_knee + right_hip) / 4
    return np.minimum(abs(left_ankle - right_thigh), abs(right_ankle - left_thigh)) / scale


@signal("S", views="side oblique")
def least_knee_reach(
    left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """The nearer knee beyond the hips along the trunk; about 0.75 lying stretched, less when drawn up."""
    down = unit(mid_hip - mid_shoulder)
    return np.minimum(along(left_knee - mid_hip, down), along(right_knee - mid_hip, down)) / scale


@signal("S", views="side oblique")
def drawn_knee_height(
    left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """The knee that is drawn up farther, above the hips; 0 or less when it has dropped to the floor."""
    farther = along(left_knee - right_knee, mid_hip - mid_shoulder)
    knee = np.where(np.isnan(farther), complex(np.nan, np.nan), np.where(farther > 0, right_knee, left_knee))
    return (knee[()] - mid_hip).imag / scale


@signal("S", views="side oblique")
def hand_to_knee(wrist: Point, knee: Point, scale: Value) -> Value:
    """Distance from the hand to the knee of its side."""
    return abs(wrist - knee) / scale
