"""Which leg stands: labels that the model exchanges as the legs pass each other, put right by height."""

from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.types.body import Points
from formcheck.types.landmark import INDEX

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]
#: Points (L,) complex px and which of them are usable.
Body = tuple[Points, Bools]
Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = ("left", "right")

#: The leg that stands has the lower ankle, by at least this, in trunk lengths: closer nothing is known.
LOWER = 0.05
#: It stands, or is about to, in this part of a step from flight to flight; then it swings up behind.
STANDS = 0.8
_LEG = ("knee", "ankle", "heel", "toe")
_LEFT, _RIGHT = (np.array([INDEX[f"{side}_{joint}"] for joint in _LEG]) for side in SIDES)


def with_legs(body: Body, other: Body) -> Body:
    """A body with the legs of another: points (L,) and which of them are usable."""
    points, usable = body[0].copy(), body[1].copy()
    for legs in (_LEFT, _RIGHT):
        points[legs], usable[legs] = other[0][legs], other[1][legs]
    return points, usable


def ahead(points: Points, facing: float) -> Side | None:
    """The leg in front of the hips in a body (L,); None if that cannot be seen.

    With one ankle hidden, the other leads if it is ahead of the hips.
    """
    hip = (points[INDEX["left_hip"]] + points[INDEX["right_hip"]]) / 2
    far = {s: facing * float((points[INDEX[f"{s}_ankle"]] - hip).real) for s in SIDES}
    seen = {s: x for s, x in far.items() if not np.isnan(x)}
    if len(seen) == 2:
        return max(seen, key=seen.__getitem__)
    return next((s for s, x in seen.items() if x > 0), None)


def stance_legs(
    t: Floats, points: Points, usable: Bools, flight_peaks: tuple[float, ...], scale: float, facing: float
) -> tuple[Points, Bools]:
    """Give the leg that stands its own label throughout each step.

    From the side the model often takes one leg for the other while they pass. In flight they are far apart
    and the one ahead is the one that lands; until it leaves the ground its ankle is the lower one.

    Parameters
    ----------
    t, points, usable : (n,) s, (n, L) px, (n, L); not changed.
    flight_peaks : seconds, when the body is highest, in the middle of each flight.
    """
    points, usable = points.copy(), usable.copy()
    left, right = (points[:, INDEX[f"{s}_ankle"]].imag for s in SIDES)
    for a, b in pairwise(flight_peaks):
        side = ahead(points[int(np.argmin(np.abs(t - a)))], facing)
        if side is None:
            continue
        above = (left - right if side == "left" else right - left) > LOWER * scale
        rows = np.flatnonzero((t >= a) & (t < a + STANDS * (b - a)) & above)[:, None]
        for table in (points, usable):
            table[rows, _LEFT], table[rows, _RIGHT] = table[rows, _RIGHT], table[rows, _LEFT]
    return points, usable
