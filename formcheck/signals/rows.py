"""Several signals of one pose (or of a whole clip) at once."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.signals.geometry import Point, Value
from formcheck.signals.registry import BoundSignal, Joint, reading
from formcheck.types.body import Body
from formcheck.types.landmark import COUNT


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
        self._near_side = near_side
        self._plans = [r.plan(near_side) for r in self.readings]
        wanted = dict.fromkeys(joint for _, joints in self._plans for joint in joints)
        self._points = [j for j in wanted if not isinstance(j, str)]
        self._from_above = any(j[-1] >= COUNT for j in self._points)

    def __call__(self, points: Point, facing: float, scale: Any) -> list[Value]:
        """Signals of complex points (..., L), y up, or (..., 2 L) with those from above; NaN of NaN."""
        at: dict[Joint, Any] = {"facing": facing, "scale": scale}
        joints = points.T  # of one body its numbers, which numpy adds quicker than arrays of none
        for j in self._points:
            at[j] = joints[j[0]] if len(j) == 1 else (joints[j[0]] + joints[j[-1]]) / 2
        return [compute(*[at[j] for j in wanted]) for compute, wanted in self._plans]

    def of(self, body: Body) -> list[Value]:
        """Signals of a body, or of a window of them."""
        points = np.concatenate((body.image, body.plan), axis=-1) if self._from_above else body.image
        if points.shape[:-1] != (1,):
            return self(points, body.facing, body.scale_px)
        alone = self(points[0], body.facing, np.ravel(body.scale_px)[0])  # as live, by numbers: sooner
        return [np.array([value]) for value in alone]

    def named(self, body: Body) -> dict[str, Value]:
        """The same by name."""
        return dict(zip(self.names, self.of(body), strict=True))

    def joints(self, name: str) -> tuple[int, ...]:
        """Landmark numbers that a signal reads."""
        return self.readings[self.names.index(name)].landmarks(self._near_side)

    def had(self, name: str, visible: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of its `joints` (k) a signal had in each of the frames of ``visible`` (T, L): (T, k)."""
        return visible[:, self.joints(name)]

    def missing(self, name: str, visible: NDArray[np.bool_]) -> tuple[int, ...]:
        """Of the landmarks that a signal reads, those that it had in less than half of the frames."""
        had = self.had(name, visible)
        return tuple(i for i, seen in zip(self.joints(name), had.T, strict=True) if seen.mean() < 0.5)
