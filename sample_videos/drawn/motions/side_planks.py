"""Side planks: the body on one forearm, chest toward the camera."""

from dataclasses import dataclass

import numpy as np

from sample_videos.drawn.motions.common import ELBOW, KNEE, SIGN, Motion, point
from sample_videos.drawn.rig import (
    FOREARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    SHANK,
    SIDES,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Array,
    Foot,
    Limb,
    Posture,
    Reach,
    Rig,
    Side,
    chord,
    unit,
)
from sample_videos.drawn.timeline import Timeline

#: Feet or knees lie on each other: half the way between their joints, metres.
STACKED = 0.045
#: Height of the ankle of the lower foot, metres.
EDGE = 0.05
#: From the hips to the middle of the ankles, and to the middle of the knees.
LEG, UPPER_LEG = THIGH + SHANK - 0.015, THIGH - 0.005
#: A straight arm whose hand is on the floor.
STRAIGHT_ARM = float(chord(UPPER_ARM, FOREARM, 5.0))
#: Hips of a good side plank against the line from shoulders to feet, degrees.
GOOD_LINE = 1.0


@dataclass(frozen=True)
class Sidewise:
    """A body from its lower elbow at ``head_y`` to its feet or knees, bent sideways at the hips.

    Attributes
    ----------
    sign : +1 lies on the left side, the head to +y.
    hip, up, left : (T, 3) middle of the hips, and the trunk's axes.
    support, end : (T, 3) elbow or hand of the lower arm, and middle of the ankles or knees; ``below`` is
        across the leg.
    """

    sign: float
    hip: Array
    up: Array
    left: Array
    support: Array
    end: Array
    below: Array
    lean: Array
    sway: Array


def lie(
    clock: Timeline, head_y: float, leg: float, end_z: float, line: Array, up: Array | float = 1.0
) -> Sidewise:
    """Lie on the script's side; ``line`` is the bend at the hips, + raised; ``up`` its share of a lift."""
    n, s = len(clock.t), SIGN[clock.script.side]
    off = 0.232 * clock.dial("elbow_off") + clock.unrest(0.004)
    low_z = ELBOW + np.sqrt((STRAIGHT_ARM if clock.script.variant == "hand" else UPPER_ARM) ** 2 - off**2)
    whole = chord(TRUNK, leg, np.abs(line))
    rise = np.full(n, 20.0)
    for _ in range(3):  # the shoulders' middle lies higher the flatter the trunk is
        drop = low_z + HALF_SHOULDERS * np.cos(np.radians(rise)) - end_z
        apart = np.degrees(np.arcsin(leg * np.sin(np.radians(line)) / whole))
        rise = np.degrees(np.arcsin(drop / whole)) - apart
    lean, sway = 54 * clock.dial("roll", up) + clock.unrest(0.5), s * (90 - rise)
    axes = Rig(Posture(np.zeros((n, 3)), {}, {}, lean=lean, sway=sway))
    low = point(0.0, s * (head_y - off), low_z, n)
    hip = low - s * HALF_SHOULDERS * axes.left - TRUNK * axes.up
    down = np.radians(rise + line)
    end = hip + leg * point(0.0, -s * np.cos(down), -np.sin(down), n)
    below = point(0.0, s * np.sin(down), -np.cos(down), n)
    return Sidewise(s, hip, axes.up, axes.left, point(0.0, s * head_y, ELBOW, n), end, below, lean, sway)


def posture(clock: Timeline, body: Sidewise, legs: dict[Side, Limb], feet: dict[Side, Foot]) -> Posture:
    """The lower forearm points at the camera, or the arm is straight; the upper hand rests on the waist."""
    s, low = body.sign, clock.script.side
    waist = body.hip + 0.16 * body.up - s * 0.13 * body.left
    arms: dict[Side, Limb] = {side: Reach(waist, -s * body.left) for side in SIDES}
    shoulder = body.hip + TRUNK * body.up + s * HALF_SHOULDERS * body.left
    ahead = 0.0 if clock.script.variant == "hand" else FOREARM
    arms[low] = Reach(body.support + np.array([ahead, 0.0, 0.0]), body.support - shoulder + [0.01, 0.0, 0.0])
    return Posture(
        body.hip,
        arms=arms,
        legs=legs,
        feet=feet,
        lean=body.lean,
        sway=body.sway,
        head_tilt=s * (56 * clock.dial("head_drop") + clock.unrest(1.0)),
        head_pitch=-8.0,
    )


def side_plank_hold(clock: Timeline) -> Posture:
    """Legs straight, the feet on each other; the lower elbow is planted."""
    line = GOOD_LINE - 16 * clock.dial("hips_low") + 27 * clock.dial("hips_over") + clock.unrest(0.7)
    body = lie(clock, 0.50, LEG, EDGE + STACKED, line)
    legs: dict[Side, Limb] = {
        side: Reach(body.end + SIGN[side] * body.sign * STACKED * body.below, [1.0, 0.0, 0.0])
        for side in SIDES
    }
    return posture(clock, body, legs, {side: Foot(20.0, 0.0, body.sign * 90) for side in SIDES})


def low_side_plank_lift(clock: Timeline) -> Posture:
    """Knees bent, the shanks behind the body; the hips rise from near the floor to a straight line."""
    p = clock.progress()
    line = -26 + 28 * p + 27 * clock.dial("hips_over", p) + clock.unrest(0.4)
    body = lie(clock, 0.30, UPPER_LEG, KNEE + STACKED, line, p)
    legs: dict[Side, Limb] = {}
    for side in SIDES:
        aside = SIGN[side] * body.sign
        hip = body.hip + SIGN[side] * HALF_HIPS * body.left
        thigh = unit(body.end + aside * STACKED * body.below - hip)
        legs[side] = Reach(hip + THIGH * thigh - [SHANK, 0.0, 0.0], thigh)
    feet = {side: Foot(0.0, -body.sign * SIGN[side] * 90, body.sign * 90) for side in SIDES}
    return posture(clock, body, legs, feet)


MOTIONS = {
    "side_plank_hold": Motion(side_plank_hold, None, span_m=2.2, aim_x=0.0, view="front"),
    "low_side_plank_lift": Motion(
        low_side_plank_lift, (1.6, 0.6, 0.8), span_m=1.75, aim_x=0.0, sides="one", view="front"
    ),
}  # fmt: skip
