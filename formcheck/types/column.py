"""Arrays that grow by a row at a time."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

_BLOCK = 512


class Column:
    """Grows by a row at a time, in blocks: one small array per frame would cost several times the numbers."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._shape = shape
        self._blocks: list[Floats] = []
        self._rows = 0

    def add(self, row: Floats | float) -> None:
        """One row more."""
        at = self._rows % _BLOCK
        if at == 0:
            self._blocks.append(
                np.empty((_BLOCK, *self._shape), np.float64 if not self._shape else np.float32)
            )
        self._blocks[-1][at] = row
        self._rows += 1

    def take(self, dtype: type[np.floating] = np.float32) -> Floats:
        """All rows in one array; the blocks are given back."""
        out = np.empty((self._rows, *self._shape), dtype)
        for start in range(0, self._rows, _BLOCK):
            rows = out[start : start + _BLOCK]
            rows[:] = self._blocks.pop(0)[: len(rows)]
        return out
