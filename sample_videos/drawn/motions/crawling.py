"""On hands and knees."""

import numpy as np
from numpy.typing import ArrayLike

from sample_videos.drawn.motions.common import HAND, KNEE, LEVEL_PITCH, SIGN, Motion, point, turns
from sample_videos.drawn.rig import (
    FOREARM,
    HALF_SHOULDERS,
    SIDES,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Array,
    Foot,
    Limb,
    Posture,
    Reach,
    Side,
    Swing,
    chord,
)
from sample_videos.drawn.timeline import Timeline

#: Trunk of the bird dog above the level, degrees, and hands ahead of the shoulders, metres.
CRAWL_RISE, CRAWL_AHEAD = 7.0, 0.12


def quadruped_limb_raise(clock: Timeline) -> Posture:
    """On hands and knees; opposite arm and leg go up in turn, the left leg first."""
    p, n = clock.progress(), len(clock.t)
    shift = 0.17 * clock.dial("trunk_shift", p)
    hip = point(-shift, clock.unrest(0.003), KNEE + np.sqrt(THIGH**2 - shift**2), n)
    rise = CRAWL_RISE + clock.unrest(0.4)
    shoulder = hip + TRUNK * point(np.cos(np.radians(rise)), 0.0, np.sin(np.radians(rise)), n)
    elevation = -4 + 27 * clock.dial("over_arch", p) - 27 * clock.dial("leg_low", p)
    working = {"left": p * turns(clock, 0), "right": p * turns(clock, 1)}
    same = np.clip(clock.dial("same_side", p), 0.0, 1.0) > 0
    arms = {"left": np.where(same, working["left"], working["right"])}
    arms["right"] = np.where(same, working["right"], working["left"])
    low = clock.dial("arm_low", p)
    hand = point(TRUNK * np.cos(np.radians(CRAWL_RISE)) + CRAWL_AHEAD, 0.0, HAND, n)
    kneel = np.degrees(np.arcsin(shift / THIGH))
    legs: dict[Side, Limb] = {}
    feet: dict[Side, Foot] = {}
    for side in SIDES:
        q = working[side]
        back = q * (88.5 + elevation)
        legs[side] = Swing(kneel * (1 - q) - back, 0.0, (90 + kneel) * (1 - q) + 3 * q)
        feet[side] = Foot(155 - q * (25 + 0.8 * elevation), 0.0)
    return Posture(
        hip,
        arms={s: raised_arm(shoulder, hand, SIGN[s], arms[s], 94 - 52 * low) for s in SIDES},
        legs=legs,
        feet=feet,
        hands={side: [1.0, 0.0, 0.0] for side in SIDES},
        lean=90 - rise,
        hip_twist=-24 * clock.dial("hip_twist", working["left"] - working["right"]),
        head_pitch=LEVEL_PITCH + 78 * clock.dial("neck_up", p) + clock.unrest(1.0),
    )


def raised_arm(shoulder: Array, hand: Array, sign: float, q: Array, high: ArrayLike) -> Reach:
    """An arm that stands on the floor at q = 0, ahead at ``hand``, and is ``high`` degrees up at q = 1."""
    start = hand - shoulder
    angle = np.degrees(np.arctan2(start[:, 0], -start[:, 2]))
    length = np.hypot(start[:, 0], start[:, 2])
    angle = np.radians(angle + q * (high - angle))
    length = length + q * (float(chord(UPPER_ARM, FOREARM, 6.0)) - length)
    # In between the elbow gives a little, so that the hand does not brush the floor.
    length = length * (1 - 0.10 * np.sin(np.pi * np.clip(q, 0, 1)))
    end = shoulder + point(length * np.sin(angle), sign * HALF_SHOULDERS, -length * np.cos(angle), len(q))
    return Reach(end, [-1.0, 0.0, -0.6])


MOTIONS = {
    "quadruped_limb_raise": Motion(
        quadruped_limb_raise, (1.6, 1.2, 0.8), span_m=2.45, aim_x=0.13, quick_s=0.65, sides="alternate",
        open_limbs=True, mat=(-0.75, 1.05),
        angles=("raised_line", "leg_elevation", "arm_elevation", "trunk_elevation", "head_pitch"),
        full=("leg_elevation", -36.0),
    ),
}  # fmt: skip
