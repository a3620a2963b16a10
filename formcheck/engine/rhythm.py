"""The rhythm of running, from signals that need no left and right (specification 4.3)."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, find_peaks, sosfiltfilt

Floats = NDArray[np.floating]

#: Step periods of running: 250 to 109 steps a minute.
SHORTEST_S, LONGEST_S = 0.24, 0.55
#: Slower than any running: a slow-motion clip still has a rhythm, but no cadence.
SLOWEST_S = 2.5
#: A period must repeat itself this well.
LEAST_R = 0.4
#: Two signals agree when their periods differ by less than this share.
AGREE = 0.08
RATE_HZ = 100.0
#: No step is slower than this: slower wandering is cut off (specification 4.3).
SLOW_HZ = 0.7
#: A rhythm this short is chance.
LEAST_PERIODS = 4


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``period_s`` of a step and ``r`` 0..1 how well it repeats."""

    period_s: float
    r: float


def uniform(t: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Resample to `RATE_HZ`; gaps are bridged by straight lines."""
    seen = np.isfinite(x)
    grid = np.arange(t[0], t[-1], 1.0 / RATE_HZ)
    return grid, np.interp(grid, t[seen], x[seen])


def find_rhythm(x: Floats) -> Rhythm | None:
    """The step period of a uniform signal, by autocorrelation; None if nothing repeats."""
    x = _steady(x)
    spread = float(np.dot(x, x))
    if spread <= 0:
        return None
    n = 1 << (2 * len(x) - 1).bit_length()
    power = np.abs(np.fft.rfft(x, n)) ** 2
    r = np.fft.irfft(power)[: len(x)] / spread
    r *= len(x) / np.maximum(1, len(x) - np.arange(len(x)))
    top = min(int(SLOWEST_S * RATE_HZ), len(x) // LEAST_PERIODS)
    peaks, _ = find_peaks(r[: top + 1], height=LEAST_R)
    peaks = peaks[peaks >= SHORTEST_S * RATE_HZ]
    if not len(peaks):
        return None
    lag = int(peaks[np.flatnonzero(r[peaks] >= 0.8 * r[peaks].max())[0]])
    return Rhythm(_vertex(r, lag) / RATE_HZ, float(min(1.0, r[lag])))


def agreed(found: list[Rhythm | None]) -> Rhythm | None:
    """The rhythm that at least two signals share; the surer one of them."""
    rhythms = sorted((f for f in found if f is not None), key=lambda f: -f.r)
    for best in rhythms:
        if sum(abs(f.period_s - best.period_s) <= AGREE * best.period_s for f in rhythms) >= 2:
            return best
    return None


def step_times(grid: Floats, x: Floats, rhythm: Rhythm) -> Floats:
    """Times of the tops of the bounce, one a step, finer than a frame."""
    smooth = sosfiltfilt(_around(round(1.0 / rhythm.period_s, 1)), x)
    tops, _ = find_peaks(smooth, distance=max(1, int(0.6 * rhythm.period_s * RATE_HZ)), height=0.0)
    return np.array([grid[0] + _vertex(smooth, int(i)) / RATE_HZ for i in tops])


def cadence(steps: Floats) -> float | None:
    """Steps a minute from step times; None for fewer than four steps.

    The mean of the intervals near the median: finer than one frame, and blind to gaps between bouts.
    """
    if len(steps) < 4:
        return None
    intervals = np.diff(steps)
    typical = float(np.median(intervals))
    near = intervals[np.abs(intervals - typical) <= 0.25 * typical]
    return 60.0 / float(near.mean())


def _steady(x: Floats) -> Floats:
    """Without the slow wandering that no step makes."""
    steady: Floats = sosfiltfilt(_slow_cut(), x - x.mean())
    return steady


@cache
def _slow_cut() -> Floats:
    sections: Floats = butter(2, SLOW_HZ, "highpass", fs=RATE_HZ, output="sos")
    return sections


@cache
def _around(f_hz: float) -> Floats:
    """A band around the step frequency, wide enough to need it to a tenth of a hertz only."""
    sections: Floats = butter(2, [0.6 * f_hz, 1.5 * f_hz], "bandpass", fs=RATE_HZ, output="sos")
    return sections


def _vertex(x: Floats, i: int) -> float:
    """Where the parabola through a peak and its neighbours is highest."""
    if not 0 < i < len(x) - 1:
        return float(i)
    left, middle, right = x[i - 1], x[i], x[i + 1]
    curve = left - 2 * middle + right
    return i + (0.5 * float((left - right) / curve) if curve < 0 else 0.0)
