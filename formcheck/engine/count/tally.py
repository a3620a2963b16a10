"""What was done so far, over all pieces of a clip."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from formcheck.engine.count.sides import balance
from formcheck.engine.count.swallowed import Finder
from formcheck.engine.judge.judged_span import JudgedSpan
from formcheck.engine.tracker import PassedOver
from formcheck.types.result import Hold, Rep, RepResult


@dataclass(slots=True)
class Tally:
    """What the trackers of one clip or set have found, one after the other.

    Attributes
    ----------
    reps : every attempt, in the order of time.
    holds : every hold that has ended.
    judged : the attempts, or the blocks of holds, with what was measured in them.
    passed_over : what does not count.
    open, signal : what finds the attempts in which signal; one may be under way.
    most_moved : how far each signal rose at most above its rest in the shots before, by name.
    """

    reps: list[Rep] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    judged: list[JudgedSpan] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    open: Finder | None = None
    signal: str = ""
    most_moved: dict[str, float] = field(default_factory=dict)

    def repetitions(self, dead_band: Mapping[str, float]) -> RepResult | None:
        """Every attempt, and how the sides compare; None without an attempt.

        ``dead_band``: differences of sides that are the sensor's, by unit.
        """
        return RepResult(tuple(self.reps), balance(self.reps, dead_band)) if self.reps else None
