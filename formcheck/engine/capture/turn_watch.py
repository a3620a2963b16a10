"""Whether somebody has turned and stays so, while it happens: from which moment on."""

from collections import deque
from collections.abc import Container
from dataclasses import dataclass
from itertools import dropwhile
from typing import NamedTuple

import numpy as np

from formcheck.engine.body.observe import Observation, median, observe
from formcheck.engine.body.view import LEVEL_TRUNK_DEG
from formcheck.engine.capture.seam import LONGEST_S, seam
from formcheck.engine.capture.turns import LOOK_S, lately_shown
from formcheck.types.frame import SourceInfo
from formcheck.types.landmark import INDEX
from formcheck.types.pose import Model, Pose, PoseSequence

#: Who has turned for so long, seconds, stays so.
STAYS_S = 2.0
#: Who goes meanwhile has not come to stay: the hips move sideways by more than this, trunk lengths, or the
#: body grows or shrinks by more than this share. Judgement: a step is more, a lunge less.
GOES, NEARS = 1.0, 0.15
#: So much of the past is kept, seconds.
KEEP_S = STAYS_S + LOOK_S + LONGEST_S
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]
_LEAST_POSES = 2
_AHEAD = frozenset({"front", "back"})


@dataclass(frozen=True, slots=True)
class _Look:
    """How the body was seen from ``start_s`` on, where in the picture (pixels), and how large."""

    start_s: float
    shown: str
    place_px: float
    scale_px: float

    def stays(self, later: "_Look") -> bool:
        """Whether the same is shown later, at the same place; what is not known speaks against nothing."""
        gone = abs(later.place_px - self.place_px) > GOES * self.scale_px
        nearer = abs(np.log(later.scale_px / self.scale_px)) > NEARS
        return later.shown == self.shown and not gone and not nearer


class Turn(NamedTuple):
    """How a body is seen that has turned, when it left what it showed before, since when it shows this."""

    shown: str
    left_s: float
    since_s: float


class TurnWatch:
    """Looks at a live body every half second.

    Parameters
    ----------
    shown : how it is seen: from its side it faces "left" or "right", else "front" or "back"; None not known.
    views : those that show the exercise (side, front, back): who turns to another has to turn back.
    size : width and height of the picture, pixels.
    model : what finds the landmarks.
    """

    def __init__(self, shown: str | None, views: Container[str], size: tuple[int, int], model: Model) -> None:
        self._shown, self._views, self._model = shown, views, model
        self._source = SourceInfo("live", "camera", *size)
        self._poses: deque[Pose] = deque()
        self._next_s = -np.inf
        self._other: deque[_Look] = deque()

    def step(self, pose: Pose) -> Turn | None:
        """Take the newest pose; what is known if the body has turned and stays so."""
        self._poses.append(pose)
        while pose.t - self._poses[0].t > KEEP_S:
            self._poses.popleft()
        if pose.t < self._next_s:
            return None
        self._next_s = pose.t + LOOK_S
        look = self._look(pose.t - LOOK_S)
        if look is None:
            return None
        self._note(look)
        if not self._other or pose.t - self._other[0].start_s < STAYS_S:
            return None
        return self._turn(self._other[0])

    def _turn(self, first: _Look) -> Turn | None:
        seen = observe(self.sequence(-np.inf))
        if seen is None:
            return None
        return Turn(first.shown, *seam(seen, first.start_s + LOOK_S / 2, self._shown, first.shown))

    def since(self, t: float) -> list[Pose]:
        """The poses from ``t`` on, of those that are kept."""
        return [pose for pose in self._poses if pose.t >= t]

    def sequence(self, t: float) -> PoseSequence:
        """The same together."""
        return PoseSequence.from_poses(self.since(t), self._source, self._model)

    def turned(self, shown: str) -> None:
        """The turn is known."""
        self._shown = shown
        self._other.clear()

    def pause(self) -> None:
        """What comes next does not follow."""
        self._poses.clear()
        self._other.clear()

    def _look(self, since_s: float) -> _Look | None:
        poses = self.sequence(since_s)
        seen = observe(poses) if poses.found.sum() >= _LEAST_POSES else None
        shown = lately_shown(seen, self._views) if seen else None
        if seen is None or shown is None or (self._shown in _AHEAD and _leans(seen)):
            return None
        return _Look(since_s, shown, _place(seen), seen.body.scale_px)

    def _note(self, look: _Look) -> None:
        self._shown = self._shown or look.shown
        if look.shown == self._shown:
            self._other.clear()
            return
        self._other.append(look)
        recent = (earlier for earlier in self._other if look.start_s - earlier.start_s <= STAYS_S + LOOK_S)
        self._other = deque(dropwhile(lambda earlier: not earlier.stays(look), recent))


def _leans(seen: Observation) -> bool:
    """Whether the trunk is level: who shows front or back, and bends down, shows no side by that."""
    return abs(median(seen.rows(("trunk_tilt",))["trunk_tilt"])) < LEVEL_TRUNK_DEG


def _place(seen: Observation) -> float:
    """Where the hips are across the picture, pixels."""
    return median(seen.body.image[:, _HIPS].real.mean(axis=1))
