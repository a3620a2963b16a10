"""Sit-ups, V-ups, leg raises and bicycle crunches: on the back, trunk or legs or both go up."""

from functools import partial

import numpy as np

from sample_videos.drawn.motions.bridges import BACK, CROWN, FOOT, LOOK, PILLOW, lowered, planted
from sample_videos.drawn.motions.common import Motion, point, turns
from sample_videos.drawn.rig import SIDES, Array, Foot, Limb, Posture, Side, Swing
from sample_videos.drawn.timeline import Timeline

#: Elevation of trunk and legs at the top of a V-up, and of a leg on the floor, degrees.
TRUNK_UP, LEG_UP, LEG_DOWN = 44.0, 56.0, 1.0


def _fold(clock: Timeline, p: Array, trunk: Array, legs: dict[Side, Array]) -> Posture:
    """``trunk`` and ``legs`` that many degrees above the floor; the hands reach for the feet."""
    chin = clock.dial("chin_jam", p)
    knee = 4 + 58 * clock.dial("knee_bent", p) + clock.unrest(0.6)
    straight: dict[Side, Limb] = {s: Swing(90 + legs[s] + clock.unrest(0.4), 0.0, knee) for s in SIDES}
    return Posture(
        point(0.0, 0.0, BACK, len(p)),
        arms={s: Swing(174 - 104 * p, 8.0, 8.0, frame="trunk") for s in SIDES},
        legs=straight,
        feet={s: Foot(-(64 + legs[s] - knee)) for s in SIDES},
        lean=trunk - 90 + clock.unrest(0.4),
        neck_length=CROWN - 0.08 * chin,
        head_offset=PILLOW + 0.22 * chin,
        head_pitch=LOOK - 14 * p - 56 * chin + clock.unrest(1.0),
    )


def v_up(clock: Timeline) -> Posture:
    """Trunk and straight legs rise together; depth 1 folds the hips by 100 degrees."""
    p = lowered(clock.progress(), clock.dial("crash"))
    flat, sitting = clock.dial("legs_only"), clock.dial("chest_only")
    trunk = p * (TRUNK_UP - 38 * flat + 36 * sitting)
    leg = LEG_DOWN + p * (LEG_UP + 24 * flat - 54 * sitting)
    return _fold(clock, p, trunk, {"left": leg, "right": leg - (leg - LEG_DOWN) * clock.dial("one_leg")})


def single_leg_v_up(clock: Timeline) -> Posture:
    """The trunk rises to the leg of ``side``; the other leg stays on the floor."""
    p = lowered(clock.progress(), clock.dial("crash"))
    flat, sitting = clock.dial("legs_only"), clock.dial("chest_only")
    raised = p * (LEG_UP + 4 + 24 * flat - 57 * sitting)
    legs = {
        s: LEG_DOWN + raised * (1.0 if s == clock.script.side else 0.8 * clock.dial("both_legs"))
        for s in SIDES
    }
    return _fold(clock, p, p * (TRUNK_UP - 4 - 35 * flat + 38 * sitting), legs)


def sit_up(clock: Timeline) -> Posture:
    """Both feet planted; depth 1 brings the trunk from flat to nearly upright."""
    p = clock.progress()
    return Posture(
        point(0.0, 0.0, BACK, len(p)),
        arms={s: Swing(14 + 56 * p, 14.0, 10.0, frame="trunk") for s in SIDES},
        legs=planted(np.full_like(p, FOOT)),
        lean=76 * p - 90 + clock.unrest(0.4),
        neck_length=CROWN,
        head_offset=PILLOW,
        head_pitch=LOOK - 10 * p + clock.unrest(1.0),
    )


def leg_raise(clock: Timeline) -> Posture:
    """Both straight legs rise until they stand upright; the trunk stays on the floor, the arms beside it."""
    p = lowered(clock.progress(), clock.dial("drop_down"))
    knee = 5 + 62 * clock.dial("knee_bent", p) + clock.unrest(0.6)
    leg = LEG_DOWN + 84 * p + clock.unrest(0.4)
    return Posture(
        point(0.0, 0.0, BACK, len(p)),
        arms={s: Swing(4.0, 14.0, 6.0, frame="trunk") for s in SIDES},
        legs={s: Swing(90 + leg, 0.0, knee) for s in SIDES},
        feet={s: Foot(-(64 + leg - knee)) for s in SIDES},
        lean=clock.unrest(0.3) - 90,
        neck_length=CROWN,
        head_offset=PILLOW,
        head_pitch=LOOK + clock.unrest(1.0),
    )


def bicycle_crunch(clock: Timeline) -> Posture:
    """Shoulders off the floor, hands at the ears; a knee comes as the other leg goes, the left one first."""
    p = clock.progress()
    drive = {side: p * turns(clock, parity) for parity, side in enumerate(SIDES)}
    legs: dict[Side, Limb] = {}
    feet: dict[Side, Foot] = {}
    for side, other in zip(SIDES, reversed(SIDES), strict=True):
        thigh = 68 + 44 * drive[side] - 44 * drive[other] + clock.unrest(0.5)
        bend = 84 + 24 * drive[side] - 74 * drive[other]
        legs[side], feet[side] = Swing(90 + thigh, 0.0, bend), Foot(thigh - bend - 75, 5.0)
    return Posture(
        point(0.0, 0.0, BACK, len(p)),
        arms={s: Swing(140.0, 42.0, 140.0, frame="trunk") for s in SIDES},
        legs=legs,
        feet=feet,
        lean=20 - 90 + clock.unrest(0.5),
        shoulder_twist=22 * (drive["right"] - drive["left"]),
        neck_length=CROWN - 0.04,
        head_offset=PILLOW + 0.12,
        head_pitch=LOOK - 14 + clock.unrest(1.0),
    )


_ANGLES = ("hip_flexion", "trunk_elevation", "knee_flexion", "head_pitch")
_v = partial(
    Motion, tempo=(1.6, 0.5, 0.8), span_m=2.65, aim_x=-0.12, quick_s=0.45, open_limbs=True,
    mat=(-1.20, 1.05), angles=_ANGLES,
)  # fmt: skip
MOTIONS = {
    "v_up": _v(v_up),
    "single_leg_v_up": _v(single_leg_v_up, sides="one"),
    "leg_raise": _v(leg_raise, tempo=(1.5, 0.4, 0.8)),
    "bicycle_crunch": Motion(
        bicycle_crunch, (0.6, 0.15, 0.15), span_m=2.3, aim_x=0.1, quick_s=0.3, sides="alternate",
        open_limbs=True, mat=(-1.05, 0.95), angles=("trunk_elevation", "head_pitch"),
    ),
    "sit_up": Motion(sit_up, (1.5, 0.3, 0.7), span_m=2.3, aim_x=-0.1, mat=(-1.05, 0.75), angles=_ANGLES),
}  # fmt: skip
