"""From standing, nothing in hand: up onto the toes, and down to the floor."""

import numpy as np

from sample_videos.drawn.motions.common import HAND, LEFT, SIGN, TIPTOE, Motion, point
from sample_videos.drawn.rig import (
    FOREARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    HEAD_PITCH,
    SHANK,
    SIDES,
    THIGH,
    TOE,
    TRUNK,
    UPPER_ARM,
    Array,
    Foot,
    Posture,
    Reach,
    Swing,
    ankle_over,
    chord,
)
from sample_videos.drawn.timeline import Timeline, smooth

#: Steepest sole of who stands on the balls of the feet, degrees.
RISEN = 45.0
#: Height of the hips that stand, metres.
STAND = 0.875
#: Of a burpee: where the hands are put, the hips of who crouches behind them, and a hop's height, metres.
HANDS, CROUCH, HOP = 0.42, (-0.10, 0.40), 0.12
#: Half the time of the hop in the air, and when it is at its highest after the feet are back, seconds.
AIR_S, HOP_S = 0.156, 0.45


def calf_raise(clock: Timeline) -> Posture:
    """Both heels rise; depth 1 turns the soles up by 45 degrees."""
    p, n = clock.progress(), len(clock.t)
    feet = {s: Foot(RISEN * p, 6.0) for s in SIDES}
    ankles = {s: ankle_over(point(TOE[0], SIGN[s] * HALF_HIPS, 0.02, n), feet[s], SIGN[s]) for s in SIDES}
    bend = 4 + 44 * clock.dial("knee_bent", p)
    middle = (ankles["left"] + ankles["right"]) / 2
    over = point(0.02, clock.unrest(0.003), np.sqrt(chord(THIGH, SHANK, bend) ** 2 - 0.02**2 - 0.001), n)
    return Posture(
        middle + over,
        arms={s: Swing(4.0, 7.0, 10.0) for s in SIDES},
        legs={s: Reach(ankles[s], [1.0, 0.0, 0.0]) for s in SIDES},
        feet=feet,
        lean=2 + clock.unrest(0.4),
        head_pitch=HEAD_PITCH + clock.unrest(1.0),
    )


def _hopped(clock: Timeline) -> Array:
    """(T,) height of the feet in the hop that ends each repetition, metres."""
    out = np.zeros_like(clock.t)
    for beat in clock.beats:
        out += HOP * np.maximum(0.0, 1 - ((clock.t - beat.end_s - HOP_S) / AIR_S) ** 2)
    return out


def burpee(clock: Timeline) -> Posture:
    """Crouches, throws the feet back into a high plank, comes back and hops with the arms up."""
    p, n, hop = clock.progress(), len(clock.t), _hopped(clock)
    low, flat = smooth(p / 0.55), smooth((p - 0.5) / 0.5)
    shoulder_z = HAND + float(chord(UPPER_ARM, FOREARM, 8.0))
    leg = float(chord(THIGH, SHANK, 3.0))
    away = np.sqrt((TRUNK + leg) ** 2 - (shoulder_z - TIPTOE) ** 2)
    share = TRUNK / (TRUNK + leg)
    plank = (HANDS - share * away, shoulder_z - share * (shoulder_z - TIPTOE))
    x = low * CROUCH[0] + flat * (plank[0] - CROUCH[0])
    z = STAND + low * (CROUCH[1] - STAND) + flat * (plank[1] - CROUCH[1])
    rise = np.degrees(np.arcsin((shoulder_z - TIPTOE) / (TRUNK + leg)))
    lean = 3 + 62 * low + flat * (90 - rise - 65) + clock.unrest(0.5)
    pitch = 90 * flat + 200 * np.minimum(hop, 0.15)
    # The feet leave the floor together and land on their toes.
    sole = np.radians(pitch)
    ankle_z = 0.02 + TOE[0] * np.sin(sole) - TOE[1] * np.cos(sole) + 0.06 * np.sin(np.pi * flat) + hop
    ankles = {s: point(flat * (HANDS - away), SIGN[s] * HALF_HIPS, ankle_z, n) for s in SIDES}
    hip = point(x, clock.unrest(0.003), z + hop, n)
    top = np.radians(lean)
    shoulder = hip + TRUNK * point(np.sin(top), 0.0, np.cos(top), n)
    up = (hop / HOP)[:, None]
    hang = shoulder + point(0.04, 0.0, -0.49, n) + up * point(0.06, 0.0, 0.97, n)
    hands = hang + low[:, None] * (point(HANDS, 0.0, HAND, n) - hang)
    return Posture(
        hip,
        arms={
            s: Reach(hands + SIGN[s] * (HALF_SHOULDERS + 0.02) * LEFT, [-1.0, SIGN[s] * 0.3, 0.0])
            for s in SIDES
        },
        hands={s: point(low, 0.0, 2 * up[:, 0] + low - 1, n) for s in SIDES},
        legs={s: Reach(ankles[s], point(1 - 0.9 * flat, 0.0, -flat, n)) for s in SIDES},
        feet={s: Foot(pitch, 5.0) for s in SIDES},
        lean=lean,
        head_pitch=HEAD_PITCH + 10 * low + clock.unrest(1.0),
    )


_ANGLES = ("knee_flexion", "lean", "head_pitch")
MOTIONS = {
    "calf_raise": Motion(
        calf_raise, (0.9, 0.4, 0.5), aim_x=0.0, quick_s=0.3, angles=("heel_rise", *_ANGLES)
    ),
    "burpee": Motion(burpee, (1.3, 0.4, 1.1), aim_x=-0.25, angles=("lean", "head_pitch")),
}  # fmt: skip
