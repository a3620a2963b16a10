"""One score for all: form 60, range 25, tempo 15; what was not seen is left out and said."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.engine.judge.measurement import Measurement

#: Weights of form, range and tempo; what a warning and an error cost; how much dearer safety is. Judgement,
#: as is all that follows.
FORM, RANGE, TEMPO = 60.0, 25.0, 15.0
COST = {"ok": 0.0, "warn": 0.15, "error": 0.40}
SAFETY_WEIGHT = 1.5
#: A fault costs at least this share of its full price, however short it was.
LEAST_SHARE = 0.34
#: An error of safety allows no more; from here on it is good, which no movement is that stops short.
SAFETY_CAP = 69
GOOD = 80
#: With less seen there is no score.
LEAST_COVERAGE = 0.5
#: However much of range and tempo was seen: with fewer of the form checks (by weight) there are no points,
#: and no score that is shown.
LEAST_FORM_SEEN, LEAST_FORM_SHOWN = 0.4, 0.5


@dataclass(frozen=True, slots=True)
class Grade:
    """What a span is worth.

    Attributes
    ----------
    points : 0..100; None with too little seen.
    coverage : 0..1, the seen share of what is scored.
    form_seen : 0..1, the seen share of the checks of form, by weight.
    form, range, tempo : 0..1, how much of its part was earned; None where it was not assessed.
    """

    points: int | None
    coverage: float
    form_seen: float
    form: float | None
    range: float | None
    tempo: float | None

    @property
    def score(self) -> int | None:
        """The points, as they are shown: only with half of the form seen."""
        return self.points if self.form_seen >= LEAST_FORM_SHOWN else None


def weight(measurement: Measurement) -> float:
    """What a check weighs: its own weight, half as much again where back or knee are at stake."""
    return measurement.limit.weight * (SAFETY_WEIGHT if measurement.limit.safety else 1.0)


def grade(
    checks: Sequence[Measurement],
    range_share: float | None,
    tempo_share: float | None,
    *,
    short: bool = False,
) -> Grade:
    """The points of a span, and what they are made of.

    Parameters
    ----------
    checks : every check of the span, those that could not be made included.
    range_share, tempo_share : 0..1, None where not assessed.
    short : whether it is a movement that stopped short of its range.
    """
    seen = [c for c in checks if c.finding.verdict != "not_assessable"]
    total = _weighed(checks)
    form_seen = _weighed(seen) / total if total else 0.0  # counted only: nothing to score
    shares = (_form(seen) if seen else None, range_share, tempo_share)
    parts = [
        (of, share)
        for of, share in zip((FORM * form_seen, RANGE, TEMPO), shares, strict=True)
        if share is not None
    ]
    assessed = sum(of for of, _ in parts)
    coverage = assessed / (FORM + RANGE + TEMPO)
    if coverage < LEAST_COVERAGE or form_seen < LEAST_FORM_SEEN:
        return Grade(None, coverage, form_seen, *shares)
    points = round(100 * sum(of * share for of, share in parts) / assessed)
    unsafe = any(c.finding.verdict == "error" and c.limit.safety for c in seen)
    most = SAFETY_CAP if unsafe else GOOD - 1 if short else 100
    return Grade(min(points, most), coverage, form_seen, *shares)


def is_good(points: int | None, checks: Sequence[Measurement]) -> bool:
    """A good repetition: at least `GOOD` points and no error."""
    return points is not None and points >= GOOD and all(c.finding.verdict != "error" for c in checks)


def _weighed(checks: Sequence[Measurement]) -> float:
    """What checks weigh together, each once: one may have a measure for each view."""
    return sum({c.finding.check: weight(c) for c in checks}.values())


def _form(seen: Sequence[Measurement]) -> float:
    """What is left of the form; a check that several measures find broken costs as the worst does."""
    costs: dict[str, float] = defaultdict(float)
    for c in seen:
        cost = weight(c) * COST.get(c.finding.verdict, 0.0) * min(1.0, max(LEAST_SHARE, c.share))
        costs[c.finding.check] = max(costs[c.finding.check], cost)
    return max(0.0, 1.0 - sum(costs.values()))
