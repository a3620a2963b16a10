"""Exercises as postures over time, with a dial for each fault (0 clean, 1 beyond the error limit)."""

import numpy as np

from sample_videos.drawn.rig import (
    FOREARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    HEAD_PITCH,
    NECK_LENGTH,
    SHANK,
    SIDES,
    THIGH,
    TOE,
    TRUNK,
    UPPER_ARM,
    Array,
    Foot,
    Limb,
    Posture,
    Reach,
    Side,
    Swing,
    ankle_over,
    chord,
    middle_joint,
)
from sample_videos.drawn.timeline import Timeline

#: Height of the wrist of a hand flat on the floor, of an elbow, of a knee, of an ankle on its toes.
HAND, ELBOW, KNEE, TIPTOE = 0.04, 0.04, 0.06, TOE[0] + 0.02
LEFT, UP = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
SIGN: dict[Side, float] = {"left": 1.0, "right": -1.0}
#: A head in line with a level trunk looks a little ahead of the floor below it.
LEVEL_PITCH = -10.0
#: Hips of a good plank are a little below the line from shoulder to ankle, degrees.
GOOD_LINE = -2.0


def point(x: Array | float, y: Array | float, z: Array | float, frames: int) -> Array:
    """(T, 3) from three coordinates, each a number or (T,)."""
    return np.stack([np.broadcast_to(np.asarray(v, float), frames) for v in (x, y, z)], axis=-1)


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


def _prone(shoulder: Array, ankle: Array, leg: Array, line: Array) -> tuple[Array, Array]:
    """Hip (T, 3) and lean (T,) of a body from shoulder to ankle, bent by ``line`` (+ piked) at the hip."""
    apex = point(0.0, 0.0, np.where(line < 0, -1.0, 1.0), len(line))
    hip = middle_joint(shoulder, ankle, (TRUNK, leg), apex)
    along = shoulder - hip
    return hip, np.degrees(np.arctan2(along[:, 0], along[:, 2]))


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
    hip, lean = _prone(shoulder, ankle, leg, line)
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
    hip, lean = _prone(shoulder, ankle, leg, line)
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
    turns = {"left": p * _turn(clock, 0), "right": p * _turn(clock, 1)}
    same = np.clip(clock.dial("same_side", p), 0.0, 1.0) > 0
    arms = {"left": np.where(same, turns["left"], turns["right"])}
    arms["right"] = np.where(same, turns["right"], turns["left"])
    low = clock.dial("arm_low", p)
    kneel = np.degrees(np.arcsin(shift / THIGH))
    legs: dict[Side, Limb] = {}
    feet: dict[Side, Foot] = {}
    for side in SIDES:
        q = turns[side]
        back = q * (88.5 + elevation)
        legs[side] = Swing(kneel * (1 - q) - back, 0.0, (90 + kneel) * (1 - q) + 3 * q)
        feet[side] = Foot(155 - q * (25 + 0.8 * elevation), 0.0)
    return Posture(
        hip,
        arms={s: _raised_arm(shoulder, SIGN[s], arms[s], low) for s in SIDES},
        legs=legs,
        feet=feet,
        hands={side: [1.0, 0.0, 0.0] for side in SIDES},
        lean=90 - rise,
        head_pitch=LEVEL_PITCH + 78 * clock.dial("neck_up", p) + clock.unrest(1.0),
    )


def _turn(clock: Timeline, parity: int) -> Array:
    """(T,) 1 in every second repetition, changing in the rests."""
    return clock.of_rep([float(k % 2 == parity) for k in range(len(clock.beats))])


def _raised_arm(shoulder: Array, sign: float, q: Array, low: Array) -> Reach:
    """An arm that stands on the floor at q = 0 and points ahead at q = 1."""
    start = np.array([TRUNK * np.cos(np.radians(CRAWL_RISE)) + CRAWL_AHEAD, 0.0, HAND]) - shoulder
    angle = np.degrees(np.arctan2(start[:, 0], -start[:, 2]))
    length = np.hypot(start[:, 0], start[:, 2])
    angle = np.radians(angle + q * (94 - 52 * low - angle))
    length = length + q * (float(chord(UPPER_ARM, FOREARM, 6.0)) - length)
    # In between the elbow gives a little, so that the hand does not brush the floor.
    length = length * (1 - 0.10 * np.sin(np.pi * np.clip(q, 0, 1)))
    end = shoulder + point(length * np.sin(angle), sign * HALF_SHOULDERS, -length * np.cos(angle), len(q))
    return Reach(end, [-1.0, 0.0, -0.6])
