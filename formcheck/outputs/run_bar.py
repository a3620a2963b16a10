"""A number on its range: what is wanted, what was measured, how it spread, and the worst."""

from dataclasses import dataclass

from formcheck.outputs.run_sentences import finite
from formcheck.outputs.run_units import Units
from formcheck.types import Metric

#: The canvas; the range reaches over its width but for an edge, in which labels have room.
WIDTH, EDGE = 320, 24
_ROOM = 0.15  # beside the outermost number


@dataclass(frozen=True, slots=True)
class Bar:
    """Places in pixels from the left: ``wanted`` and ``spread`` (from, width), limits with their labels."""

    value: float
    worst: float
    wanted: tuple[float, float]
    spread: tuple[float, float] | None
    limits: list[tuple[float, str]]


def bar(metric: Metric, worst: float, units: Units) -> Bar | None:
    """The number of a fault on its range; None without a number or a limit."""
    value, limits = metric.value, [x for x in metric.limits if x is not None]
    if value is None or not finite(value) or not finite(worst) or not limits:
        return None
    half = metric.spread / 2 if metric.spread is not None and finite(metric.spread) else 0.0
    known = [value - half, value + half, worst, *limits, *(metric.usual or ())]
    low, high = min(known), max(known)
    room = _ROOM * (high - low) or 1.0
    low, high = low - room, high + room

    def at(x: float | None, otherwise: float) -> float:
        return otherwise if x is None else EDGE + (x - low) / (high - low) * (WIDTH - 2 * EDGE)

    left, right = at(metric.limits[0], 0.0), at(metric.limits[1], WIDTH)
    ends = at(value - half, 0.0), at(value + half, 0.0)
    return Bar(
        at(value, 0.0),
        at(worst, 0.0),
        (left, right - left),
        (ends[0], ends[1] - ends[0]) if half else None,
        [(at(x, 0.0), units.limit(x, metric.unit)) for x in limits],
    )
