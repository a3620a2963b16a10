"""Where a film is cut: one picture differs from the last much more than those beside it do."""

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from formcheck.types.frame import Frame

Floats = NDArray[np.floating]

#: Pictures are compared by a grid of so many cells each way, each of so many pixels across.
CELLS, OF_A_CELL = 32, 4
#: A picture differs by the mean of this share of the cells, those that differ most: a jump in one framing
#: moves the person alone.
MOST = 0.05
#: A cut changes them by as much, of 255, and so many times as much as any of so many frames before it, and
#: after it; of the calmer side as the second number. Of 68 real and 38 drawn clips nothing else does, but for
#: drawings that are shown one after the other; of their 16 cuts one is missed.
LEAST, TIMES, CALM_TIMES, BESIDE = 50.0, 1.8, 3.0, 6
#: What changes less is the noise of a camera.
NOISE = 1.0
#: Pictures that change less than this are copies: one long frame, in which so much more may have happened...
COPY = 0.1
#: ...unless a cut changes them by this much.
WHOLE = 120.0
#: What changes more often than this, s, are drawings shown one after the other. Judgement: such clips of an
#: exercise show one for .3 to .7 s.
SHORTEST_S = 0.8


class Shots:
    """Collects how much each frame of one clip differs from the one before."""

    def __init__(self) -> None:
        self._t: list[float] = []
        self._changes: list[float] = []
        self._last: Floats | None = None

    def add(self, frame: Frame) -> None:
        """Look at the next frame."""
        cells = _cells(frame.rgb)
        self._changes.append(0.0 if self._last is None else _change(cells, self._last))
        self._t.append(frame.t)
        self._last = cells

    def numbers(self) -> NDArray[np.int32]:
        """(T,) in which shot each frame is, from 0."""
        return np.cumsum(_begins(np.array(self._t), np.array(self._changes)), dtype=np.int32)


def _cells(rgb: NDArray[np.uint8]) -> Floats:
    """(CELLS, CELLS) the green of a picture, 0..255."""
    rows, columns = (max(1, n // (CELLS * OF_A_CELL)) for n in rgb.shape[:2])
    green = np.ascontiguousarray(rgb[::rows, ::columns, 1])
    cells: Floats = cv2.resize(green, (CELLS, CELLS), interpolation=cv2.INTER_AREA).astype(np.float32)
    return cells


def _change(cells: Floats, last: Floats) -> float:
    n = round(MOST * CELLS**2)
    return float(np.partition(np.abs(cells - last), -n, axis=None)[-n:].mean())


def _begins(t: Floats, change: Floats) -> NDArray[np.bool_]:
    """(T,) whether a shot begins with a frame, by how much each differs from the one before."""
    if len(t) < 2:
        return np.zeros(len(t), np.bool_)
    beside = sliding_window_view(np.pad(change, BESIDE, constant_values=NOISE), 2 * BESIDE + 1)
    before, after = beside[:, :BESIDE].max(axis=1), beside[:, BESIDE + 1 :].max(axis=1)
    calm, wild = (np.maximum(f(before, after), NOISE) for f in (np.minimum, np.maximum))
    jumps = np.flatnonzero((change > TIMES * wild) & (change > CALM_TIMES * calm) & (change >= LEAST / 2))
    gaps = np.diff(t[jumps], prepend=-np.inf, append=np.inf)
    alone = jumps[np.minimum(gaps[:-1], gaps[1:]) > SHORTEST_S]
    begins = np.zeros(len(t), np.bool_)
    begins[alone] = (change[alone] >= WHOLE) | (change / _frames(t, change) >= LEAST)[alone]
    return begins


def _frames(t: Floats, change: Floats) -> Floats:
    """(T,) for how many frames the picture before each lasted, itself or as a copy."""
    frame_s = np.median(np.diff(t))
    moved_s = np.maximum.accumulate(np.where(change > COPY, t, t[0]))
    lasted: Floats = np.diff(t, prepend=t[0] - frame_s)
    lasted[1:] = t[1:] - moved_s[:-1]
    return np.maximum(1.0, lasted / frame_s)
