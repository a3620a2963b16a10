"""Cat and cow: on hands and knees, the head sinks and rises; the rig's trunk itself stays straight."""

import numpy as np

from sample_videos.drawn.motions.common import HAND, KNEE, LEVEL_PITCH, SIGN, UP, Motion, point
from sample_videos.drawn.rig import (
    FOREARM,
    HALF_SHOULDERS,
    SIDES,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Array,
    Foot,
    Posture,
    Reach,
    Swing,
    chord,
    middle_joint,
)
from sample_videos.drawn.timeline import Timeline

#: Shares of the way out: the cat is deepest at half of the first, the cow begins at the second.
CAT_ENDS, COW_STARTS = 0.44, 0.30
#: Ears around the shoulders and nose around the ears, degrees down in the cat and up in the cow.
NECK, NECK_CAT, NECK_COW = 16.0, 40.0, 48.0
NOSE_CAT, NOSE_COW = 48.0, 62.0
#: Distance of the ears from the shoulders in trunk lengths; where the hands are planted, metres.
EARS, HANDS_X = 0.42, 0.525


def _cat_and_cow(p: Array) -> tuple[Array, Array]:
    """How far the cat and the cow are, 0..1: first the cat, then the cow, then back to neutral."""
    cat = np.sin(np.pi * np.clip(p / CAT_ENDS, 0, 1)) ** 2 * (np.gradient(p) >= 0)
    cow = np.sin(np.pi / 2 * np.clip((p - COW_STARTS) / (1 - COW_STARTS), 0, 1)) ** 2
    return cat, cow


def cat_cow(clock: Timeline) -> Posture:
    """Knees and hands planted; a repetition is neutral, cat (head down), cow (head up), neutral."""
    cat, cow = _cat_and_cow(clock.progress())
    n = len(cat)
    back = 0.13 * clock.dial("knees_not_under") * 2 - 0.21 * clock.dial("hips_travel", cow)
    hip = point(back + clock.unrest(0.003), 0.0, KNEE + np.sqrt(THIGH**2 - back**2), n)
    wrist = point(HANDS_X + np.maximum(back, 0), 0.0, HAND, n)
    arm = chord(UPPER_ARM, FOREARM, 8 + 52 * clock.dial("elbows_bend"))
    shoulder = middle_joint(hip, wrist, (TRUNK, arm), UP)
    trunk = np.degrees(np.arctan2(shoulder[:, 2] - hip[:, 2], shoulder[:, 0] - hip[:, 0]))
    neck = np.radians(NECK + NECK_CAT * cat - NECK_COW * cow)
    kneel = -np.degrees(np.arcsin(back / THIGH))
    hands = {s: wrist + SIGN[s] * HALF_SHOULDERS * np.array([0.0, 1.0, 0.0]) for s in SIDES}
    return Posture(
        hip,
        arms={s: Reach(hands[s], [-1.0, SIGN[s] * 0.3, 0.0]) for s in SIDES},
        legs={s: Swing(kneel, 0.0, 90 + kneel) for s in SIDES},
        feet={s: Foot(155.0, 0.0) for s in SIDES},
        hands={s: [1.0, 0.0, 0.0] for s in SIDES},
        lean=90 - trunk,
        neck_length=EARS * np.cos(neck),
        head_offset=EARS * np.sin(neck),
        head_pitch=LEVEL_PITCH - NOSE_CAT * cat + NOSE_COW * cow + clock.unrest(1.0),
    )


MOTIONS = {
    "cat_cow": Motion(
        cat_cow, (3.2, 1.0, 1.0), span_m=2.0, aim_x=0.15, quick_s=0.8, mat=(-0.75, 1.05),
        angles=("head_pitch", "head_offset", "trunk_elevation", "elbow_flexion"),
    ),
}  # fmt: skip
