"""Workers on this machine: a process each, which a time-out, a crash or too much memory ends alone."""

import multiprocessing
import time
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, replace
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from formcheck.apps.estimate import Progress
from formcheck.apps.jobs import watchdog
from formcheck.apps.jobs.results import Word, note_progress, read_progress
from formcheck.apps.jobs.task import Judge, Outcome, Task, judge

#: So much resident memory is enough for any clip that 8K pictures and ten minutes allow.
MEMORY_MB = 1500
#: How often a worker says how far it is, seconds.
_TELL_S = 0.5
#: Looking for the pose takes about that share of the time where a video is drawn too.
_LOOKING = 0.7
#: A worker that dies may have been killed by chance; a clip that kills two is to blame.
_TRIES = 2


@dataclass(slots=True)
class _Flight:
    task: Task
    timeout_s: float
    future: "ProcessFuture[Outcome]"
    tries: int = 1


class LocalWorkers:
    """Processes that judge one task after the other; those that fail are replaced.

    Parameters
    ----------
    count : how many.
    memory_mb : most resident memory one of them may take.
    judge : does the work; tests give their own, which must be importable.
    """

    def __init__(self, count: int, memory_mb: int = MEMORY_MB, judge: Judge = judge) -> None:
        self.size, self._memory_mb, self._judge = count, memory_mb, judge
        self._flights: dict[str, _Flight] = {}
        self._pool = self._fresh()

    def _fresh(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self.size,
            initializer=watchdog.start,
            initargs=[self._memory_mb],
            context=multiprocessing.get_context("spawn"),
        )

    def start(self, task: Task, timeout_s: float) -> None:
        """Hand a task over."""
        if not self._pool.active:  # its processes could not start, and it has given up
            self._pool = self._fresh()
        self._flights[task.id] = _Flight(task, timeout_s, self._sent(task, timeout_s))

    def _sent(self, task: Task, timeout_s: float) -> "ProcessFuture[Outcome]":
        return self._pool.schedule(_work, args=[self._judge, task], timeout=timeout_s)

    def finished(self, wait_s: float) -> list[Outcome]:
        """Those done since the last call; waits at most ``wait_s`` for a first one."""
        futures = [flight.future for flight in self._flights.values()]
        if not futures:
            return []
        wait(futures, wait_s, FIRST_COMPLETED)
        ended = [flight for flight in self._flights.values() if flight.future.done()]
        outcomes = (self._outcome(flight) for flight in ended)
        return [outcome for outcome in outcomes if outcome is not None]

    def _outcome(self, flight: _Flight) -> Outcome | None:
        """What became of a flight; None if it goes on in another worker."""
        name = flight.task.id
        try:
            outcome: Outcome = flight.future.result()
        except TimeoutError:
            outcome = Outcome(name, "failed", f"took longer than {flight.timeout_s:g} s")
        except ProcessExpired as error:
            if error.exitcode != watchdog.MEMORY_USED_UP and flight.tries < _TRIES:
                flight.tries += 1
                flight.future = self._sent(flight.task, flight.timeout_s)
                return None
            outcome = Outcome(name, "failed", self._death(error.exitcode))
        except Exception as error:  # the outcome could not travel: ours, not the clip's
            outcome = Outcome(
                name, "failed", f"formcheck failed on it ({type(error).__name__}); please report it"
            )
        del self._flights[name]
        return outcome

    def _death(self, code: int | None) -> str:
        if code == watchdog.MEMORY_USED_UP:
            return f"took more than {self._memory_mb} MB of memory; export it smaller or shorter"
        how = f"signal {-code}" if code and code < 0 else f"exit code {code}"
        return f"killed the process that judged it, twice ({how}); export it again in another format"

    def progress(self) -> dict[str, float]:
        """How far tasks in flight are, 0..1, by their id, where they have said."""
        told = {name: read_progress(Path(f.task.work), name) for name, f in self._flights.items()}
        return {name: share for name, share in told.items() if share is not None}

    def cancel(self, task: str) -> None:
        """Give a task up; its worker ends."""
        flight = self._flights.pop(task, None)
        if flight is not None:
            flight.future.cancel()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Give everything up and end."""
        for name in list(self._flights):
            self.cancel(name)
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _work(judge: Judge, task: Task) -> Outcome:
    """In the worker: judge, leave the word that it is done, and tell."""
    outcome = judge(task, _teller(task))
    if outcome.blame == "clip":
        judged = outcome.session is not None
        Word(task.id, outcome.status, outcome.reason, outcome.seconds, judged).write(Path(task.work))
    return replace(outcome, peak_mb=watchdog.peak_mb())


def _teller(task: Task) -> Progress:
    """Tells now and then, in a file, how far the task is: a lock that is shared could die with a worker."""
    told_at = 0.0
    first = _LOOKING if task.options.video else 1.0

    def tell(what: str, done_s: float, total_s: float | None) -> None:
        nonlocal told_at
        now = time.monotonic()
        if total_s and now - told_at > _TELL_S:
            told_at = now
            share = min(1.0, done_s / total_s)
            note_progress(
                Path(task.work), task.id, first * share if what == "looking" else first + (1 - first) * share
            )

    return tell
