"""One video as a task for a worker, and what comes back: the same on this machine and on a cluster."""

from dataclasses import dataclass
from typing import Literal, Protocol

from formcheck.apps.analysis import Options
from formcheck.types import Session


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is given.

    Attributes
    ----------
    id : the job's.
    path, exercise, options : as `analyse_file` takes them.
    folder : where the results shall stand when they are whole.
    work : a folder on the same disk for what is not whole yet, and for the word that it is done.
    """

    id: str
    path: str
    exercise: str
    folder: str
    work: str
    options: Options = Options()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task.

    Attributes
    ----------
    status, reason : as `formcheck.store.records.Job` has them.
    session : the verdict, without its traces; None where there is none.
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


class Workers(Protocol):
    """Those who judge: processes of this machine, or a cluster's. Used from one thread."""

    @property
    def size(self) -> int:
        """How many tasks may be in flight at once."""
        ...

    def start(self, task: Task, timeout_s: float) -> None:
        """Hand a task over; it fails when it takes longer than ``timeout_s``."""
        ...

    def finished(self, wait_s: float) -> list[Outcome]:
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
