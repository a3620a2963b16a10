"""One-Euro filter over all landmarks at once (Casiez et al., CHI 2012)."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from formcheck.engine.body.landmarks import Points

#: After a gap this long the filter starts anew: what it remembers is no longer about this movement.
FORGET_S = 0.2


@dataclass(slots=True)
class OneEuro:
    """Smooths slow movement strongly and fast movement hardly.

    MediaPipe's VIDEO mode already smooths, so the defaults are light: 1.5 Hz at rest, 3.5 Hz at one unit per
    second, no noticeable lag at eight (specification 1.10).
    """

    min_cutoff_hz: float = 1.5
    beta: float = 2.0
    d_cutoff_hz: float = 1.0
    _t: float = -np.inf
    _x: Points | None = None
    _dx: Points | None = field(default=None)

    def step(self, t: float, x: Points) -> Points:
        """Filter points (33,) in body lengths; NaN passes through and is not remembered."""
        if self._x is None or self._dx is None or t - self._t > FORGET_S:
            self._t, self._x, self._dx = t, x.copy(), np.zeros_like(x)
            return x
        if np.isnan(x).all():
            return x
        dt = t - self._t
        hidden = np.isnan(x)
        previous = np.where(np.isnan(self._x), x, self._x)
        step = np.where(hidden, 0.0, x - previous)
        speed = self._dx + _alpha(self.d_cutoff_hz, dt) * (step / dt - self._dx)
        cutoff = self.min_cutoff_hz + self.beta * np.abs(speed)
        smoothed = previous + step * _alpha(cutoff, dt)
        self._x, self._dx, self._t = smoothed, speed, t
        return np.where(hidden, x, smoothed)


def _alpha(cutoff_hz: Any, dt: float) -> Any:
    r = 2.0 * np.pi * cutoff_hz * dt
    return r / (r + 1.0)
