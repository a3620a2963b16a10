"""Numbers about standing on one leg, and about split stances.

Which leg stands is told by height (the lower ankle), which is in front by where the person faces: the pose
model exchanges left and right.
"""

from typing import Any

import numpy as np

from formcheck.signals.geometry import Point, Value, aside, bend, bend_aside, flexion, pick, turn
from formcheck.signals.registry import signal

#: With less between the heights of the two ankles both feet may be on the floor. Trunk lengths.
LIFTED = 0.25
#: As high looks, from the side, a foot that stands behind on its toes. Trunk lengths.
ON_TOES = 0.30
#: Who stands on one leg, or lunges toward the camera, has the ankles no further apart across the picture.
#: Beyond it the body is turned, and a bent knee looks like one that falls aside. Trunk lengths.
TURNED = 0.8


def _lift(left_ankle: Point, right_ankle: Point) -> Value:
    """Right ankle above the left one: + the left leg stands."""
    return (right_ankle - left_ankle).imag


def _ahead(left_ankle: Point, right_ankle: Point, facing: Value) -> Value:
    """Left ankle ahead of the right one: + the left foot is in front."""
    return facing * (left_ankle - right_ankle).real


@signal("S")
def foot_lift(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """The higher ankle above the lower one; about 0 on both feet."""
    return abs(_lift(left_ankle, right_ankle)) / scale


@signal("S")
def foot_lift_side(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """Right ankle above the left one: + the left foot stands (or is nearer), - the right foot."""
    return _lift(left_ankle, right_ankle) / scale


@signal("S", views="front")
def nearer_foot_side(left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """Left foot nearer to a camera in front: + left, - right; it is the lower one, or the only one seen."""
    return _nearer(left_ankle, right_ankle, scale) / scale


def _nearer(left_ankle: Point, right_ankle: Point, far: Value) -> Any:
    """`_lift`, but a foot that is hidden counts as ``far`` behind the other."""
    lift = _lift(left_ankle, right_ankle)
    return np.where(np.isnan(left_ankle), -far, np.where(np.isnan(right_ankle), far, lift))


@signal("S", views="side")
def front_foot_side(left_ankle: Point, right_ankle: Point, facing: Value, scale: Value) -> Value:
    """Left ankle ahead of the right one: + the left foot is in front, - the right foot."""
    return _ahead(left_ankle, right_ankle, facing) / scale


@signal("S")
def hands_low(
    left_wrist: Point, right_wrist: Point, left_ankle: Point, right_ankle: Point, scale: Value
) -> Value:
    """The lower wrist seen against the lower ankle seen, rising on the way down; about -0.75 at the knee."""
    foot, hand = (np.fmin(a.imag, b.imag) for a, b in ((left_ankle, right_ankle), (left_wrist, right_wrist)))
    return (foot - hand) / scale


@signal("S", views="side front back")
def weight_over_foot(
    mid_shoulder: Point, mid_hip: Point, left_ankle: Point, right_ankle: Point, scale: Value
) -> Value:
    """Middle of the trunk beside the standing foot; + to image right; NaN on both feet."""
    lift = _lift(left_ankle, right_ankle)
    foot = pick(lift, left_ankle.real, right_ankle.real)
    beside = ((mid_shoulder + mid_hip).real / 2 - foot) / scale
    return np.where(abs(lift) > LIFTED * scale, beside, np.nan)[()]


@signal("deg", views="side")
def free_leg_line(
    left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point, facing: Value, scale: Value
) -> Value:
    """Line to the lifted foot against the trunk; 0 in line, - arched, + below it; NaN on the floor."""
    lift = _lift(left_ankle, right_ankle)
    left, right = (bend(mid_shoulder, mid_hip, foot, facing) for foot in (left_ankle, right_ankle))
    return np.where(abs(lift) > ON_TOES * scale, pick(lift, right, left), np.nan)[()]


@signal("deg", views="side")
def standing_knee(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
    scale: Value,
) -> Value:
    """Bend of the knee of the lower foot; 0 straight; NaN on both feet."""
    lift = _lift(left_ankle, right_ankle)
    left, right = flexion(left_hip, left_knee, left_ankle), flexion(right_hip, right_knee, right_ankle)
    return np.where(abs(lift) > LIFTED * scale, pick(lift, left, right), np.nan)[()]


@signal("deg", views="front back")
def standing_knee_valgus(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
    scale: Value,
) -> Value:
    """Knee of the lower foot inside the line from hip to ankle; + inward, - bowed; NaN if turned aside."""
    inward = right_hip - left_hip
    left = bend_aside(left_hip, left_knee, left_ankle, inward)
    right = bend_aside(right_hip, right_knee, right_ankle, -inward)
    return _of_standing(left_ankle, right_ankle, left, right, scale)


@signal("S", views="front back")
def standing_knee_inward(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
    scale: Value,
) -> Value:
    """The same as a distance: unlike the angle it does not grow when the thigh points at the camera."""
    inward = right_hip - left_hip
    left = aside(left_hip, left_knee, left_ankle, inward)
    right = aside(right_hip, right_knee, right_ankle, -inward)
    return _of_standing(left_ankle, right_ankle, left, right, scale) / scale


def _of_standing(left_ankle: Point, right_ankle: Point, left: Value, right: Value, scale: Value) -> Any:
    """The value of the leg that stands; a foot that is hidden is the free one, behind it."""
    turned = abs((left_ankle - right_ankle).real) > TURNED * scale
    return np.where(turned, np.nan, pick(_nearer(left_ankle, right_ankle, scale), left, right))[()]


@signal("deg", views="side")
def front_knee(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
    facing: Value,
) -> Value:
    """Bend of the knee of the foot in front; 0 straight."""
    left, right = flexion(left_hip, left_knee, left_ankle), flexion(right_hip, right_knee, right_ankle)
    return pick(_ahead(left_ankle, right_ankle, facing), left, right)


@signal("deg", views="side")
def rear_knee(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
    facing: Value,
) -> Value:
    """Bend of the knee of the foot behind; 0 straight."""
    left, right = flexion(left_hip, left_knee, left_ankle), flexion(right_hip, right_knee, right_ankle)
    return pick(_ahead(left_ankle, right_ankle, facing), right, left)


@signal("deg", views="side")
def front_shin_lean(
    left_knee: Point, left_ankle: Point, right_knee: Point, right_ankle: Point, facing: Value
) -> Value:
    """Shank of the foot in front against the vertical; + knee ahead of the ankle."""
    shanks = (left_knee - left_ankle, right_knee - right_ankle)
    left, right = (-facing * turn(shank * -1j) for shank in shanks)
    return pick(_ahead(left_ankle, right_ankle, facing), left, right)
