"""What 0.6.0 smoothed all bodies with: a One-Euro filter over all landmarks (Casiez et al., CHI 2012)."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.types.body import Points

Floats = NDArray[np.floating]

#: After a gap this long the filter starts anew: what it remembers is no longer about this movement.
FORGET_S = 0.2


@dataclass(slots=True)
class OneEuro:
    """Smooths slow movement strongly and fast movement hardly; its numbers are those of 0.6.0."""

    min_cutoff_hz: float = 1.5
    beta: float = 2.0
    d_cutoff_hz: float = 1.0
    _t: float = -np.inf
    _x: Points = field(default_factory=lambda: np.zeros(0, np.complex128))
    _dx: Points = field(default_factory=lambda: np.zeros(0, np.complex128))
    _whole: bool = False

    def over(self, t: Floats, x: Points) -> Points:
        """Filter points (n, L) in trunk lengths; NaN passes through and is not remembered."""
        out = x.copy()
        hidden: NDArray[np.bool_] = np.isnan(x)
        whole = hidden.sum(axis=1) == 0
        for i, now in enumerate(t.tolist()):
            if now - self._t > FORGET_S:
                self._x, self._dx, self._whole = x[i], np.zeros_like(x[i]), bool(whole[i])
            elif whole[i] and self._whole:
                out[i] = self._x = self._after(self._x, x[i] - self._x, now - self._t)
            elif hidden[i].all():
                continue
            else:
                out[i] = self._partly(x[i], now - self._t)
                self._whole = bool(whole[i]) or self._whole
            self._t = now
        return out

    def _partly(self, x: Points, dt: float) -> Points:
        """The frame where landmarks are hidden in it, or were until now."""
        hidden = np.isnan(x)
        last = np.where(np.isnan(self._x), x, self._x)
        self._x = self._after(last, np.where(hidden, 0.0, x - last), dt)
        return np.where(hidden, x, self._x)

    def _after(self, last: Points, step: Points, dt: float) -> Points:
        self._dx = self._dx + _alpha(self.d_cutoff_hz, dt) * (step / dt - self._dx)
        cutoff = self.min_cutoff_hz + self.beta * np.abs(self._dx)
        after: Points = last + step * _alpha(cutoff, dt)
        return after


def _alpha(cutoff_hz: Any, dt: float) -> Any:
    r = 2.0 * np.pi * cutoff_hz * dt
    return r / (r + 1.0)
