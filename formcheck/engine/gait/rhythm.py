"""The rhythm of running, from signals that need no left and right."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import scipy  # its parts load when they are first used: only running pays for scipy.signal
from numpy.typing import NDArray

Floats = NDArray[np.floating]

#: Step periods of running: 250 to 109 steps a minute.
SHORTEST_S, LONGEST_S = 0.24, 0.55
#: Slower than any running: a slow-motion clip still has a rhythm, but no cadence.
SLOWEST_S = 2.5
#: A period must repeat itself this well.
LEAST_R = 0.4
#: Two signals agree when their periods differ by less than this share.
AGREE = 0.08
#: A top lower than this share of the high ones is no step: somebody standing before or after the run.
FAINT = 0.3
#: A shorter period counts when it repeats at least this well beside the best one.
AS_GOOD = 0.5
#: Signals are sampled anew at this rate, finer than any camera of a phone.
RATE_HZ = 100.0
#: No step is slower than this: slower wandering is cut off. Judgement.
SLOW_HZ = 0.7
#: A rhythm this short is chance.
LEAST_PERIODS = 4


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``period_s`` of a step and ``r`` 0..1 how well it repeats."""

    period_s: float
    r: float

    def near(self, other: "Rhythm") -> bool:
        """Whether another is the same but for what two signals differ by."""
        return abs(other.period_s - self.period_s) <= AGREE * self.period_s


def uniform(t: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Resample to `RATE_HZ`; gaps are bridged by straight lines."""
    seen = np.isfinite(x)
    grid = np.arange(t[0], t[-1], 1.0 / RATE_HZ)
    return grid, np.interp(grid, t[seen], x[seen])


def find_rhythms(x: Floats) -> list[Rhythm]:
    """Every period at which a uniform signal repeats itself, shortest first, by autocorrelation.

    The body is not quite even, so a stride repeats better than a step; half as well is good enough for a
    step, while what only a stride repeats is the very opposite half a stride later.
    """
    x = steady(x)
    spread = float(np.dot(x, x))
    if spread <= 0:
        return []
    n = 1 << (2 * len(x) - 1).bit_length()
    r = np.fft.irfft(np.abs(np.fft.rfft(x, n)) ** 2)[: len(x)] / spread
    r *= len(x) / np.maximum(1, len(x) - np.arange(len(x)))
    longest = min(int(SLOWEST_S * RATE_HZ), len(x) // LEAST_PERIODS)
    peaks, _ = scipy.signal.find_peaks(r[: longest + 1], height=LEAST_R)
    peaks = peaks[peaks >= SHORTEST_S * RATE_HZ]
    good = [int(i) for i in peaks if r[i] >= AS_GOOD * r[peaks].max()]
    return [Rhythm(vertex(r, i) / RATE_HZ, float(min(1.0, r[i]))) for i in good]


def agreed(signals: list[list[Rhythm]]) -> Rhythm | None:
    """The shortest period that at least two signals share."""
    for rhythm in sorted((r for found in signals for r in found), key=lambda r: r.period_s):
        if sum(any(rhythm.near(r) for r in found) for found in signals) >= 2:
            return rhythm
    return None


def step_times(grid: Floats, x: Floats, rhythm: Rhythm) -> Floats:
    """Times of the flight_peaks of the bounce, one a step, finer than a frame."""
    smooth = scipy.signal.sosfiltfilt(_around(round(1.0 / rhythm.period_s, 1)), x)
    least = FAINT * float(np.percentile(smooth, 95))
    flight_peaks, _ = scipy.signal.find_peaks(
        smooth, distance=max(1, int(0.6 * rhythm.period_s * RATE_HZ)), height=least
    )
    return np.array([grid[0] + vertex(smooth, int(i)) / RATE_HZ for i in flight_peaks])


def cadence(steps: Floats) -> float | None:
    """Steps a minute from step times; None for fewer than four steps.

    The mean of the middle half of the strides: finer than one frame, blind to gaps between bouts, and even
    where legs step unevenly.
    """
    if len(steps) < 4:
        return None
    strides = np.sort(steps[2:] - steps[:-2])
    cut = len(strides) // 4
    return 120.0 / float(strides[cut : len(strides) - cut].mean())


def steady(x: Floats) -> Floats:
    """Without the slow wandering that no step makes."""
    steady: Floats = scipy.signal.sosfiltfilt(_slow_cut(), x - x.mean())
    return steady


@cache
def _slow_cut() -> Floats:
    sections: Floats = scipy.signal.butter(2, SLOW_HZ, "highpass", fs=RATE_HZ, output="sos")
    return sections


@cache
def _around(f_hz: float) -> Floats:
    """A band around the step frequency, wide enough to need it to a tenth of a hertz only."""
    sections: Floats = scipy.signal.butter(2, [0.6 * f_hz, 1.5 * f_hz], "bandpass", fs=RATE_HZ, output="sos")
    return sections


def vertex(x: Floats, i: int) -> float:
    """Where the parabola through a peak and its neighbours is highest."""
    if not 0 < i < len(x) - 1:
        return float(i)
    left, middle, right = x[i - 1], x[i], x[i + 1]
    curve = left - 2 * middle + right
    return i + (0.5 * float((left - right) / curve) if curve < 0 else 0.0)
