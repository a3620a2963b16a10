"""How sure a count is, and what makes it doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.engine.tracker import PassedOver
from formcheck.types.reason import Reason
from formcheck.types.result import Rep

#: From this confidence on a count is called sure. Judgement.
SURE = 0.8
#: What may have hidden a repetition; what only says that the clip begins or ends in the middle of one.
HIDING = frozenset({"unseen_meanwhile", "hidden_meanwhile", "pictures_missing", "cut_meanwhile"})
CUT_OFF = frozenset({"clip_ends", "way_out_unseen"})
#: Movements within so many repetitions' time of a set may belong to it; more than so many say no more.
NEAR, MOST = 3.0, 3.0
#: A second opinion agrees within one, and within this share; of no more than so many it says nothing.
WITHIN, TOO_FEW = 0.1, 3
#: Doubts that tell what else a count may be, and by how much one that is named lowers the log of the odds.
#: Judgement.
TELLING, NAMED = ("hidden", "passed", "cut_off", "apart", "uneven"), 0.3
#: The log of the odds that a count is exact: a constant, and weights of `Count.doubts`. Fitted on every
#: second source of real people and every second stranger by ``python -m validation.counts``, which tells how
#: they hold on the others.
CONSTANT = 3.32
WEIGHTS = {
    "apart": -0.65,
    "alone": -0.86,
    "hidden": -0.81,
    "passed": -1.07,
    "cut_off": -0.69,
    "uneven": -1.55,
    "many": -0.43,
}


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted, what was not, and how often the pose came back meanwhile by a second opinion.

    Attributes
    ----------
    reps : every attempt, at least one.
    passed_over : what does not count.
    returns : as of `pose_returns`, from the first repetition to the last; NaN not known.
    """

    reps: Sequence[Rep]
    passed_over: Sequence[PassedOver]
    returns: float

    @property
    def doubts(self) -> dict[str, float]:
        """What speaks for and against the count, as numbers.

        apart, alone: 1 where the second opinion says something else, or nothing. hidden: how many repetitions
        would fit in the time that was not seen. passed: movements that were not counted; of both the log, as
        the first say most. cut_off: how often the clip begins or ends in the middle of one. uneven: spread
        (standard deviation) of the log of the repetitions' times. many: the log of their number.
        """
        n = len(self.reps)
        known = n > TOO_FEW and np.isfinite(self.returns)
        off = abs(self.returns - n) > max(1.0, WITHIN * n)
        return {
            "apart": float(known and off),
            "alone": float(not known),
            "hidden": float(np.log1p(min(MOST, sum(map(_lasted, self._hidden)) / self._usual_s))),
            "passed": float(np.log1p(min(MOST, float(len(self._passed))))),
            "cut_off": min(MOST, float(len(self._cut_off))),
            "uneven": float(np.std(np.log([rep.end_s - rep.start_s for rep in self.reps]))),
            "many": float(np.log(n)),
        }

    @property
    def confidence(self) -> float:
        """The probability that it is exact."""
        odds = CONSTANT + sum(WEIGHTS[name] * value for name, value in self.doubts.items())
        return float(1.0 / (1.0 + np.exp(-odds)))

    @property
    def doubt(self) -> Reason | None:
        """What else it may be, by what lowers its confidence most; None if it is sure."""
        if self.confidence >= SURE:
            return None
        n = len(self.reps)
        lowered = {name: WEIGHTS[name] * value for name, value in self.doubts.items() if name in TELLING}
        gravest = min(lowered, key=lambda name: lowered[name])
        if lowered[gravest] > -NAMED:
            return Reason("count_many", n=n)
        if gravest == "hidden":
            gap = max(self._hidden, key=_lasted)
            return Reason("count_hidden", n=n, more=n + 1, seconds=_lasted(gap), at_s=gap.start_s)
        if gravest == "passed":
            return Reason("count_passed", n=n, more=n + 1, at_s=self._passed[0].start_s)
        if gravest == "cut_off":
            return Reason("count_cut_off", n=n, more=n + 1, at_s=self._cut_off[0].start_s)
        if gravest == "apart":
            return Reason("count_apart", n=n, other=self.returns)
        return Reason("count_uneven", n=n)

    @property
    def _usual_s(self) -> float:
        return float(np.median([rep.end_s - rep.start_s for rep in self.reps]))

    @property
    def _near(self) -> list[PassedOver]:
        first, last = self.reps[0].start_s, self.reps[-1].end_s
        about = NEAR * self._usual_s
        return [p for p in self.passed_over if p.end_s > first - about and p.start_s < last + about]

    @property
    def _hidden(self) -> list[PassedOver]:
        return [p for p in self._near if p.reason.code in HIDING]

    @property
    def _cut_off(self) -> list[PassedOver]:
        return [p for p in self._near if p.reason.code in CUT_OFF]

    @property
    def _passed(self) -> list[PassedOver]:
        return [p for p in self._near if p.reason.code not in HIDING | CUT_OFF]


def _lasted(one: PassedOver) -> float:
    return one.end_s - one.start_s
