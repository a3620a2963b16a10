"""Away, getting into position, or in it: only who is in position exercises."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.observe import observe
from formcheck.engine.body.track import Track
from formcheck.engine.capture.activity import (
    AWAY_S,
    LOOK_S,
    STANDS_BY,
    STANDS_S,
    TRUNK,
    UPRIGHT_DEG,
    stands,
)
from formcheck.engine.count.recent_body import on_foot, recent_body
from formcheck.engine.judge.judge import IN_POSE, WEAK
from formcheck.engine.tracker import Sighting
from formcheck.exercises.schema import Exercise
from formcheck.types.kind import is_hold
from formcheck.types.pose import PoseSequence
from formcheck.types.reason import Reason

Floats = NDArray[np.floating]

#: Who is not away any more is in position after this long, even if the start pose is not seen. Judgement.
LONGEST_S = 3.0
#: What tells how far the trunk of a start pose is from the level, and the most of who lies, degrees: sit-ups
#: begin anywhere below 70.
_LEANS, LYING_DEG = ("trunk_tilt", "trunk_elevation"), 70.0
#: Who stands for more of a clip than this does not do what is done lying. Judgement.
MOST_STANDING = 0.9


def done_lying(exercise: Exercise, view: str | None = None) -> bool:
    """Whether an exercise begins lying, or on the hands, so that who stands, seen so, does not do it.

    From the head or the feet who lies may seem to stand: only the start poses of the ``view`` tell. None is
    any.
    """
    shown = [start.pose for start in exercise.start if view is None or view in start.views]
    bounds = [b for pose in shown for name, b in pose.items() if name.startswith(_LEANS)]
    return bool(bounds) and max(high for _, high in bounds) <= LYING_DEG


def in_place(poses: PoseSequence, exercise: Exercise) -> PoseSequence:
    """Without who stands beside an exercise that is done lying, or sits beside what is held lying.

    All poses where he hardly ever lies.
    """
    seen = observe(poses) if done_lying(exercise) else None
    if seen is None:
        return poses
    rows = seen.rows(STANDS_BY)
    up = stands(rows)
    if is_hold(exercise.kind):
        up |= rows[TRUNK] >= UPRIGHT_DEG
    return poses if np.mean(up) > MOST_STANDING else poses.only(~np.isin(poses.t, seen.t[up]))


@dataclass(slots=True)
class Position:
    """Follows whether somebody is in position.

    Parameters
    ----------
    track : the notebook that holds the frames.
    lying : whether the exercise is done lying or on the hands, so that who stands is away.
    staying : whether its feet stay where they are, so that who goes is away.
    """

    track: Track
    lying: bool
    staying: bool
    _why: Reason | None = None
    _on_foot: Reason | None = None
    _look_s: float = float("-inf")
    _up_s: float = float("nan")
    _away_s: float = float("-inf")

    def step(self, seen: Sighting, rest_s: float) -> Reason | None:
        """Why the body is not in position in the newest frame, so that counting begins anew; None if it is.

        ``rest_s`` is when the rest was that a movement now is counted against.
        """
        if away := self._away(seen.t):
            self._why, self._away_s = away, seen.t
        elif self._why is None or self._settled(seen):
            self._why = self._arrived(seen, rest_s)
        return self._why

    def still_since(self, start_s: float, end_s: float) -> float:
        """Since when the posture changed no more before ``end_s``; ``start_s`` if it did not change."""
        return recent_body(self.track, start_s - 2 * LOOK_S, end_s).still_since(start_s, end_s)

    def _away(self, t: float) -> Reason | None:
        if self.lying and self._stands(t):
            return Reason("got_up_meanwhile")
        if self.staying and t >= self._look_s:
            self._look_s = t + LOOK_S
            self._on_foot = on_foot(self.track, t)
        return self._on_foot

    def _stands(self, t: float) -> bool:
        row = {name: self.track.values(WEAK + name, slice(-1, None)) for name in STANDS_BY}
        up = bool(stands(row)[0])
        self._up_s = (t if self._up_s != self._up_s else self._up_s) if up else float("nan")
        return t - self._up_s >= STANDS_S

    def _settled(self, seen: Sighting) -> bool:
        """Whether who was not in position keeps the start pose, still."""
        if seen.in_pose is False:
            return seen.t - self._away_s >= LONGEST_S
        return not recent_body(self.track, seen.t - 2 * LOOK_S, seen.t).moves_on(seen.t)

    def _arrived(self, seen: Sighting, since: float) -> Reason | None:
        """The change of posture by which the start pose was reached since the rest."""
        if not seen.in_pose or since >= seen.t:
            return None
        before = self._kept(since - LOOK_S, since)
        if not len(before) or (before == 1).any():
            return None
        return recent_body(self.track, since - AWAY_S, seen.t).moved_on(since, seen.t)

    def _kept(self, start_s: float, end_s: float) -> Floats:
        return self.track.values(IN_POSE, self.track.between(start_s, end_s))
