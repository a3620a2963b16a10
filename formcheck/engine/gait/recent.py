"""The last seconds of a runner's body, on an even clock and without lag."""

from collections import deque
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np
import scipy  # its parts load when they are first used: only running pays for them
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import masked
from formcheck.engine.body.scale import FOLLOW_S
from formcheck.engine.gait.rhythm import RATE_HZ
from formcheck.types.body import Points
from formcheck.types.landmark import INDEX, MIRROR

Floats = NDArray[np.floating]
Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = ("left", "right")

#: Zero-lag low-pass of head, trunk and hips, and of the legs. Higher than the 6 and 10 Hz that were first
#: chosen: those took a tenth of the bounce and most of a knee that is straight only as the foot lands.
TRUNK_HZ, LIMB_HZ = 8.0, 16.0
#: A landmark that was not seen for longer than this is not made up.
BRIDGE_S = 0.12
_LIMBS = [i for name, i in INDEX.items() if any(w in name for w in ("knee", "ankle", "heel", "toe"))]
#: A body is known from so many pictures, and a filter that runs both ways needs so many values.
_LEAST_FRAMES, _LEAST_VALUES = 8, 16


@dataclass(frozen=True, slots=True, eq=False)
class BodyWindow:
    """A body between two times: ``t`` (n,) s at `RATE_HZ`, ``points`` (n, L) complex px, NaN not usable.

    ``scale`` is pixels per trunk length.
    """

    t: Floats
    points: Points
    scale: float

    def at(self, name: str) -> Points:
        """(n,) one landmark."""
        return self.points[:, INDEX[name]]

    def middle(self, name: str) -> Points:
        """(n,) the middle between left and right."""
        middle: Points = (self.at(f"left_{name}") + self.at(f"right_{name}")) / 2
        return middle

    def mirrored(self) -> "BodyWindow":
        """Who runs the other way as if he ran this way: his left is called right."""
        return replace(self, points=-self.points.conj()[:, MIRROR])

    def rows(self, start_s: float, end_s: float) -> slice:
        """The rows from ``start_s`` to before ``end_s``."""
        return slice(int(np.searchsorted(self.t, start_s)), int(np.searchsorted(self.t, end_s)))


class Recent:
    """Keeps every frame of the last ``keep_s`` seconds as the model gave it."""

    def __init__(self, keep_s: float) -> None:
        self._keep_s = keep_s
        self._frames: deque[tuple[float, Points, NDArray[np.bool_], float]] = deque()

    def append(self, t: float, points: Points, usable: NDArray[np.bool_], scale: float) -> None:
        """Add a frame: points (L,) in pixels, which of them are usable, and the scale."""
        self._frames.append((t, points, usable, scale))
        while t - self._frames[0][0] > self._keep_s:
            self._frames.popleft()

    def sizes(self) -> tuple[Floats, Floats]:
        """(n,) seconds of the frames, and px of a trunk length in them."""
        return np.array([f[0] for f in self._frames]), np.array([f[3] for f in self._frames])

    def window(self, flight_peaks: tuple[float, ...], margin_s: float) -> BodyWindow | None:
        """The body around the steps between those times, ``margin_s`` more; None with too few pictures."""
        start_s, end_s = flight_peaks[0] - margin_s, flight_peaks[-1] + margin_s
        frames = [f for f in self._frames if start_s <= f[0] <= end_s and np.isfinite(f[1]).any()]
        if len(frames) < _LEAST_FRAMES:
            return None
        times, points, usable, scales = (np.array(column) for column in zip(*frames, strict=True))
        points = _bridged(points)
        scale = _scale(times, scales)
        t = np.arange(times[0], times[-1], 1.0 / RATE_HZ)
        if len(t) < _LEAST_VALUES:
            return None
        even = scipy.interpolate.CubicSpline(times, points)(t)
        even = _smoothed(even)
        return BodyWindow(t, masked(even, _seen(t, times, usable)), scale)


def _scale(times: Floats, scales: Floats) -> float:
    """Of a body that comes or goes in the middle of the time: a scale that follows is late by `FOLLOW_S`."""
    known = np.isfinite(scales)
    if known.sum() < _LEAST_FRAMES:
        return float(np.nanmedian(scales))
    slope = float(np.polyfit(times[known] - times[0], scales[known], 1)[0])
    return float(np.median(scales[known])) + FOLLOW_S * slope


def _bridged(points: Points) -> Points:
    """Points (n, L) with a number also where a landmark was not found, for filters; it is not usable."""
    missing = np.isnan(points)
    if not missing.any():
        return points
    points = points.copy()
    rows = np.arange(len(points))
    for i in np.flatnonzero(missing.any(axis=0)):
        there = rows[~missing[:, i]]
        points[:, i] = np.interp(rows, there, points[there, i]) if len(there) else 0.0
    return points


def _smoothed(points: Points) -> Points:
    out: Points = scipy.signal.sosfiltfilt(_low_pass(TRUNK_HZ), points, axis=0)
    out[:, _LIMBS] = scipy.signal.sosfiltfilt(_low_pass(LIMB_HZ), points[:, _LIMBS], axis=0)
    return out


def _seen(t: Floats, times: Floats, usable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n, L) whether a usable picture of each landmark lies close by, before and after."""
    late = np.searchsorted(times, t).clip(1, len(times) - 1)
    apart = times[late] - times[late - 1] <= BRIDGE_S
    seen: NDArray[np.bool_] = (usable[late] | usable[late - 1]) & apart[:, None]
    return seen


@cache
def _low_pass(hz: float) -> Floats:
    sections: Floats = scipy.signal.butter(2, hz, fs=RATE_HZ, output="sos")
    return sections
