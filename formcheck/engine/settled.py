"""What was found in a finished clip, once all of it is known: how sure each fault is, and what follows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.engine.analyser import Outcome
from formcheck.engine.count.confidence import Count
from formcheck.engine.count.hold import with_clean_s
from formcheck.engine.counted import count_of
from formcheck.engine.judge.judged_span import JudgedSpan, entering
from formcheck.engine.judge.measurement import Measurement
from formcheck.engine.judge.sure import Broken, by_check, settled
from formcheck.exercises.schema import Exercise
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence
from formcheck.types.result import GaitResult, HoldResult, Rep, RepResult, Result
from formcheck.types.verdict import RANK

#: The joints of trunk and limbs.
LIMBS = [
    INDEX[f"{side}_{name}"]
    for name in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    for side in ("left", "right")
]


@dataclass(frozen=True, slots=True)
class Settled:
    """What the session is built from.

    Attributes
    ----------
    judged : the spans that have closed; errors that are not sure enough are warnings.
    result : what was done, with the same findings; None where nothing was.
    confidence : 0..1 of each check that was broken, by its id, where it is known how far off values may be.
    count : what tells how sure the count is; None where nothing was counted.
    """

    judged: Sequence[JudgedSpan]
    result: Result | None
    confidence: Mapping[str, float]
    count: Count | None


def settled_of(outcome: Outcome, poses: PoseSequence) -> Settled:
    """Settle what the engine found in these poses."""
    count = count_of(outcome, poses)
    broken = broken_of(outcome, poses, count)
    confidence = {name: of.confidence for name, of in broken.items() if of.spread}
    judged = settled(outcome.tracker.judged, confidence)
    result = outcome.tracker.result()
    if isinstance(result, RepResult):
        scored = {id(span) for span in entering(judged)}
        spans = zip(result.reps, judged, strict=True)
        reps = tuple(_rep(rep, span, scored=id(span) in scored) for rep, span in spans)
        result = replace(result, reps=reps)
    elif isinstance(result, HoldResult):
        result = HoldResult(tuple(with_clean_s(hold, judged) for hold in result.holds))
    elif isinstance(result, GaitResult):
        result = _run(result, judged, outcome.exercise)
    return Settled(judged, result, confidence, count)


def broken_of(outcome: Outcome, poses: PoseSequence, count: Count | None) -> dict[str, Broken]:
    """Each check that was broken in these poses, by its id, with what speaks for it.

    A run is judged by medians over strides, of which the doubt of single looks says nothing: quick feet are
    always in doubt. It silenced a drawn overstride of 18 degrees.
    """
    spread, runs = outcome.calibration.sensor.spread, outcome.exercise.is_gait
    found = _worst(outcome.tracker.judged)
    each = {name: [m for m in of if m.finding.verdict != "ok"] for name, of in found.items()}
    broken = {name: of for name, of in each.items() if of}
    return {
        name: Broken(
            found[name],
            spread.of(of[0].signal, of[0].finding.unit),
            float("nan") if runs else _doubt(of, poses),
            float("nan") if count is None else count.confidence,
        )
        for name, of in broken.items()
    }


def _worst(judged: Iterable[JudgedSpan]) -> dict[str, list[Measurement]]:
    """By check, of each span in which it could be made, the worse of its two limits."""
    found: dict[str, list[Measurement]] = defaultdict(list)
    for span in judged:
        for name, both in by_check([span]).items():
            worst = max(both, key=lambda m: (RANK.index(m.finding.verdict), m.beyond))
            if worst.finding.verdict != "not_assessable":
                found[name].append(worst)
    return found


def _doubt(broken: Sequence[Measurement], poses: PoseSequence) -> float:
    """How far off the joints are where findings are broken, trunk lengths, by the middle; NaN not known.

    Times and ranges are of the whole body: their joints are those of trunk and limbs.
    """
    each = [
        poses.doubt[slice(*np.searchsorted(poses.t, span))][:, list(m.joints) or LIMBS]
        for m in broken
        for span in m.spans
    ]
    known = np.concatenate([doubt[np.isfinite(doubt)] for doubt in each]) if each else np.empty(0)
    return float(np.median(known)) if len(known) else float("nan")


def _rep(rep: Rep, span: JudgedSpan, *, scored: bool) -> Rep:
    score = span.grade.score if scored else rep.score
    return replace(rep, findings=tuple(m.finding for m in span.measurements), score=score)


def _run(result: GaitResult, judged: Sequence[JudgedSpan], exercise: Exercise) -> GaitResult:
    """A run whose numbers are no more clearly wrong than its blocks."""
    left = {id(m.limit) for span in judged for m in span.measurements if m.finding.verdict == "error"}
    limited = exercise.limited
    metrics = {
        name: replace(metric, verdict="warn")
        if metric.verdict == "error" and left.isdisjoint({id(limited[name].low), id(limited[name].high)})
        else metric
        for name, metric in result.gait.metrics.items()
    }
    return replace(result, gait=replace(result.gait, metrics=metrics))
