"""What an exercise looks like: the drawn figure's landmarks at its start and its peak."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import COUNT

Array = NDArray[np.float64]
FILE = "pictures.json"  #: written by ``python -m sample_videos.drawn.pictures``


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """One moment: ``points`` (L, 2) and ``things`` (n, 5), strokes from x, y to x, y with a half width.

    Millimetres, x to the right, y down, the floor at 0.
    """

    points: Array
    things: Array


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """``view`` it is seen from, the side of the body ``near`` the eye (None: both), postures by caption."""

    view: str
    near: str | None
    postures: dict[str, Posture]


def find_picture(exercise: str) -> Picture | None:
    """The picture of an exercise that comes with formcheck, None for any other id."""
    found = _pictures().get(exercise)
    if found is None:
        return None
    postures = {caption: _posture(pose) for caption, pose in found["poses"].items()}
    return Picture(found["view"], found["near"], postures)


def _posture(pose: Any) -> Posture:
    points, things = (np.array(pose[part], float) for part in ("points", "things"))
    return Posture(points.reshape(COUNT, 2), things.reshape(-1, 5))


@cache
def _pictures() -> dict[str, Any]:
    file = resources.files("formcheck.exercises") / FILE
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
