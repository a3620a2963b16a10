"""Which way is up in a recording whose exercise is named: the turn in which it is seen to be done."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from formcheck.engine.body.observe import observe
from formcheck.engine.capture.orientation import Orientation, orientation
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.recognise.candidates import POSE_SEEN, candidates
from formcheck.exercises.schema import Exercise
from formcheck.types.frame import QUARTERS, Turn
from formcheck.types.pose import PoseSequence

#: A start pose that is kept in less of the time is never kept, and in more of it mostly. Judgement.
NEVER, MOSTLY = 0.05, 0.5


def upright(poses: PoseSequence, exercise: Exercise | None) -> Orientation:
    """Which way is up, by what the body does and, where it is named, by its exercise.

    Parameters
    ----------
    poses : raw, as a pose model gave them.
    """
    found = orientation(poses)
    return found if exercise is None else replace(found, votes=found.votes + _votes(poses, exercise))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The seconds that show an exercise, and the share of the time in which its start pose is kept."""

    shown_s: float = 0.0
    posed: float = 0.0


def _votes(poses: PoseSequence, exercise: Exercise) -> Counter[Turn]:
    """What the exercise says for each turn: a vote a second that shows it, and one for its start pose.

    That is the turn in which it is mostly kept, if there is one only, and as filmed it never is. Who mostly
    does it as filmed is not looked at in other turns.
    """
    found: dict[Turn, _Reading] = {0: _read(poses, exercise, 0)}
    if not (found[0].posed > MOSTLY and found[0].shown_s > MOSTLY * (poses.t[-1] - poses.t[0])):
        found |= {turn: _read(poses, exercise, turn) for turn in QUARTERS[1:]}
    votes = Counter({turn: int(reading.shown_s) for turn, reading in found.items()})
    posed = [turn for turn, reading in found.items() if reading.posed > MOSTLY]
    if len(posed) == 1 and found[0].posed < NEVER:
        votes.update(posed)
    return votes


@np.errstate(invalid="ignore", divide="ignore")
def _read(poses: PoseSequence, exercise: Exercise, turn: Turn) -> _Reading:
    """The poses turned; a view that the exercise is not filmed from shows nothing of it."""
    seen = observe(poses.turned(turn))
    if seen is None:
        return _Reading()
    check = PoseCheck.of(exercise, seen.view.name, POSE_SEEN)
    posed = np.mean(check.over(seen.rows(check.signals)) == 1) if check.poses else 0.0
    shown = seen.view.name in exercise.camera.views or not turn
    return _Reading(sum(c.weight for c in candidates(exercise, seen)) if shown else 0.0, float(posed))
