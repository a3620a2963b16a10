"""One video as a task for a worker, and what comes back: the same on this machine and on a cluster."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from formcheck.apps.analysis import Options, analyse_file
from formcheck.apps.looking import Progress
from formcheck.errors import FormcheckError, ModelError, NobodyError, OutputError
from formcheck.files.folders import SESSION, publish
from formcheck.outputs.session_file import read_session
from formcheck.types import Session
from formcheck.types.text import LONGEST, error_line, one_line


@dataclass(frozen=True, slots=True)
class JobTask:
    """What a worker is given.

    Attributes
    ----------
    id : the job's.
    path, exercise, options : as `analyse_file` takes them.
    folder : where the results shall stand when they are whole.
    name : what people call the video, where its file is called otherwise.
    work : a folder on the same disk for what is not whole yet, and for the word that it is done.
    """

    id: str
    path: str
    exercise: str
    folder: str
    work: str
    options: Options = field(default_factory=Options)
    name: str | None = None


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """What became of a task.

    Attributes
    ----------
    status, reason : as `formcheck.store.records.Job` has them.
    session : the verdict as session.json tells it; None where there is none.
    seconds : of wall time in the worker.
    peak_mb : most resident memory of the worker so far, None if not known.
    blame : "machine" where not the clip but the disk or the model failed: others would fail alike.
    """

    id: str
    status: Literal["ok", "not_judgeable", "failed"]
    reason: str | None = None
    session: Session | None = None
    seconds: float = 0.0
    peak_mb: float | None = None
    blame: Literal["clip", "machine"] = "clip"


#: What judges a task; the whole of it, or in a test a stand-in.
Judge = Callable[[JobTask, Progress | None], JobOutcome]


def judge(task: JobTask, tell: Progress | None = None) -> JobOutcome:
    """Judge one video: the function that every worker runs. Whatever is wrong comes back as an outcome.

    The results stand in ``task.folder`` when it returns; if it is killed, nothing of it does.
    """
    began = time.perf_counter()
    staging = Path(task.work) / task.id
    shutil.rmtree(staging, ignore_errors=True)  # of one that was killed
    try:
        outcome = _judged(task, staging, tell)
    except Exception as error:
        outcome = _failed(task, error)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return replace(outcome, seconds=round(time.perf_counter() - began, 3))


def _judged(task: JobTask, staging: Path, tell: Progress | None) -> JobOutcome:
    try:
        done = analyse_file(
            task.path, task.exercise, task.work, task.options, folder=staging, name=task.name, progress=tell
        )
    except NobodyError as error:
        return JobOutcome(task.id, "not_judgeable", _reason(task, error))
    session = read_session(staging / SESSION)  # as it is written: rounded, so that all ways give the same
    publish(staging, Path(task.folder))
    if done.unjudged:
        return JobOutcome(task.id, "not_judgeable", done.unjudged, session)
    return JobOutcome(task.id, "ok", None, session)


def _failed(task: JobTask, error: Exception) -> JobOutcome:
    """An error as an outcome; what would fail alike for others is the machine's."""
    if isinstance(error, OutputError | ModelError):
        named = str(error).replace(str(Path(task.work) / task.id), task.folder)  # as people know it
        return JobOutcome(task.id, "failed", one_line(named, LONGEST), blame="machine")
    if isinstance(error, FormcheckError):
        return JobOutcome(task.id, "failed", _reason(task, error))
    return JobOutcome(task.id, "failed", unforeseen(error))


def _reason(task: JobTask, error: FormcheckError) -> str:
    """What is wrong with a clip; which clip stands beside it, and where it lies is nobody's business."""
    file = Path(task.path).name  # an upload's own is of no use to anybody
    what = str(error).removeprefix(f"{task.path}: ").removeprefix(f"{file}: ")
    return one_line(what.replace(task.path, task.name or file), LONGEST)


def unforeseen(error: BaseException) -> str:
    """The reason where formcheck itself is at fault."""
    return f"formcheck failed on it ({error_line(error, LONGEST)}); please report it"


class Workers(Protocol):
    """Those who judge: processes of this machine, or a cluster's. Used from one thread."""

    @property
    def size(self) -> int:
        """How many tasks may be in flight at once."""
        ...

    def start(self, task: JobTask, timeout_s: float) -> None:
        """Hand a task over; it fails when it takes longer than ``timeout_s``."""
        ...

    def finished(self, wait_s: float) -> list[JobOutcome]:
        """Those done since the last call; waits at most ``wait_s`` for a first one."""
        ...

    def progress(self) -> dict[str, float]:
        """How far tasks in flight are, 0..1, by their id, where that is known."""
        ...

    def cancel(self, task: str) -> None:
        """Give a task up: no outcome of it comes."""
        ...

    def close(self) -> None:
        """Give everything up and end."""
        ...
