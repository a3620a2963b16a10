"""What some seconds of a clip look like: where each signal lies, and how it moves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body import observe
from formcheck.engine.body.observe import Observation

Floats = NDArray[np.floating]

#: Long enough for a repetition of most people, short enough to lie within a set.
WINDOW_S, EVERY_S = 4.0, 1.0
#: The last window may be shorter by this much.
SHORTER_S = 0.5
#: A signal speaks if it is seen in this share of a window's frames; a window has so many frames.
LEAST_SEEN, LEAST_FRAMES = 0.3, 8
#: Of a signal in a window: how far down it goes from its middle, the middle and how far up (percentiles),
#: how it scatters, and its mean speed per second.
PERCENTILES = (8, 50, 92)
STATISTICS = ("down", "middle", "up", "scatter", "speed")
VIEWS = ("side", "front", "back", "oblique", "axial")


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Windows of a clip in the order of time.

    Attributes
    ----------
    start_s, end_s : (N,) seconds; neighbours overlap.
    looks : (N, S, F) of each of `STATISTICS` and signals; NaN where the signal is not seen enough.
    views : (N,) index in `VIEWS`; -1 not known.
    """

    start_s: Floats
    end_s: Floats
    looks: Floats
    views: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.start_s)


def windows_of(parts: Sequence[Observation], signals: tuple[str, ...], window_s: float = WINDOW_S) -> Windows:
    """Every window of some parts of a clip, of these signals."""
    found = [window for part in parts for window in _windows(part, signals, window_s)]
    if not found:
        none = np.empty(0)
        return Windows(none, none, np.empty((0, len(STATISTICS), len(signals))), np.empty(0, np.intp))
    starts, ends, looks, views = zip(*sorted(found, key=lambda w: w[0]), strict=True)
    return Windows(np.array(starts), np.array(ends), np.stack(looks), np.array(views, np.intp))


@np.errstate(invalid="ignore", divide="ignore", over="ignore")
def _windows(
    part: Observation, signals: tuple[str, ...], window_s: float
) -> list[tuple[float, float, Floats, int]]:
    t, view = part.t, VIEWS.index(part.view.name) if part.view.name in VIEWS else -1
    values = np.stack([np.broadcast_to(x, t.shape) for x in part.rows(signals).values()], axis=1)
    last = max(t[0] + 0.01, t[-1] - window_s + SHORTER_S)
    return [
        (start, float(t[rows][-1]), statistics(t[rows], values[rows]), view)
        for start, rows in observe.windows(t, window_s, EVERY_S, last)
        if rows.stop - rows.start >= LEAST_FRAMES
    ]


@np.errstate(invalid="ignore", divide="ignore")
def statistics(t: Floats, values: Floats) -> Floats:
    """The `STATISTICS` (S, F) of signals ``values`` (T, F) at ``t`` (T,) seconds; NaN of what is hidden."""
    seen = np.isfinite(values)
    count = seen.sum(axis=0)
    ordered = np.sort(values, axis=0)  # what is not seen comes last
    rank = np.rint(np.outer(PERCENTILES, np.maximum(count - 1, 0)) / 100).astype(int)
    mean = np.where(seen, values, 0.0).sum(axis=0) / count
    scatter = np.sqrt(np.where(seen, (values - mean) ** 2, 0.0).sum(axis=0) / count)
    steps = np.abs(np.diff(values, axis=0)) / np.diff(t)[:, None]
    moved = np.isfinite(steps)
    speed = np.where(moved, steps, 0.0).sum(axis=0) / moved.sum(axis=0)
    low, mid, high = np.take_along_axis(ordered, rank, axis=0)
    out = np.vstack([low - mid, mid, high - mid, scatter, speed])
    out[:, count < LEAST_SEEN * len(t)] = np.nan
    return out
