"""Squats, free and to a seat: both feet planted."""

import numpy as np

from sample_videos.drawn.motions.common import SIGN, Motion, point
from sample_videos.drawn.rig import (
    ANKLE_HEIGHT,
    HALF_HIPS,
    HEAD_PITCH,
    SHANK,
    SIDES,
    THIGH,
    TOE,
    Foot,
    Limb,
    Posture,
    Reach,
    Side,
    Swing,
    ankle_over,
    chord,
)
from sample_videos.drawn.timeline import Timeline


def squat(clock: Timeline) -> Posture:
    """Both feet planted at x = 0; depth 1 bends the knees by 108 degrees."""
    p, n = clock.progress(), len(clock.t)
    bend = 5 + 103 * p
    shank = 1 + 0.29 * bend
    pitch = np.degrees(np.arcsin(np.clip(0.10 * clock.dial("heels_up", p) / 0.20, 0, 0.9)))
    knees_in = clock.dial("knee_valgus", p)
    feet = {side: Foot(pitch, 10.0) for side in SIDES}
    ankles = {s: ankle_over(point(TOE[0], SIGN[s] * 0.17, 0.02, n), feet[s], SIGN[s]) for s in SIDES}
    middle = (ankles["left"] + ankles["right"]) / 2
    aside = ankles["left"][:, 1] - HALF_HIPS
    back = SHANK * np.sin(np.radians(shank)) - THIGH * np.sin(np.radians(bend - shank))
    rise = np.sqrt(chord(THIGH, SHANK, bend) ** 2 - back**2 - aside**2)
    shift = 0.13 * clock.dial("hip_shift", p) + clock.unrest(0.004)
    hip = middle + np.stack([back + clock.unrest(0.003) * (1 - p), shift, rise], axis=-1)
    # The knees go over the toes; the valgus dial turns them about the line from hip to ankle.
    legs: dict[Side, Limb] = {}
    for side in SIDES:
        knee = np.radians(2.0 - 15.0 * knees_in)
        legs[side] = Reach(ankles[side], point(np.cos(knee), SIGN[side] * np.sin(knee), 0.0, n))
    lean = shank + 3 * p + clock.unrest(0.5)
    return Posture(
        hip,
        arms={side: Swing(5 + 75 * p, 6.0, 12.0) for side in SIDES},
        legs=legs,
        feet=feet,
        lean=lean + 46 * clock.dial("trunk_fold", p),
        head_pitch=HEAD_PITCH + 0.3 * lean + 72 * clock.dial("neck_up", p) + clock.unrest(1.0),
    )


def sit_to_stand(clock: Timeline) -> Posture:
    """Down to a seat at the height of the knees, the shins nearly upright, and up again."""
    p, n = clock.progress(), len(clock.t)
    bend = 5 + 86 * p
    shank = np.radians(1 + 0.06 * bend)
    back = SHANK * np.sin(shank) - THIGH * np.sin(np.radians(bend) - shank)
    ankles = {s: point(0.0, SIGN[s] * 0.13, ANKLE_HEIGHT, n) for s in SIDES}
    rise = np.sqrt(chord(THIGH, SHANK, bend) ** 2 - back**2 - 0.03**2)
    # Who sits down or gets up leans forward on the way, and sits upright.
    lean = 3 + 40 * np.sqrt(np.maximum(0.0, 4 * p * (1 - p))) + clock.unrest(0.5)
    return Posture(
        point(back, clock.unrest(0.003), ANKLE_HEIGHT + rise, n),
        arms={s: Swing(5 + 65 * p, 5 - 10 * p, 12 + 60 * p, 40 * p) for s in SIDES},
        legs={s: Reach(ankles[s], [1.0, SIGN[s] * 0.05, 0.0]) for s in SIDES},
        feet={s: Foot(0.0, 8.0) for s in SIDES},
        lean=lean,
        head_pitch=HEAD_PITCH + 0.3 * lean + clock.unrest(1.0),
    )


MOTIONS = {
    "squat": Motion(
        squat, (1.6, 0.5, 0.8), aim_x=0.0, quick_s=0.65,
        angles=("knee_flexion", "lean", "trunk_minus_shin", "heel_rise", "head_pitch"),
        full=("knee_flexion", 80.0),
    ),
    "sit_to_stand": Motion(
        sit_to_stand, (1.5, 0.6, 0.7), aim_x=-0.15, angles=("knee_flexion", "lean", "head_pitch"),
    ),
}  # fmt: skip
