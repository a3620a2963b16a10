"""Lying on the back, head away from x."""

import numpy as np

from sample_videos.drawn.motions.common import LEFT, SIGN, Motion, point, turns
from sample_videos.drawn.rig import (
    HALF_HIPS,
    HALF_SHOULDERS,
    NECK_LENGTH,
    SHANK,
    SIDES,
    THIGH,
    TRUNK,
    Foot,
    Limb,
    Posture,
    Reach,
    Side,
    Swing,
    unit,
)
from sample_videos.drawn.timeline import Timeline

#: Hip and shoulder joints of a body that rests on its back, metres above the floor.
BACK = 0.11
#: The head lies on the floor: the ears hardly above the line of the trunk; the eyes look at the ceiling.
SUPINE_NECK, SUPINE_PITCH = -0.02, -12.0
#: Middle of the hips of a pelvis that is turned this far to its side; the hip joint does the rest.
PELVIS_ON_SIDE, TURN = BACK + 0.04, np.radians(27.0)
#: Bouncing in a stretch, times a second.
BOUNCE_HZ = 0.9


def beetle(clock: Timeline) -> Posture:
    """Thighs and arms point up; opposite arm and leg reach out in turn, the left leg first."""
    p, n = clock.progress(), len(clock.t)
    tip = 17 * clock.dial("pelvis_lifts", p) + clock.unrest(0.3)
    angle = np.radians(tip)
    shoulder = point(-TRUNK, clock.unrest(0.002), BACK, n)
    working = {"left": p * turns(clock, 0), "right": p * turns(clock, 1)}
    same, missing = clock.dial("same_side", p) > 0, clock.dial("arm_missing")
    follow = clock.dial("other_knee_moves", p)
    arms: dict[Side, Limb] = {}
    legs: dict[Side, Limb] = {}
    feet: dict[Side, Foot] = {}
    for side, other in zip(SIDES, reversed(SIDES), strict=True):
        q = working[side]
        thigh = 86 - 78 * q - 44 * follow * (q == 0) + clock.unrest(0.5)
        bend = 88 - 82 * q
        reach = np.where(same, q, working[other]) * (1 - missing)
        legs[side] = Swing(90 + thigh, 2.0, bend)
        feet[side] = Foot(thigh - bend - 85, 5.0)
        arms[side] = Swing(90 + 78 * reach + clock.unrest(0.5), 3.0, 8.0, frame="trunk")
    lift = clock.dial("head_lifts", p)
    return Posture(
        shoulder + TRUNK * point(np.cos(angle), 0.0, np.sin(angle), n),
        arms=arms,
        legs=legs,
        feet=feet,
        lean=-(90 + tip),
        head_pitch=SUPINE_PITCH - 20 * lift + clock.unrest(1.0),
        head_offset=SUPINE_NECK + 0.24 * lift,
        neck_length=NECK_LENGTH - 0.05 * lift,
    )


def figure_four_stretch(clock: Timeline) -> Posture:
    """One thigh is drawn to the chest with both hands, the ankle of the leg of `script.side` lies on it."""
    n, crossed = len(clock.t), clock.script.side
    support: Side = "right" if crossed == "left" else "left"
    tip = 4 + 24 * clock.dial("hips_roll") + clock.unrest(0.4)
    bounce = 12 * clock.dial("bounce", np.sin(2 * np.pi * BOUNCE_HZ * clock.t))
    thigh = 108 - 56 * clock.dial("shallow") + bounce + clock.unrest(0.5)
    angle, up = np.radians(tip), np.radians(thigh)
    shoulder = point(-TRUNK, 0.0, BACK, n)
    hip = shoulder + TRUNK * point(np.cos(angle), 0.0, np.sin(angle), n)
    along, front = point(np.cos(up), 0.0, np.sin(up), n), point(-np.sin(up), 0.0, np.cos(up), n)
    socket = hip + SIGN[support] * HALF_HIPS * LEFT
    ankle = socket + 0.30 * along + 0.10 * front - SIGN[support] * 0.03 * LEFT
    held = socket + 0.26 * along - 0.02 * front
    lift = clock.dial("head_lift")
    return Posture(
        hip,
        arms={s: Reach(held + SIGN[s] * 0.09 * LEFT, [0.0, SIGN[s], 0.2]) for s in SIDES},
        legs={
            support: Swing(90 + thigh, 0.0, 92.0),
            crossed: Reach(ankle, [0.45, SIGN[crossed], 0.25]),
        },
        feet={support: Foot(thigh - 177, 5.0), crossed: Foot(-60.0, 0.0)},
        lean=-(90 + tip),
        head_pitch=SUPINE_PITCH - 20 * lift + clock.unrest(1.0),
        head_offset=SUPINE_NECK + 0.24 * lift,
        neck_length=NECK_LENGTH - 0.05 * lift,
    )


def supine_twist(clock: Timeline) -> Posture:
    """The bent knee of `script.side` has dropped across to the floor; the other leg lies straight."""
    n, top = len(clock.t), clock.script.side
    sign = SIGN[top]
    below: Side = "right" if top == "left" else "left"
    rise = 0.07 + 0.25 * clock.dial("knee_up") + clock.unrest(0.003)
    turned = 35 * clock.dial("shoulder_lifts")
    lifted = HALF_SHOULDERS * np.sin(np.radians(turned))
    angle = np.arcsin((PELVIS_ON_SIDE - BACK - lifted) / TRUNK)
    hip = point(TRUNK * (np.cos(angle) - 1), 0.0, PELVIS_ON_SIDE, n)
    socket = hip + HALF_HIPS * point(
        -np.sin(angle) * np.sin(TURN), sign * np.cos(TURN), np.cos(angle) * np.sin(TURN), n
    )
    knee = socket + THIGH * unit(point(-0.12, -0.34 * sign, rise, n) - socket)
    ankle = knee + SHANK * unit(point(0.9, 0.02 * sign, (0.08 - rise) / SHANK, n))
    return Posture(
        hip,
        arms={s: Swing(0.0, 62.0, 6.0, frame="trunk") for s in SIDES},
        legs={
            top: Reach(ankle, knee - socket),
            below: Swing(88.0, -1.0, 4.0),
        },
        feet={top: Foot(-20.0, 0.0), below: Foot(-80.0, 10.0)},
        lean=-90 - np.degrees(angle),
        shoulder_twist=sign * turned,
        hip_twist=sign * np.degrees(TURN),
        head_pitch=SUPINE_PITCH + clock.unrest(1.0),
        head_offset=SUPINE_NECK - lifted / TRUNK,  # the head stays on the floor
    )


_SPAN_M, _AIM_X, _MAT = 2.5, 0.0, (-0.95, 0.85)
MOTIONS = {
    "beetle": Motion(
        beetle, (1.6, 1.0, 0.9), span_m=_SPAN_M, aim_x=_AIM_X, mat=_MAT, sides="alternate",
        open_limbs=True,
        angles=("trunk_elevation", "leg_elevation", "arm_elevation", "head_pitch"),
    ),
    "figure_four_stretch": Motion(
        figure_four_stretch, None, span_m=_SPAN_M, aim_x=_AIM_X, mat=_MAT, open_limbs=True,
        angles=("trunk_elevation", "head_pitch"),
    ),
    "supine_twist": Motion(
        supine_twist, None, span_m=_SPAN_M, aim_x=_AIM_X, mat=_MAT, open_limbs=True,
        angles=("trunk_elevation", "head_pitch"),
    ),
}  # fmt: skip
