"""A clip in numbers: how much was done, how sure that is, and what it is worth."""

from collections.abc import Iterable, Sequence

import numpy as np

from formcheck.engine.analyser import Outcome
from formcheck.engine.judge.judged_span import entering
from formcheck.engine.judge.score import Grade, is_good
from formcheck.engine.judge.score_range import score_range
from formcheck.engine.settled import Settled
from formcheck.types.result import HoldResult, RepResult
from formcheck.types.session import ScoreParts, Summary


def summary_of(outcome: Outcome, found: Settled) -> Summary:
    """What was done in a finished clip, in numbers."""
    result, count = found.result, found.count
    reps = result.reps if isinstance(result, RepResult) else ()
    holds = result.holds if isinstance(result, HoldResult) else None
    graded = [(span, span.grade) for span in found.judged]
    scored = [grade for grade in (span.grade for span in entering(found.judged)) if grade.score is not None]
    good = [span for span, grade in graded if span.counts and is_good(grade.points, span.measurements)]
    return Summary(
        attempts=len(reps),
        reps=sum(rep.counted for rep in reps),
        good_reps=len(good) if reps else 0,
        hold_s=None if holds is None else sum(h.total_s for h in holds),
        clean_hold_s=None if holds is None else sum(h.clean_s for h in holds),
        score=_mean(grade.score for grade in scored),
        coverage=float(np.mean([grade.coverage for _, grade in graded])) if graded else 0.0,
        count_confidence=None if count is None else count.confidence,
        count_doubt=None if count is None else count.doubt,
        score_parts=_parts(scored) if scored else None,
        score_range=score_range(found.judged, outcome.calibration.sensor.spread) if scored else None,
    )


def _parts(scored: Sequence[Grade]) -> ScoreParts:
    form, range_, tempo = (
        _mean(None if share is None else 100 * share for share in shares)
        for shares in zip(*((g.form, g.range, g.tempo) for g in scored), strict=True)
    )
    return ScoreParts(form, range_, tempo)


def _mean(points: Iterable[float | None]) -> int | None:
    """The mean of what there is, to a whole point; None where there is nothing."""
    known = [p for p in points if p is not None]
    return round(float(np.mean(known))) if known else None
