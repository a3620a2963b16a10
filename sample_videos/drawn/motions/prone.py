"""Lying on the belly, head toward x."""

import numpy as np

from sample_videos.drawn.motions.common import HAND, SIGN, Motion, point
from sample_videos.drawn.rig import (
    FOREARM,
    HALF_SHOULDERS,
    NECK_LENGTH,
    SIDES,
    TRUNK,
    UPPER_ARM,
    Array,
    Foot,
    Posture,
    Reach,
    Swing,
    chord,
    turn,
    unit,
)
from sample_videos.drawn.timeline import Timeline

#: The hip joint of a body that rests on its belly, metres above the floor.
BELLY = 0.12
#: Trunk, thighs and straight arms of a body at rest, degrees above the level.
FLAT_TRUNK, FLAT_THIGH, FLAT_ARM = 1.0, -6.0, -10.0
#: The neck is a little extended, for the face is in the way of the floor.
PRONE_NECK, PRONE_PITCH = -0.06, -12.0
ARM = float(chord(UPPER_ARM, FOREARM, 14.0))


def _shoulder(hip: Array, rise: Array) -> Array:
    """Middle of the shoulders (T, 3) of a trunk that rises by ``rise`` (T,) degrees from the hip."""
    angle = np.radians(rise)
    return hip + TRUNK * point(np.cos(angle), 0.0, np.sin(angle), len(rise))


def superman(clock: Timeline) -> Posture:
    """The hips stay down; chest and straight legs lift together, the arms in line with the trunk."""
    p, n = clock.progress(), len(clock.t)
    arch, neck = clock.dial("over_arch", p), clock.dial("neck_up", p)
    rise = FLAT_TRUNK + 9 * (p - clock.dial("chest_stays_down", p)) + 11 * arch + clock.unrest(0.3)
    thigh = FLAT_THIGH + 12 * (p - clock.dial("legs_stay_down", p)) + 13 * arch + clock.unrest(0.3)
    bend = 4 + 4 * p + 50 * clock.dial("knee_bent", p)
    hip = point(0.0, clock.unrest(0.002), BELLY, n)
    shoulder = _shoulder(hip, rise)
    # Hands at rest lie on the floor; lifted ones go on the line of the trunk.
    low = np.degrees(np.arcsin((HAND - shoulder[:, 2]) / ARM))
    lifted = p - clock.dial("arms_drop", p)
    angle = np.radians(low + np.clip(lifted, 0, 1) * (rise - 6 - low))
    reach = ARM * point(np.cos(angle), 0.0, np.sin(angle), n)
    return Posture(
        hip,
        arms={
            s: Reach(shoulder + reach + point(0.0, SIGN[s] * HALF_SHOULDERS, 0.0, n), [0.0, SIGN[s], 0.3])
            for s in SIDES
        },
        legs={s: Swing(-(90 + thigh), 1.5, bend) for s in SIDES},
        feet={s: Foot(150 + thigh + bend, 0.0) for s in SIDES},
        lean=90 - rise,
        head_pitch=PRONE_PITCH + 76 * neck + clock.unrest(1.0),
        head_offset=PRONE_NECK + 0.06 * p - 0.18 * neck,
    )


def superman_pull(clock: Timeline) -> Posture:
    """The chest stays lifted; the elbows go out and down to the ribs, clear of the floor."""
    p, n = clock.progress(), len(clock.t)
    arch, neck = clock.dial("over_arch", p), clock.dial("neck_up", p)
    rise = 10 - 9 * clock.dial("chest_drop", p) + 10 * arch + clock.unrest(0.3)
    thigh = FLAT_THIGH + 2 + 26 * arch + clock.unrest(0.3)
    hip = point(0.0, clock.unrest(0.002), BELLY, n)
    shoulder = _shoulder(hip, rise)
    return Posture(
        hip,
        arms={s: _pulled_arm(shoulder, rise, SIGN[s], p, clock.dial("elbows_drop", p)) for s in SIDES},
        legs={s: Swing(-(90 + thigh), 1.5, 5.0) for s in SIDES},
        feet={s: Foot(155 + thigh, 0.0) for s in SIDES},
        lean=90 - rise,
        head_pitch=PRONE_PITCH + 76 * neck + clock.unrest(1.0),
        head_offset=0.02 - 0.18 * neck,
        neck_length=NECK_LENGTH - 0.27 * clock.dial("shrugged", p),
    )


def _pulled_arm(shoulder: Array, rise: Array, sign: float, p: Array, drop: Array) -> Reach:
    """An arm in the plane of the back: stretched ahead at p = 0, the elbow at the ribs at p = 1."""
    angle, tilt = np.radians(rise), np.radians(162 - 127 * p)
    n = len(p)
    up, out = point(np.cos(angle), 0.0, np.sin(angle), n), point(0.0, sign, 0.0, n)
    floor = point(0.0, 0.0, -0.6 * drop, n)
    away, across = np.cos(tilt)[:, None], np.sin(tilt)[:, None]
    upper = unit(-away * up + across * out + floor)
    lower = turn(upper, unit(across * up + away * out), 12 + 112 * p)
    socket = shoulder + HALF_SHOULDERS * out
    return Reach(socket + UPPER_ARM * upper + FOREARM * lower, upper)


_SPAN_M, _AIM_X, _MAT = 2.75, 0.08, (-1.00, 0.95)
MOTIONS = {
    "superman": Motion(
        superman, (1.6, 1.2, 0.9), span_m=_SPAN_M, aim_x=_AIM_X, mat=_MAT,
        angles=("trunk_elevation", "leg_elevation", "body_line", "knee_flexion", "arm_elevation",
                "head_pitch"),
    ),
    "superman_pull": Motion(
        superman_pull, (1.6, 0.6, 0.8), span_m=_SPAN_M, aim_x=_AIM_X, mat=_MAT,
        angles=("trunk_elevation", "leg_elevation", "elbow_flexion", "head_pitch"),
    ),
}  # fmt: skip
