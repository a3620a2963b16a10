"""Whether a movement is an attempt at the exercise, or what else it was."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.capture.activity import LONGEST_S, BodyOverTime
from formcheck.engine.count.segment import Attempt
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.signals.registry import reading
from formcheck.types.landmark import INDEX
from formcheck.types.reason import Reason

Floats = NDArray[np.floating]

#: The start pose must have been kept in an attempt, or this long before it.
BEFORE_S = 0.5
#: With so little of it seen the movement speaks for itself.
UNSEEN = 0.7
#: Of an alternating exercise, feet that pass one another in no less than this share of its shortest
#: repetition are its own. Judgement: quick lunges of real people take one second.
OWN_STEP = 0.75
_ARMS = frozenset(INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("elbow", "wrist"))


@dataclass(frozen=True, slots=True)
class Attempted:
    """What movements of an exercise's cycle must be like; ``longest_step_s`` of feet that go, 0 for any.

    Arms move by themselves, whatever the feet do: steps tell nothing of what is counted by them.
    """

    longest_step_s: float

    @classmethod
    def of(cls, exercise: Exercise, cycle: Cycle) -> "Attempted":
        """For one cycle of an exercise."""
        if cycle.signal is None or _ARMS & set(reading(cycle.signal).landmarks("left")):
            return cls(0.0)
        return cls(OWN_STEP * cycle.min_s if exercise.sides == "alternate" else LONGEST_S)

    @property
    def staying(self) -> bool:
        """Whether no steps are the exercise's own."""
        return self.longest_step_s == LONGEST_S

    def instead(self, body: BodyOverTime, attempt: Attempt) -> Reason | None:
        """What the body did instead; None for an attempt."""
        span = (attempt.start_s, attempt.end_s)
        on_foot = body.walked(*span, self.longest_step_s) if self.longest_step_s else None
        return on_foot or body.moved_on(*span)


def in_position(kept: Floats) -> bool:
    """Whether the start pose was kept, rightly or not, at some moment of a movement or shortly before.

    ``kept`` (n,) is 1 in the pose, between in a broken one, 0 in none, NaN not seen. Where it was mostly not
    seen, nobody knows.
    """
    return bool((kept > 0).any()) or not len(kept) or bool(np.isnan(kept).mean() >= UNSEEN)


def got_into_position(before: Floats, after: Floats, lasted_s: float, least_s: float) -> Reason | None:
    """The time it took, if a movement too short for a repetition ended in a pose not kept before.

    ``before`` and ``after`` as of `in_position`, of its beginning and its end.
    """
    if lasted_s >= least_s or (before != 0).any() or not (after == 1).any():
        return None
    return Reason("got_into_position", seconds=lasted_s, least=least_s)
