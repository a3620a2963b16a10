"""What all charts share: from values to pixels, round ticks, lines and dots as plain geometry for SVG."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Known = Iterable[float | None]

#: Percentiles between which a chart shows all: a few stray points need not be on it.
STRAY = (0.5, 99.5)
_MOST_TICKS = 4
_CLOCK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_ROOM = 0.08  # above and below what is drawn


@dataclass(frozen=True, slots=True)
class PlotArea:
    """A chart's size and the part that is drawn on, pixels; points keep ``inset`` off the part's sides."""

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int
    inset: float = 0.0


@dataclass(frozen=True, slots=True)
class Plane:
    """From values to pixels of a frame; where ``x0`` and ``x1`` are one, to its middle."""

    frame: PlotArea
    x0: float
    x1: float
    low: float
    high: float

    @classmethod
    def around(cls, frame: PlotArea, x0: float, x1: float, values: Known) -> "Plane":
        """With some room above and below the values; of none, from 0 to 1."""
        low, high = reach(values)
        room = _ROOM * (high - low) or max(abs(high), 1.0) * _ROOM
        return cls(frame, x0, x1, low - room, high + room)

    def x(self, value: Floats | float) -> Floats:
        """Pixels from the left."""
        f, span = self.frame, self.x1 - self.x0
        share = (np.asarray(value) - self.x0) / span if span else np.full(np.shape(value), 0.5)
        return f.left + f.inset + share * (f.right - f.left - 2 * f.inset)

    def y(self, value: Floats | float) -> Floats:
        """Pixels from the top."""
        f = self.frame
        return f.bottom - (np.asarray(value) - self.low) / (self.high - self.low) * (f.bottom - f.top)

    def ticks_y(self, times: float) -> list[tuple[float, str]]:
        """Heights and labels of round numbers; a value is shown ``times`` itself."""
        shown = ticks(self.low * times, self.high * times)
        return [(float(self.y(v / times)), tick_label(v)) for v in shown]


def known(values: Known) -> list[float]:
    """The finite ones."""
    return [float(x) for x in values if x is not None and math.isfinite(x)]


def reach(values: Known) -> tuple[float, float]:
    """The least and the most of what is finite; 0 and 1 where nothing is."""
    finite = known(values) or [0.0, 1.0]
    return min(finite), max(finite)


def tick_label(value: float) -> str:
    """A tick's number, with a minus that is as wide as a plus."""
    return f"{value:g}".replace("-", "−")


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


def path(x: Floats, y: Floats) -> str:
    """A line through the points, broken where one is not finite."""
    return "".join("M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in run) for run in _runs(x, y))


def band(x: Floats, low: Floats, high: Floats) -> str:
    """An area between two lines, broken as a `path` is."""
    outlines = (np.r_[run[:, [0, 2]], run[::-1, :2]] for run in _runs(x, low, high))
    return "".join(path(outline[:, 0], outline[:, 1]) + "z" for outline in outlines)


def dots(x: Floats, y: Floats, decimals: int = 1) -> str:
    """Lines of no length, which a round cap makes dots."""
    return "".join(f"M{a:.{decimals}f} {b:.{decimals}f}h0" for a, b in zip(x, y, strict=True))


def _runs(*columns: Floats) -> list[Floats]:
    """The rows (n, columns) of each stretch in which all are finite."""
    rows = np.stack(columns, axis=-1)
    edges = np.flatnonzero(np.diff(np.r_[0, np.isfinite(rows).all(axis=1).astype(int), 0]))
    return [rows[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
