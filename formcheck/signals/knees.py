"""Numbers about knees and shanks."""

import numpy as np

from formcheck.signals.geometry import (
    Point,
    Value,
    along,
    aside,
    bend_aside,
    flexion,
    lower_of,
    pick,
    reach_of,
    turn,
    unit,
)
from formcheck.signals.registry import signal

#: Thigh and shank, trunk lengths.
LIMB = 0.8


@signal("deg", views="side oblique", both="Bend of both knees, their mean; 0 straight.")
def knee_flexion(hip: Point, knee: Point, ankle: Point) -> Value:
    """Bend of the knee; 0 straight."""
    return flexion(hip, knee, ankle)


@signal("deg", views="side")
def lifted_knee(hip: Point, knee: Point, ankle: Point, left_ankle: Point, right_ankle: Point) -> Value:
    """Bend of the knee of the higher foot, 0 straight; NaN where the other foot is the higher one."""
    lifted = ankle.imag > lower_of(left_ankle, right_ankle).imag
    return np.where(lifted, flexion(hip, knee, ankle), np.nan)[()]


@signal("deg", views="side")
def high_knee_flexion(
    mid_hip: Point, left_knee: Point, right_knee: Point, left_ankle: Point, right_ankle: Point
) -> Value:
    """Bend of the higher knee; 0 straight."""
    higher = (left_knee - right_knee).imag
    return flexion(mid_hip, pick(higher, left_knee, right_knee), pick(higher, left_ankle, right_ankle))


@signal("deg", views="front back")
def frontal_plane_projection_angle(hip: Point, knee: Point, ankle: Point, mid_hip: Point) -> Value:
    """Knee inside the line from hip to ankle, in the picture; + knock-kneed, - bowed."""
    return bend_aside(hip, knee, ankle, mid_hip - hip)


@signal("deg", views="front back")
def worse_frontal_plane_projection_angle(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
) -> Value:
    """The worse knee inside the line from its hip to its ankle, in the picture; + knock-kneed, - bowed."""
    inward = right_hip - left_hip
    left = bend_aside(left_hip, left_knee, left_ankle, inward)
    right = bend_aside(right_hip, right_knee, right_ankle, -inward)
    return np.maximum(left, right)


@signal("deg", views="front back")
def knees_inward(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
) -> Value:
    """The worse knee inside the line from its hip to its ankle, less what the other one is outside.

    A body that is turned aside shows one knee in and the other out by as much, and neither is a fault.
    """
    inward = right_hip - left_hip
    left = bend_aside(left_hip, left_knee, left_ankle, inward)
    right = bend_aside(right_hip, right_knee, right_ankle, -inward)
    return np.maximum(left, right) + np.minimum(np.minimum(left, right), 0.0)


@signal("S", views="front back")
def knee_inward(hip: Point, knee: Point, ankle: Point, mid_hip: Point, scale: Value) -> Value:
    """Knee inside the line from hip to ankle, as a distance; + inward.

    Unlike the angle it does not grow when the thigh points at the camera.
    """
    return aside(hip, knee, ankle, mid_hip - hip) / scale


def _no_more(bent: Value, off: Value) -> Value:
    """A bend, no more than a knee ``off`` trunk lengths aside bends a leg seen at its length; degrees."""
    most = np.degrees(2 * np.arctan(off / LIMB))
    return np.minimum(bent, most)


@signal("deg", views="front back")
def knee_falls_in(hip: Point, knee: Point, ankle: Point, mid_hip: Point, scale: Value) -> Value:
    """Knee inside the line from hip to ankle, by its angle and by its distance, the lesser; + inward.

    The angle of a leg that points at the camera is large for nothing, as in a squat seen from the front.
    """
    inward = mid_hip - hip
    return _no_more(bend_aside(hip, knee, ankle, inward), aside(hip, knee, ankle, inward) / scale)


@signal("deg", views="front back")
def knees_fall_in(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
    scale: Value,
) -> Value:
    """The worse knee inside its line, by angle and distance, less what the other is outside; + inward.

    No more than the knees are nearer to each other than the ankles, which knees that point out are not.
    """
    inward = right_hip - left_hip
    angle = knees_inward(left_hip, left_knee, left_ankle, right_hip, right_knee, right_ankle)
    left = aside(left_hip, left_knee, left_ankle, inward)
    right = aside(right_hip, right_knee, right_ankle, -inward)
    off = np.maximum(left, right) + np.minimum(np.minimum(left, right), 0.0)
    nearer = abs((left_ankle - right_ankle).real) - abs((left_knee - right_knee).real)
    return _no_more(angle, np.minimum(off, nearer) / scale)


@signal("S", views="side oblique front back")
def knee_depth(hip: Point, knee: Point, scale: Value) -> Value:
    """How far the knee is below the hip."""
    return (hip - knee).imag / scale


@signal("S", views="side oblique")
def knee_gap(left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value) -> Value:
    """How far apart the knees are along the trunk; 0 with the legs together or passing one another."""
    return abs(knee_drive_side(left_knee, right_knee, mid_hip, mid_shoulder, scale))


@signal("S", views="side oblique")
def knee_drive_side(
    left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """Left knee nearer the chest than the right one: + left knee driven, - right knee."""
    return along(left_knee - right_knee, unit(mid_shoulder - mid_hip)) / scale


@signal("S", views="side oblique")
def knee_reach(
    left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """The farther knee beyond the hips along the trunk: tells a raised leg when the feet are not seen."""
    return reach_of(left_knee, right_knee, mid_hip, unit(mid_hip - mid_shoulder), scale)


@signal("S", views="side oblique")
def knee_reach_side(
    left_knee: Point, right_knee: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """Left knee farther along the trunk than the right one: + left leg reaches, - right leg."""
    return along(left_knee - right_knee, unit(mid_hip - mid_shoulder)) / scale


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


@signal("deg", views="side")
def shank_tilt(knee: Point, ankle: Point, facing: Value) -> Value:
    """Shank against the vertical; + ankle ahead of the knee."""
    return facing * turn((knee - ankle) * -1j)


@signal("deg", views="side")
def shin_lean(knee: Point, ankle: Point, facing: Value) -> Value:
    """Shank against the vertical; + knee ahead of the ankle."""
    return -facing * turn((knee - ankle) * -1j)


@signal("S", views="side")
def knee_over_toe(knee: Point, toe: Point, facing: Value, scale: Value) -> Value:
    """Knee ahead of the toes; below 0 behind them."""
    return facing * (knee - toe).real / scale
