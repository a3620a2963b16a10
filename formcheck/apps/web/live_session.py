"""One person's live session on the server: it outlives the socket that feeds it."""

import secrets
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from formcheck.apps.web.jpeg import decode
from formcheck.apps.web.limits import Limits
from formcheck.apps.web.messages import MessageError, PictureMessage, PoseMessage
from formcheck.codec.live_answer import LiveAnswer, answer_to_dict
from formcheck.live.session import Command
from formcheck.live.workout import Task
from formcheck.pose.estimator import Estimator
from formcheck.types.frame import Frame, SourceInfo
from formcheck.types.live_update import LiveUpdate
from formcheck.types.pose import Model, Pose
from formcheck.types.set_recording import SetRecording


class LiveGuide(Protocol):
    """What judges the poses; `formcheck.live.session.LiveSession`."""

    @property
    def takes(self) -> Sequence[SetRecording]: ...  # noqa: D102
    def step(self, pose: Pose) -> LiveUpdate: ...  # noqa: D102
    def resize(self, size: tuple[int, int]) -> None: ...  # noqa: D102
    def command(self, command: Command) -> None: ...  # noqa: D102
    def finish(self) -> LiveUpdate | None: ...  # noqa: D102


class LiveRecorder(Protocol):
    """What keeps poses and updates; `finish` writes the report, or gives None where nothing was done."""

    def add(self, pose: Pose, update: LiveUpdate) -> None: ...  # noqa: D102
    def finish(self, takes: Sequence[SetRecording]) -> object | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class LiveFactories:
    """What makes anew all that works for a live session; ``model`` is what the browser runs."""

    guide: Callable[[Task, tuple[int, int], Model], LiveGuide]
    recorder: Callable[[Path, SourceInfo, Model], LiveRecorder]
    estimator: Callable[[], Estimator]
    model: Model


class LiveSessionHandle:
    """From the first pose to the saved report. Whatever takes time is safe to call from any thread.

    Parameters
    ----------
    task : what the person means to do.
    folder : where the session is saved; it need not be there yet, and its name is the session's id.
    factories : make what does the work.
    limits : what is accepted.

    Attributes
    ----------
    token : whoever knows it may go on with this session.
    latest : the newest answer, for a page that comes back; None before the first pose.
    trouble : why not all could be kept, in words for who exercises; None where all is well.
    over : the workout has ended, and nothing more is accepted.
    dropped : poses that were left out, as newer ones came while they waited; each answer tells how many.
    """

    def __init__(self, task: Task, folder: Path, factories: LiveFactories, limits: Limits) -> None:
        self.task, self.id = task, folder.name
        self.token = secrets.token_urlsafe(24)
        self.latest: dict[str, Any] | None = None
        self.over = False
        self.dropped = 0
        self.trouble: str | None = None
        self._folder, self._factories, self._limits = folder, factories, limits
        self._lock, self._ending = threading.Lock(), threading.Lock()
        self._guide: LiveGuide | None = None
        self._recorder: LiveRecorder | None = None
        self._estimator: Estimator | None = None
        self._size = (0, 0)
        self._first: float | None = None
        self._newest = -1.0
        self._closed = self._ended = self._saved = False

    def admit(self, t: float) -> None:
        """Check the client's clock, on arrival.

        Raises
        ------
        MessageError
            If it does not rise, or the session would grow too long.
        """
        if t <= self._newest:
            raise MessageError(f"t: {t:g} does not come after {self._newest:g}; times must rise")
        first = t if self._first is None else self._first
        if t - first > self._limits.longest_s:
            raise MessageError(f"t: a session lasts at most {self._limits.longest_s / 3600:g} hours")
        self._first, self._newest = first, t

    def take(self, message: PoseMessage | PictureMessage) -> dict[str, Any]:
        """Judge one pose, or the picture that shows it; the answer for the client.

        Raises
        ------
        MessageError
            If the picture is broken, or the session is over.
        """
        with self._lock:
            if self._closed:
                raise MessageError("this session is over; begin another one")
            first = self._first or 0.0
            pose = self._pose(message, message.t - first)
            guide, recorder = self._ready(message.size)
            update = guide.step(pose)
            recorder.add(pose, update)
            self.over |= update.state == "finished"
            shown = pose if isinstance(message, PictureMessage) else None
            self.latest = answer_to_dict(LiveAnswer(message.t, update, self.dropped, shown))
            return self.latest

    def command(self, command: Command) -> None:
        """What a button asks for; "finish" takes effect at once, the others with the next pose."""
        with self._lock:
            if command == "finish":
                self.over = True
            elif self._guide is not None and not self._closed:
                self._guide.command(command)

    def finish(self) -> bool:
        """End and save; whether there is something to look at. May be called twice, and again if it fails."""
        with self._ending:  # saving takes its time: nobody who still brings a pose may have to wait for it
            with self._lock:
                begun, self._closed, self.over = self._closed, True, True
            if not begun:
                self._end()
            if not self._ended:
                self._save()
                self._ended = True
            return self._saved

    def _end(self) -> None:
        if self._estimator is not None:
            self._estimator.close()
        last = None if self._guide is None else self._guide.finish()
        if last is not None and self.latest is not None:
            self.latest = answer_to_dict(LiveAnswer(self._newest, last, self.dropped))

    def _save(self) -> None:
        if self._guide is None or self._recorder is None:
            return
        self._saved = self._recorder.finish(self._guide.takes) is not None
        if not self._saved:  # the person left before the first "go"
            shutil.rmtree(self._folder, ignore_errors=True)

    def _ready(self, size: tuple[int, int]) -> tuple[LiveGuide, LiveRecorder]:
        if self._guide is None or self._recorder is None:
            source = SourceInfo("browser camera", "camera", *size)
            self._recorder = self._factories.recorder(self._folder, source, self._factories.model)
            self._guide = self._factories.guide(self.task, size, self._factories.model)
        elif size != self._size:
            self._guide.resize(size)
        self._size = size
        return self._guide, self._recorder

    def _pose(self, message: PoseMessage | PictureMessage, t: float) -> Pose:
        if isinstance(message, PoseMessage):
            return message.pose(t)
        rgb = decode(message.jpeg, message.size)
        if rgb is None:
            raise MessageError("picture: cannot be decoded")
        if self._estimator is None:
            self._estimator = self._factories.estimator()
        return self._estimator.estimate(Frame(rgb, t, 0))
