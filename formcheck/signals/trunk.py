"""The trunk: how it stands, leans and turns, the widths that tell the view, and the line of the body."""

import numpy as np

from formcheck.signals.geometry import (
    FLAT,
    Point,
    Value,
    along,
    bend,
    elevation,
    flexion,
    lower_of,
    mean_seen,
    tilt,
    turn,
    unit,
    ventral,
)
from formcheck.signals.registry import signal

#: A knee bent further than this carries the body instead of the foot; so far, it may if it is lower. Degrees.
FOLDED, KNEELS = 60.0, 40.0
#: No upper arm is shorter, trunk lengths: it is .65 of the mean body (.186 and .288 of the height), and nine
#: in ten of 158 planks whose joints people marked show .59 and more.
UPPER_ARM = 0.60


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


@signal("S", views="side front back")
def trunk_over_foot(mid_shoulder: Point, mid_hip: Point, ankle: Point, scale: Value) -> Value:
    """Middle of the trunk beside a foot; + to image right."""
    return ((mid_shoulder + mid_hip).real / 2 - ankle.real) / scale


@signal("deg", views="front back")
def trunk_sway(mid_hip: Point, mid_shoulder: Point) -> Value:
    """Sideways lean of the trunk; + to image right."""
    return -turn((mid_shoulder - mid_hip) * -1j)


@signal("deg", views="front back")
def shoulder_tilt(left_shoulder: Point, right_shoulder: Point) -> Value:
    """Line of the shoulders against the horizontal; + the person's left side higher."""
    return tilt(left_shoulder, right_shoulder)


@signal("1")
def shoulder_width(
    left_shoulder: Point, right_shoulder: Point, mid_hip: Point, mid_shoulder: Point, scale: Value
) -> Value:
    """Width of the shoulders across the trunk, in trunk lengths; small from the side."""
    return abs(along(left_shoulder - right_shoulder, 1j * unit(mid_shoulder - mid_hip))) / scale


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


@signal("S", views="side front back oblique")
def shoulder_sink(mid_shoulder: Point, scale: Value) -> Value:
    """Shoulders down the picture, for a fixed camera; count it against its rest value."""
    return -mid_shoulder.imag / scale


@signal("px")
def shoulder_bounce(mid_shoulder: Point) -> Value:
    """Shoulders up the picture; only its rhythm means something."""
    return mid_shoulder.imag


@signal("S", views="front back oblique")
def shoulders_stacked(left_shoulder: Point, right_shoulder: Point, scale: Value) -> Value:
    """Right shoulder above the left one: + lying on the left side, - on the right side, 0 level."""
    return (right_shoulder - left_shoulder).imag / scale


@signal("deg")
def shoulder_rise(
    left_shoulder: Point, right_shoulder: Point, plan_left_shoulder: Point, plan_right_shoulder: Point
) -> Value:
    """Line of the shoulders above the level, depth included; 0 lying flat or standing, 90 on a side.

    The picture alone shows one shoulder above the other also of who lies flat, from a camera above.
    """
    across, height = plan_left_shoulder - plan_right_shoulder, (left_shoulder - right_shoulder).imag
    return turn(abs(across) + 1j * abs(height))


@signal("deg", views="side")
def body_line(shoulder: Point, hip: Point, knee: Point, ankle: Point, facing: Value) -> Value:
    """Hip against the line from shoulder to ankle; + piked, - sagging, 0 straight.

    To the knee instead where the shank is folded up, as in a knee push-up; to the straighter of both where
    either may carry the body.
    """
    to_knee, to_ankle = (bend(shoulder, hip, end, facing) for end in (knee, ankle))
    bent = flexion(hip, knee, ankle)
    either = (bent > KNEELS) & (knee.imag < ankle.imag) & (abs(to_knee) < abs(to_ankle))
    return np.where((bent > FOLDED) | either, to_knee, to_ankle)[()]


@signal("deg", views="side")
def line_as_seen(shoulder: Point, hip: Point, knee: Point, ankle: Point, facing: Value) -> Value:
    """Hip against the line from shoulder to ankle, to the knee where no foot is seen; + piked, - sagging."""
    line = body_line(shoulder, hip, knee, ankle, facing)
    return np.where(np.isnan(line), bend(shoulder, hip, knee, facing), line)[()]


@signal("deg", views="side")
def forearm_line(
    shoulder: Point, elbow: Point, wrist: Point, hip: Point, knee: Point, ankle: Point, facing: Value
) -> Value:
    """Hip against the line from shoulder to ankle, on the forearms; + piked, - sagging; NaN on the hands.

    Hands that are not seen are taken to be ahead of the elbows: those that carry stand in nobody's shade.
    """
    line = body_line(shoulder, hip, knee, ankle, facing)
    return np.where(elevation(wrist, elbow) >= FLAT, np.nan, line)[()]


@signal("deg", views="side")
def forearm_pike(
    shoulder: Point,
    elbow: Point,
    wrist: Point,
    hip: Point,
    knee: Point,
    ankle: Point,
    facing: Value,
    scale: Value,
) -> Value:
    """Hip against the line from where the upper arm ends, on the forearms; + piked; NaN on the hands.

    A shoulder is seen too low on an arm that carries it, on the upper arm, as if the hips were too high.
    """
    arm = shoulder - elbow
    end = elbow + unit(arm) * np.maximum(abs(arm), UPPER_ARM * scale)
    return forearm_line(end, elbow, wrist, hip, knee, ankle, facing)


@signal("deg", views="side")
def hand_line(
    shoulder: Point, elbow: Point, wrist: Point, hip: Point, knee: Point, ankle: Point, facing: Value
) -> Value:
    """Hip against the line from shoulder to ankle, on the hands; + piked, - sagging; NaN on the forearms."""
    line = body_line(shoulder, hip, knee, ankle, facing)
    return np.where(elevation(wrist, elbow) >= FLAT, line, np.nan)[()]


@signal("deg", views="side")
def planted_line(shoulder: Point, hip: Point, left_ankle: Point, right_ankle: Point, facing: Value) -> Value:
    """Hip against the line from shoulder to the lower foot; + piked, - sagging, 0 straight."""
    return bend(shoulder, hip, lower_of(left_ankle, right_ankle), facing)


@signal("deg", views="front back oblique")
def side_line_knees(mid_shoulder: Point, mid_hip: Point, mid_knee: Point) -> Value:
    """Hips against the line from shoulders to knees, lying on a side; + above it, - hanging below."""
    return bend(mid_shoulder, mid_hip, mid_knee, np.sign((mid_shoulder - mid_knee).real))


@signal("deg", views="front back oblique")
def side_line_feet(mid_shoulder: Point, mid_hip: Point, mid_ankle: Point) -> Value:
    """Hips against the line from shoulders to feet, lying on a side; + above it, - hanging below."""
    return bend(mid_shoulder, mid_hip, mid_ankle, np.sign((mid_shoulder - mid_ankle).real))


@signal("1", views="side oblique")
def belly_up(mid_hip: Point, mid_shoulder: Point, facing: Value) -> Value:
    """Where the belly points: +1 up (lying on the back), -1 down, 0 level."""
    return ventral(unit(mid_shoulder - mid_hip), facing).imag


@signal("deg", views="side oblique")
def prone_lift(hip: Point, shoulder: Point, ankle: Point) -> Value:
    """Chest and foot lifted around the hip, mean of both angles; 0 lying flat, blind to a tilted camera."""
    return (elevation(hip, shoulder) + elevation(hip, ankle)) / 2


@signal("deg")
def sitting_up(
    left_shoulder: Point,
    left_hip: Point,
    left_knee: Point,
    right_shoulder: Point,
    right_hip: Point,
    right_knee: Point,
    mid_hip: Point,
    mid_shoulder: Point,
) -> Value:
    """Mean of how far the trunk is off the floor and off the line of the thighs: both rise in a sit-up."""
    fold = mean_seen(
        flexion(left_shoulder, left_hip, left_knee), flexion(right_shoulder, right_hip, right_knee)
    )
    return (fold + elevation(mid_hip, mid_shoulder)) / 2
