"""One frame's landmarks made ready: turned y up, in trunk lengths where memory needs it, and masked."""

import numpy as np
from numpy.typing import NDArray

from formcheck.signals.geometry import to_plane

#: Landmarks at least this visible may carry a verdict; weaker ones may still count a repetition (spec 1.9).
USABLE, COUNTABLE = 0.65, 0.35
#: A landmark this close to the border (share of the picture) or outside it is a guess.
MARGIN = 0.01

Bools = NDArray[np.bool_]
Points = NDArray[np.complexfloating]


def seen(
    image: NDArray[np.floating], visibility: NDArray[np.floating], size: tuple[int, int], least: float
) -> Bools:
    """Which landmarks (..., 33) are at least ``least`` visible and inside the picture of ``size`` (w, h)."""
    w, h = size
    x, y = image[..., 0], image[..., 1]
    inside = (x > MARGIN * w) & (x < (1 - MARGIN) * w) & (y > MARGIN * h) & (y < (1 - MARGIN) * h)
    shown: Bools = (visibility >= least) & inside
    return shown


def plane(image: NDArray[np.floating]) -> Points:
    """Pixels (..., 33, 2), y down, to complex points (..., 33), y up."""
    points: Points = to_plane(image.astype(np.float64))
    return points


def masked(points: Points, mask: Bools) -> Points:
    """The points where ``mask`` holds, NaN elsewhere."""
    return np.where(mask, points, complex(np.nan, np.nan))
