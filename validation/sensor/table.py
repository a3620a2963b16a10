"""Rows of clips become figures of a way: means over clips, against those of 0.6.0, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from validation.sensor.rows import Scored
from validation.sensor.sights import OLD

Array = NDArray[np.float64]

#: Draws of clips with putting back, for intervals of 95 %.
DRAWS = 2000


@dataclass(frozen=True)
class Ratio:
    """A figure against another, and between what it lies by clips drawn again."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


class Of:
    """The rows of one sight, and those of 0.6.0 on the same clips."""

    def __init__(self, rows: Sequence[Scored], sight: str) -> None:
        old = {row.clip: row for row in rows if row.sight == OLD}
        self.rows = [row for row in rows if row.sight == sight and row.clip in old]
        self.old = [old[row.clip] for row in self.rows]
        self.n = len(self.rows)

    def mean(self, name: str) -> float:
        """Mean over clips of a figure of `Row`; NaN where no clip has it."""
        values = self._values(self.rows, name)
        return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")

    def ratio(self, name: str) -> Ratio:
        """The mean of a figure over that of 0.6.0."""
        return _ratio(self._values(self.rows, name), self._values(self.old, name))

    def price(self) -> Ratio:
        """CPU a frame over that of `full` on every frame."""
        cost = np.array([row.cpu_ms for row in self.rows])
        base = cost / np.array([row.price for row in self.rows])
        return _ratio(cost, base)

    def lag(self, share: float) -> float:
        """A quantile over all moving joints of all clips, ms."""
        lags = [lag for row in self.rows for lag in row.row.lags]
        return float(np.quantile(lags, share)) if lags else float("nan")

    def kept(self) -> tuple[float, int]:
        """Of the landmarks said to be near, the share that is, and how many were said to be."""
        said, kept = (sum(getattr(row.row, name) for row in self.rows) for name in ("said", "kept"))
        return (kept / said if said else float("nan")), said

    @staticmethod
    def _values(rows: Sequence[Scored], name: str) -> Array:
        return np.array([getattr(row.row, name) for row in rows], float)


def _ratio(above: Array, below: Array) -> Ratio:
    known = np.isfinite(above) & np.isfinite(below)
    above, below = above[known], below[known]
    if not len(above):
        return Ratio(*[float("nan")] * 3)
    drawn = np.random.default_rng(0).integers(0, len(above), (DRAWS, len(above)))
    ratios = above[drawn].mean(axis=1) / below[drawn].mean(axis=1)
    low, high = np.quantile(ratios, [0.025, 0.975])
    return Ratio(float(above.mean() / below.mean()), float(low), float(high))
