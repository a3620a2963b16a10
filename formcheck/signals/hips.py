"""Numbers about hips, thighs, and whole legs."""

import numpy as np

from formcheck.signals.geometry import (
    Point,
    Value,
    along,
    bend,
    elevation,
    farther_of,
    flexion,
    pick,
    reach_of,
    tilt,
    turn,
    unit,
)
from formcheck.signals.registry import signal
from formcheck.signals.roles import lift

#: As high looks, from the side, a foot that stands behind on its toes. Trunk lengths.
ON_TOES = 0.30
#: With less between the heights of the feet of who lies on the back both may be on the floor: two planted
#: ones are shown up to .12 apart, a straight leg that hangs nearly to it at least .19. Trunk lengths.
LEVEL = 0.15
#: A leg bent by more does not point where its foot is. Of 48 drawn straight ones knees are shown bent by up
#: to 54, and what the foot shows strays by 2 degrees, by the knee by 6. Degrees.
BENT = 60.0
#: A thigh bent by more is drawn up, one bent by less is stretched away or on its way. Judgement; degrees.
DRAWN_UP = 50.0


@signal("deg", views="side")
def hip_flexion(shoulder: Point, hip: Point, knee: Point, facing: Value) -> Value:
    """Bend of the hip between trunk and thigh; + toward the belly, - arched."""
    return bend(shoulder, hip, knee, facing)


@signal("deg", both="Bend between trunk and thighs, mean of both sides, unsigned; 0 straight.")
def hip_bend(shoulder: Point, hip: Point, knee: Point) -> Value:
    """Bend between trunk and thigh, unsigned; 0 straight."""
    return flexion(shoulder, hip, knee)


@signal("deg", views="side")
def hip_extension(shoulder: Point, hip: Point, knee: Point, facing: Value) -> Value:
    """Stretch of the hip between trunk and thigh; 0 in line, + arched, - bent."""
    return -bend(shoulder, hip, knee, facing)


@signal("deg", views="side")
def thigh_extension(mid_shoulder: Point, mid_hip: Point, knee: Point, facing: Value) -> Value:
    """Stretch of the hip; 0 in line, + arched, - bent.

    Between the thigh and the middle of the trunk, for a body of which one shoulder may be hidden.
    """
    return -bend(mid_shoulder, mid_hip, knee, facing)


@signal("deg", views="side")
def hip_fold(
    mid_shoulder: Point, mid_hip: Point, left_knee: Point, right_knee: Point, facing: Value
) -> Value:
    """Bend of the more bent hip, or of one where the other knee is hidden; 0 in line, + toward the belly."""
    return np.fmax(
        bend(mid_shoulder, mid_hip, left_knee, facing), bend(mid_shoulder, mid_hip, right_knee, facing)
    )


@signal("deg", views="side")
def waiting_thigh(
    mid_shoulder: Point, mid_hip: Point, left_knee: Point, right_knee: Point, facing: Value
) -> Value:
    """Bend of the more bent hip, as `hip_fold`; NaN where the thigh that is drawn up is the one not seen."""
    left, right = (bend(mid_shoulder, mid_hip, knee, facing) for knee in (left_knee, right_knee))
    more = np.fmax(left, right)
    return np.where(np.isnan(left + right) & (more < DRAWN_UP), np.nan, more)[()]


@signal("deg", views="side")
def thigh_elevation(hip: Point, knee: Point) -> Value:
    """Thigh above the horizontal; -90 standing, 0 thigh level, +90 knee above the hip."""
    return elevation(hip, knee)


@signal("deg", views="side")
def thighs_apart(mid_hip: Point, left_knee: Point, right_knee: Point) -> Value:
    """Angle between the thighs; 0 together."""
    return flexion(2 * mid_hip - left_knee, mid_hip, right_knee)


@signal("deg", views="side")
def free_thigh(
    mid_hip: Point,
    left_knee: Point,
    right_knee: Point,
    left_ankle: Point,
    right_ankle: Point,
    facing: Value,
    scale: Value,
) -> Value:
    """Leg of the higher foot against the other thigh; 0 level with it, + nearer the belly, - dropped.

    As far as its foot, or its knee where that is bent; NaN where both feet may be on the floor.
    """
    higher = (left_ankle - right_ankle).imag
    knee, foot = pick(higher, left_knee, right_knee), pick(higher, left_ankle, right_ankle)
    end = np.where(flexion(mid_hip, knee, foot) > BENT, knee, foot)
    turned = facing * turn((end - mid_hip) * (pick(-higher, left_knee, right_knee) - mid_hip).conjugate())
    return np.where(abs(higher) > LEVEL * scale, turned, np.nan)[()]


@signal("deg", views="side")
def free_leg_line(
    left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point, facing: Value, scale: Value
) -> Value:
    """Line to the lifted foot against the trunk; 0 in line, - arched, + below it; NaN on the floor."""
    height = lift(left_ankle, right_ankle)
    left, right = (bend(mid_shoulder, mid_hip, foot, facing) for foot in (left_ankle, right_ankle))
    return np.where(abs(height) > ON_TOES * scale, pick(height, right, left), np.nan)[()]


@signal("deg", views="side")
def raised_leg_line(
    left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point, facing: Value
) -> Value:
    """Reaching leg against the trunk; 0 in line, - above it with the back arched, + below it."""
    foot = farther_of(left_ankle, right_ankle, mid_hip, mid_hip - mid_shoulder)
    return bend(mid_shoulder, mid_hip, foot, facing)


@signal("deg", views="side")
def raised_leg_elevation(left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point) -> Value:
    """Reaching leg above the horizontal; 0 level."""
    return elevation(mid_hip, farther_of(left_ankle, right_ankle, mid_hip, mid_hip - mid_shoulder))


@signal("deg", views="side")
def leg_elevation(hip: Point, ankle: Point) -> Value:
    """Line from hip to ankle above the horizontal; -90 standing, 0 level."""
    return elevation(hip, ankle)


@signal("S", views="side oblique")
def leg_reach(
    left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """The farther ankle beyond the hips along the trunk."""
    return reach_of(left_ankle, right_ankle, mid_hip, unit(mid_hip - mid_shoulder), scale)


@signal("S", views="side oblique")
def leg_reach_side(
    left_ankle: Point, right_ankle: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """Left ankle farther along the trunk than the right one: + left leg reaches, - right leg."""
    return along(left_ankle - right_ankle, unit(mid_hip - mid_shoulder)) / scale


@signal("S", views="front back oblique")
def leg_span(left_ankle: Point, right_ankle: Point, mid_hip: Point, scale: Value) -> Value:
    """Distance from the hips to the farther ankle; about 1.5 with a straight leg, less when both are bent."""
    return np.maximum(abs(left_ankle - mid_hip), abs(right_ankle - mid_hip)) / scale


@signal("deg", views="front back")
def pelvic_drop(hip: Point, mid_hip: Point) -> Value:
    """How far the other hip hangs below this one."""
    d = hip - mid_hip
    return turn(abs(d.real) + 1j * d.imag)


@signal("deg", views="front back")
def pelvis_tilt(left_hip: Point, right_hip: Point) -> Value:
    """Line of the hips against the horizontal; + the person's left side higher."""
    return tilt(left_hip, right_hip)


@signal("1")
def hip_width(left_hip: Point, right_hip: Point, mid_hip: Point, mid_shoulder: Point, scale: Value) -> Value:
    """Width of the hips across the trunk, in trunk lengths; small from the side."""
    return abs(along(left_hip - right_hip, 1j * unit(mid_shoulder - mid_hip))) / scale


@signal("S", views="front back")
def hip_shift(mid_hip: Point, mid_ankle: Point, scale: Value) -> Value:
    """Hips beside the middle of the feet; + to image right."""
    return (mid_hip - mid_ankle).real / scale


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


@signal("S")
def hip_place(mid_hip: Point, scale: Value) -> Value:
    """Hips along the picture, + to image right, for a fixed camera; count it against its rest value."""
    return mid_hip.real / scale


@signal("S", views="side")
def hip_ahead(hip: Point, knee: Point, facing: Value, scale: Value) -> Value:
    """Hip ahead of the knee along the floor; 0 above it, + toward the hands of a body on all fours."""
    return facing * (hip - knee).real / scale


@signal("px")
def hip_bounce(mid_hip: Point) -> Value:
    """Hips up the picture; only its rhythm means something."""
    return mid_hip.imag
