"""An exercise as a camera and its pose model read it: its clinical limits on the sensor's scale."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from formcheck.engine.body.view import View
from formcheck.exercises.schema import Cycle, Exercise, TempoRule
from formcheck.exercises.tables import Limit, Measure
from formcheck.sensor import SensorProfile
from formcheck.sensor.correction import Correction, Of

T = TypeVar("T", Cycle, Limit, TempoRule)

#: Statistics that tell how far a value moves, whatever its level.
_CHANGES = ("range", "drift")
_BROKEN = ("warn", "error")


def as_read(exercise: Exercise, sensor: SensorProfile, view: View | None = None) -> Exercise:
    """The exercise with every limit, typical range, level of counting and time as the sensor shows it.

    Values are compared on the sensor's scale, and reports show both: what was read, and this limit.

    Parameters
    ----------
    view : how the body is seen; without it everything is read in the first view that shows it.
    """
    return exercise.model_copy(
        update={
            "cycle": cycles_as_read(exercise, sensor, view),
            "measure": {n: _measure(m, exercise, sensor, view) for n, m in exercise.measure.items()},
            "tempo": {n: _tempo(t, exercise, sensor) for n, t in exercise.tempo.items()},
        }
    )


def cycles_as_read(exercise: Exercise, sensor: SensorProfile, view: View | None = None) -> tuple[Cycle, ...]:
    """What is counted, alone, as `as_read` has it."""
    return tuple(_cycle(cycle, exercise, sensor, view) for cycle in exercise.cycle)


def correction_of(
    measure: Measure, exercise: Exercise, sensor: SensorProfile, view: View | None = None
) -> Correction:
    """What the sensor is known to make of a measure's signal in this posture, seen so."""
    seen = _read_in(measure.seen_from, view)
    return sensor.correction(measure.signal, taken(measure), seen, measure.posture or exercise.posture)


def taken(measure: Measure) -> Of:
    """Whether a measure is of a value as it stands, of one against another, or of how fast it changes."""
    if measure.take == "speed":
        return "speed"
    return "change" if measure.against is not None or measure.take in _CHANGES else "level"


def _measure(measure: Measure, exercise: Exercise, sensor: SensorProfile, view: View | None) -> Measure:
    found = correction_of(measure, exercise, sensor, view)
    usual = measure.usual
    return measure.model_copy(
        update={
            "low": measure.low and _moved(measure.low, _BROKEN, found.low),
            "high": measure.high and _moved(measure.high, _BROKEN, found.high),
            "usual": usual and (found.value(usual[0]), found.value(usual[1])),
        }
    )


def _cycle(cycle: Cycle, exercise: Exercise, sensor: SensorProfile, view: View | None) -> Cycle:
    if cycle.signal is None:
        return cycle
    seen, posture = _read_in(cycle.views, view), exercise.posture
    level, change = (sensor.correction(cycle.signal, of, seen, posture) for of in ("level", "change"))
    cycle = _moved(cycle, ("rest", "full"), (change if cycle.relative else level).value)
    return _moved(cycle, ("target", "min_range"), change.value)


def _tempo(rule: TempoRule, exercise: Exercise, sensor: SensorProfile) -> TempoRule:
    """Halves as they are timed; all cycles of an exercise are timed like its first."""
    if rule.half == "peak":
        return rule
    signal = exercise.cycle[0].signal
    return _moved(rule, _BROKEN, lambda half_s: sensor.timing.timed(half_s, signal))


def _read_in(views: tuple[str, ...], view: View | None) -> str:
    """The view, of those that show something, in which it is read."""
    seen = (view.name, view.also) if view else ()
    return next((name for name in seen if name in views), views[0])


def _moved(table: T, keys: Iterable[str], to: Callable[[float], float]) -> T:
    """A table with some of its numbers elsewhere; those that it has not stay away."""
    numbers = {key: getattr(table, key) for key in keys}
    return table.model_copy(update={key: to(x) for key, x in numbers.items() if x is not None})
