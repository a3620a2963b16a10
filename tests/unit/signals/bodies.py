"""Hand-made bodies: complex points, y up, a trunk of length 1."""

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import COUNT, INDEX

Points = NDArray[np.complexfloating]


def body(**joints: complex) -> Points:
    """(33,) points; ``hip=0`` sets both hips, ``left_hip=0.1`` one; the others are NaN."""
    points = np.full(COUNT, complex(np.nan, np.nan))
    for name, at in joints.items():
        for full in (name,) if name in INDEX else (f"left_{name}", f"right_{name}"):
            points[INDEX[full]] = at
    return points


def from_above(**joints: complex) -> Points:
    """(66,) where joints are in the picture, ``left_hip=0``, and from above, ``plan_left_hip=0``."""
    plan = {name.removeprefix("plan_"): at for name, at in joints.items() if name.startswith("plan_")}
    picture = {name: at for name, at in joints.items() if not name.startswith("plan_")}
    return np.concatenate((body(**picture), body(**plan)))


def anybody(rng: np.random.Generator) -> Points:
    """A body in no posture at all: every landmark somewhere."""
    points: Points = rng.normal(size=COUNT) + 1j * rng.normal(size=COUNT)
    return points
