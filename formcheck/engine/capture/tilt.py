"""Whether the camera was held level, known by the floor under hands and feet."""

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.observe import Observation
from formcheck.signals.geometry import turn
from formcheck.types.landmark import INDEX

Floats = NDArray[np.floating]

#: A floor line that leans more than this is the camera's: between two feet, and from hand to foot.
FEET_DEG, PLANK_DEG = 4.0, 6.0
#: More than this is a lifted foot or hand, not a tilt.
MOST_DEG = 20.0
#: The line must be as steady as this, in half of the frames, and be seen in this share of them.
SPREAD_DEG, LEAST_SEEN = 3.0, 0.3
#: Feet on one floor, hips and shoulders lean alike, within this; one foot ahead of the other leans alone.
ALIKE_DEG = 4.0
#: Shoulders wider than this are not square to the camera, and the floor line runs away from it: real
#: push-ups at 0.13 to 0.16 read 7 to 14 degrees, those below 0.10 none.
SQUARE = 0.10
_ON_HANDS = 0.5


def camera_tilt(seen: Observation) -> float:
    """Degrees by which the picture leans, + to the left (counter-clockwise), 0 within error; NaN unknown.

    Known only from the front or back of a body on both feet, and from the side of one on hands and feet.
    """
    if seen.view.name in ("front", "back"):
        return _steady(_feet(seen), FEET_DEG)
    if seen.view.name == "side":
        return _steady(_hand_to_foot(seen), PLANK_DEG)
    return float("nan")


def _feet(seen: Observation) -> Floats:
    parts = ("heel", "toe", "hip", "shoulder")
    heels, *others = (_line(seen, f"left_{part}", f"right_{part}") for part in parts)
    alike = np.all([np.abs(line - heels) <= ALIKE_DEG for line in others], axis=0)
    return np.where(alike, heels, np.nan)


def _hand_to_foot(seen: Observation) -> Floats:
    near = seen.body.near
    rows = seen.rows(("belly_up", "hand_depth.near", "shoulder_width"))
    width = rows["shoulder_width"][np.isfinite(rows["shoulder_width"])]
    if not len(width) or np.median(width) >= SQUARE:
        return np.full(len(seen.t), np.nan)
    on_hands = (rows["belly_up"] < -_ON_HANDS) & (rows["hand_depth.near"] > _ON_HANDS)
    return np.where(on_hands, _line(seen, f"{near}_wrist", f"{near}_toe"), np.nan)


def _line(seen: Observation, one: str, other: str) -> Floats:
    """(T,) angle of the line between two landmarks against the picture's horizontal, -90..90."""
    d = seen.body.image[:, INDEX[one]] - seen.body.image[:, INDEX[other]]
    angles: Floats = turn(np.where(d.real < 0, -d, d))
    return angles


def _steady(angles: Floats, least_deg: float) -> float:
    known = angles[np.isfinite(angles) & (np.abs(angles) <= MOST_DEG)]
    if len(known) < LEAST_SEEN * len(angles):
        return float("nan")
    low, middle, high = np.percentile(known, (25, 50, 75))
    if high - low > SPREAD_DEG:
        return float("nan")
    return float(middle) if abs(middle) > least_deg else 0.0
