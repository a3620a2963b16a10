"""The engine's notebook: every number of every frame, so that a closed span can be looked at again."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import COUNT

Bools = NDArray[np.bool_]
Floats = NDArray[np.floating]


class Track:
    """A table that grows by a row a frame.

    Parameters
    ----------
    names : its columns.
    keep_s : at least so much of the past is kept, seconds; all of it by default.
    """

    def __init__(self, names: Sequence[str], keep_s: float = np.inf) -> None:
        self.column = {name: i for i, name in enumerate(names)}
        self._keep_s = keep_s
        self._t = np.empty(256)
        self._rows = np.empty((256, len(names)), np.float32)
        self._seen, self._visible = (np.empty((256, COUNT), np.bool_) for _ in range(2))
        self._n = 0

    def __len__(self) -> int:
        return self._n

    def append(self, t: float, row: Sequence[float], seen: Bools, visible: Bools | None = None) -> None:
        """Add one frame: its time, its numbers, which landmarks were usable, and which visible, if others."""
        if self._n == len(self._t):
            self._forget(t)
        if self._n == len(self._t):
            self._t = np.concatenate((self._t, np.empty_like(self._t)))
            self._rows = np.concatenate((self._rows, np.empty_like(self._rows)))
            self._seen = np.concatenate((self._seen, np.empty_like(self._seen)))
            self._visible = np.concatenate((self._visible, np.empty_like(self._visible)))
        self._t[self._n], self._rows[self._n] = t, row
        self._seen[self._n], self._visible[self._n] = seen, seen if visible is None else visible
        self._n += 1

    def _forget(self, now: float) -> None:
        """Drop what is too old, if that is at least half: so each row is moved about once."""
        old = int(np.searchsorted(self.t, now - self._keep_s))
        if 2 * old >= self._n > 0:
            for column in (self._t, self._rows, self._seen, self._visible):
                column[: self._n - old] = column[old : self._n].copy()
            self._n -= old

    def drop_after(self, t: float) -> None:
        """Drop the rows later than ``t``: they will be noted again."""
        self._n = int(np.searchsorted(self.t, t, "right"))

    @property
    def t(self) -> Floats:
        """(n,) seconds."""
        return self._t[: self._n]

    def values(self, name: str, rows: slice = slice(None)) -> Floats:
        """(n,) one column as float64; NaN where not seen."""
        return self._rows[: self._n, self.column[name]][rows].astype(np.float64)

    def between(self, start_s: float, end_s: float) -> slice:
        """The rows from ``start_s`` to ``end_s``, both included."""
        t = self.t
        return slice(int(np.searchsorted(t, start_s, "left")), int(np.searchsorted(t, end_s, "right")))

    def seen(self, rows: slice) -> Bools:
        """(n, L) which landmarks were usable."""
        return self._seen[: self._n][rows]

    def visible(self, rows: slice) -> Bools:
        """(n, L) which landmarks the model saw: of these some may be too far in doubt to be usable."""
        return self._visible[: self._n][rows]
