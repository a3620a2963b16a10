"""Charts of a run: a signal over the mean stride, a number over the clip."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.outputs import words
from formcheck.outputs.chart import STRAY, Plane, PlotArea, band, dots, known, path, times
from formcheck.outputs.run_units import Units
from formcheck.types import Trace
from formcheck.types.gait import Bounds, Curve

Floats = NDArray[np.floating]

FRAME = PlotArea(width=360, height=150, left=38, top=16, right=342, bottom=126)
_MEDIAN_OF = 5  # strides, as wide as a drift's blocks
_LEAST_S = 0.1  # a clip of one stride has a width all the same


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing: its words, and shapes in pixels of the `FRAME`.

    ``ticks_x`` and ``ticks_y`` are places and labels, ``shades`` (from, width, label), ``limits`` heights and
    levels, ``fine`` top and height of the range without a warning.
    """

    title: str
    unit: str
    alt: str
    line: str
    ticks_x: list[tuple[float, str]]
    ticks_y: list[tuple[float, str]]
    band: str = ""
    dots: str = ""
    shades: tuple[tuple[float, float, str], ...] = ()
    limits: tuple[tuple[float, str], ...] = ()
    fine: tuple[float, float] | None = None


def curve_chart(curve: Curve, contact: tuple[float, float] | None, units: Units) -> Chart | None:
    """A signal over the mean stride with its spread; None if nothing of it was seen."""
    low, high = curve.mean - curve.spread, curve.mean + curve.spread
    seen = curve.mean[np.isfinite(curve.mean)]
    if not len(seen):
        return None
    plane = Plane.around(FRAME, 0.0, 1.0, [*low, *high, *seen])
    x = plane.x(np.linspace(0, 1, len(curve.mean)))
    return Chart(
        words.sentence(words.short(curve.what) or words.plain(curve.id)),
        units.axis(curve.unit),
        f"Between {_ends(seen, curve.unit, units)} over the stride, "
        f"the mean of {words.count(curve.n, 'stride')}.",
        path(x, plane.y(curve.mean)),
        [(float(plane.x(at)), f"{at:.0%}".replace("%", " %")) for at in (0.0, 0.25, 0.5, 0.75, 1.0)],
        plane.ticks_y(units.factor(curve.unit)),
        band=band(x, plane.y(low), plane.y(high)),
        shades=(_shade(plane, contact, "on the ground"),) if contact else (),
    )


def trace_chart(trace: Trace, spans: Sequence[tuple[float, float]], units: Units) -> Chart | None:
    """A number of every stride over the clip, and their running median; None if nothing of it was seen."""
    seen = np.isfinite(trace.value)
    if not seen.any():
        return None
    t, value = trace.t[seen], trace.value[seen]
    start, end = float(t[0]), max(float(t[-1]), float(t[0]) + _LEAST_S)
    plane = Plane.around(FRAME, start, end, [*np.percentile(value, STRAY), *trace.warn, *trace.error])
    inside = (value >= plane.low) & (value <= plane.high)
    return Chart(
        words.sentence(words.short(trace.what) or words.plain(trace.id)),
        units.axis(trace.unit),
        f"{words.count(len(value), 'stride')}, between {_ends(value, trace.unit, units)}.",
        path(plane.x(trace.t), plane.y(np.clip(running_median(trace.value), plane.low, plane.high))),
        [(float(plane.x(s)), words.clock(s)) for s in times(plane.x0, plane.x1)],
        plane.ticks_y(units.factor(trace.unit)),
        dots=dots(plane.x(t[inside]), plane.y(value[inside]), decimals=0),
        shades=tuple(
            _shade(plane, (max(a, start), min(b, end)), label)
            for (a, b), label in zip(spans, ("early", "late"), strict=False)
        ),
        limits=tuple(
            (float(plane.y(y)), level)
            for level, pair in (("warn", trace.warn), ("error", trace.error))
            for y in known(pair)
        ),
        fine=_fine(plane, trace.warn),
    )


def running_median(value: Floats, width: int = _MEDIAN_OF) -> Floats:
    """The median of ``width`` values around each, of fewer at the ends; NaN are passed over."""
    half = width // 2
    return np.array([_median(value[max(0, i - half) : i + half + 1]) for i in range(len(value))])


def _median(part: Floats) -> float:
    seen = part[np.isfinite(part)]
    return float(np.median(seen)) if len(seen) else math.nan


def _ends(seen: Floats, unit: str, units: Units) -> str:
    return " and ".join(units.quantity(float(x), unit) for x in (seen.min(), seen.max()))


def _shade(plane: Plane, span: tuple[float, float], label: str) -> tuple[float, float, str]:
    a, b = (float(plane.x(at)) for at in span)
    return a, b - a, label


def _fine(plane: Plane, warn: Bounds) -> tuple[float, float] | None:
    if not known(warn):
        return None
    bottom = FRAME.bottom if warn[0] is None else float(plane.y(warn[0]))
    top = FRAME.top if warn[1] is None else float(plane.y(warn[1]))
    return top, bottom - top
