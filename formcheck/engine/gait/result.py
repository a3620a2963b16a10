"""What a finished run yields: every number with its spread and confidence, and what changed as it went on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.calibrate import Calibration
from formcheck.engine.gait.drift import drifts, thirds
from formcheck.engine.gait.margin import margin
from formcheck.engine.gait.run import Run
from formcheck.engine.gait.stride_judge import BLOCK, LEAST_CONTACTS, TOO_FEW, not_running, stride_part
from formcheck.engine.judge.judge import blocked
from formcheck.engine.judge.judged_span import JudgedSpan
from formcheck.exercises.schema import Exercise
from formcheck.exercises.strides import StrideNumber
from formcheck.exercises.tables import Measure
from formcheck.types.gait import Bounds, Confidence, Gait, Metric
from formcheck.types.reason import Reason
from formcheck.types.verdict import RANK, Verdict

Floats = NDArray[np.floating]

#: Many strides, nearly all of them seen: the number is sure. Fewer than this: it is a hint.
SURE_STRIDES, SURE_SEEN, HINT_STRIDES = 20, 0.8, 8


def gait_of(run: Run, exercise: Exercise, calibration: Calibration) -> Gait:
    """Cadence, every metric over all strides, and what drifted."""
    metrics = {n: _metric(n, m, run, exercise, calibration) for n, m in exercise.limited.items()}
    shown = {name for name, metric in metrics.items() if metric.value is not None}
    ran = run.strides if run.kind == "run" else ()
    return Gait(
        run.cadence_spm,
        len(run.steps),
        metrics,
        drifts(ran, exercise, shown) if ran else {},
        calibration.camera.name,
        run.kind,
        len(run.strides),
        thirds(ran),
    )


def _metric(
    name: str, limited: Measure | StrideNumber, run: Run, exercise: Exercise, calibration: Calibration
) -> Metric:
    strides = run.strides
    x = np.array([s.values[name] for s in strides])
    known = x[np.isfinite(x)]
    fresh = x[:BLOCK][np.isfinite(x[:BLOCK])]
    against_start = isinstance(limited, Measure) and limited.against == "start"
    reason = _reason(limited, len(known), run, calibration)
    if against_start and not len(fresh):
        reason = reason or Reason("no_baseline", against="start")
    what, usual, limits = limited.what, limited.usual, _limits(limited)
    part: Literal["posture", "stride"] = "stride" if stride_part(limited) else "posture"
    if reason is not None:
        metric = Metric(None, limited.unit, "not_assessable", 0, None, reason, limits, usual)
        return replace(metric, part=part, what=what)
    if against_start:
        known = known - float(np.median(fresh))
    low, middle, high = np.percentile(known, [25, 50, 75])
    verdict, unjudged = _verdict(run.judged, limited)
    return Metric(
        float(middle),
        limited.unit,
        verdict,
        len(known),
        float(high - low),
        unjudged,
        limits,
        usual,
        margin(limited, exercise, calibration, list(strides)),
        _confidence(limited, known, len(strides), calibration),
        limited.experimental,
        part,
        what,
    )


def _reason(limited: Measure | StrideNumber, known: int, run: Run, calibration: Calibration) -> Reason | None:
    """Why a metric cannot be given; None if it can."""
    why = blocked(limited, calibration) or not_running(limited, run.kind)
    if why is not None:
        return why
    if run.slow and isinstance(limited, StrideNumber):
        return Reason("no_times")
    if len(run.strides) < BLOCK:
        return Reason("few_steady_steps")
    if known < (LEAST_CONTACTS if limited.of_steps else BLOCK):
        return TOO_FEW if limited.of_steps and known else Reason("few_strides")
    return None


def _verdict(blocks: Sequence[JudgedSpan], limited: Measure | StrideNumber) -> tuple[Verdict, Reason | None]:
    """The worst of all blocks, and why if none could be judged though there is a number."""
    if not (limited.low or limited.high):
        return "ok", None
    own = [limit for limit in (limited.low, limited.high) if limit]
    found = [x.finding for block in blocks for x in block.measurements if any(x.limit is one for one in own)]
    worst = max(found, key=lambda finding: RANK.index(finding.verdict), default=None)
    if worst is None:
        return "not_assessable", Reason("strides_apart")
    return worst.verdict, worst.reason


def _limits(limited: Measure | StrideNumber) -> Bounds:
    return (limited.low.warn if limited.low else None, limited.high.warn if limited.high else None)


def _confidence(
    limited: Measure | StrideNumber, known: Floats, strides: int, calibration: Calibration
) -> Confidence:
    exact = calibration.view.exact(limited.seen_from)
    low, high = np.percentile(np.diff(known), [25, 75])  # from one to the next: what drifts is not wild
    wild = (high - low) / np.sqrt(2.0) > calibration.sensor.noise.strides.get(limited.unit, np.inf)
    if limited.experimental or not exact or wild or len(known) < HINT_STRIDES:
        return "low"
    sure = len(known) >= SURE_STRIDES and len(known) >= SURE_SEEN * strides
    return "high" if sure else "medium"
