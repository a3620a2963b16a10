"""What a worker process does beside its work: it ends when its parent is gone or its memory is used up."""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from threading import Thread

from formcheck import ends

#: So much resident memory is enough for any clip that 8K pictures and ten minutes allow.
MEMORY_MB = 1500
#: Exit code of a worker that took more memory than it may.
MEMORY_USED_UP = 99
_ORPHANED = 98
#: How often memory is looked at, seconds: a decoder takes some hundred megabytes in that time at most.
_LOOK_S = 0.1
_MB = 1_000_000
#: Of prctl(2): the signal a process gets when the thread that started it ends.
_PR_SET_PDEATHSIG = 1


class _Peak:
    mb = 0.0


@contextmanager
def deaf() -> Iterator[None]:
    """Processes and threads that start meanwhile never hear what a terminal sends, not even while they start.

    Their parent hears it, and ends them. What Python starts beside them to look after their locks would go
    with the terminal, and Python complain.
    """
    with ends.later():  # a process whose parent ends before it has said what to do complains
        if not hasattr(signal, "pthread_sigmask"):  # Windows
            yield
            return
        sent = {signal.SIGINT, signal.SIGHUP}
        before = signal.pthread_sigmask(signal.SIG_BLOCK, sent)
        try:
            # when it starts, Python unblocks what it had not blocked itself
            resource_tracker.ensure_running()
            signal.pthread_sigmask(signal.SIG_BLOCK, sent)
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start(memory_mb: int) -> None:
    """Make this process a worker: quiet, deaf to Ctrl-C (its parent ends it), and watched.

    The thread that started it must live as long as the work: on Linux its end is taken for the parent's.

    Parameters
    ----------
    memory_mb : most resident memory it may take.
    """
    watch(memory_mb)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):  # native libraries write there, into the parent's table
        os.dup2(nowhere, stream)
    _die_with_parent()


def watch(memory_mb: int = MEMORY_MB) -> None:
    """Be deaf to Ctrl-C, and end when the parent is gone or more memory is taken than this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_watch, args=(memory_mb,), daemon=True).start()


def peak_mb() -> float | None:
    """Most resident memory of this worker so far, as the watch saw it; None before its first look."""
    return round(_Peak.mb, 1) or None


def _die_with_parent() -> None:
    """Linux kills it even while native code holds the interpreter, and so the watch as well."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _watch(memory_mb: int) -> None:
    import psutil  # noqa: PLC0415  whoever only reads the history has none

    me, parent = psutil.Process(), multiprocessing.parent_process()
    gone = [parent.sentinel] if parent else []
    while not wait(gone, _LOOK_S):
        _Peak.mb = max(_Peak.mb, me.memory_info().rss / _MB)
        if _Peak.mb > memory_mb:
            os._exit(MEMORY_USED_UP)
    os._exit(_ORPHANED)
