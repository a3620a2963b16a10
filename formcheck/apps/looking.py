"""One reading of a clip with one estimator: frames that a schedule wants looked at become poses."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from formcheck.errors import SourceError
from formcheck.pose.estimator import Estimator
from formcheck.pose.looks import Schedule
from formcheck.sources.video import VideoSource
from formcheck.types import Frame, Pose, PoseSequence
from formcheck.types.pose import TimesError

if TYPE_CHECKING:
    from formcheck.sources.background import Background

#: (what is being done, seconds done, seconds in all or None)
Progress = Callable[[str, float, float | None], None]
#: An estimator for the same source that has seen nothing of it yet.
Fresh = Callable[[], Estimator]


def looked_at(source: VideoSource, fresh: Fresh, schedule: Schedule, progress: Progress) -> PoseSequence:
    """The poses of a clip, a row a frame.

    Raises
    ------
    SourceError
        If the clip cannot be read, or has times that no clip has.
    """
    from formcheck.sources.background import Background  # noqa: PLC0415  cv2 is slow to import

    background, looked = Background(), bytearray()
    with fresh() as estimator:
        rows = _rows(counted(source, "looking", progress), estimator, fresh, schedule, background)
        try:
            poses = PoseSequence.from_poses(_noting(rows, looked), source.info, estimator.model)
        except TimesError as error:
            raise SourceError(f"{source.info.name}: {error}; convert the clip or record it anew") from None
    flags = np.frombuffer(bytes(looked), np.uint8)
    poses = replace(poses, camera=background.shifts(), looked=flags, clock="raw")
    moments = schedule.again(poses.t)
    return _with(poses, _late(source.frames_at(moments), fresh)) if moments else poses


def _rows(
    frames: Iterable[Frame], estimator: Estimator, fresh: Fresh, schedule: Schedule, background: "Background"
) -> Iterator[tuple[Pose, bool]]:
    """Each frame's pose and whether it was looked at, in time order; the last frame always is."""
    waiting: list[tuple[float, Frame | None]] = []
    pose = Pose.nobody(0.0)
    for frame, last in _ends(frames):
        step = schedule.step(frame.t)
        if step == "look" or last:
            pose = estimator.estimate(frame)
            kept = [frame for _, frame in waiting if frame] if schedule.saw(pose) else []
            late = {other.t: other for other in _late(kept, fresh)}
            yield from ((late.get(t, Pose.nobody(t)), t in late) for t, _ in waiting)
            yield pose, True
            waiting = []
        else:
            waiting.append((frame.t, frame if step == "keep" else None))
        background.add(frame, pose)


def _ends(frames: Iterable[Frame]) -> Iterator[tuple[Frame, bool]]:
    """Each frame, and whether it is the last."""
    held: Frame | None = None
    for frame in frames:
        if held is not None:
            yield held, False
        held = frame
    if held is not None:
        yield held, True


def _late(frames: Iterable[Frame], fresh: Fresh) -> Iterator[Pose]:
    """Looks at frames that were passed by: an estimator goes forward only, so another one does it."""
    estimator: Estimator | None = None
    try:
        for frame in frames:
            estimator = estimator or fresh()
            yield estimator.estimate(frame)
    finally:
        if estimator is not None:
            estimator.close()


def _with(poses: PoseSequence, looks: Iterable[Pose]) -> PoseSequence:
    """The poses, some of whose frames were looked at anew."""
    arrays = {name: getattr(poses, name).copy() for name in ("image", "world", "visibility", "looked")}
    for pose in looks:
        row = int(np.searchsorted(poses.t, pose.t))
        for name in ("image", "world", "visibility"):
            arrays[name][row] = getattr(pose, name)
        arrays["looked"][row] = 1
    return replace(poses, **arrays)


def _noting(rows: Iterable[tuple[Pose, bool]], looked: bytearray) -> Iterator[Pose]:
    for pose, seen in rows:
        looked.append(seen)
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
