"""The process that meets inputs, one after the other; it may die of any of them."""

import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from fuzz.ending import Ending, ImproperError, raised
from fuzz.inputs import Input

_MB = 2**20


#: Gives an input in an empty folder to the program.
Meet = Callable[[Input, Path], Ending]


def serve(line: Connection, meet: Meet, home: str) -> None:
    """Meet what comes until nothing does.

    Parameters
    ----------
    line : inputs in, endings out.
    meet : how an input is met.
    home : an empty folder, so that nothing of the person who runs this is read or written.
    """
    os.environ |= {"XDG_DATA_HOME": home, "COLUMNS": "80", "MPLBACKEND": "agg", "TZ": "UTC"}
    time.tzset()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who gives them is asked to end
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for category in (RuntimeWarning, UserWarning, FutureWarning):  # those that Python shows by itself
        warnings.simplefilter("always", category)  # also when they were shown before
    line.send(None)
    with suppress(EOFError, BrokenPipeError):  # who gave them is gone
        while True:
            given: Input = line.recv()
            line.send(_met(given, meet, Path(home)))


def _met(given: Input, meet: Meet, home: Path) -> Ending:
    folder = Path(tempfile.mkdtemp(dir=home))
    os.chdir(folder)
    _forget_peak()
    began = time.process_time()
    try:
        ending = meet(given, folder)
    except ImproperError as error:
        ending = error.ending
    except Exception as error:
        ending = raised(error).ending
    ended = ending.cost(time.process_time() - began, peak_mb())
    os.chdir(home)
    shutil.rmtree(folder, ignore_errors=True)
    return ended


def _forget_peak() -> None:
    """Let the kernel measure the most resident memory anew."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    """Most resident memory since it was last forgotten; what is held now where no kernel says."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return float(psutil.Process().memory_info().rss) / _MB
