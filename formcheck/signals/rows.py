"""Several signals of one pose (or of a whole clip) at once."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from formcheck.signals.geometry import Point, Value
from formcheck.signals.registry import BoundSignal, reading
from formcheck.types.body import Body


class Rows:
    """Computes named signals in a fixed order, sharing the points they have in common.

    Parameters
    ----------
    names : what to compute, as an exercise file writes it: "knee_flexion.near".
    near_side : "left" or "right".
    """

    def __init__(self, names: Iterable[str], near_side: str) -> None:
        self.names = tuple(dict.fromkeys(names))
        self.readings: tuple[BoundSignal, ...] = tuple(reading(name) for name in self.names)
        self._plans = [(r.signal.compute, r.landmarks(near_side)) for r in self.readings]
        wanted = dict.fromkeys(joint for _, joints in self._plans for joint in joints)
        self._points = [j for j in wanted if not isinstance(j, str)]

    def __call__(self, points: Point, facing: float, scale: Any) -> list[Value]:
        """Signals of complex points (..., L), y up; NaN where a point is NaN."""
        at: dict[tuple[int, ...] | str, Any] = {"facing": facing, "scale": scale}
        joints = points.T  # of one body its numbers, which numpy adds quicker than arrays of none
        for j in self._points:
            at[j] = joints[j[0]] if len(j) == 1 else (joints[j[0]] + joints[j[-1]]) / 2
        return [compute(*[at[j] for j in wanted]) for compute, wanted in self._plans]

    def of(self, body: Body) -> list[Value]:
        """Signals of a body, or of a window of them."""
        return self(body.image, body.facing, body.scale_px)

    def joints(self, name: str) -> tuple[int, ...]:
        """Landmark numbers that a signal reads."""
        _, joints = self._plans[self.names.index(name)]
        return tuple(dict.fromkeys(i for j in joints if not isinstance(j, str) for i in j))

    def missing(self, name: str, visible: np.ndarray) -> tuple[int, ...]:
        """Of the landmarks that a signal reads, those hidden in most of the frames of ``visible`` (T, L)."""
        return tuple(i for i in self.joints(name) if visible[:, i].mean() < 0.5)
