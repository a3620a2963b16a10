"""The mean of both sides, which does not jump when one of them is seen on and off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

#: A side that was missing counts again once it has been seen throughout for this long, s. Judgement: arms at
#: the picture's edge come and go in bursts of up to half a second.
SETTLED_S = 2.0
_BOTH, _SIDES = ".both", (".left", ".right")


def with_sides(names: Iterable[str]) -> tuple[str, ...]:
    """The names, and what the means of both sides among them are made of."""
    names = tuple(names)
    return (*names, *(side for name in names for side in _sides_of(name)))


def _sides_of(name: str) -> tuple[str, ...]:
    base = name.removesuffix(_BOTH)
    return () if base == name else tuple(base + side for side in _SIDES)


@dataclass(slots=True)
class _Mean:
    """One signal's mean of the ``settled`` sides; each was ``missing_s`` last while the other was seen."""

    settled: tuple[bool, ...] = ()
    missing_s: tuple[float, ...] = (-np.inf, -np.inf)

    def over(self, t: Floats, sides: tuple[Floats, ...]) -> Floats:
        """The mean at each of the next frames."""
        if all(t[0] - s >= SETTLED_S for s in self.missing_s) and np.isfinite(sides).all():
            self.settled = (True,) * len(sides)
            mean: Floats = np.mean(sides, axis=0)
            return mean
        pairs = zip(*(side.tolist() for side in sides), strict=True)
        return np.array([self._step(s, values) for s, values in zip(t.tolist(), pairs, strict=True)])

    def _step(self, t: float, values: tuple[float, ...]) -> float:
        had = [x == x for x in values]
        if not any(had):
            return np.nan
        self.missing_s = tuple(s if x else t for s, x in zip(self.missing_s, had, strict=True))
        steady = tuple(t - s >= SETTLED_S for s in self.missing_s)
        if any(steady):
            self.settled = steady
        of = [x for x, counts in zip(values, self.settled, strict=True) if counts]
        return sum(of) / len(of)


@dataclass(slots=True)
class BothSides:
    """Remembers of which sides each mean is made: of those that are seen throughout."""

    _means: dict[str, _Mean] = field(default_factory=dict)

    def over(self, t: Floats, rows: Mapping[str, Floats]) -> dict[str, Floats]:
        """Signals (n,) of the next frames, `with_sides`, with their means of both sides.

        A mean is NaN where a side that counts is hidden.
        """
        means = {
            name: self._means.setdefault(name, _Mean()).over(t, tuple(rows[side] for side in sides))
            for name in rows
            if (sides := _sides_of(name)) and len(t)
        }
        return {**rows, **means}
