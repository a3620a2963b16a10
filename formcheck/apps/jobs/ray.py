"""Workers of a Ray cluster, or of one started on this machine.

Each video is a task of Ray that tells signs as it goes, and not a call of a pooled actor. Ray itself then
places tasks, on nodes that come and go. The first sign starts the time-out, so that waiting in Ray's queue
does not count; later ones tell progress and memory. Ending a task by force ends its process, a hang in native
code included; other processes are used again, as actors would be. Trying again is done here, not by Ray:
the time-out must begin anew, and a clip that kills all who judge it must come to an end.

Nodes write nothing that is kept: what they find comes back as bytes, and the driver puts it in its place.
"""

import pickle
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from formcheck.apps.jobs import node
from formcheck.apps.jobs.ray_head import Head, joined
from formcheck.apps.jobs.results import Word
from formcheck.apps.jobs.task import JobOutcome, JobTask, Judge, judge
from formcheck.apps.jobs.watchdog import MEMORY_MB
from formcheck.errors import FormcheckError, OutputError
from formcheck.files.folders import publish
from formcheck.files.writing import write_bytes
from formcheck.pose import estimators
from formcheck.types.text import LONGEST, one_line
from formcheck.version import __version__

#: A worker that is lost may have had bad luck, or its node had; a clip that loses three is to blame.
_TRIES = 3
#: Each of Ray's many threads would keep what it freed: 1.5 GB after four clips with `heavy`, and so .7.
_LEAN = {"env_vars": {"MALLOC_ARENA_MAX": "2"}}
#: What Ray's ways to lose a task mean; any other is a worker that died.
_LOSSES = {"OutOfMemoryError": "its node ran out of memory", "NodeDiedError": "its node was lost"}


@dataclass(slots=True)
class _Flight:
    """A task on its way; ``since`` it is being judged, None while it waits for a CPU."""

    task: JobTask
    timeout_s: float
    signs: Any = None
    since: float | None = None
    share: float = 0.0
    tries: int = 0


class RayWorkers:
    """The CPUs of a cluster.

    Parameters
    ----------
    address : of the cluster's head; None starts one on this machine alone.
    in_flight : how many tasks at once; by default as many as the cluster has CPUs at the moment.
    send_videos : send the videos' bytes, for nodes that do not share the driver's folders.
    memory_mb : most resident memory that one task may take.
    judge : does the work; tests give their own, which must be importable.

    Raises
    ------
    FormcheckError
        If Ray is not installed, or there is no cluster at that address.
    """

    def __init__(
        self,
        address: str | None,
        in_flight: int | None = None,
        send_videos: bool = False,
        memory_mb: int = MEMORY_MB,
        judge: Judge = judge,
    ) -> None:
        self._in_flight, self._send = in_flight, send_videos
        self._memory_mb, self._judge = memory_mb, judge
        self._flights: dict[str, _Flight] = {}
        self._done: list[JobOutcome] = []
        self._models: dict[str, Any] = {}
        self._ray = joined(address)
        self._head = Head(self._ray.get_runtime_context().gcs_address)
        self._cpus = self._counted()
        remote = self._ray.remote(num_cpus=1, max_retries=0, num_returns="streaming", runtime_env=_LEAN)
        self._work = remote(node.work)

    @property
    def size(self) -> int:
        """How many tasks may be in flight at once; grows and shrinks with the cluster."""
        return self._in_flight or self._cpus

    def _counted(self) -> int:
        return max(1, int(self._ray.cluster_resources().get("CPU", 0)))

    def _look(self) -> None:
        """See whether the head is there; only then is it asked: Ray waits for one that is not, and dies."""
        if self._head.answers():
            self._cpus = self._counted()

    def start(self, task: JobTask, timeout_s: float) -> None:
        """Hand a task over."""
        self._send_off(_Flight(task, timeout_s))

    def _send_off(self, flight: _Flight) -> None:
        task = flight.task
        path = Path(task.path).absolute()
        exercise = _bytes(Path(task.exercise)) if task.exercise.endswith(".toml") else None
        parcel = node.Parcel(
            replace(task, path=str(path)), path.is_file(), exercise, self._memory_mb, self._judge
        )
        video = _bytes(path) if self._send else None
        try:
            models = map(self._model, task.options.looks.models)
            flight.signs = self._work.remote(__version__, pickle.dumps(parcel), video, *models)
        except (FormcheckError, self._ray.exceptions.RayError) as error:  # such as: its object store is full
            self._done.append(JobOutcome(task.id, "failed", _unable(error), blame="machine"))
            return
        flight.since, flight.share, flight.tries = None, 0.0, flight.tries + 1
        self._flights[task.id] = flight

    def _model(self, which: str) -> Any:
        """The model in Ray's object store, which brings it to each node once."""
        if which not in self._models:
            self._models[which] = self._ray.put(estimators.load(which).data)
        return self._models[which]

    def finished(self, wait_s: float) -> list[JobOutcome]:
        """Those done since the last call; waits at most ``wait_s`` for a first one.

        Raises
        ------
        FormcheckError
            If the cluster's head is gone.
        """
        self._look()
        end = time.monotonic() + wait_s
        while self._flights and not self._done:
            left = end - time.monotonic()
            self._listen(max(0.0, min(left, self._patience())))
            self._end_late()
            if left <= 0:
                break
        done, self._done = self._done, []
        return done

    def _patience(self) -> float:
        """Seconds until the next task is late."""
        now = time.monotonic()
        return min((f.since + f.timeout_s - now for f in self._flights.values() if f.since), default=60.0)

    def _listen(self, wait_s: float) -> None:
        """Hear the next sign of each task that gave one, waiting for a first one."""
        flights = {f.signs: f for f in self._flights.values()}
        self._ray.wait(list(flights), timeout=wait_s)
        ready, _ = self._ray.wait(list(flights), num_returns=len(flights), timeout=0)
        for signs in ready:
            flight = flights[signs]
            try:
                self._hear(flight, self._ray.get(next(signs)))
            except (self._ray.exceptions.RayError, StopIteration) as error:
                self._fallen(flight, error)

    def _hear(self, flight: _Flight, sign: node.Sign) -> None:
        flight.since, flight.share = flight.since or time.monotonic(), sign.share
        if sign.outcome is not None:
            del self._flights[flight.task.id]
            self._done.append(_kept(flight.task, sign.outcome, sign))
        elif sign.memory_mb > self._memory_mb:
            self._end(flight, f"took more than {self._memory_mb} MB of memory; export it smaller or shorter")

    def _fallen(self, flight: _Flight, error: Exception) -> None:
        """A worker died, or its node did: the task goes elsewhere, unless it fell too often."""
        cause = getattr(error, "cause", None)  # what was raised on the node; it may be Ray's own
        if cause is not None and not isinstance(cause, self._ray.exceptions.RayError):
            self._end(flight, _unable(cause), blame="machine")
            return
        if flight.tries < _TRIES:
            self._send_off(flight)
            return
        how = _LOSSES.get(type(error).__name__, "its process died")
        self._end(flight, f"could not be judged, {_TRIES} times ({how}); export it again in another format")

    def _end_late(self) -> None:
        now = time.monotonic()
        for flight in list(self._flights.values()):
            if flight.since and now - flight.since > flight.timeout_s:
                self._end(flight, f"took longer than {flight.timeout_s:g} s")

    def _end(self, flight: _Flight, reason: str, **blame: Any) -> None:
        self.cancel(flight.task.id)
        self._done.append(JobOutcome(flight.task.id, "failed", reason, **blame))

    def progress(self) -> dict[str, float]:
        """How far tasks in flight are, 0..1, by their id, of those that began."""
        return {name: flight.share for name, flight in self._flights.items() if flight.since}

    def cancel(self, task: str) -> None:
        """Give a task up; its process ends."""
        flight = self._flights.pop(task, None)
        if flight is not None and not self._head.gone:
            with suppress(self._ray.exceptions.RayError):
                self._ray.cancel(flight.signs, force=True)

    def close(self) -> None:
        """Give everything up and end; a cluster that was there before stays."""
        for name in list(self._flights):
            self.cancel(name)
        self._ray.shutdown()


def _bytes(path: Path) -> bytes | None:
    """Content of a file; None where it cannot be read, of which the node will tell."""
    with suppress(OSError):
        return path.read_bytes()
    return None


def _kept(task: JobTask, outcome: JobOutcome, sign: node.Sign) -> JobOutcome:
    """Put the results where the driver keeps them, as a worker of this machine would."""
    if outcome.blame == "machine":
        return outcome
    work, judged = Path(task.work), outcome.session is not None
    staging = work / task.id
    try:
        for name, data in sign.files.items():
            write_bytes(staging / name, data)
        if sign.files:
            publish(staging, Path(task.folder))
        Word(task.id, outcome.status, outcome.reason, outcome.seconds, judged).write(work)
    except OutputError as error:
        return JobOutcome(task.id, "failed", one_line(error, LONGEST), blame="machine")
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return outcome


def _unable(error: BaseException) -> str:
    """Why a node could not even try; `judge` itself never raises."""
    why = one_line(error, LONGEST)
    if isinstance(error, FormcheckError):
        return why
    return f"a node of the cluster cannot judge ({why}); see that all have the same formcheck"
