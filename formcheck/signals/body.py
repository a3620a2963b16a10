"""The whole body: limbs against one another, and jumps."""

import numpy as np

from formcheck.signals.geometry import Point, Value, along, unit
from formcheck.signals.registry import signal


@signal("S")
def crouch(mid_shoulder: Point, mid_knee: Point, scale: Value) -> Value:
    """Shoulders toward the knees, rising toward 0 as the body folds up; count it against its rest value."""
    return -abs(mid_shoulder - mid_knee) / scale


@signal("S")
def leap(left_ankle: Point, right_ankle: Point, mid_hip: Point, scale: Value) -> Value:
    """Lower foot and, a third as much, the hips up the picture, for a fixed camera; against its rest value.

    A jump is one rise from the bottom of the dip to the flight and back into the landing; standing up moves
    the hips alone and hardly shows.
    """
    foot = np.fmin(left_ankle.imag, right_ankle.imag)
    return (3 * foot + mid_hip.imag) / (4 * scale)


@signal("S")
def hands_low(
    left_wrist: Point, right_wrist: Point, left_ankle: Point, right_ankle: Point, scale: Value
) -> Value:
    """The lower wrist seen against the lower ankle seen, rising on the way down; about -0.75 at the knee."""
    foot, hand = (np.fmin(a.imag, b.imag) for a, b in ((left_ankle, right_ankle), (left_wrist, right_wrist)))
    return (foot - hand) / scale


@signal("S", views="side oblique")
def hand_to_knee(wrist: Point, knee: Point, scale: Value) -> Value:
    """Distance from the hand to the knee of its side."""
    return abs(wrist - knee) / scale


@signal("1", views="side")
def diagonal(
    left_ankle: Point,
    right_ankle: Point,
    left_wrist: Point,
    right_wrist: Point,
    mid_hip: Point,
    mid_shoulder: Point,
    scale: Value,
) -> Value:
    """Opposite arm and leg reach together: + opposite, - the same side; product of the two differences."""
    up = unit(mid_shoulder - mid_hip)
    legs = along(left_ankle - right_ankle, -up) / scale
    arms = along(left_wrist - right_wrist, up) / scale
    return -legs * arms


@signal("1", views="side")
def plank_diagonal(
    left_ankle: Point, right_ankle: Point, left_wrist: Point, right_wrist: Point, scale: Value
) -> Value:
    """Opposite hand and foot are up together: + opposite, - the same side; product of the two differences."""
    legs, arms = (left_ankle - right_ankle).imag / scale, (left_wrist - right_wrist).imag / scale
    return -legs * arms
