"""A program that misbehaves as its input says."""

import os
import signal
import time

from fuzz.command import Ran, refusal, warnings
from fuzz.ending import Ending


def _hang():
    while True:
        pass


def _fill():
    held = bytearray(2**30)
    held[:: 2**12] = b"x" * len(held[:: 2**12])
    time.sleep(60)


def _raise():
    raise KeyError("no such word")


def _say(text):
    return Ending("refused", refusal(Ran(3, "", text), "fuzzed"))


_ENDS = {
    "judged": lambda: Ending("judged"),
    "refused": lambda: _say("formcheck: fuzzed: is wrong\n"),
    "hang": _hang,
    "memory": _fill,
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "raise": _raise,
    "lines": lambda: _say("formcheck: fuzzed: is wrong\nand more\n"),
    "nameless": lambda: _say("formcheck: is wrong\n"),
    "noise": lambda: warnings(Ran(0, "", "x.py:1: RuntimeWarning: overflow\n")),
}


def misbehave(given, folder):
    """Each kind of end, on demand."""
    return _ENDS[given.kind]()
