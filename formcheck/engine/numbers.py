"""The numbers that trends follow, each with its standard error from the spread within its session."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.engine import compare as c
from formcheck.engine.drift import BLOCK, LEAST_STRIDES, MAD_TO_SD
from formcheck.engine.noise import MEDIAN_ERROR, standard_error
from formcheck.engine.sides import DEAD_BAND, LEAST_REPS
from formcheck.exercises import Exercise
from formcheck.types.gait import Bounds, Gait, Metric
from formcheck.types.session import Rep, Session


@dataclass(frozen=True, slots=True)
class Number:
    """One number of one session.

    Attributes
    ----------
    value : None where it was not assessed; ``reason`` says why.
    error, n : its standard error, and how many independent observations that comes from; None for a number
        without a spread.
    least : smaller changes are the sensor's, in ``unit``.
    limits : (low, high) beyond which it is a fault.
    aim : what is better: more of it, as near to nothing as can be; None where neither can be said.
    """

    id: str
    what: str
    unit: str
    value: float | None = None
    error: float | None = None
    n: int = 0
    least: float = 0.0
    limits: Bounds = (None, None)
    aim: str | None = None
    reason: str | None = None


def numbers(session: Session, exercise: Exercise | None) -> Iterator[Number]:
    """Those of one session; ``exercise`` knows how small a change matters."""
    summary, reps = session.summary, c.counted(session)
    yield _score(session, reps)
    if session.gait is not None:
        yield from _run(session.gait, exercise)
    elif session.exercise.kind == "hold":
        yield Number("hold_s", "Held", "s", c.finite(summary.hold_s), least=c.HOLD_LEAST_S)
    else:
        yield from _set(session, reps)


def _score(session: Session, reps: Sequence[Rep]) -> Number:
    """The score is a mean over the repetitions, where there are any."""
    score = c.finite(session.summary.score)
    number = Number("score", "Score", "points", score, least=c.SCORE_LEAST, aim="more")
    if score is None:
        return replace(number, reason="nothing that is scored was seen")
    if session.gait is not None or session.exercise.kind == "hold":
        return number
    return _spread(number, [float(r.score) for r in reps if r.score is not None], 1.0)


def _set(session: Session, reps: Sequence[Rep]) -> Iterator[Number]:
    yield Number("reps", "Full repetitions", "reps", float(session.summary.reps), least=c.COUNT_LEAST)
    unit = next((r.rom.unit for r in reps if r.rom), "")
    least = c.ROM_LEAST.get(unit, 0.0)
    yield _typical(
        Number("range_of_motion", "Range of motion, median", unit, least=least), c.roms(reps, unit)
    )
    for name, what, half in c.HALVES:
        yield _typical(Number(name, what, "s", least=c.TEMPO_LEAST_S), c.halves(reps, half))
    if session.balance is not None:
        yield from _sides(reps)


def _typical(number: Number, values: Sequence[float]) -> Number:
    if not values:
        return replace(number, reason="no full repetition tells it")
    return _spread(replace(number, value=float(np.median(values))), values, MEDIAN_ERROR)


def _spread(number: Number, values: Sequence[float], times: float) -> Number:
    """With the standard error of a mean or, ``times`` that, of a median."""
    if len(values) < LEAST_REPS:
        return replace(number, value=None, reason=f"fewer than {LEAST_REPS} repetitions tell it")
    return replace(number, error=times * standard_error(values), n=len(values))


def _sides(reps: Sequence[Rep]) -> Iterator[Number]:
    """What left has more than right, in percent of both.

    Unlike in `sides.balance` a difference within the dead band is not 0 here: a step from 0 to its edge
    would look like a change.
    """
    left, right = ([r for r in reps if r.side == side] for side in ("left", "right"))
    unit = next((r.rom.unit for r in reps if r.rom), "")
    far = c.roms(left, unit), c.roms(right, unit)
    long = [r.end_s - r.start_s for r in left], [r.end_s - r.start_s for r in right]
    yield _side("range_left_right", "Range of motion, left more than right", *far, DEAD_BAND.get(unit, 0.0))
    yield _side("time_left_right", "Time, left more than right", *long, DEAD_BAND["s"])


def _side(name: str, what: str, left: Sequence[float], right: Sequence[float], least: float) -> Number:
    number = Number(name, what, "%", aim="even")
    n = min(len(left), len(right))
    if n < LEAST_REPS:
        return replace(number, reason=f"fewer than {LEAST_REPS} repetitions of a side tell it")
    a, b = float(np.mean(left)), float(np.mean(right))
    if a + b <= 0:
        return replace(number, reason="the range is nothing")
    percent = 200.0 / (a + b)
    error = math.hypot(standard_error(left), standard_error(right))
    return replace(number, value=percent * (a - b), error=percent * error, n=n, least=percent * least)


def _run(gait: Gait, exercise: Exercise | None) -> Iterator[Number]:
    yield _cadence(gait, exercise)
    for name, metric in gait.metrics.items():
        if name != c.CADENCE and not c.is_relative(name, exercise):
            yield _metric(name, metric, exercise)


def _cadence(gait: Gait, exercise: Exercise | None) -> Number:
    value = c.finite(gait.cadence_spm)
    number = Number(c.CADENCE, "Steps a minute", "spm", value)
    if value is None:
        return replace(number, reason="no steady rhythm")
    if gait.steps < 2 * LEAST_STRIDES:
        return replace(number, value=None, reason=f"fewer than {2 * LEAST_STRIDES} steps")
    least = _least(exercise, c.CADENCE, value, 0.0)
    return replace(number, error=c.CADENCE_NOISE * value, n=gait.steps, least=least)


def _metric(name: str, metric: Metric, exercise: Exercise | None) -> Number:
    """The median over strides, of which those of one block are not independent."""
    value, spread = c.finite(metric.value), c.finite(metric.spread)
    number = Number(name, c.what_of(name, exercise), metric.unit, value, limits=metric.limits)
    if value is None:
        return replace(number, reason=metric.reason or "not assessed")
    if metric.n < LEAST_STRIDES:
        return replace(number, value=None, reason=f"fewer than {LEAST_STRIDES} strides")
    number = replace(number, least=_least(exercise, name, value, metric.error or 0.0))
    if spread is None:
        return number
    blocks = metric.n / BLOCK
    error = MEDIAN_ERROR * MAD_TO_SD * spread / 2 / math.sqrt(blocks)  # MAD is half the quartiles' distance
    return replace(number, error=error, n=int(blocks))


def _least(exercise: Exercise | None, name: str, value: float, error: float) -> float:
    """What the exercise's drift table has; without one, the ``error`` of the camera."""
    drift = exercise.drift.get(name) if exercise else None
    return error if drift is None else c.drift_least(drift, value)
