"""Small drawings of a run as plain geometry; the template sets it as SVG, the style sheet colours it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.outputs import words
from formcheck.outputs.run_units import Units
from formcheck.types import Trace
from formcheck.types.gait import Curve

Floats = NDArray[np.floating]
Known = Iterable[float | None]

#: The canvas and the part of it that is drawn on: left, top, right, bottom.
WIDTH, HEIGHT = 360, 150
LEFT, TOP, RIGHT, BOTTOM = 38, 16, 342, 126
_MOST_TICKS = 4
_CLOCK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MEDIAN_OF = 5  # strides, as wide as a drift's blocks
_ROOM = 0.08  # above and below what is drawn
_STRAY = (0.5, 99.5)  # percentiles: a few stray points need not be on the drawing


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing: its words, and shapes in pixels of the canvas.

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


@dataclass(frozen=True, slots=True)
class _Plane:
    """From values to pixels."""

    x0: float
    x1: float
    low: float
    high: float

    def x(self, value: Floats | float) -> Floats:
        return LEFT + (np.asarray(value) - self.x0) / (self.x1 - self.x0) * (RIGHT - LEFT)

    def y(self, value: Floats | float) -> Floats:
        return BOTTOM - (np.asarray(value) - self.low) / (self.high - self.low) * (BOTTOM - TOP)


def curve_chart(curve: Curve, contact: tuple[float, float] | None, units: Units) -> Chart | None:
    """A signal over the mean stride with its spread; None if nothing of it was seen."""
    low, high = curve.mean - curve.spread, curve.mean + curve.spread
    seen = curve.mean[np.isfinite(curve.mean)]
    if not len(seen):
        return None
    plane = _plane(0.0, 1.0, [*low[np.isfinite(low)], *high[np.isfinite(high)], *seen])
    share = np.linspace(0, 1, len(curve.mean))
    ends = " and ".join(units.quantity(float(x), curve.unit) for x in (seen.min(), seen.max()))
    x0, x1 = (float(plane.x(at)) for at in contact or (0.0, 0.0))
    return Chart(
        words.sentence(words.short(curve.what) or words.plain(curve.id)),
        units.axis(curve.unit),
        f"Between {ends} over the stride, the mean of {words.count(curve.n, 'stride')}.",
        path(plane.x(share), plane.y(curve.mean)),
        [(float(plane.x(at)), f"{at:.0%}".replace("%", " %")) for at in (0.0, 0.25, 0.5, 0.75, 1.0)],
        _ticks_y(plane, curve.unit, units),
        band=_band(plane.x(share), plane.y(low), plane.y(high)),
        shades=((x0, x1 - x0, "on the ground"),) if contact else (),
    )


def trace_chart(trace: Trace, spans: Sequence[tuple[float, float]], units: Units) -> Chart | None:
    """A number of every stride over the clip, and their running median; None if nothing of it was seen."""
    seen = np.isfinite(trace.value)
    if not seen.any():
        return None
    t, value = trace.t[seen], trace.value[seen]
    limits = [*trace.warn, *trace.error]
    plane = _plane(float(t[0]), float(t[-1]), [*np.percentile(value, _STRAY), *limits])
    inside = (value >= plane.low) & (value <= plane.high)
    ends = " and ".join(units.quantity(float(x), trace.unit) for x in (value.min(), value.max()))
    return Chart(
        words.sentence(words.short(trace.what) or words.plain(trace.id)),
        units.axis(trace.unit),
        f"{words.count(len(value), 'stride')}, between {ends}.",
        path(plane.x(trace.t), plane.y(np.clip(running_median(trace.value), plane.low, plane.high))),
        [(float(plane.x(s)), words.clock(s)) for s in times(plane.x0, plane.x1)],
        _ticks_y(plane, trace.unit, units),
        dots="".join(
            f"M{x:.0f} {y:.0f}h0" for x, y in zip(plane.x(t[inside]), plane.y(value[inside]), strict=True)
        ),
        shades=_thirds(plane, spans),
        limits=tuple(
            (float(plane.y(y)), level)
            for level, pair in (("warn", trace.warn), ("error", trace.error))
            for y in _known(pair)
        ),
        fine=_fine(plane, trace.warn),
    )


def running_median(value: Floats, width: int = _MEDIAN_OF) -> Floats:
    """The median of ``width`` values around each, of fewer at the ends; NaN are passed over."""
    half = width // 2
    return np.array([_median(value[max(0, i - half) : i + half + 1]) for i in range(len(value))])


def path(x: Floats, y: Floats) -> str:
    """A line through the points, broken where one is not finite."""
    return "".join("M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in run) for run in _runs(x, y))


def ticks(low: float, high: float) -> list[float]:
    """A few round numbers from ``low`` to ``high``."""
    rough = (high - low) / _MOST_TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    return _multiples(low, high, next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= rough))


def times(start_s: float, end_s: float) -> list[float]:
    """A few round times from start to end, seconds."""
    fitting = (s for s in _CLOCK_STEPS if (end_s - start_s) / s <= _MOST_TICKS)
    return _multiples(start_s, end_s, next(fitting, _CLOCK_STEPS[-1]))


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [i * step for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _median(part: Floats) -> float:
    seen = part[np.isfinite(part)]
    return float(np.median(seen)) if len(seen) else math.nan


def _runs(*columns: Floats) -> list[Floats]:
    """The rows (n, columns) of each stretch in which all are finite."""
    rows = np.stack(columns, axis=-1)
    edges = np.flatnonzero(np.diff(np.r_[0, np.isfinite(rows).all(axis=1).astype(int), 0]))
    return [rows[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _band(x: Floats, low: Floats, high: Floats) -> str:
    outlines = (np.r_[run[:, [0, 2]], run[::-1, :2]] for run in _runs(x, low, high))
    return "".join(path(outline[:, 0], outline[:, 1]) + "z" for outline in outlines)


def _known(values: Known) -> list[float]:
    return [float(x) for x in values if x is not None and math.isfinite(x)]


def _plane(x0: float, x1: float, values: Known) -> _Plane:
    known = _known(values)
    low, high = min(known), max(known)
    room = _ROOM * (high - low) or max(abs(high), 1.0) * _ROOM
    return _Plane(x0, max(x1, x0 + 0.1), low - room, high + room)


def _ticks_y(plane: _Plane, unit: str, units: Units) -> list[tuple[float, str]]:
    times = units.factor(unit)
    shown = ticks(plane.low * times, plane.high * times)
    return [(float(plane.y(v / times)), f"{v:g}".replace("-", "−")) for v in shown]


def _thirds(plane: _Plane, spans: Sequence[tuple[float, float]]) -> tuple[tuple[float, float, str], ...]:
    ends = [np.clip(plane.x(np.array(span)), LEFT, RIGHT) for span in spans]
    return tuple(
        (float(a), float(b - a), label) for (a, b), label in zip(ends, ("early", "late"), strict=False)
    )


def _fine(plane: _Plane, warn: tuple[float | None, float | None]) -> tuple[float, float] | None:
    if not _known(warn):
        return None
    bottom = BOTTOM if warn[0] is None else float(plane.y(warn[0]))
    top = TOP if warn[1] is None else float(plane.y(warn[1]))
    return top, bottom - top
