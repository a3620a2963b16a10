"""Push-ups, on the toes and on the knees: hands planted, the body sinks in one piece."""

from dataclasses import replace

import numpy as np

from sample_videos.drawn.motions.common import (
    HAND,
    KNEE,
    LEFT,
    LEVEL_PITCH,
    SIGN,
    TIPTOE,
    UP,
    Motion,
    point,
    prone,
)
from sample_videos.drawn.motions.planks import FLAT, GOOD_LINE
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
    Side,
    chord,
    middle_joint,
)
from sample_videos.drawn.timeline import Timeline

#: How far the shanks of who kneels are raised behind, degrees.
RAISED = 25.0


def push_up(clock: Timeline) -> Posture:
    """Toes and hands planted; depth 1 bends the elbows by 100 degrees."""
    return _pressed(clock, TIPTOE, float(chord(THIGH, SHANK, 3.0)))


def knee_push_up(clock: Timeline) -> Posture:
    """The same from the knees, in one line from shoulders to knees; the feet are off the floor."""
    posture, a = _pressed(clock, KNEE, THIGH), np.radians(RAISED)
    ankle = point(-SHANK * np.cos(a), 0.0, KNEE + SHANK * np.sin(a), len(clock.t))
    return replace(posture, legs=_legs(ankle), feet={side: Foot(90 + RAISED, 0.0) for side in SIDES})


def _legs(ankle: Array) -> dict[Side, Limb]:
    return {s: Reach(ankle + SIGN[s] * HALF_HIPS * LEFT, -UP) for s in SIDES}


def _pressed(clock: Timeline, height: float, leg: float) -> Posture:
    """On the hands and on what lies ``height`` over the floor at the origin, ``leg`` behind the hips."""
    p, n = clock.progress(), len(clock.t)
    line = GOOD_LINE - 26 * clock.dial("hip_sag") + 36 * clock.dial("hip_pike") + clock.unrest(0.5)
    arm = chord(UPPER_ARM, FOREARM, 10 + 90 * p)
    base = point(0.0, 0.0, height, n)
    top = HAND + float(chord(UPPER_ARM, FOREARM, 10.0)) - height
    wrist = point(np.sqrt((TRUNK + leg) ** 2 - top**2) + 0.02, 0.0, HAND, n)
    wide = 0.04
    shoulder = middle_joint(base, wrist, (chord(TRUNK, leg, np.abs(line)), np.sqrt(arm**2 - wide**2)), UP)
    hip, lean = prone(shoulder, base, np.full(n, leg), line)
    hands = {s: wrist + SIGN[s] * (HALF_SHOULDERS + wide) * LEFT for s in SIDES}
    out = clock.dial("elbows_flare")
    poles = {s: point(0.95 * out - 1, SIGN[s] * (0.35 + 0.65 * out), 0.0, n) for s in SIDES}
    nod = 78 * clock.dial("neck_up") - 70 * clock.dial("head_dive", p)
    return Posture(
        hip,
        arms={s: Reach(hands[s], poles[s]) for s in SIDES},
        legs=_legs(base),
        feet={side: Foot(90.0, 0.0) for side in SIDES},
        hands=FLAT,
        lean=lean,
        head_pitch=LEVEL_PITCH + nod + clock.unrest(1.0),
    )


MOTIONS = {
    "push_up": Motion(
        push_up, (1.5, 0.3, 0.7), span_m=2.3, aim_x=0.72, quick_s=0.5, mat=(-0.35, 1.80),
        angles=("elbow_flexion", "body_line", "head_pitch"), full=("elbow_flexion", 75.0),
    ),
    "knee_push_up": Motion(
        knee_push_up, (1.4, 0.3, 0.7), span_m=2.3, aim_x=0.45, quick_s=0.5, mat=(-0.60, 1.60),
        angles=("elbow_flexion", "knee_flexion", "head_pitch"), full=("elbow_flexion", 75.0),
    ),
}  # fmt: skip
