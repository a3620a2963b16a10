"""Bridges and hip thrusts: on the back or the edge of a box, feet planted, the hips go up."""

from dataclasses import replace

import numpy as np

from sample_videos.drawn.motions.common import HAND, LEFT, SIGN, UP, Motion, point
from sample_videos.drawn.rig import (
    ANKLE_HEIGHT,
    HALF_HIPS,
    HALF_SHOULDERS,
    SHANK,
    SIDES,
    THIGH,
    TRUNK,
    Array,
    Foot,
    Limb,
    Posture,
    Reach,
    Side,
    Swing,
    middle_joint,
)
from sample_videos.drawn.timeline import Timeline, smooth

#: Height of hips and shoulders of a body that lies on its back.
BACK = 0.11
#: Feet are planted this far from the hips, metres; a foot that is too far.
FOOT, FOOT_FAR = 0.40, 0.62
#: A head on the floor: from the shoulders toward the crown and up, trunk lengths; it looks at the ceiling.
CROWN, PILLOW, LOOK = 0.40, 0.04, -17.0
#: Of a hip thrust: height of shoulders on a box, metres, and how steep the trunk hangs from it, degrees.
BOX, HANGING = 0.47, 40.0


def lowered(p: Array, drop: Array) -> Array:
    """Progress whose way back is fallen (1) instead of led (0)."""
    falling = np.gradient(p) < 0
    quick = smooth((p / max(p.max(), 1e-9) - 0.40) / 0.20) * p.max()
    out: Array = np.where(falling, p + drop * (quick - p), p)
    return out


def planted(away: Array) -> dict[Side, Limb]:
    """Legs with the knees up and both feet flat, ``away`` metres from hips that lie at the origin."""
    return {s: Reach(point(away, SIGN[s] * HALF_HIPS, ANKLE_HEIGHT, len(away)), UP) for s in SIDES}


def glute_bridge(clock: Timeline) -> Posture:
    """Shoulders, hands and feet stay; depth 1 brings shoulders, hips and knees into one line."""
    p, n = lowered(clock.progress(), clock.dial("drop_down")), len(clock.t)
    far = clock.dial("foot_far")
    # With the feet far away the straight line is lower.
    rise = p * (23 - 6 * far + 13 * clock.dial("over_arch")) + clock.unrest(0.3)
    shoulder, a = point(-TRUNK, 0.0, BACK, n), np.radians(rise)
    wrists = {s: point(-0.03, SIGN[s] * (HALF_SHOULDERS + 0.12), HAND, n) for s in SIDES}
    return Posture(
        shoulder + TRUNK * point(np.cos(a), 0.0, np.sin(a), n),
        arms={s: Reach(wrists[s], LEFT * SIGN[s]) for s in SIDES},
        legs=planted(FOOT + (FOOT_FAR - FOOT) * far),
        hands={s: [1.0, 0.0, 0.0] for s in SIDES},
        lean=-90 - rise,
        # The head stays on the floor while the trunk tips under it.
        neck_length=CROWN * np.cos(a) - PILLOW * np.sin(a),
        head_offset=CROWN * np.sin(a) + PILLOW * np.cos(a),
        head_pitch=LOOK - rise - 42 * clock.dial("chin_jam") + clock.unrest(1.0),
    )


def hip_thrust(clock: Timeline) -> Posture:
    """Shoulders on a box, hands at the hips; depth 1 brings shoulders, hips and knees to one level line."""
    p, n = clock.progress(), len(clock.t)
    hangs = HANGING * (1 - p) - 17 * clock.dial("over_arch", p) + clock.unrest(0.3)
    a = np.radians(hangs)
    hip = point(TRUNK * np.cos(a), 0.0, BOX - TRUNK * np.sin(a), n)
    feet = {s: point(TRUNK + THIGH, SIGN[s] * HALF_HIPS, ANKLE_HEIGHT, n) for s in SIDES}
    hands = {s: hip + point(-0.02, SIGN[s] * (HALF_HIPS + 0.07), 0.10, n) for s in SIDES}
    return Posture(
        hip,
        arms={s: Reach(hands[s], [0.0, SIGN[s] * 1.0, -0.6]) for s in SIDES},
        legs={s: Reach(feet[s], UP) for s in SIDES},
        lean=hangs - 90,
        head_pitch=-25 + clock.unrest(1.0),
    )


def single_leg_bridge(clock: Timeline) -> Posture:
    """Only the foot of ``side`` is planted; the other leg is stretched, the thighs level."""
    posture = glute_bridge(clock)
    other: Side = "right" if clock.script.side == "left" else "left"
    leg = posture.legs[other]
    assert isinstance(leg, Reach)
    hip = posture.hip + SIGN[other] * HALF_HIPS * LEFT
    knee = middle_joint(hip, leg.end, (THIGH, SHANK), UP)
    thigh, shank = _elevation(knee - hip), _elevation(leg.end - knee)
    down = clock.dial("both_feet")
    level = thigh - 29 * clock.dial("thighs_apart", clock.progress())
    bend = 6 + down * (thigh - shank - 6) + clock.unrest(1.0)
    free, foot = Swing(90 + level, 0.0, bend), Foot(-(72 + level) * (1 - down))
    return replace(posture, legs={**posture.legs, other: free}, feet={**posture.feet, other: foot})


def _elevation(bone: Array) -> Array:
    """Of a bone in the plane of the body's side, degrees."""
    return np.degrees(np.arctan2(bone[:, 2], bone[:, 0]))


_ANGLES = ("knee_flexion", "hip_flexion", "trunk_elevation", "head_pitch")
MOTIONS = {
    "single_leg_bridge": Motion(
        single_leg_bridge, (1.6, 0.8, 0.8), span_m=2.3, aim_x=-0.1, quick_s=0.45, sides="one",
        open_limbs=True, mat=(-1.05, 0.75), angles=_ANGLES,
    ),
    "glute_bridge": Motion(
        glute_bridge, (1.6, 0.8, 0.8), span_m=2.3, aim_x=-0.1, quick_s=0.45, mat=(-1.05, 0.75),
        angles=_ANGLES,
    ),
    "hip_thrust": Motion(
        hip_thrust, (1.3, 0.6, 0.6), span_m=2.3, aim_x=0.45, quick_s=0.4,
        angles=("knee_flexion", "hip_flexion", "trunk_elevation"),
    ),
}  # fmt: skip
