"""One reading of a clip: frames that a schedule wants looked at become poses."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from formcheck.errors import SourceError
from formcheck.pose.estimator import Estimator
from formcheck.pose.looks import Schedule
from formcheck.sources.video import VideoSource
from formcheck.types import Frame, Pose, PoseSequence
from formcheck.types.times import TimesError

if TYPE_CHECKING:
    from formcheck.sources.background import Background
    from formcheck.sources.shots import Shots

#: (what is being done, seconds done, seconds in all or None)
Progress = Callable[[str, float, float | None], None]
#: An estimator of that model for the same source, which has seen nothing of it yet.
Fresh = Callable[[str], Estimator]
#: A pose, and the number of the model that looked, as in `PoseSequence.looked`; 0 is nobody.
Look = tuple[Pose, int]


def looked_at(source: VideoSource, fresh: Fresh, schedule: Schedule, progress: Progress) -> PoseSequence:
    """The poses of a clip, a row a frame; its ``clock`` is left to whoever knows how ``fresh`` asks.

    Raises
    ------
    SourceError
        If the clip cannot be read, or has times that no clip has.
    """
    from formcheck.sources.background import Background  # noqa: PLC0415  cv2 is slow to import
    from formcheck.sources.shots import Shots  # noqa: PLC0415

    background, shots, looked = Background(), Shots(), bytearray()
    with _Eyes(fresh, schedule) as eyes:
        frames = _seen(counted(source, "looking", progress), shots)
        rows = _rows(frames, eyes, schedule, background)
        try:
            poses = PoseSequence.from_poses(_noting(rows, looked), source.info, eyes.models[0])
        except TimesError as error:
            raise SourceError(f"{source.info.name}: {error}; convert the clip or record it anew") from None
        moments = schedule.again(poses.t)
        again = list(eyes.late(source.frames_at(moments))) if moments else []
    flags = np.frombuffer(bytes(looked), np.uint8)
    poses = replace(poses, camera=background.shifts(), shot=shots.numbers())
    poses = replace(poses, looked=flags, others=tuple(eyes.models[1:]))
    return (_with(poses, again) if again else poses).by_most()


class _Eyes(AbstractContextManager["_Eyes"]):
    """An estimator of the model that the schedule wants, another one once it wants another model."""

    def __init__(self, fresh: Fresh, schedule: Schedule) -> None:
        self._fresh, self._schedule, self._name = fresh, schedule, schedule.model
        self._estimator = fresh(self._name)
        self.models = [self._estimator.model]

    def look(self, frame: Frame) -> Look:
        self._turn()
        return self._estimator.estimate(frame), len(self.models)

    def late(self, frames: Iterable[Frame]) -> Iterator[Look]:
        """Looks at frames that were passed by: an estimator goes forward only, so another one does it."""
        self._turn()
        with self._fresh(self._name) as estimator:
            for frame in frames:
                yield estimator.estimate(frame), len(self.models)

    def _turn(self) -> None:
        if self._schedule.model != self._name:
            self._estimator.close()
            self._name = self._schedule.model
            self._estimator = self._fresh(self._name)
            self.models.append(self._estimator.model)

    def __exit__(self, *_: object) -> None:
        self._estimator.close()


def _rows(
    frames: Iterable[Frame], eyes: _Eyes, schedule: Schedule, background: "Background"
) -> Iterator[Look]:
    """Each frame's pose and who looked at it, in time order; somebody always looks at the last frame."""
    waiting: list[tuple[float, Frame | None]] = []
    pose = Pose.nobody(0.0)
    for frame, last in _ends(frames):
        step = schedule.step(frame.t)
        if step == "look" or last:
            pose, by = eyes.look(frame)
            kept = [frame for _, frame in waiting if frame] if schedule.saw(pose) else []
            late = {other[0].t: other for other in eyes.late(kept)} if kept else {}
            yield from (late.get(t, (Pose.nobody(t), 0)) for t, _ in waiting)
            yield pose, by
            waiting = []
        else:
            waiting.append((frame.t, frame if step == "keep" else None))
        background.add(frame, pose)


def _seen(frames: Iterable[Frame], shots: "Shots") -> Iterator[Frame]:
    for frame in frames:
        shots.add(frame)
        yield frame


def _ends(frames: Iterable[Frame]) -> Iterator[tuple[Frame, bool]]:
    """Each frame, and whether it is the last."""
    held: Frame | None = None
    for frame in frames:
        if held is not None:
            yield held, False
        held = frame
    if held is not None:
        yield held, True


def _with(poses: PoseSequence, again: Sequence[Look]) -> PoseSequence:
    """The poses, looked at anew; from there on what another model saw is left out."""
    points = {name: getattr(poses, name).copy() for name in ("image", "world", "visibility")}
    looked, (first, by) = poses.looked.copy(), again[0]
    others = (poses.t >= first.t) & (looked != by)
    looked[others] = 0
    for array in points.values():
        array[others] = np.nan
    for pose, _ in again:
        row = int(np.searchsorted(poses.t, pose.t))
        looked[row] = by
        for name, array in points.items():
            array[row] = getattr(pose, name)
    return replace(poses, **points, looked=looked)


def _noting(rows: Iterable[Look], looked: bytearray) -> Iterator[Pose]:
    for pose, by in rows:
        looked.append(by)
        yield pose


def counted(source: VideoSource, what: str, progress: Progress) -> Iterator[Frame]:
    """The frames of a source; ``progress`` hears how far it is after each."""
    first: float | None = None
    for frame in source:
        first = frame.t if first is None else first
        yield frame
        progress(what, frame.t - first, source.info.duration_s)


def silent(what: str, done_s: float, total_s: float | None) -> None:
    """Nobody wants to know how far it is."""
