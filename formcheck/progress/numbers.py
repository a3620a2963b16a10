"""The numbers of a session that are compared, and how small a change of each is the sensor's own."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from formcheck.engine.count.sides import LEAST_REPS
from formcheck.engine.gait.drift import BLOCK, LEAST_STRIDES, MAD_TO_SD
from formcheck.exercises import Exercise
from formcheck.exercises.strides import DriftRule
from formcheck.progress.noise import MEDIAN_ERROR, standard_error
from formcheck.sensor import profile_for
from formcheck.sensor.noise import Noise
from formcheck.types.gait import Bounds, Gait, Metric
from formcheck.types.reason import Reason
from formcheck.types.result import Rep
from formcheck.types.session import Session, Summary

#: A warning in every second repetition costs 4.5 points.
SCORE_LEAST = 5.0

CADENCE = "cadence"

#: Of so few the session tells a number all the same, but none could say by how much chance changes it.
FEW_REPS = Reason("few_reps", least=LEAST_REPS)
FEW_STRIDES = Reason("fewer_strides", least=LEAST_STRIDES)
FEW_STEPS = Reason("fewer_steps", least=2 * LEAST_STRIDES)
TOO_FEW = {FEW_REPS, FEW_STRIDES, FEW_STEPS}
UNSCORED = Reason("unscored")
#: Parts of the tempo: what is followed, and the field of `Tempo`.
TEMPO_PHASES = (
    ("tempo_out", "Time on the way out, median", "up_s"),
    ("tempo_back", "Time on the way back, median", "down_s"),
)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of one session.

    Attributes
    ----------
    value : as the session tells it; None where it was not assessed.
    reason : why it is not compared: not assessed, or known from too little. None where it is.
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
    aim: Literal["more", "even"] | None = None
    reason: Reason | None = None

    @property
    def compared(self) -> bool:
        """Whether it can be held against that of another session."""
        return self.value is not None and self.reason is None


def numbers(session: Session, exercise: Exercise | None) -> Iterator[Number]:
    """Those of one session; ``exercise`` knows how small a change matters.

    What was done decides, not the kind of exercise: a stretch may be held or repeated. Of what was not done,
    the number is None.
    """
    reps, noise = counted(session), profile_for(session.model).noise
    yield _score(session, reps)
    if session.gait is not None:
        yield from _run(session.gait, exercise, noise)
    else:
        yield from _set(session, reps, noise)
        yield from _held(session.summary, noise.held_s)


def _score(session: Session, reps: Sequence[Rep]) -> Number:
    """The score is a mean over the repetitions, where there are any."""
    score = finite(session.summary.score)
    number = Number("score", "Score", "points", score, least=SCORE_LEAST, aim="more")
    if score is None:
        return replace(number, reason=UNSCORED)
    if session.gait is not None or not reps:
        return number
    return _spread(number, [float(r.score) for r in reps if r.score is not None], 1.0)


def _held(summary: Summary, least_s: float) -> Iterator[Number]:
    reason = None if summary.hold_s else Reason("no_hold")
    held = Number("hold_s", "Held", "s", finite(summary.hold_s), least=least_s)
    clean = finite(summary.clean_hold_s)
    well = Number("clean_hold_s", "Held without a clear fault", "s", clean, least=least_s)
    yield from _done(held, well, summary, reason)


def _set(session: Session, reps: Sequence[Rep], noise: Noise) -> Iterator[Number]:
    summary = session.summary
    reason = None if summary.attempts else Reason("no_attempt")
    counted = Number("reps", "Full repetitions", "reps", float(summary.reps), least=noise.counts)
    well = Number("good_reps", "Repetitions done well", "reps", float(summary.good_reps), least=noise.counts)
    yield from _done(counted, well, summary, reason)
    unit = next((r.rom.unit for r in reps if r.rom), "")
    least = noise.sessions.get(unit, 0.0)
    yield _typical(Number("range_of_motion", "Range of motion, median", unit, least=least), roms(reps, unit))
    for name, what, half in TEMPO_PHASES:
        yield _typical(Number(name, what, "s", least=noise.sessions["s"]), tempo_seconds(reps, half))
    if session.balance is not None:
        yield from _sides(reps, noise.sides)


def _done(done: Number, well: Number, summary: Summary, reason: Reason | None) -> Iterator[Number]:
    """What was done and what of it ``well``, which nobody knows where nothing is scored."""
    unscored = UNSCORED if summary.score is None else None
    for number, why in ((done, reason), (well, reason or unscored)):
        yield replace(number, value=None, reason=why) if why else number


def _typical(number: Number, values: Sequence[float]) -> Number:
    if not values:
        return replace(number, reason=Reason("no_full_rep"))
    return _spread(replace(number, value=float(np.median(values))), values, MEDIAN_ERROR)


def _spread(number: Number, values: Sequence[float], times: float) -> Number:
    """With the standard error of a mean or, ``times`` that, of a median."""
    if len(values) < LEAST_REPS:
        return replace(number, reason=FEW_REPS)
    return replace(number, error=times * standard_error(values), n=len(values))


def _sides(reps: Sequence[Rep], dead_band: Mapping[str, float]) -> Iterator[Number]:
    """What left has more than right, in percent of both.

    Unlike in `sides.balance` a difference within the dead band is not 0 here: a step from 0 to its edge
    would look like a change.
    """
    left, right = ([r for r in reps if r.side == side] for side in ("left", "right"))
    unit = next((r.rom.unit for r in reps if r.rom), "")
    far = roms(left, unit), roms(right, unit)
    long = [r.end_s - r.start_s for r in left], [r.end_s - r.start_s for r in right]
    yield _side("range_left_right", "Range of motion, left more than right", *far, dead_band.get(unit, 0.0))
    yield _side("time_left_right", "Time, left more than right", *long, dead_band["s"])


def _side(name: str, what: str, left: Sequence[float], right: Sequence[float], least: float) -> Number:
    number = Number(name, what, "%", aim="even")
    n = min(len(left), len(right))
    if n < LEAST_REPS:
        return replace(number, reason=Reason("few_reps_of_a_side", least=LEAST_REPS))
    a, b = float(np.mean(left)), float(np.mean(right))
    if a + b <= 0:
        return replace(number, reason=Reason("no_range"))
    percent = 200.0 / (a + b)
    error = math.hypot(standard_error(left), standard_error(right))
    return replace(number, value=percent * (a - b), error=percent * error, n=n, least=percent * least)


def _run(gait: Gait, exercise: Exercise | None, noise: Noise) -> Iterator[Number]:
    yield _cadence(gait, exercise, noise.cadence)
    for name, metric in gait.metrics.items():
        if name != CADENCE:
            yield _metric(name, metric, exercise)


def _cadence(gait: Gait, exercise: Exercise | None, noise: float) -> Number:
    """``noise``: the share of it that chance changes."""
    value = finite(gait.cadence_spm)
    number = Number(CADENCE, "Steps a minute", "spm", value)
    if value is None:
        return replace(number, reason=Reason("no_steady_rhythm"))
    if gait.steps < 2 * LEAST_STRIDES:
        return replace(number, reason=FEW_STEPS)
    least = _least(exercise, CADENCE, value, 0.0)
    return replace(number, error=noise * value, n=gait.steps, least=least)


def _metric(name: str, metric: Metric, exercise: Exercise | None) -> Number:
    """The median over strides, of which those of one block are not independent."""
    value, spread = finite(metric.value), finite(metric.spread)
    number = Number(name, what_of(name, exercise), metric.unit, value, limits=metric.limits)
    if value is None:
        return replace(number, reason=metric.reason or Reason("not_assessed"))
    if is_relative(name, exercise):
        return replace(number, reason=Reason("against_its_own_start"))
    if metric.n < LEAST_STRIDES:
        return replace(number, reason=FEW_STRIDES)
    number = replace(number, least=_least(exercise, name, value, metric.error or 0.0))
    if spread is None:
        return replace(number, reason=Reason("stride_spread_unknown"))
    blocks = metric.n / BLOCK
    error = MEDIAN_ERROR * MAD_TO_SD * spread / 2 / math.sqrt(blocks)  # MAD is half the quartiles' distance
    return replace(number, error=error, n=int(blocks))


def _least(exercise: Exercise | None, name: str, value: float, error: float) -> float:
    """What the exercise's drift table has; without one, the ``error`` of the camera."""
    drift = exercise.drift.get(name) if exercise else None
    return error if drift is None else drift_least(drift, value)


def drift_least(drift: DriftRule, level: float) -> float:
    """The least change from that level that a drift table wants reported."""
    return drift.least * abs(level) / 100 if drift.relative else drift.least


def what_of(name: str, exercise: Exercise | None) -> str:
    """What a number is, which session.json does not keep."""
    limited = exercise.limited.get(name) if exercise else None
    return limited.what if limited else name.replace("_", " ").capitalize()


def is_relative(name: str, exercise: Exercise | None) -> bool:
    """Whether a number is given against the start of its own run: two runs have nothing to compare."""
    measure = exercise.measure.get(name) if exercise else None
    return measure is not None and measure.against == "start"


def finite(value: float | None) -> float | None:
    """The value, None where it is no number."""
    return float(value) if value is not None and math.isfinite(value) else None


def counted(session: Session) -> list[Rep]:
    """The full repetitions."""
    return [rep for rep in session.reps if rep.counted]


def roms(reps: Iterable[Rep], unit: str) -> list[float]:
    """Ranges of motion that are given in that unit."""
    values = (r.rom.value for r in reps if r.rom and r.rom.unit == unit)
    return [value for value in values if math.isfinite(value)]


def tempo_seconds(reps: Iterable[Rep], half: str) -> list[float]:
    """Seconds of one part of the tempo, a field of `Tempo`."""
    seconds = (getattr(r.tempo, half) for r in reps if r.tempo)
    return [s for s in seconds if math.isfinite(s)]
