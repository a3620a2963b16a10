"""The stride of a run, averaged as it goes: curves with their spread, and the body in each phase."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.calibrate import Calibration
from formcheck.engine.gait.recent import BodyWindow, Side
from formcheck.engine.gait.strides import Stride
from formcheck.signals.registry import reading
from formcheck.signals.rows import Rows
from formcheck.types.gait import Curve, MeanStride
from formcheck.types.landmark import COUNT, INDEX

#: How finely a stride is shown: every 2.5 % of it.
PHASES = 41
#: Fewer strides than this are no mean.
LEAST = 5


class _Sums:
    """Mean and standard deviation of arrays as they come, each cell over what was seen of it."""

    def __init__(self, shape: tuple[int, ...], kind: type) -> None:
        self.n = np.zeros(shape, int)
        self._sum: NDArray[Any] = np.zeros(shape, kind)
        self._squares = np.zeros(shape)

    def add(self, x: NDArray[Any]) -> None:
        seen = np.isfinite(x)
        self.n += seen
        self._sum += np.where(seen, x, 0)
        self._squares += np.where(seen, np.abs(x) ** 2, 0)

    @property
    def mean(self) -> NDArray[Any]:
        """NaN where too few were seen."""
        return np.where(self.n >= LEAST, self._sum / np.maximum(self.n, 1), np.nan)

    @property
    def spread(self) -> NDArray[np.floating]:
        """Standard deviation."""
        variance = self._squares / np.maximum(self.n, 1) - np.abs(self.mean) ** 2
        spread: NDArray[np.floating] = np.sqrt(np.maximum(variance, 0.0))
        return spread


class StrideMean:
    """Takes every stride of a run and yields the mean one.

    Parameters
    ----------
    signals : what to draw curves of; those that the view cannot show are left out.
    leads : the leg that lands first in it.
    """

    def __init__(self, signals: Sequence[str], calibration: Calibration, leads: Side) -> None:
        shown = [s for s in signals if calibration.view.shows(reading(s).views)]
        self._rows = Rows(shown, calibration.near_side)
        self._facing, self._leads = calibration.facing, leads
        self._curves = _Sums((len(self._rows.names), PHASES), float)
        self._bodies = _Sums((PHASES, COUNT), complex)
        self._contacts = _Sums((2,), float)

    def add(self, body: BodyWindow, stride: Stride) -> None:
        """One more stride; passed over if the other leg leads, or none lands though its foot is seen."""
        first = stride.contacts[0]
        if first is None or first.side != self._leads:
            return
        if np.isnan(first.on_s) and stride.seen[INDEX[f"{first.side}_toe"]]:
            return
        start, end = stride.flight_peaks[0], stride.flight_peaks[2]
        at = np.clip(np.searchsorted(body.t, np.linspace(start, end, PHASES)), 0, len(body.t) - 1)
        points = body.points[at]
        columns = self._rows(points, self._facing, body.scale)
        self._curves.add(np.array(columns).reshape(len(self._rows.names), PHASES))
        self._bodies.add((points - body.middle("hip")[at][:, None]) / body.scale)
        self._contacts.add((np.array([first.on_s, first.off_s]) - start) / (end - start))

    def result(self) -> MeanStride | None:
        """The mean stride; None with too few."""
        if int(self._contacts.n.max()) < LEAST and int(self._bodies.n.max()) < LEAST:
            return None
        means, spreads, n = self._curves.mean, self._curves.spread, self._curves.n
        found = [reading(name) for name in self._rows.names]
        curves = tuple(
            Curve(name, s.doc, s.unit, means[i], spreads[i], int(n[i].max()))
            for i, (name, s) in enumerate(zip(self._rows.names, found, strict=True))
            if np.isfinite(means[i]).any()
        )
        on, off = (float(x) for x in self._contacts.mean)
        contact = (on, off) if np.isfinite(on + off) else None
        return MeanStride(curves, self._bodies.mean, contact, self._leads)
