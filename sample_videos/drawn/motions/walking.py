"""What must not be taken for a run: walking on a treadmill, and running on the spot."""

import numpy as np

from sample_videos.drawn.motions.common import Motion, point
from sample_videos.drawn.motions.gait import Belt, Gait, Legs
from sample_videos.drawn.rig import SIDES, Posture, Reach, Swing
from sample_videos.drawn.strides import Strides, strides
from sample_videos.drawn.timeline import Timeline

_WALK_BELT = Belt(0.22, 0.80, 0.03, 18.0, 60.0)
_WALK_LAND = _WALK_BELT.hip(0.0, 5.0)
WALK = Gait(
    _WALK_BELT,
    # Highest over the standing leg, lowest while both feet are down.
    ((0.0, _WALK_LAND), (0.05, _WALK_LAND - 0.006), (0.30, _WALK_BELT.hip(0.42, 10.0))),
    (
        (0.20, -0.28, -0.65, 58.0),
        (0.45, 0.00, -0.72, 24.0),
        (0.75, 0.26, -0.74, -6.0),
        (0.90, 0.29, -0.735, -16.0),
    ),
)
_SPOT_BELT = Belt(-0.05, 0.0, 0.0, 0.0, 30.0)
_SPOT_LOWEST = _SPOT_BELT.hip(0.4, 42.0)
SPOT = Gait(
    _SPOT_BELT,
    (
        (0.0, _SPOT_BELT.hip(0.0, 20.0)),
        (0.144, _SPOT_LOWEST),
        (0.36, _SPOT_BELT.hip(1.0, 45.0)),
        (0.41, _SPOT_LOWEST + 0.07),
    ),
    # The knee comes up in front, and the foot goes down where it was.
    ((0.25, 0.06, -0.60, 40.0), (0.50, 0.12, -0.46, 30.0), (0.75, 0.08, -0.60, 12.0)),
)


def _walk_rhythm(clock: Timeline) -> Strides:
    return strides(clock, 0.62, WALK.belt.travel)


def _spot_rhythm(clock: Timeline) -> Strides:
    return strides(clock, 0.36, SPOT.belt.travel)


def walking(clock: Timeline) -> Posture:
    """A walk at ``cadence_spm``: one foot is always down, both are at each change; arms hang and swing."""
    return _going(clock, WALK, _walk_rhythm(clock), track=0.07, lean=3.0, swing=20.0, elbow=18.0)


def running_on_the_spot(clock: Timeline) -> Posture:
    """Steps at ``cadence_spm`` that lead nowhere: the knees come up in front, elbows bent."""
    return _going(clock, SPOT, _spot_rhythm(clock), track=0.09, lean=3.0, swing=22.0, elbow=85.0)


def _going(
    clock: Timeline, gait: Gait, pace: Strides, *, track: float, lean: float, swing: float, elbow: float
) -> Posture:
    legs, moving, n = Legs(gait, pace), pace.moving, len(pace.t)
    reach = {side: legs.reach(side, track, track) for side in SIDES}
    arms = {}
    for side in SIDES:
        forward = -4 - swing * np.cos(2 * np.pi * pace.since(side))
        arms[side] = Swing(3 + moving * (forward - 3), 6.0, 12 + moving * (elbow - 12), 10.0, frame="trunk")
    return Posture(
        point(clock.unrest(0.008), clock.unrest(0.006), legs.height(moving), n),
        arms=arms,
        legs={side: Reach(ankle, [1.0, 0.0, 0.0]) for side, (ankle, _) in reach.items()},
        feet={side: foot for side, (_, foot) in reach.items()},
        lean=moving * lean + clock.unrest(0.5),
    )


MOTIONS = {
    "walking": Motion(
        walking, None, aim_x=0.0, angles=("lean", "elbow_flexion"), rhythm=_walk_rhythm, cadence_spm=112.0
    ),
    "running_on_the_spot": Motion(
        running_on_the_spot,
        None,
        aim_x=0.0,
        angles=("lean", "elbow_flexion"),
        rhythm=_spot_rhythm,
        cadence_spm=165.0,
    ),
}
