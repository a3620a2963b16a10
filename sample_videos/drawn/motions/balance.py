"""On one leg: held still, reaching down, hinging."""

import numpy as np

from sample_videos.drawn.motions.common import SIGN, Motion, point
from sample_videos.drawn.rig import (
    ANKLE_HEIGHT,
    HALF_HIPS,
    HEAD_OFFSET,
    HEAD_PITCH,
    NECK_LENGTH,
    SHANK,
    SIDES,
    THIGH,
    Array,
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

#: The standing foot is this far off the body's middle: the weight goes over it. Metres.
UNDER = 0.04
#: How often who has lost the balance sways from side to side a second.
SWAY_HZ = 0.8
_OTHER: dict[Side, Side] = {"left": "right", "right": "left"}


def _over_foot(clock: Timeline, bend: Array, back: Array) -> tuple[Array, Array]:
    """Middle of the hips and the ankle (T, 3) of who stands on ``clock.script.side``, knee bent."""
    sign, n = SIGN[clock.script.side], len(clock.t)
    ankle = point(0.0, sign * UNDER, ANKLE_HEIGHT, n)
    aside = UNDER - HALF_HIPS
    rise = np.sqrt(chord(THIGH, SHANK, bend) ** 2 - back**2 - aside**2)
    return ankle + np.stack([-back, np.full(n, -sign * UNDER), rise], axis=-1), ankle


def _standing(clock: Timeline, ankle: Array, knees_in: Array) -> Reach:
    """The leg that stands; ``knees_in`` turns its knee about the line from hip to ankle."""
    inward = np.radians(70.0 * knees_in)
    return Reach(ankle, point(np.cos(inward), -SIGN[clock.script.side] * np.sin(inward), 0.0, len(ankle)))


def _wobble(clock: Timeline) -> Array:
    """(T,) back and forth between -1 and 1 where the dial is turned."""
    return clock.dial("unsteady") * np.sin(2 * np.pi * SWAY_HZ * clock.t)


def _shift(clock: Timeline, wobble: Array) -> Array:
    """(T, 3) by how far it moves the hips."""
    return point(0.07 * wobble, 0.05 * wobble + clock.unrest(0.003), 0.0, len(wobble))


def single_leg_stability_hold(clock: Timeline) -> Posture:
    """The free foot hangs a little behind the standing one; nothing moves."""
    side, n = clock.script.side, len(clock.t)
    knees_in, down, wobble = clock.dial("knee_valgus"), clock.dial("foot_down"), _wobble(clock)
    hip, ankle = _over_foot(clock, 6 + 24 * knees_in, np.full(n, 0.01) + clock.unrest(0.004))
    free = Swing(30 - 23 * down, 6.0, 84 - 68 * down + clock.unrest(0.5))
    sway = SIGN[side] * 19 * clock.dial("trunk_sway") + 7 * wobble
    legs: dict[Side, Limb] = {side: _standing(clock, ankle, knees_in), _OTHER[side]: free}
    hip = hip + _shift(clock, 0.6 * wobble)
    return Posture(
        hip,
        arms={s: Swing(4.0, 14.0, 16.0) for s in SIDES},
        legs=legs,
        feet={side: Foot(), _OTHER[side]: Foot(25 - 25 * down)},
        lean=2 + 8 * wobble + clock.unrest(0.5),
        sway=sway + clock.unrest(0.5),
        hip_tilt=sway,
        head_pitch=HEAD_PITCH + clock.unrest(1.0),
        head_offset=HEAD_OFFSET + 0.28 * clock.dial("head_forward"),
        neck_length=NECK_LENGTH - 0.17 * clock.dial("shrugged"),
    )


def single_leg_stability_reach(clock: Timeline) -> Posture:
    """Hinges over the standing leg until the hands are at the shin; the free foot stays tucked behind."""
    p, side = clock.progress(), clock.script.side
    knees_in, down, wobble = clock.dial("knee_valgus", p), clock.dial("foot_down", p), _wobble(clock)
    deep = clock.dial("knee_deep_bend", p)
    hip, ankle = _over_foot(clock, 10 + 18 * p + 56 * deep + 14 * knees_in, (0.02 + 0.18 * p))
    hip = hip + _shift(clock, wobble)
    # A deeper knee lowers the hips: the free foot is tucked up further, and the trunk stays higher.
    free = Swing(26 - 18 * p + 40 * deep + 14 * down, 9.0, 78 + 50 * deep - 38 * down)
    legs: dict[Side, Limb] = {side: _standing(clock, ankle, knees_in), _OTHER[side]: free}
    lean = 3 + 77 * p - 28 * deep + clock.unrest(0.5)
    return Posture(
        hip,
        arms={s: Swing(4 + 4 * p, 6.0, 8.0) for s in SIDES},
        legs=legs,
        feet={side: Foot(), _OTHER[side]: Foot(25.0 * (1 - down))},
        lean=lean,
        sway=7 * wobble,
        hip_tilt=7 * wobble,
        head_pitch=HEAD_PITCH + 0.15 * lean + clock.unrest(1.0),
    )


def single_leg_deadlift(clock: Timeline) -> Posture:
    """Trunk and free leg tip as one piece over the standing leg, from both feet together."""
    p, side = clock.progress(), clock.script.side
    knees_in, squat, lag = (clock.dial(name, p) for name in ("knee_valgus", "squatting", "leg_lag"))
    wobble = _wobble(clock)
    hip, ankle = _over_foot(clock, 8 + 14 * p + 46 * squat + 16 * knees_in, 0.01 + 0.10 * p + 0.10 * squat)
    hip = hip + _shift(clock, wobble)
    lean = 2 + 76 * p + 12 * lag + clock.unrest(0.5)
    back = p * (lean - 6 - 39 * lag + 36 * clock.dial("over_arch", p))
    legs: dict[Side, Limb] = {side: _standing(clock, ankle, knees_in)}
    legs[_OTHER[side]], free_foot = _free_leg(clock, hip, back, chord(THIGH, SHANK, 14 - 6 * p))
    return Posture(
        hip,
        arms={s: Swing(3.0, 5.0, 8.0) for s in SIDES},
        legs=legs,
        feet={side: Foot(), _OTHER[side]: free_foot},
        lean=lean,
        sway=7 * wobble,
        hip_tilt=7 * wobble,
        head_pitch=HEAD_PITCH + 0.15 * lean + 72 * clock.dial("neck_up", p) + clock.unrest(1.0),
    )


def _free_leg(clock: Timeline, hip: Array, back: Array, length: Array) -> tuple[Reach, Foot]:
    """The leg ``back`` degrees behind the vertical, or its foot on the floor as the dials have it."""
    sign, n = SIGN[clock.script.side], len(back)
    down, both = clock.dial("foot_down"), clock.dial("both_feet")
    pitch = np.clip(back, 0, 70) * (1 - down - both) + 35 * down
    angle = np.radians(back)
    end = hip + point(-length * np.sin(angle), -sign * HALF_HIPS, -length * np.cos(angle), n)
    toes = ankle_over(point(-0.22, -sign * HALF_HIPS, 0.02, n), Foot(35.0), -sign)
    beside = point(0.0, -sign * (UNDER + HALF_HIPS), ANKLE_HEIGHT, n)
    end = end + down[:, None] * (toes - end) + both[:, None] * (beside - end)
    return Reach(end, point(np.cos(angle), 0.0, -np.sin(angle), n)), Foot(pitch)


MOTIONS = {
    "single_leg_stability_hold": Motion(
        single_leg_stability_hold, None, aim_x=0.0, sides="one", open_limbs=True, view="front",
        angles=("knee_flexion", "lean", "head_pitch", "head_offset", "neck_length"),
    ),
    "single_leg_stability_reach": Motion(
        single_leg_stability_reach, (1.8, 0.6, 0.8), aim_x=0.1, quick_s=0.65, sides="one", open_limbs=True,
        view="front", angles=("knee_flexion", "lean", "head_pitch"),
    ),
    "single_leg_deadlift": Motion(
        single_leg_deadlift, (1.8, 0.6, 0.8), aim_x=-0.1, quick_s=0.6, sides="one", open_limbs=True,
        angles=("knee_flexion", "raised_line", "lean", "head_pitch"), full=("lean", 55.0),
    ),
}  # fmt: skip
