"""Made-up bodies: a box full of landmarks is all that a chooser looks at."""

import numpy as np

from formcheck.types.landmark import COUNT

_SHAPE = np.random.default_rng(5).uniform(0, 1, (COUNT, 2))
_SHAPE[0], _SHAPE[1] = (0, 0), (1, 1)


def body(x: float, y: float = 200.0, height: float = 300.0) -> np.ndarray:
    """(33, 2) pixels of somebody whose middle is at (x, y), a third as wide as high."""
    return (np.array([x, y]) + (_SHAPE - 0.5) * [height / 3, height]).astype(np.float32)
