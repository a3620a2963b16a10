"""Lunges: one foot steps forward, and the hips sink between both, or aside, and they sink over it."""

import numpy as np

from sample_videos.drawn.motions.common import SIGN, Motion, point, turns
from sample_videos.drawn.rig import (
    ANKLE_HEIGHT,
    HALF_HIPS,
    HEAD_PITCH,
    SHANK,
    SIDES,
    THIGH,
    TOE,
    Array,
    Foot,
    Limb,
    Posture,
    Reach,
    Side,
    Swing,
    ankle_over,
)
from sample_videos.drawn.timeline import Timeline, smooth

#: The front foot goes this far ahead; the hips stop this far behind its ankle, this high. Metres.
STEP, BEHIND, LOW = 0.80, 0.38, 0.50
#: Steepest sole of the foot behind, degrees.
TOES_DOWN = 55.0
#: Height of the hips that stand; a leg that is as good as straight. Metres.
STAND, STRAIGHT = 0.875, 0.79
#: How far the foot of a side lunge goes, and the hips over it.
OUT, OVER = 0.75, 0.56


def lunge(clock: Timeline) -> Posture:
    """Steps forward in the first half of the way, sinks in the second; the left leg first.

    Of the variant "split" the feet stay apart, the foot of ``side`` in front.
    """
    p, n = clock.progress(), len(clock.t)
    split = clock.script.variant == "split"
    stepped, sunk = (np.ones(n), p) if split else (smooth(p / 0.55), smooth((p - 0.35) / 0.65))
    forward, wobble = clock.dial("knee_forward", p), clock.dial("unsteady", p) * np.sin(5.0 * clock.t)
    short = clock.dial("short_step")
    step = STEP - 0.42 * short + 0.37 * clock.dial("rear_knee_straight")
    # A short step leaves no room behind the front foot: the knee must go ahead of it.
    x = stepped * (step / 2 + sunk * (step / 2 - BEHIND + 0.20 * short + 0.30 * forward))
    front = {s: np.full(n, s == clock.script.side) if split else turns(clock, k) for k, s in enumerate(SIDES)}
    feet = {s: _foot(clock, s, step, stepped, sunk, front[s]) for s in SIDES}
    height = _within_reach(x, STAND + (LOW - STAND) * sunk, {s: ankle for s, (ankle, _) in feet.items()})
    knees_in = np.radians(19.0 * clock.dial("knee_valgus", p))
    legs: dict[Side, Limb] = {}
    for side in SIDES:
        inward = knees_in * front[side]
        legs[side] = Reach(feet[side][0], point(np.cos(inward), -SIGN[side] * np.sin(inward), 0.0, n))
    return Posture(
        point(x, 0.08 * wobble + clock.unrest(0.003), height, n),
        arms={s: Swing(4.0, 8.0, 10.0) for s in SIDES},
        legs=legs,
        feet={side: foot for side, (_, foot) in feet.items()},
        lean=3 + 4 * p + 42 * clock.dial("trunk_fold", p) + clock.unrest(0.5),
        head_pitch=HEAD_PITCH + clock.unrest(1.0),
    )


def _foot(
    clock: Timeline, side: Side, step: Array, stepped: Array, sunk: Array, front: Array
) -> tuple[Array, Foot]:
    """Ankle (T, 3) and foot: steps ahead where ``front`` is 1, else goes up on its planted toes."""
    n = len(clock.t)
    pitch = TOES_DOWN * np.maximum(0.5 * stepped, sunk) * (1 - front)
    foot = Foot(pitch, 0.0)
    behind = ankle_over(point(TOE[0], SIGN[side] * HALF_HIPS, 0.02, n), foot, SIGN[side])
    lift = ANKLE_HEIGHT + 0.09 * np.sin(np.pi * stepped)
    ahead = point(step * stepped, SIGN[side] * HALF_HIPS, lift, n)
    return behind + front[:, None] * (ahead - behind), foot


def _within_reach(x: Array, height: Array, ankles: dict[Side, Array]) -> Array:
    """The height of the hips, lowered to where both legs reach their feet."""
    longest = 0.999 * (THIGH + SHANK)
    for ankle in ankles.values():
        height = np.minimum(height, ankle[:, 2] + np.sqrt(longest**2 - (x - ankle[:, 0]) ** 2))
    return height


def side_lunge(clock: Timeline) -> Posture:
    """One foot steps out to its side and its knee bends, the other leg stays long; the left leg first."""
    p, n = clock.progress(), len(clock.t)
    stepped, sunk = smooth(p / 0.55), smooth((p - 0.25) / 0.75)
    works = {s: turns(clock, k) for k, s in enumerate(SIDES)}
    toward = works["left"] - works["right"]
    back, aside = -0.15 * sunk, toward * OVER * (0.45 * stepped + 0.55 * sunk)
    ankles = {
        s: point(
            0.0,
            SIGN[s] * (HALF_HIPS + OUT * stepped * works[s]),
            ANKLE_HEIGHT + 0.07 * np.sin(np.pi * stepped) * works[s],
            n,
        )
        for s in SIDES
    }
    height = ANKLE_HEIGHT + np.sqrt(STRAIGHT**2 - aside**2 - back**2)
    lean = 3 + 26 * sunk + clock.unrest(0.5)
    return Posture(
        point(back, aside + clock.unrest(0.003), np.minimum(STAND, height), n),
        arms={s: Swing(6 + 55 * sunk, 4.0, 15 + 50 * sunk, 40 * sunk) for s in SIDES},
        legs={s: Reach(ankles[s], point(1.0, SIGN[s] * 0.3 * works[s], 0.0, n)) for s in SIDES},
        feet={s: Foot(0.0, 10.0) for s in SIDES},
        lean=lean,
        head_pitch=HEAD_PITCH + 0.4 * lean + clock.unrest(1.0),
    )


MOTIONS = {
    "lunge": Motion(
        lunge, (1.9, 0.5, 0.8), aim_x=0.55, quick_s=0.65, sides="alternate", open_limbs=True,
        angles=("knee_flexion", "lean", "head_pitch"),
    ),
    "side_lunge": Motion(
        side_lunge, (1.4, 0.4, 0.7), aim_x=0.0, sides="alternate", open_limbs=True, view="front",
        angles=("knee_flexion", "lean", "head_pitch"),
    ),
}  # fmt: skip
