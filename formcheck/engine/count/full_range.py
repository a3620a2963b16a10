"""Whether an attempt is a full repetition: far enough out, all the way back, and not a twitch."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from formcheck.engine.count.segment import Attempt
from formcheck.engine.count.tempo import SCORED_APART
from formcheck.engine.judge.judged_span import RANGE
from formcheck.engine.judge.measurement import Measurement, Span
from formcheck.exercises.schema import Cycle, Range
from formcheck.exercises.tables import Limit
from formcheck.types.event import Phase
from formcheck.types.reason import Reason
from formcheck.types.result import Finding

#: A repetition may start and end this share of the way from rest to full.
LOOSE = 0.25
#: A repetition seems shorter than it is, as its ends are slow: of 505 simulated ones (even seeds) half are
#: timed at .87 of their time or less. So much of the shortest time is enough. Judgement: not all of that.
TIMED = 0.9
#: Why it is not known whether an attempt went far enough, and what its finding says then.
_UNKNOWN_RANGE, _UNKNOWN_PEAK = "range_not_seen", "peak_hidden"
#: Why one went less far than it should, out or back.
_NOT_BACK = "incomplete_return"
SHORT = (RANGE, _NOT_BACK)
_UNKNOWN = {_UNKNOWN_RANGE: Reason("view_shortens"), _UNKNOWN_PEAK: Reason("phase_unseen")}


@dataclass(frozen=True, slots=True)
class FullRange:
    """What a full repetition of a cycle is.

    Attributes
    ----------
    cycle, unit : what is counted, and the unit of its signal.
    wording : what is said of a repetition that stops short; None where nothing is.
    exact : whether the view is one of the cycle's. Another shows less of the movement than there is: enough
        is enough, but too little says nothing.
    """

    cycle: Cycle
    unit: str
    wording: Range | None
    exact: bool

    def shortfall(self, attempt: Attempt, low: float, lasted_s: float) -> str | None:
        """Why an attempt is no full repetition; None if it is one. ``low`` is the level it came back to.

        ``lasted_s`` as long as it may have lasted: it is timed no finer than by a frame.
        """
        cycle = self.cycle
        rest, full = cycle.rest or 0.0, cycle.full or 0.0
        zero = attempt.base if cycle.relative else 0.0
        if attempt.top - zero < full:
            return _UNKNOWN_PEAK if not attempt.peak_seen else RANGE if self.exact else _UNKNOWN_RANGE
        if low - zero > rest + LOOSE * (full - rest):
            return _NOT_BACK
        return "too_fast" if lasted_s < TIMED * cycle.min_s else None

    def measured(
        self, attempt: Attempt, reason: str | None, phases: Mapping[Phase, Span]
    ) -> list[Measurement]:
        """The measurement of the range, where the exercise has words for it; ``reason`` as of `shortfall`."""
        if self.wording is None:
            return []
        full = self.cycle.full or 0.0
        reached = attempt.excursion if self.cycle.relative else attempt.top
        short = reason == RANGE
        finding = Finding(RANGE, reached, self.unit, full, "warn" if short else "ok", 1.0)
        if reason in _UNKNOWN:
            finding = Finding(RANGE, None, self.unit, None, "not_assessable", 1.0, _UNKNOWN[reason])
        limit = Limit(warn=full, say=self.wording.say, why=self.wording.why, weight=SCORED_APART)
        span = (phases["out"][0], phases["back"][1])
        where = ((span,), (), attempt.peak_s, 1.0) if short else ()
        return [Measurement(finding, limit, self.wording.what, (), -1.0, self.cycle.signal or "", *where)]

    def share(self, attempt: Attempt, low: float) -> float:
        """How much of the range's part of the score was earned, 0..1, by the shorter of both ways."""
        least = (self.cycle.full or 0.0) - (self.cycle.rest or 0.0)
        target = self.cycle.target or least
        way = min(attempt.excursion, attempt.top - low)
        return float(np.clip((way - 0.5 * least) / (target - 0.5 * least), 0.0, 1.0))
