"""What a pose model makes of each limit, in words: where the model shows it, and how that is known."""

from formcheck.engine.as_read import as_read, correction_of
from formcheck.exercises import Exercise, Limit, Measure, StrideNumber
from formcheck.outputs import words
from formcheck.outputs.guide.phrases import exact
from formcheck.sensor import Correction, SensorProfile


def shown(e: Exercise, sensor: SensorProfile) -> list[str]:
    """A line for each of ``Exercise.limits``; empty where nobody measured how well the model shows it."""
    pairs = zip(e.limits(), as_read(e, sensor).limits(), strict=True)
    return [_line(e, sensor, limited, limit, moved) for (_, limited, limit, _), (_, _, moved, _) in pairs]


def _line(
    e: Exercise, sensor: SensorProfile, limited: Measure | StrideNumber, limit: Limit, moved: Limit
) -> str:
    if isinstance(limited, StrideNumber):
        return "Limits stand as they are: it is taken from the times of the steps."
    found = correction_of(limited, e, sensor)
    if found not in sensor.signal:
        return ""
    return _levels(limit, moved, limited.unit) + _evidence(found, limited.unit)


def _levels(limit: Limit, moved: Limit, unit: str) -> str:
    pairs = [(limit.warn, moved.warn), (limit.error, moved.error)]
    shown = [f"{exact(a, unit)} as {exact(b, unit)}" for a, b in pairs if a is not None and a != b]
    return f"It shows {', '.join(shown)}. " if shown else "Limits stand as they are. "


def _evidence(found: Correction, unit: str) -> str:
    if found.sd is None or found.n is None:
        return found.evidence
    return f"{found.evidence} Spread ±{exact(found.sd, unit)} over {words.count(found.n, 'clip')}."
