"""Whether the body is in one of the exercise's start (or hold) poses."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.count.passed_over import missed
from formcheck.exercises.schema import Exercise, StartPose
from formcheck.types.reason import Reason

Floats = NDArray[np.floating]

#: Once in the pose, its limits give way by this share of their width, so that noise does not throw one out.
SLACK = 0.1
#: At least this share of a pose's signals must be seen before it is believed.
LEAST_SEEN = 0.5
#: Of a frame in which the pose is kept, but wrongly: in one that breaks it. 1 is kept, 0 not, NaN not seen.
BROKEN = 0.5


@dataclass(slots=True)
class PoseCheck:
    """Remembers which of the poses is being kept, by its place among them."""

    poses: tuple[StartPose, ...]
    least_seen: float = LEAST_SEEN
    current: int | None = None

    @classmethod
    def of(cls, exercise: Exercise, view: str, least_seen: float = LEAST_SEEN) -> "PoseCheck":
        """The poses of an exercise that this view shows; all of them where the view is none of the named."""
        shown = tuple(p for p in exercise.start if view in p.views)
        return cls(shown or exercise.start, least_seen)

    @classmethod
    def broken(cls, exercise: Exercise, view: str) -> "PoseCheck":
        """The poses in which that is kept wrongly, of those this view shows; all of one must be seen."""
        return cls(tuple(p for p in exercise.broken if view in p.views), least_seen=1.0)

    @property
    def signals(self) -> tuple[str, ...]:
        """The signals the poses are made of."""
        return tuple(dict.fromkeys(name for pose in self.poses for name in pose.pose))

    def over(self, rows: dict[str, Floats]) -> Floats:
        """Whether one of the poses is kept in each of the next frames: 1 kept, 0 not, NaN too little seen.

        Parameters
        ----------
        rows : (n,) of each of the `signals`, and of any others; at least one frame.
        """
        if not self.poses:
            return np.full(len(next(iter(rows.values()))), np.nan)
        fits, eased = np.array([self._fits(pose, rows) for pose in self.poses]).swapaxes(0, 1)
        nearly = ((fits == 0) & (eased != 0)).any(axis=0)
        for i in np.flatnonzero(nearly):
            kept = self._first(fits[:, i - 1]) if i else self.current
            if kept is not None:
                fits[kept, i] = eased[kept, i]
        self.current = self._first(fits[:, -1])
        states: Floats = np.fmax.reduce(fits)
        return states

    def _first(self, fits: Floats) -> int | None:
        return next((i for i, fit in enumerate(fits.tolist()) if fit == 1), None)

    def _fits(self, pose: StartPose, rows: dict[str, Floats]) -> Floats:
        """(2, n) of one pose, and with limits that give way.

        0 where a limit is broken, 1 where enough of it is seen besides, else NaN.
        """
        x = np.array([rows[name] for name in pose.pose])
        low, high = np.array(list(pose.pose.values())).T[..., None]
        give = np.array([0.0, SLACK])[:, None, None] * (high - low)
        beyond = ((x < low - give) | (x > high + give)).any(axis=1)
        enough = (x == x).sum(axis=0) >= self.least_seen * len(x)
        return np.where(beyond, 0.0, np.where(enough, 1.0, np.nan))

    def missed(self, rows: dict[str, Floats]) -> Reason:
        """By what the nearest of the poses was missed in all of the ``rows`` (n,) of its signals."""
        return min((_nearest(pose, rows) for pose in self.poses), key=lambda found: found[0])[1]


def marked(in_pose: Floats, wrongly: Floats) -> Floats:
    """How a pose is kept (n,), by what its own and its broken poses say: `BROKEN` where wrongly."""
    return np.where((in_pose != 1) & (wrongly == 1), BROKEN, in_pose)


def _nearest(pose: StartPose, rows: dict[str, Floats]) -> tuple[float, Reason]:
    """How far, in widths of its bounds, a pose was missed by what missed it most when it was nearest."""
    bounds = pose.pose
    off = np.array([
        np.maximum(low - rows[name], rows[name] - high) / (high - low) for name, (low, high) in bounds.items()
    ])  # fmt: skip
    seen = np.isfinite(off)
    if not seen.any():
        return np.inf, Reason("pose_unseen", pose=pose.name)
    enough = seen.sum(axis=0) == seen.sum(axis=0).max()
    worst = np.where(enough, np.where(seen, off, -np.inf).max(axis=0), np.inf)
    at = int(np.argmin(worst))
    name = list(bounds)[int(np.argmax(np.where(seen[:, at], off[:, at], -np.inf)))]
    return float(worst[at]), missed(pose, name, float(rows[name][at]), bounds[name])
