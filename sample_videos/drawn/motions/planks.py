"""Planks: the body in one line from shoulders to ankles."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

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
    turns,
)
from sample_videos.drawn.motions.crawling import raised_arm
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
    Swing,
    chord,
)
from sample_videos.drawn.timeline import Timeline

#: Hips of a good plank are a little below the line from shoulder to ankle, degrees.
GOOD_LINE = -2.0
STRAIGHT = float(chord(THIGH, SHANK, 3.0))
FLAT: dict[Side, ArrayLike | None] = {side: [1.0, 0.0, 0.0] for side in SIDES}


def _prone_legs(ankle: Array) -> dict[Side, Limb]:
    return {side: Reach(ankle + SIGN[side] * HALF_HIPS * LEFT, -UP) for side in SIDES}


def _on_toes(shoulder: Array, leg: Array | float, line: Array) -> tuple[Array, Array, Array]:
    """Ankles (T, 3) on their toes behind given shoulders, then hips (T, 3) and lean (T,)."""
    reach = chord(TRUNK, leg, np.abs(line))
    drop = shoulder[:, 2] - TIPTOE
    ankle = point(shoulder[:, 0] - np.sqrt(reach**2 - drop**2), 0.0, TIPTOE, len(line))
    return ankle, *prone(shoulder, ankle, np.broadcast_to(leg, len(line)), line)


def plank_hold(clock: Timeline) -> Posture:
    """On forearms or hands. The support is planted; the toes slide a little when the hips move."""
    n, forearm = len(clock.t), clock.script.variant == "forearm"
    line = GOOD_LINE - 24 * clock.dial("hip_sag") + 30 * clock.dial("hip_pike") + clock.unrest(0.6)
    leg = chord(THIGH, SHANK, 3 + 45 * clock.dial("knee_sag"))
    off = 0.232 * clock.dial("shoulders_off") + clock.unrest(0.004)
    arm = UPPER_ARM if forearm else float(chord(UPPER_ARM, FOREARM, 8.0))
    shoulder = point(-off, 0.0, (ELBOW if forearm else HAND) + np.sqrt(arm**2 - off**2), n)
    ankle, hip, lean = _on_toes(shoulder, leg, line)
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


def _lifted(hip: Array, ankle: Array, up: Array, bend: Array) -> Array:
    """Ankle (T, 3) of a leg that turned ``up`` degrees from the floor about the hip, its knee by ``bend``."""
    leg = ankle - hip
    angle = np.radians(np.degrees(np.arctan2(leg[:, 2], -leg[:, 0])) + up)
    out: Array = hip + chord(THIGH, SHANK, bend)[:, None] * point(-np.cos(angle), 0.0, np.sin(angle), len(up))
    return out


def _raise(clock: Timeline, off: Array, arms: Callable[[Array, Side], Limb]) -> Posture:
    """A high plank, shoulders ``off`` behind the hands; straight legs go up in turn, the left one first.

    ``arms`` tells the arm of a side from the shoulders' middle (T, 3).
    """
    p, n = clock.progress(), len(clock.t)
    line = GOOD_LINE - 24 * clock.dial("hip_sag") + 34 * clock.dial("hip_pike") + clock.unrest(0.5)
    off = off + 0.25 * clock.dial("hands_wrong") + clock.unrest(0.004)
    straight = chord(UPPER_ARM, FOREARM, 8 + 58 * clock.dial("elbows_soft"))
    shoulder = point(-off, 0.0, HAND + np.sqrt(straight**2 - off**2), n)
    ankle, hip, lean = _on_toes(shoulder, STRAIGHT, line)
    turn = 13 + 15 * clock.dial("leg_too_high", p)
    bend = 3 + 58 * clock.dial("knee_bent", p)
    up = {side: p * turns(clock, parity) * turn for side, parity in (("left", 0), ("right", 1))}
    legs: dict[Side, Limb] = {
        s: Reach(_lifted(hip, ankle, up[s], bend) + SIGN[s] * HALF_HIPS * LEFT, -UP) for s in SIDES
    }
    return Posture(
        hip,
        arms={side: arms(shoulder, side) for side in SIDES},
        legs=legs,
        feet={side: Foot(90 + up[side], 0.0) for side in SIDES},
        hands=FLAT,
        lean=lean,
        hip_twist=-24 * clock.dial("hip_twist", up["left"] / turn - up["right"] / turn),
        head_pitch=LEVEL_PITCH + 78 * clock.dial("neck_up") + clock.unrest(1.0),
    )


def _hand(side: Side, n: int) -> Array:
    return point(0.0, SIGN[side] * HALF_SHOULDERS, HAND, n)


def high_plank_leg_lift(clock: Timeline) -> Posture:
    """Hands stay planted."""
    n = len(clock.t)
    return _raise(clock, np.zeros(n), lambda _, side: Reach(_hand(side, n), [-1.0, 0.0, 0.0]))


def high_plank_limb_raise(clock: Timeline) -> Posture:
    """The arm opposite to the leg reaches ahead."""
    p, n = clock.progress(), len(clock.t)
    same = clock.dial("same_side") > 0
    reach = p * (1 - clock.dial("leg_only"))
    left = np.where(same, turns(clock, 0), turns(clock, 1))
    share = {"left": reach * left, "right": reach * (1 - left)}
    high = 98 - 50 * clock.dial("arm_low", p)
    return _raise(
        clock,
        0.19 * clock.dial("trunk_shift", p),
        lambda shoulder, side: raised_arm(shoulder, _hand(side, n), SIGN[side], share[side], high),
    )


def mountain_climber(clock: Timeline) -> Posture:
    """Knees are driven toward the chest in turn, the left one first; hips a little high."""
    p, n = clock.progress(), len(clock.t)
    line = 10 - 36 * clock.dial("hip_sag") + 44 * clock.dial("hip_pike") + clock.unrest(0.5)
    shoulder = point(0.0, 0.0, HAND + float(chord(UPPER_ARM, FOREARM, 8.0)), n)
    ankle, hip, lean = _on_toes(shoulder, STRAIGHT, line)
    leg = ankle - hip
    stretched = np.degrees(np.arctan2(leg[:, 0], -leg[:, 2])) + 1.5
    legs: dict[Side, Limb] = {}
    feet: dict[Side, Foot] = {}
    for side, parity in zip(SIDES, (0, 1), strict=True):
        q = p * turns(clock, parity)
        # The knee bends first, so that the foot clears the floor.
        legs[side] = Swing(stretched + q * (35 - stretched), 0.0, 3 + 122 * np.sin(np.pi / 2 * q))
        feet[side] = Foot(90 + 60 * q, 0.0)
    return Posture(
        hip,
        arms={side: Reach(_hand(side, n), [-1.0, 0.0, 0.0]) for side in SIDES},
        legs=legs,
        feet=feet,
        hands=FLAT,
        lean=lean,
        head_pitch=LEVEL_PITCH + clock.unrest(1.0),
    )


_HEAD = ("head_pitch", "head_offset", "neck_length")
MOTIONS = {
    "plank_hold": Motion(
        plank_hold, None, span_m=2.3, aim_x=-0.55, mat=(-1.60, 0.55),
        angles=("body_line", "knee_flexion", "trunk_elevation", *_HEAD),
    ),
    "high_plank_leg_lift": Motion(
        high_plank_leg_lift, (1.5, 0.5, 0.8), span_m=2.3, aim_x=-0.55, quick_s=0.6, sides="alternate",
        open_limbs=True, mat=(-1.60, 0.55),
        angles=("body_line", "leg_elevation", "elbow_flexion", "head_pitch"),
    ),
    "high_plank_limb_raise": Motion(
        high_plank_limb_raise, (1.5, 0.8, 0.8), span_m=2.6, aim_x=-0.35, quick_s=0.6, sides="alternate",
        open_limbs=True, mat=(-1.60, 0.75),
        angles=("body_line", "leg_elevation", "arm_elevation", "trunk_elevation"),
    ),
    "mountain_climber": Motion(
        mountain_climber, (0.45, 0.1, 0.15), span_m=2.3, aim_x=-0.55, quick_s=0.3, sides="alternate",
        open_limbs=True, mat=(-1.60, 0.55), angles=("trunk_elevation",),
    ),
}  # fmt: skip
