"""What the plots of a session show: the cycle, and every measure that could be read."""

import numpy as np

from formcheck.engine.analyser import Outcome
from formcheck.engine.gait.run import Run
from formcheck.engine.gait.stride_judge import BLOCK
from formcheck.engine.judge.judge import WEAK
from formcheck.engine.judge.measure import PreparedCheck
from formcheck.exercises.schema import Exercise
from formcheck.exercises.tables import Measure
from formcheck.signals.registry import reading
from formcheck.types.gait import Bounds
from formcheck.types.session import Trace


def traces(outcome: Outcome, run: Run | None) -> tuple[Trace, ...]:
    """The cycle frame by frame, then the measures: frame by frame, of a ``run`` stride by stride.

    Of a runner whose steps cannot be seen there are none.
    """
    curves: list[dict[bool, PreparedCheck]] = []
    for check in outcome.judge.checks:
        noted = run or (isinstance(check.measure, Measure) and check.measure.signal in outcome.track.column)
        if noted and check.blocked is None and check.measure.take != "speed":
            _add(check, curves)
    found = _cycle(outcome)
    found += [
        _of_strides(run, outcome.exercise, sides) if run else _of_frames(outcome, sides) for sides in curves
    ]
    return tuple(t for t in found if np.isfinite(t.value).any())


def _add(check: PreparedCheck, curves: list[dict[bool, PreparedCheck]]) -> None:
    """Put a limit to the other one of its measure, or of its check where that reads the same signal."""
    for sides in curves:
        if any(_same_curve(check, other) for other in sides.values()):
            sides[check.upper] = check
            return
    curves.append({check.upper: check})


def _same_curve(a: PreparedCheck, b: PreparedCheck) -> bool:
    if not (isinstance(a.measure, Measure) and isinstance(b.measure, Measure)) or a.measure is b.measure:
        return a.measure is b.measure
    return (a.id, a.measure.signal, a.measure.against) == (b.id, b.measure.signal, b.measure.against)


def _cycle(outcome: Outcome) -> list[Trace]:
    cycle, track = outcome.calibration.cycle, outcome.track
    if cycle is None or not cycle.is_excursion or not cycle.signal:
        return []
    signal = reading(cycle.signal)
    full = None if cycle.relative else cycle.full
    return [Trace("cycle", signal.doc, signal.unit, track.t, track.values(WEAK + cycle.signal), full=full)]


def _of_frames(outcome: Outcome, sides: dict[bool, PreparedCheck]) -> Trace:
    check = next(iter(sides.values()))
    measure = check.pose_measure
    x = outcome.track.values(measure.signal)
    first = x[: max(1, len(x) // 10)]
    if (measure.against is not None or measure.take == "drift") and np.isfinite(first).any():
        x = x - np.nanmedian(first)
    warn, error = _levels(sides)
    name = outcome.exercise.name_of(measure)
    return Trace(check.id, measure.what, check.unit, outcome.track.t, x, warn, error, measure=name)


def _of_strides(run: Run, exercise: Exercise, sides: dict[bool, PreparedCheck]) -> Trace:
    check = next(iter(sides.values()))
    name = exercise.name_of(check.measure)
    t = np.array([s.at_s for s in run.strides])
    x = np.array([s.values[name] for s in run.strides])
    if isinstance(check.measure, Measure) and check.measure.against == "start":
        x = x - np.nanmedian(x[:BLOCK]) if np.isfinite(x[:BLOCK]).any() else x
    warn, error = _levels(sides)
    return Trace(check.id, check.measure.what, check.unit, t, x, warn, error, measure=name)


def _levels(sides: dict[bool, PreparedCheck]) -> tuple[Bounds, Bounds]:
    """Warn and error limits, each (low, high)."""
    limits = [sides[up].limit if up in sides else None for up in (False, True)]
    warn = tuple(limit.warn if limit else None for limit in limits)
    error = tuple(limit.error if limit else None for limit in limits)
    return warn, error  # type: ignore[return-value]
