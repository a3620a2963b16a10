"""The recordings of one live session: a new one whenever the pictures change their size, or the model."""

import queue
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread

from formcheck.apps.finished import Analysis
from formcheck.apps.live.events import Clock
from formcheck.apps.live.recording import Recording, new_folder
from formcheck.errors import OutputError
from formcheck.outputs.video import VideoWriter
from formcheck.types import Event, Frame, Model, Pose, SourceInfo
from formcheck.types.set_recording import SetRecording

_WAITING = 8  # pictures that may wait to be written
_QP = 23  # to be judged again, not only looked at


class Recorder:
    """Keeps a session below ``out``.

    Parameters
    ----------
    out : folder; each recording has one of its own in it.
    exercise : id, part of that folder's name.
    source, model, now : as `Recording` has them.
    video : keep the pictures as well.

    Attributes
    ----------
    done : what was judged of the finished recordings.
    folders : where they are.
    dropped : pictures that came faster than they could be written.
    """

    def __init__(
        self, out: Path, exercise: str, source: SourceInfo, model: Model, now: Clock, *, video: bool = False
    ) -> None:
        self._out, self._exercise, self._source, self._model, self._now = out, exercise, source, model, now
        self._with_video = video
        self._kept_takes = 0
        self.done: list[Analysis] = []
        self.folders: list[Path] = []
        self.dropped = 0
        self._begin()

    def _begin(self) -> None:
        folder = new_folder(self._out, self._exercise)
        self.folders.append(folder)
        self._recording = Recording(folder, self._source, self._model, self._now)
        size = (self._source.width_px, self._source.height_px)
        self._video = _Film(folder / "video.mp4", *size) if self._with_video else None

    def pose(self, pose: Pose) -> None:
        """Keep the raw pose of a frame."""
        self._recording.keep(pose)

    def tell(self, events: Iterable[Event]) -> None:
        """Keep what happened."""
        self._recording.tell(events)

    def picture(self, frame: Frame) -> None:
        """Keep a picture, if pictures are kept; never waits."""
        if self._video is not None:
            self._video.put(frame)

    def resize(self, size: tuple[int, int], takes: Sequence[SetRecording]) -> None:
        """From now on the pictures have another size: what there is becomes a recording of its own."""
        self.finish(takes)
        self._source = replace(self._source, width_px=size[0], height_px=size[1])
        self._begin()

    def look_with(self, model: Model, takes: Sequence[SetRecording]) -> None:
        """From now on another model finds the poses: what there is becomes a recording of its own."""
        self.finish(takes)
        self._model = model
        self._begin()

    def finish(self, takes: Sequence[SetRecording]) -> None:
        """Write everything; ``takes`` are those of the whole session.

        Raises
        ------
        FormcheckError
            If something cannot be written; the poses are kept then.
        """
        own, self._kept_takes = takes[self._kept_takes :], len(takes)
        done = self._recording.finish(own)
        if done is not None:
            self.done.append(done)
        if self._video is not None:
            film, self._video = self._video, None
            self.dropped += film.finish()


class _Film:
    """Writes pictures in a thread of its own; those that find no room are left out and counted."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        self._queue: queue.Queue[Frame | None] = queue.Queue(_WAITING)
        self._writer = VideoWriter(path, width, height, qp=_QP)
        self.dropped = 0
        self._failure: OutputError | None = None
        self._thread = Thread(target=self._write, name="film", daemon=True)
        self._thread.start()

    def put(self, frame: Frame) -> None:
        try:
            self._queue.put_nowait(frame)
        except queue.Full:
            self.dropped += 1

    def finish(self) -> int:
        """Wait until all is written; how many pictures were left out."""
        self._queue.put(None)
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        return self.dropped

    def _write(self) -> None:
        frame = self._queue.get()
        if frame is None:
            return
        try:
            with self._writer as video:
                while frame is not None:
                    video.append(frame.rgb, frame.t)
                    frame = self._queue.get()
        except OutputError as error:
            self._failure = error
            while frame is not None:  # nobody may wait for room that never comes
                frame = self._queue.get()
