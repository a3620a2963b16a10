"""Planks: the body in one line from shoulders to ankles."""

import numpy as np

from sample_videos.drawn.motions.common import (
    ELBOW,
    HAND,
    LEFT,
    LEVEL_PITCH,
    SIGN,
    TIPTOE,
    UP,
    Motion,
    point,
    prone,
)
from sample_videos.drawn.rig import (
    FOREARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    NECK_LENGTH,
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
    Side,
    chord,
    middle_joint,
)
from sample_videos.drawn.timeline import Timeline

#: Hips of a good plank are a little below the line from shoulder to ankle, degrees.
GOOD_LINE = -2.0


def _prone_legs(ankle: Array) -> dict[Side, Limb]:
    return {side: Reach(ankle + SIGN[side] * HALF_HIPS * LEFT, -UP) for side in SIDES}


def push_up(clock: Timeline) -> Posture:
    """Toes and hands planted; depth 1 bends the elbows by 100 degrees."""
    p, n = clock.progress(), len(clock.t)
    line = GOOD_LINE - 26 * clock.dial("hip_sag") + 36 * clock.dial("hip_pike") + clock.unrest(0.5)
    leg = chord(THIGH, SHANK, 3.0)
    arm = chord(UPPER_ARM, FOREARM, 10 + 90 * p)
    ankle = point(0.0, 0.0, TIPTOE, n)
    top = HAND + float(chord(UPPER_ARM, FOREARM, 10.0)) - TIPTOE
    wrist = point(np.sqrt((TRUNK + leg) ** 2 - top**2) + 0.02, 0.0, HAND, n)
    wide = 0.04
    shoulder = middle_joint(ankle, wrist, (chord(TRUNK, leg, np.abs(line)), np.sqrt(arm**2 - wide**2)), UP)
    hip, lean = prone(shoulder, ankle, leg, line)
    hands = {s: wrist + SIGN[s] * (HALF_SHOULDERS + wide) * LEFT for s in SIDES}
    nod = 78 * clock.dial("neck_up") - 70 * clock.dial("head_dive", p)
    return Posture(
        hip,
        arms={s: Reach(hands[s], [-1.0, SIGN[s] * 0.35, 0.0]) for s in SIDES},
        legs=_prone_legs(ankle),
        feet={side: Foot(90.0, 0.0) for side in SIDES},
        hands={side: [1.0, 0.0, 0.0] for side in SIDES},
        lean=lean,
        head_pitch=LEVEL_PITCH + nod + clock.unrest(1.0),
    )


def plank_hold(clock: Timeline) -> Posture:
    """On forearms or hands. The support is planted; the toes slide a little when the hips move."""
    n, forearm = len(clock.t), clock.script.variant == "forearm"
    line = GOOD_LINE - 24 * clock.dial("hip_sag") + 30 * clock.dial("hip_pike") + clock.unrest(0.6)
    leg = chord(THIGH, SHANK, 3 + 45 * clock.dial("knee_sag"))
    off = 0.232 * clock.dial("shoulders_off") + clock.unrest(0.004)
    arm = UPPER_ARM if forearm else float(chord(UPPER_ARM, FOREARM, 8.0))
    shoulder = point(-off, 0.0, (ELBOW if forearm else HAND) + np.sqrt(arm**2 - off**2), n)
    reach = chord(TRUNK, leg, np.abs(line))
    drop = shoulder[:, 2] - TIPTOE
    ankle = point(shoulder[:, 0] - np.sqrt(reach**2 - drop**2), 0.0, TIPTOE, n)
    hip, lean = prone(shoulder, ankle, leg, line)
    front = FOREARM if forearm else 0.0
    pole = [-1.0, 0.0, -1.0] if forearm else [-1.0, 0.0, 0.0]
    wrists = {s: point(front, SIGN[s] * HALF_SHOULDERS, ELBOW if forearm else HAND, n) for s in SIDES}
    nod = 78 * clock.dial("neck_up") - 72 * clock.dial("head_hang")
    return Posture(
        hip,
        arms={s: Reach(wrists[s], pole) for s in SIDES},
        legs=_prone_legs(ankle),
        feet={side: Foot(90.0, 0.0) for side in SIDES},
        hands={side: [1.0, 0.0, 0.0] for side in SIDES},
        lean=lean,
        head_pitch=LEVEL_PITCH + nod + clock.unrest(1.2),
        neck_length=NECK_LENGTH - 0.17 * clock.dial("shrugged"),
    )


_HEAD = ("head_pitch", "head_offset", "neck_length")
MOTIONS = {
    "push_up": Motion(
        push_up, (1.5, 0.3, 0.7), span_m=2.3, aim_x=0.72, quick_s=0.5, mat=(-0.35, 1.80),
        angles=("elbow_flexion", "body_line", "head_pitch"), full=("elbow_flexion", 75.0),
    ),
    "plank_hold": Motion(
        plank_hold, None, span_m=2.3, aim_x=-0.55, mat=(-1.60, 0.55),
        angles=("body_line", "knee_flexion", "trunk_elevation", *_HEAD),
    ),
}  # fmt: skip
