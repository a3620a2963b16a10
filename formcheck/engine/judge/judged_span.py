"""Spans that have closed: what each of them yields for the session, and for the screen at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from formcheck.engine.judge.measurement import Measurement
from formcheck.engine.judge.score import Grade, grade
from formcheck.types.event import ActiveFault

#: The finding of a repetition that stops short of its full range.
RANGE = "partial_range"


@dataclass(frozen=True, slots=True)
class JudgedSpan:
    """A repetition, a block of a hold or a block of steps, judged.

    ``range_share`` and ``tempo_share`` 0..1 are what it earned of these, None where not assessed; ``counts``
    whether it is what it should be; ``short`` whether it is not, but for its range.
    """

    start_s: float
    end_s: float
    measurements: tuple[Measurement, ...]
    range_share: float | None
    tempo_share: float | None
    counts: bool = True
    short: bool = False

    @property
    def grade(self) -> Grade:
        """What it is worth."""
        return grade(self.measurements, self.range_share, self.tempo_share, short=self.short)


def entering(judged: Sequence[JudgedSpan]) -> list[JudgedSpan]:
    """The spans whose points enter the mean: those that count, or where none does, those that fell short."""
    return [span for span in judged if span.counts] or [span for span in judged if span.short]


def broken(found: Sequence[Measurement], tempo: Collection[str] = ()) -> tuple[ActiveFault, ...]:
    """The faults among findings as they are shown and said, worst first, each once.

    ``tempo`` names the findings that are about time.
    """
    faults = [x for x in found if x.finding.verdict in ("warn", "error")]
    faults.sort(key=lambda x: (x.finding.verdict != "error", not x.limit.safety))
    by_id: dict[str, ActiveFault] = {}
    for x in faults:
        name = x.finding.check
        about = "tempo" if name in tempo else "range" if name == RANGE else "form"
        level = "error" if x.finding.verdict == "error" else "warn"
        fault = ActiveFault(name, x.limit.say, level, x.joints, x.limit.safety, about)  # type: ignore[arg-type]
        by_id.setdefault(name, fault)
    return tuple(by_id.values())


def clean(found: Sequence[Measurement]) -> tuple[str, ...]:
    """The checks that were seen and are all fine, in their order; one may have a measure for each view."""
    verdicts: dict[str, set[str]] = {}
    for x in found:
        verdicts.setdefault(x.finding.check, set()).add(x.finding.verdict)
    return tuple(name for name, said in verdicts.items() if said - {"not_assessable"} == {"ok"})
