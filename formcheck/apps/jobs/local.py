"""Workers on this machine: a process each, which a time-out, a crash or too much memory ends alone."""

import multiprocessing
import time
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from formcheck.apps.jobs import watchdog
from formcheck.apps.jobs.results import Word, note_progress, read_progress
from formcheck.apps.jobs.task import JobOutcome, JobTask, Judge, judge, unforeseen
from formcheck.apps.jobs.watchdog import MEMORY_MB
from formcheck.apps.looking import Progress
from formcheck.errors import OutputError
from formcheck.types.text import LONGEST, one_line

#: How often a worker says how far it is, seconds.
_REPORT_S = 0.5
#: Looking for the pose takes about that share of the time where a video is drawn too.
_LOOKING = 0.7
#: A worker that dies may have been killed by chance; a clip that kills two is to blame.
_TRIES = 2
#: Pebble asks a process to end, and kills it after 3 s; whatever takes longer ends with this program.
_FAREWELL_S = 5.0


@dataclass(slots=True)
class _Flight:
    """A task in a worker; ``since`` it is being judged, None while its process starts."""

    task: JobTask
    timeout_s: float
    since: float | None = None
    pool: ProcessPool = field(init=False)
    future: "ProcessFuture[JobOutcome]" = field(init=False)
    tries: int = 0


class LocalWorkers:
    """Processes that judge one task after the other; those that fail are replaced.

    Each has a pool of its own: what workers of one pool share (a pipe and its locks) breaks with the one that
    is killed while it holds it.

    Parameters
    ----------
    count : how many.
    memory_mb : most resident memory one of them may take.
    judge : does the work; tests give their own, which must be importable.
    """

    def __init__(self, count: int, memory_mb: int = MEMORY_MB, judge: Judge = judge) -> None:
        self.size, self._memory_mb, self._judge = count, memory_mb, judge
        self._flights: dict[str, _Flight] = {}
        self._idle: list[ProcessPool] = []
        self._ending: list[Thread] = []

    def start(self, task: JobTask, timeout_s: float) -> None:
        """Hand a task over."""
        flight = self._flights[task.id] = _Flight(task, timeout_s)
        self._board(flight)

    def _board(self, flight: _Flight) -> None:
        flight.tries, flight.since = flight.tries + 1, None
        with watchdog.deaf():  # a pool starts its process when it gets its first task
            flight.pool = self._pool()
            try:
                flight.future = flight.pool.schedule(_work, args=[self._judge, flight.task])
            except RuntimeError:  # it could not, or just broke
                flight.future = ProcessFuture()
                flight.future.set_exception(BrokenProcessPool())

    def _pool(self) -> ProcessPool:
        while self._idle:
            pool = self._idle.pop()
            if pool.active:
                return pool
            self._end(pool)  # its process was killed while it had nothing to do
        return ProcessPool(
            max_workers=1,
            initializer=watchdog.start,
            initargs=[self._memory_mb],
            context=multiprocessing.get_context("spawn"),
        )

    def finished(self, wait_s: float) -> list[JobOutcome]:
        """Those done since the last call; waits at most ``wait_s`` for a first one."""
        futures = [flight.future for flight in self._flights.values()]
        if not futures:
            return []
        wait(futures, wait_s, FIRST_COMPLETED)
        ended = [f for f in self._flights.values() if f.future.done() or not f.pool.active]
        outcomes = [self._outcome(flight) for flight in ended]
        return [outcome for outcome in outcomes if outcome is not None] + self._late()

    def _late(self) -> list[JobOutcome]:
        """End what takes too long; pebble would go by the clock on the wall, which may be set meanwhile."""
        now, late = time.monotonic(), []
        for flight in self._flights.values():
            if flight.since is None and flight.future.running():
                flight.since = now
            if flight.since is not None and now - flight.since > flight.timeout_s:
                late.append(flight)
        for flight in late:
            self.cancel(flight.task.id)
        return [JobOutcome(f.task.id, "failed", f"took longer than {f.timeout_s:g} s") for f in late]

    def _outcome(self, flight: _Flight) -> JobOutcome | None:
        """What became of a flight; None if it goes on in another worker."""
        name, error = flight.task.id, _error(flight.future)
        outcome: JobOutcome
        if error is None:
            outcome = flight.future.result()
        elif not isinstance(error, ProcessExpired | BrokenProcessPool):  # it could not travel: ours
            outcome = JobOutcome(name, "failed", unforeseen(error))
        else:
            self._end(flight.pool)
            code = error.exitcode if isinstance(error, ProcessExpired) else None
            if code != watchdog.MEMORY_USED_UP and flight.tries < _TRIES:
                self._board(flight)
                return None
            del self._flights[name]
            return self._death(flight.task, code)
        self._idle.append(flight.pool)
        del self._flights[name]
        return outcome

    def _death(self, task: JobTask, code: int | None) -> JobOutcome:
        """A worker died, with an exit code; None where it was too quick to be seen with the task."""
        if code is None and read_progress(Path(task.work), task.id) is None:
            why = "no process that judges could be kept running here; see that there is memory for it"
            return JobOutcome(task.id, "failed", why, blame="machine")
        if code == watchdog.MEMORY_USED_UP:
            why = f"took more than {self._memory_mb} MB of memory; export it smaller or shorter"
        else:
            how = "at once" if code is None else f"signal {-code}" if code < 0 else f"exit code {code}"
            why = f"killed the process that judged it, twice ({how}); export it again in another format"
        return JobOutcome(task.id, "failed", why)

    def progress(self) -> dict[str, float]:
        """How far tasks in flight are, 0..1, by their id, where they have said."""
        shares = {name: read_progress(Path(f.task.work), name) for name, f in self._flights.items()}
        return {name: share for name, share in shares.items() if share is not None}

    def cancel(self, task: str) -> None:
        """Give a task up; its worker ends."""
        flight = self._flights.pop(task, None)
        if flight is not None:
            self._end(flight.pool)

    def close(self) -> None:
        """Give everything up and end."""
        for name in list(self._flights):
            self.cancel(name)
        while self._idle:
            self._end(self._idle.pop())
        for thread in self._ending:
            thread.join(_FAREWELL_S)

    def _end(self, pool: ProcessPool) -> None:
        """End a worker beside: a process that hangs takes its time to die."""
        thread = Thread(target=_end, args=(pool,), daemon=True)
        thread.start()
        self._ending = [t for t in self._ending if t.is_alive()] + [thread]


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _error(future: "ProcessFuture[JobOutcome]") -> BaseException | None:
    """Why there is no outcome; a future that never comes is that of a broken pool."""
    return future.exception() if future.done() else BrokenProcessPool()


def _work(judge: Judge, task: JobTask) -> JobOutcome:
    """In the worker: judge, leave the word that it is done, and tell."""
    note_progress(Path(task.work), task.id, 0.0)
    outcome = judge(task, _reporter(task))
    if outcome.blame == "clip":
        judged = outcome.session is not None
        word = Word(task.id, outcome.status, outcome.reason, outcome.seconds, judged)
        try:
            word.write(Path(task.work))
        except OutputError as error:
            return JobOutcome(task.id, "failed", one_line(error, LONGEST), blame="machine")
    return replace(outcome, peak_mb=watchdog.peak_mb())


def _reporter(task: JobTask) -> Progress:
    """Reports now and then, in a file, how far the task is: a lock that is shared could die with a worker."""
    reported_at = 0.0
    first = _LOOKING if task.options.video else 1.0

    def report(what: str, done_s: float, total_s: float | None) -> None:
        nonlocal reported_at
        now = time.monotonic()
        if total_s and now - reported_at > _REPORT_S:
            reported_at = now
            share = min(1.0, done_s / total_s)
            note_progress(
                Path(task.work), task.id, first * share if what == "looking" else first + (1 - first) * share
            )

    return report
