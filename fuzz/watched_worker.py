"""Workers that are watched from outside: whatever an input does to one, the next input meets a fresh one."""

import multiprocessing
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from formcheck.apps.jobs.watchdog import MEMORY_MB
from fuzz.ending import Ending
from fuzz.inputs import Input
from fuzz.kinds import meet
from fuzz.worker import Meet, serve

#: No input may take more CPU time, nor wait so long without taking any, nor more memory. The clock alone
#: tells nothing on a machine that others use as well. The memory is what a worker of a batch may take: a
#: landmarker of `heavy` takes 250 MB, and a process that has made fifty keeps 870.
HANG_S, WAIT_S, MOST_MB = 10.0, 30.0, float(MEMORY_MB)
#: Who waits takes less CPU time than this, seconds.
_IDLE_S = 0.05
#: How often a worker is looked at, seconds.
_LOOK_S = 0.05
_START_S = 120.0
#: A server that has imported everything forks a fresh worker in a moment, where the system can.
_START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_MB = 2**20


class Worker:
    """One process; replaced when it dies, and after every failure.

    Parameters
    ----------
    meet : how an input is met; it is imported in the process.
    hang_s, most_mb : what no input may take: CPU time, and memory.
    """

    def __init__(self, meet: Meet = meet, hang_s: float = HANG_S, most_mb: float = MOST_MB) -> None:
        self._meet, self._hang_s, self._most_mb = meet, hang_s, most_mb
        if _START == "forkserver":
            multiprocessing.set_forkserver_preload(["fuzz.kinds"])
        self._home = tempfile.mkdtemp(prefix="fuzz-")
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context(_START)
        self._line, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other, self._meet, self._home), daemon=True)
        self._process.start()
        other.close()
        if not self._line.poll(_START_S):
            raise RuntimeError("the worker does not start")
        self._line.recv()

    def meet(self, given: Input) -> Ending:
        """How meeting an input ended."""
        watched = psutil.Process(self._process.pid)
        cpu = _cpu_s(watched)
        busy_at, busy = time.monotonic(), 0.0
        try:
            self._line.send(given)
            while not self._line.poll(_LOOK_S):
                taken, mb = _cpu_s(watched) - cpu, watched.memory_info().rss / _MB
                if mb > self._most_mb:
                    return self._killed(Ending("memory", f"more than {self._most_mb:g} MB", taken, mb))
                if taken > busy + _IDLE_S:
                    busy_at, busy = time.monotonic(), taken
                if taken > self._hang_s or time.monotonic() - busy_at > WAIT_S:
                    idle = time.monotonic() - busy_at
                    why = f"no end after {taken:.0f} s of CPU, the last {idle:.0f} s idle"
                    return self._killed(Ending("hang", why, taken, mb))
            ending: Ending = self._line.recv()
        except (EOFError, OSError, psutil.Error):
            self._process.join(_START_S)
            return self._killed(Ending("crash", f"exit code {self._process.exitcode}"))
        if not ending.proper:
            self._killed(ending)
        return self._bounded(ending)

    def _bounded(self, ending: Ending) -> Ending:
        """What took too much between two looks."""
        what, why = None, f"took {ending.seconds:.1f} s of CPU, {ending.peak_mb:.0f} MB"
        if ending.proper and ending.seconds > self._hang_s:
            what = "hang"
        elif ending.proper and ending.peak_mb > self._most_mb:
            what = "memory"
        return replace(ending, what=what, why=why) if what else ending

    def _killed(self, ending: Ending) -> Ending:
        """End the process and begin a new one; gives ``ending`` back."""
        self._stop()
        self._start()
        return ending

    def _stop(self) -> None:
        with suppress(psutil.Error):
            for child in psutil.Process(self._process.pid).children(recursive=True):
                child.kill()
        self._process.kill()
        self._process.join()
        self._line.close()
        for left in Path(self._home).iterdir():
            shutil.rmtree(left, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        shutil.rmtree(self._home, ignore_errors=True)


def _cpu_s(process: psutil.Process) -> float:
    """CPU time of a process so far; an input that needs more processes waits for them, and so is bounded."""
    times = process.cpu_times()
    return float(times.user + times.system)
