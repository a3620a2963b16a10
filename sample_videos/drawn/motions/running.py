"""Running in place on a treadmill, with a dial for each fault of posture and of stride."""

import numpy as np

from sample_videos.drawn.motions.common import SIGN, Motion, point
from sample_videos.drawn.motions.gait import Belt, Gait, Legs
from sample_videos.drawn.rig import (
    HALF_HIPS,
    HEAD_PITCH,
    NECK_LENGTH,
    SHANK,
    SIDES,
    THIGH,
    Array,
    Foot,
    Posture,
    Reach,
    Side,
    Swing,
    chord,
)
from sample_videos.drawn.strides import Strides, strides
from sample_videos.drawn.timeline import Timeline

#: A foot is on the belt for this share of a stride (source running_age_table: 0.35 to 0.39): 254 ms at 170
#: steps a minute.
DUTY = 0.36
#: The belt carries a foot this far: 2.5 m/s at 170 steps a minute.
TRAVEL = 0.64
#: The hips are lowest after this share of a contact, and highest this share of a stride after toe-off.
MID, APEX = 0.4, 0.05
TOES_UP, PUSH = 9.0, 60.0
#: Bend of the knee at contact, at mid-stance and at toe-off, and tilt of the shank at contact.
KNEE_CONTACT, KNEE_MID, KNEE_OFF, SHANK_CONTACT = 17.0, 43.0, 15.0, 4.0
#: The hips rise this much from mid-stance into flight: 0.16 trunk lengths.
BOUNCE = 0.08
#: The ankle beside the middle of the body, on the belt and where it passes the other leg.
TRACK, PASSING = 0.05, 0.10


def _travel(clock: Timeline) -> Array:
    return TRAVEL + 0.11 * clock.dial("overstride")


def rhythm(clock: Timeline) -> Strides:
    """When each foot is down."""
    # Who bounces flies longer, and so is down for less.
    duty = DUTY - 0.06 * clock.dial("bounce")
    return strides(clock, duty, _travel(clock), 0.06 * clock.dial("limp"))


def _gait(clock: Timeline, duty: Array) -> Gait:
    """Legs that land, bend and push off as the dials ask."""
    over, straight, stiff, bounce = (
        clock.dial(name) for name in ("overstride", "knee_straight", "low_knee_bend", "bounce")
    )
    knee = KNEE_CONTACT - 7 * over - 15 * straight
    tilt = np.radians(SHANK_CONTACT + 15 * over + 4 * straight + knee / 2)
    aside = HALF_HIPS - _track(clock)
    leg = np.sqrt(chord(THIGH, SHANK, knee) ** 2 - aside**2)
    travel = _travel(clock)
    ahead, _, _ = Belt(0.0, travel, aside, TOES_UP, PUSH).ankle(np.zeros_like(duty))
    belt = Belt(leg * np.sin(tilt) - ahead, travel, aside, TOES_UP, PUSH)
    lowest = belt.hip(MID, KNEE_MID + 9 * over - 16 * stiff) - 0.02 * bounce
    hips = (
        (0.0, belt.hip(0.0, knee)),
        (MID * duty, lowest),
        (duty, belt.hip(1.0, KNEE_OFF + 17 * over)),
        (duty + APEX, lowest + BOUNCE - 0.02 * stiff + 0.09 * bounce),
    )
    contact = belt.land + ahead
    swing = (
        (0.156, -0.42, -0.56, 76.0),
        (0.297, -0.30, -0.43, 86.0),
        (0.531, 0.00, -0.46, 62.0),
        (0.734, 0.25, -0.61, 14.0),
        (0.880, contact + 0.09 - 0.05 * over, -0.73 + 0.07 * over, -6.0),
    )
    return Gait(belt, hips, swing)


def _track(clock: Timeline) -> Array:
    """(T,) the ankle beside the middle while the foot is down."""
    return TRACK - 0.09 * clock.dial("narrow_step")


def running(clock: Timeline) -> Posture:
    """A jog at ``cadence_spm``: flight phases, arms against legs, a slight lean."""
    pace = rhythm(clock)
    run, phase, n = pace.moving, pace.phase, len(clock.t)
    legs = Legs(_gait(clock, pace.duty), pace)
    # The left hip is high in the middle of the left contact, the right one half a stride later.
    wave = np.sin(2 * np.pi * (phase - MID * DUTY + 0.25))
    drop = 3.0 + 11.0 * clock.dial("pelvic_drop")
    # The middle sinks with the free side: the hip over the standing leg stays where it is.
    sunk = HALF_HIPS * np.sin(np.radians(drop)) * wave**2
    hip = point(
        clock.unrest(0.008) * run,
        clock.unrest(0.006) * run,
        legs.height(run) - sunk * run,
        n,
    )
    lean = 2 + 4.5 * run + 0.6 * run * np.cos(4 * np.pi * phase) + clock.unrest(0.5)
    swing = run * np.sin(2 * np.pi * (phase + 0.05))
    sway = swing * (1.5 + 15 * clock.dial("trunk_sway"))
    reaches = {side: _leg(clock, legs, side, pace) for side in SIDES}
    return Posture(
        hip,
        arms={side: _arm(clock, side, phase, run) for side in SIDES},
        legs={side: leg for side, (leg, _) in reaches.items()},
        feet={side: foot for side, (_, foot) in reaches.items()},
        lean=lean + 20 * clock.dial("lean_forward") - 17 * clock.dial("lean_back"),
        sway=sway,
        shoulder_tilt=1.5 * swing + 15 * clock.dial("shoulder_tilt"),
        hip_tilt=sway + run * drop * wave * np.abs(wave),
        head_pitch=HEAD_PITCH + 4 * run - 62 * clock.dial("head_tilt") + clock.unrest(1.0),
        head_offset=0.11 - 0.02 * run + 0.27 * clock.dial("head_forward") + clock.unrest(0.008),
        neck_length=NECK_LENGTH - 0.22 * clock.dial("shoulders_up"),
    )


def _leg(clock: Timeline, legs: Legs, side: Side, pace: Strides) -> tuple[Reach, Foot]:
    ankle, foot = legs.reach(side, _track(clock), PASSING)
    share, run, n = pace.swing_share(side), pace.moving, len(pace.t)
    # Only a leg that carries falls inward.
    inward = np.radians(28 * run * clock.dial("hip_knee_line") * np.sin(np.pi * np.clip(-share, 0.0, 1.0)))
    pole = point(np.cos(inward), -SIGN[side] * np.sin(inward), 0.0, n)
    return Reach(ankle, pole), foot


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
        rhythm=rhythm,
        cadence_spm=170.0,
    ),
}
