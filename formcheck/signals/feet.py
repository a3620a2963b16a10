"""Numbers about feet: which one stands or leads, and where they are."""

import numpy as np

from formcheck.signals.geometry import Point, Value, turn
from formcheck.signals.registry import signal
from formcheck.signals.roles import ahead, lift, nearer, support

#: How much higher the floor looks for each length that it is farther away, to a camera that looks down at the
#: feet by 30 degrees: one at hip height does so from 1.6 metres, one overhead from 4.
FROM_ABOVE = 0.58


@signal("S")
def foot_lift(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """The higher ankle above the lower one; about 0 on both feet."""
    return abs(lift(left_ankle, right_ankle)) / scale


@signal("S")
def foot_lift_side(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """Right ankle above the left one: + the left foot stands (or is nearer), - the right foot."""
    return lift(left_ankle, right_ankle) / scale


@signal("S", views="front")
def nearer_foot_side(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """Left foot nearer to a camera in front: + left, - right; it is the lower one, or the only one seen."""
    return nearer(left_ankle, right_ankle, scale) / scale


@signal("S", views="side")
def front_foot_side(left_ankle: Point, right_ankle: Point, facing: Value, scale: Value) -> Value:
    """Left ankle ahead of the right one: + the left foot is in front, - the right foot."""
    return ahead(left_ankle, right_ankle, facing) / scale


@signal("1")
def jumping_leg(left_ankle: Point, right_ankle: Point) -> Value:
    """Which foot is the lower one: + the left, - the right."""
    return support(1.0, -1.0, left_ankle, right_ankle)


@signal("S", views="side front back oblique")
def foot_separation(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """Horizontal distance between the ankles."""
    return abs((left_ankle - right_ankle).real) / scale


@signal("S")
def foot_clearance(
    left_ankle: Point, right_ankle: Point, plan_left_ankle: Point, plan_right_ankle: Point, scale: Value
) -> Value:
    """The higher ankle above the lower one, less what a camera from above makes of its being farther away."""
    height = (left_ankle - right_ankle).imag
    farther = np.sign(height) * (plan_left_ankle - plan_right_ankle).imag
    return (abs(height) - FROM_ABOVE * np.maximum(farther, 0.0)) / scale


@signal("S", views="side")
def heel_rise(heel: Point, toe: Point, scale: Value) -> Value:
    """Heel above the toe of the same foot; about 0 flat."""
    return (heel - toe).imag / scale


@signal("S", views="side")
def foot_ahead(ankle: Point, mid_hip: Point, facing: Value, scale: Value) -> Value:
    """Ankle ahead of the hips."""
    return facing * (ankle - mid_hip).real / scale


@signal("S", views="front back")
def foot_beside(ankle: Point, hip: Point, mid_hip: Point, scale: Value) -> Value:
    """Ankle from the middle of the hips toward its own side; below 0 it crosses the middle."""
    return np.sign((hip - mid_hip).real) * (ankle - mid_hip).real / scale


@signal("deg", views="side")
def foot_pitch(heel: Point, toe: Point, facing: Value) -> Value:
    """Sole against the horizontal; + toes up."""
    return facing * turn(facing * (toe - heel))


@signal("S", views="side oblique")
def foot_up_side(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """Left ankle above the right one: + left foot up, - right foot."""
    return (left_ankle - right_ankle).imag / scale


@signal("S", views="side oblique")
def feet_up(mid_ankle: Point, scale: Value) -> Value:
    """Middle of the ankles up the picture, for a fixed camera; one lifted foot moves it half as far.

    The higher foot alone would not do: from a camera above the floor the far foot is the higher one at rest.
    """
    return mid_ankle.imag / scale


@signal("S")
def feet_aside(mid_hip: Point, mid_ankle: Point, scale: Value) -> Value:
    """Feet beside the hips; + to image right."""
    return (mid_ankle - mid_hip).real / scale


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
