"""Running in place on a treadmill, with a dial for each fault of posture."""

import numpy as np
from scipy.interpolate import CubicSpline

from sample_videos.drawn.motions.common import SIGN, Motion, point
from sample_videos.drawn.rig import (
    ANKLE_HEIGHT,
    HEAD_PITCH,
    NECK_LENGTH,
    SIDES,
    TOE,
    Array,
    Foot,
    Limb,
    Posture,
    Reach,
    Side,
    Swing,
)
from sample_videos.drawn.timeline import Timeline, smooth

#: Share of a stride that a foot is on the belt; below one half there is flight.
DUTY = 0.36
#: Toes on the belt: where they land and where they leave, ahead of the hips, metres.
LAND, LEAVE = 0.28, -0.30
#: Swing of the ankle, by phase of the stride: ahead of the hips, height, pitch of the foot.
SWING = (
    (0.46, -0.40, 0.33, 72.0),
    (0.55, -0.30, 0.43, 84.0),
    (0.70, 0.00, 0.36, 62.0),
    (0.83, 0.25, 0.25, 18.0),
    (0.91, 0.25, 0.15, 0.0),
)
HIP_LOW, HIP_RISE = 0.815, 0.06
STAND_HIP = 0.875
#: Seconds from standing to running.
START_S = 0.8


def _foot_path() -> CubicSpline:
    """Ankle ahead, ankle height and foot pitch over the phase of a stride that starts with landing."""
    knots = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        toe = LAND + share * (LEAVE - LAND)
        pitch = 50.0 * max(0.0, (share - 0.45) / 0.55) ** 1.5
        c, s = np.cos(np.radians(pitch)), np.sin(np.radians(pitch))
        # The ankle seen from the toe, turned about it as the heel rises.
        ahead, height = -TOE[0] * c - TOE[1] * s, TOE[0] * s - TOE[1] * c
        knots.append((share * DUTY, toe + ahead, 0.02 + height, pitch))
    knots += list(SWING)
    knots.append((1.0, *knots[0][1:]))
    table = np.array(knots)
    return CubicSpline(table[:, 0], table[:, 1:], bc_type="periodic")


FOOT_PATH = _foot_path()


def _gait(clock: Timeline) -> tuple[Array, Array]:
    """Phase of the left leg's stride and how much of the body already runs, both (T,)."""
    first = clock.script.lead_s
    phase = (clock.t - first) * clock.script.cadence_spm / 120.0
    running = smooth((clock.t - first) / START_S) - smooth((clock.t - clock.end_s + START_S) / START_S)
    return phase, running


def landings(clock: Timeline) -> list[dict[str, object]]:
    """When each foot lands while the body fully runs: t_s, side."""
    period = 60.0 / clock.script.cadence_spm
    first, last = clock.script.lead_s + START_S, clock.end_s - START_S
    times = clock.script.lead_s + period * np.arange(int(clock.end_s / period) + 1)
    return [
        {"t_s": round(float(t), 3), "side": SIDES[k % 2]} for k, t in enumerate(times) if first <= t <= last
    ]


def running(clock: Timeline) -> Posture:
    """A jog at ``cadence_spm``: flight phases, arms against legs, a slight lean."""
    phase, run = _gait(clock)
    n = len(clock.t)
    bounce = 0.5 - 0.5 * np.cos(4 * np.pi * (phase - DUTY / 2))
    hip = point(
        clock.unrest(0.008) * run,
        clock.unrest(0.006) * run,
        STAND_HIP + run * (HIP_LOW + HIP_RISE * bounce - STAND_HIP),
        n,
    )
    legs: dict[Side, Limb] = {}
    feet: dict[Side, Foot] = {}
    for side in SIDES:
        path = FOOT_PATH((phase + (0.0 if side == "left" else 0.5)) % 1.0)
        ankle = point(0.0, SIGN[side] * 0.09, ANKLE_HEIGHT, n)
        ankle[:, 0] += run * path[:, 0]
        ankle[:, 2] += run * (path[:, 1] - ANKLE_HEIGHT)
        legs[side] = Reach(ankle, [1.0, 0.0, 0.0])
        feet[side] = Foot(run * path[:, 2], 4.0)
    stride = np.sin(2 * np.pi * (phase + 0.05))
    lean = 2 + 4.5 * run + 0.6 * run * np.cos(4 * np.pi * phase) + clock.unrest(0.5)
    return Posture(
        hip,
        arms={side: _arm(clock, side, phase, run) for side in SIDES},
        legs=legs,
        feet=feet,
        lean=lean + 20 * clock.dial("lean_forward") - 17 * clock.dial("lean_back"),
        sway=run * stride * (1.5 + 15 * clock.dial("trunk_sway")),
        shoulder_tilt=run * 1.5 * stride + 15 * clock.dial("shoulder_tilt"),
        hip_tilt=run * 3.0 * stride,
        head_pitch=HEAD_PITCH + 4 * run - 62 * clock.dial("head_tilt") + clock.unrest(1.0),
        head_offset=0.11 - 0.02 * run + 0.27 * clock.dial("head_forward") + clock.unrest(0.008),
        neck_length=NECK_LENGTH - 0.22 * clock.dial("shoulders_up"),
    )


def _arm(clock: Timeline, side: Side, phase: Array, run: Array) -> Swing:
    """An arm that swings with the other side's leg."""
    other = phase + (0.5 if side == "left" else 0.0)
    width = 25 * (1 - 0.86 * clock.dial("arms_stiff"))
    forward = -10 + 62 * clock.dial("arms_high") + width * np.cos(2 * np.pi * (other - 0.87))
    cross = clock.dial("arm_crossover")
    bend = 88 + 50 * clock.dial("arms_tight") - 64 * clock.dial("arms_long")
    return Swing(
        3 + run * (forward - 3),
        6 - run * 32 * cross,
        12 + run * (bend - 12),
        run * (16 + 50 * cross),
        frame="trunk",
    )


MOTIONS = {
    "running": Motion(
        running,
        None,
        aim_x=0.0,
        angles=("lean", "elbow_flexion", "hand_height", "head_pitch", "head_offset", "neck_length"),
    ),
}
