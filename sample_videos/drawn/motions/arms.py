"""Exercises that the arms count."""

import numpy as np

from sample_videos.drawn.motions.common import LEFT, SIGN, Motion, point
from sample_videos.drawn.rig import (
    ANKLE_HEIGHT,
    FOREARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    HEAD_OFFSET,
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
    turn,
)
from sample_videos.drawn.timeline import Timeline, smooth

#: Bend of the knees of a body that stands at ease, degrees, and the height of its hips.
EASY = 6.0
#: Height of a bench, of a hip joint above what the body lies on, and of the hands on the horse.
BENCH, LYING, HORSE = 0.45, 0.12, 1.0
STAND = ANKLE_HEIGHT + float(chord(THIGH, SHANK, EASY))


def _standing_legs(frames: int, *, wide: float = HALF_HIPS) -> dict[Side, Limb]:
    return {s: Reach(point(0.0, SIGN[s] * wide, ANKLE_HEIGHT, frames), [1.0, 0.0, 0.0]) for s in SIDES}


def _aside(shoulder: Array, sign: float, raised: Array, open_: Array, ahead: Array) -> Reach:
    """An arm beside the body: upper arm ``raised`` from hanging, forearm ``open_`` from upright.

    Both lean ``ahead`` out of the plane of the trunk, degrees.
    """
    x, y, z = (np.tile(axis, (len(shoulder), 1)) for axis in np.eye(3))
    upper = turn(turn(-z, sign * y, raised), x, ahead)
    fore = turn(turn(z, sign * y, open_), x, ahead)
    elbow = UPPER_ARM * upper
    return Reach(shoulder + elbow + FOREARM * fore, elbow)


def wall_lat_pulldown(clock: Timeline) -> Posture:
    """Back to a wall; elbows pulled down from overhead beside the body."""
    p, n = clock.progress(), len(clock.t)
    arch = clock.dial("arch_wall")
    lean = clock.unrest(0.4) - 20 * arch
    ahead = 0.06 * arch
    hip = point(ahead, clock.unrest(0.004), ANKLE_HEIGHT + np.sqrt((STAND - ANKLE_HEIGHT) ** 2 - ahead**2), n)
    tip = np.radians(lean)
    shoulder = hip + TRUNK * point(np.sin(tip), 0.0, np.cos(tip), n)
    off = 32 * clock.dial("wrists_off")
    uneven = {"left": 34 * clock.dial("uneven_arms", p), "right": np.zeros(n)}
    raised = {s: 158 - 118 * p + uneven[s] for s in SIDES}
    return Posture(
        hip,
        arms={
            s: _aside(shoulder + SIGN[s] * HALF_SHOULDERS * LEFT, SIGN[s], raised[s], 4 + 8 * p, off)
            for s in SIDES
        },
        legs=_standing_legs(n),
        lean=lean,
        head_pitch=HEAD_PITCH + clock.unrest(1.0),
        head_offset=HEAD_OFFSET + 0.26 * clock.dial("head_forward"),
        neck_length=NECK_LENGTH - 0.17 * clock.dial("shrugged", p),
    )


def jumping_jack(clock: Timeline) -> Posture:
    """Hops with the feet apart and the straight arms overhead, and hops back."""
    p, n = clock.progress(), len(clock.t)
    hop = 4 * p * (1 - p)
    wide = 0.09 + 0.24 * p
    pitch = 25 * hop
    feet = {s: Foot(pitch, 12.0) for s in SIDES}
    ankles = {
        s: ankle_over(point(TOE[0], SIGN[s] * wide, 0.02 + 0.05 * hop, n), feet[s], SIGN[s]) for s in SIDES
    }
    leg = chord(THIGH, SHANK, 10 + 10 * hop)
    rise = np.sqrt(leg**2 - (ankles["left"][:, 1] - HALF_HIPS) ** 2)
    hip = ankles["left"] * [1.0, 0.0, 1.0] + point(0.0, clock.unrest(0.004), rise - 0.004, n)
    return Posture(
        hip,
        arms={s: Swing(4.0, 8 + 150 * p, 10.0, frame="trunk") for s in SIDES},
        legs={s: Reach(ankles[s], [1.0, 0.0, 0.0]) for s in SIDES},
        feet=feet,
        lean=2 + clock.unrest(0.5),
    )


def pull_up(clock: Timeline) -> Posture:
    """Hangs from a bar with the knees bent, and pulls the shoulders up to it."""
    p, n = clock.progress(), len(clock.t)
    bar, grip = 1.66, 0.34
    arm = chord(UPPER_ARM, FOREARM, 10 + 131 * p)
    shoulder_z = bar - np.sqrt(arm**2 - (grip - HALF_SHOULDERS) ** 2)
    hip = point(-0.02, clock.unrest(0.004), shoulder_z - TRUNK, n)
    return Posture(
        hip,
        arms={s: Reach(point(0.0, SIGN[s] * grip, bar, n), [0.1, SIGN[s], -0.3]) for s in SIDES},
        legs={s: Swing(4 + 6 * p, 1.0, 82.0) for s in SIDES},
        feet={s: Foot(75.0, 5.0) for s in SIDES},
        hands={s: [0.0, 0.0, 1.0] for s in SIDES},
        lean=-4 * p,
        head_pitch=HEAD_PITCH + 14 * p + clock.unrest(1.0),
    )


def front_raise(clock: Timeline) -> Posture:
    """Straight arms from hanging to shoulder height in front."""
    p, n = clock.progress(), len(clock.t)
    lean = 1 - 4 * p + clock.unrest(0.4)
    return Posture(
        point(0.0, 0.0, STAND, n),
        arms={s: Swing(5 + 88 * p, 4.0, 8.0) for s in SIDES},
        legs=_standing_legs(n),
        lean=lean,
        head_pitch=HEAD_PITCH + clock.unrest(1.0),
    )


def bench_press(clock: Timeline) -> Posture:
    """On the back on a bench, feet on the floor; the hands sink to the chest and are pressed up again."""
    p, n = clock.progress(), len(clock.t)
    hip = point(0.0, clock.unrest(0.003), BENCH + LYING, n)
    upward = np.tile([0.0, 0.0, 1.0], (n, 1))
    arms: dict[Side, Limb] = {}
    for side in SIDES:
        shoulder = hip + point(-TRUNK, SIGN[side] * HALF_SHOULDERS, 0.0, n)
        out = np.tile([0.5, SIGN[side] * np.sqrt(0.75), 0.0], (n, 1))
        elbow = UPPER_ARM * turn(upward, out, 12 + 83 * p)
        arms[side] = Reach(shoulder + elbow + FOREARM * upward, elbow)
    return Posture(
        hip,
        arms=arms,
        legs={s: Reach(point(0.42, SIGN[s] * 0.16, ANKLE_HEIGHT, n), [0.5, 0.0, 1.0]) for s in SIDES},
        hands={s: [0.0, 0.0, 1.0] for s in SIDES},
        lean=-90.0 + clock.unrest(0.3),
        head_offset=0.05,
    )


def pommel_horse(clock: Timeline) -> Posture:
    """On straight arms; the legs, together, go round from the person's right over the front.

    Half a circle more leads out, so that both sides see the same number of full swings.
    """
    n = len(clock.t)
    turned = 0.5 * np.clip((clock.t - clock.end_s) / 0.6, 0.0, 1.0)
    for beat in clock.beats:
        turned += np.clip((clock.t - beat.start_s) / (beat.end_s - beat.start_s), 0.0, 1.0)
    round_ = np.radians(-90 + 360 * turned)
    swinging = smooth((clock.t - 0.1) / 0.8) - smooth((clock.t - clock.end_s - 0.5) / 0.5)
    trunk, leg = 10 + 25 * swinging, np.radians(15 + 60 * swinging)
    lean, sway = -trunk * np.cos(round_), -trunk * np.sin(round_)
    tip, side_tip = np.radians(lean), np.radians(sway)
    up = point(np.cos(side_tip) * np.sin(tip), np.sin(side_tip), np.cos(side_tip) * np.cos(tip), n)
    # The shoulders move away from the feet, so that the hands stay below the body's weight.
    away = 0.12 * swinging
    shoulder = point(-away * np.cos(round_), -away * np.sin(round_), HORSE + 0.47, n)
    aside = np.degrees(np.arcsin(np.sin(leg) * np.sin(round_)))
    ahead = np.degrees(np.arctan2(np.sin(leg) * np.cos(round_), np.cos(leg)))
    return Posture(
        shoulder - TRUNK * up,
        arms={s: Reach(point(0.0, SIGN[s] * 0.2, HORSE, n), [-1.0, 0.0, 0.0]) for s in SIDES},
        legs={s: Swing(ahead, SIGN[s] * aside, 4.0) for s in SIDES},
        feet={s: Foot(55.0, 3.0) for s in SIDES},
        hands={s: [0.7, 0.0, -0.7] for s in SIDES},
        lean=lean,
        sway=sway,
        head_pitch=HEAD_PITCH + clock.unrest(1.0),
    )


MOTIONS: dict[str, Motion] = {
    "wall_lat_pulldown": Motion(
        wall_lat_pulldown, (1.7, 0.5, 0.6), aim_x=0.0, view="front",
        angles=("upper_arm", "lean", "head_offset", "neck_length"),
    ),
    "jumping_jack": Motion(jumping_jack, (0.5, 0.1, 0.2), aim_x=0.0, view="front", quick_s=0.3),
    "front_raise": Motion(
        front_raise, (1.3, 0.4, 0.6), aim_x=0.0, angles=("arm_elevation", "lean"), quick_s=0.5
    ),
    "bench_press": Motion(
        bench_press, (1.2, 0.3, 0.5), aim_x=-0.1, span_m=2.3, angles=("elbow_flexion",), quick_s=0.5,
        open_limbs=True,
    ),
    "pull_up": Motion(pull_up, (1.2, 0.3, 0.6), aim_x=0.0, view="front", quick_s=0.5),
    "pommel_horse": Motion(
        pommel_horse, (0.6, 0.0, 0.0), aim_x=0.0, view="front", quick_s=0.35, open_limbs=True
    ),
}  # fmt: skip
