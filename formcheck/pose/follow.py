"""Follows one person who may be small: in all of the picture, in parts of it, and around him."""

from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from formcheck.pose.estimator import Estimator, PoseModel
from formcheck.pose.search import Search
from formcheck.pose.window import CropWindow, Point, Size, around, length, middle, toward, whole
from formcheck.types.frame import Frame
from formcheck.types.pose import Box, Pose, box_of

#: For so long nobody is looked for elsewhere once he is out of sight, seconds. Judgement.
PATIENCE_S = 0.3
#: Of a body's length that was seen so much is forgotten each second: whoever bends down will rise. Judgement.
FORGOTTEN_PER_S = 0.3
#: While somebody small is followed, all of the picture is glanced at so often, seconds. Whoever is so many
#: times as long there, so many glances in a row, is meant instead: a gymnast, not who sits behind. Judgement.
GLANCE_S, LARGER, GLANCES = 0.5, 1.5, 2


@dataclass(frozen=True, slots=True)
class _Body:
    """Where a body was seen last, and how long it is, px."""

    t: float
    centre: Point
    length_px: float


class FollowingEstimator:
    """A model's estimator that is shown the part of the picture its person is in.

    A detector is given the picture made small, and loses a person of less than a quarter of it; what tracks a
    body reads it in full. So whoever is large is found and followed in all of the picture. Where nobody is,
    squares all over it are searched; who is found in one is believed if its mirror image shows him too. Who
    is small is followed in a part around him, which moves and grows with him, never by more than tracking
    allows, up to the whole picture.

    Parameters
    ----------
    pose_model : what to look with.
    search : of this source; what another estimator of the same source has found and spent counts here.

    Raises
    ------
    ModelError
        If the model cannot be used.
    """

    def __init__(self, pose_model: PoseModel, search: Search) -> None:
        self.model = pose_model.model
        self._pose_model, self._search = pose_model, search
        self._inner: Estimator = pose_model.estimator(smoothing=False)
        self._glancer: Estimator | None = None
        self._glance_t, self._outdone_by = 0.0, 0
        self._window = search.last
        self._body: _Body | None = None

    def estimate(self, frame: Frame) -> Pose:
        """As every `Estimator`: the person in this frame, all NaN if nobody is found."""
        size: Size = (frame.rgb.shape[1], frame.rgb.shape[0])
        pose = self._look(frame, self._window or whole(size))
        if pose.found:
            return self._followed(self._outdone(frame, pose, size) or pose, size)
        if self._body and frame.t - self._body.t <= PATIENCE_S:
            return pose
        return self._searched(frame, size)

    def _look(self, frame: Frame, window: CropWindow) -> Pose:
        self._window = window
        return window.placed(self._inner.estimate(window.cut(frame)))

    def _followed(self, pose: Pose, size: Size) -> Pose:
        """The pose; the next look is a step nearer to the part around it."""
        box = box_of(pose.image)
        now = _Body(pose.t, middle(box), length(box))
        before = self._body or now
        moved = (now.centre[0] - before.centre[0], now.centre[1] - before.centre[1])
        kept_px = before.length_px * (1 - FORGOTTEN_PER_S * abs(now.t - before.t))
        self._body = replace(now, length_px=max(now.length_px, kept_px))
        goal = around(now.centre, self._body.length_px, size)
        self._window = toward(self._window or whole(size), goal, now.centre, moved, now.length_px)
        self._search.last = self._window
        return pose

    def _searched(self, frame: Frame, size: Size) -> Pose:
        """Somebody in all of the picture, or in a part of it."""
        was_whole, self._body = self._window == whole(size), None
        nobody = Pose.nobody(frame.t)
        pose = nobody if was_whole else self._look(frame, whole(size))
        if pose.found:
            return self._followed(pose, size)
        for part in self._search.parts(frame.t, size):
            hint = self._look(frame, part)
            if hint.found:
                pose = self._confirmed(frame, box_of(hint.image), size)
                break
        if pose.found:
            return self._followed(pose, size)
        self._window = None
        return nobody

    def _confirmed(self, frame: Frame, hint: Box, size: Size) -> Pose:
        """Whoever is where a part of the picture seemed to show him."""
        self._renew(self._pose_model.estimator(smoothing=False))  # the old one would go on with a mistake
        box = self._search.confirmed(frame, hint, self._pose_model)
        if box is None:
            return Pose.nobody(frame.t)
        return self._look(frame, around(middle(box), length(box), size))

    def _outdone(self, frame: Frame, pose: Pose, size: Size) -> Pose | None:
        """Somebody much larger who has been there for a while, if part of the picture alone is looked at."""
        if self._window == whole(size) or 0 <= frame.t - self._glance_t < GLANCE_S:
            return None
        self._glance_t = frame.t
        self._glancer = self._glancer or self._pose_model.estimator(smoothing=False)
        other = self._glancer.estimate(frame)
        larger = other.found and length(box_of(other.image)) > LARGER * length(box_of(pose.image))
        self._outdone_by = self._outdone_by + 1 if larger else 0
        if self._outdone_by < GLANCES:
            return None
        self._renew(self._glancer)
        self._glancer, self._window, self._body, self._outdone_by = None, whole(size), None, 0
        return other

    def _renew(self, inner: Estimator) -> None:
        self._inner.close()
        self._inner = inner

    def close(self) -> None:
        """Give back what the model holds; may be called twice."""
        for estimator in (self._inner, self._glancer):
            if estimator is not None:
                estimator.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
