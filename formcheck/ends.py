"""How the program is ended from outside: every signal that asks for it is answered as Ctrl-C is."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Ctrl-C, `kill` and `docker stop`, a closed terminal, Ctrl-Break; not every system has all.
SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
#: Terminals and impatient users ask more than once: cleaning up is left in peace for so long, seconds.
_PEACE_S = 5.0
_AGAIN_S = 0.05


class _Asked:
    """The first signal that asked for an end, and when the last one was listened to."""

    first: int | None = None
    at = float("-inf")
    later = False
    waiting: int | None = None


class EndedError(KeyboardInterrupt):
    """The program was asked to end.

    A class of its own: where Python's passes through code that is made on the way, as named tuples are,
    Python ends by SIGINT whatever the program says.
    """


def listen() -> None:
    """Answer the signals from now on; what whoever started this had ignored (`nohup`) stays ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    sys.unraisablehook = _swallowed


def _swallowed(what: "sys.UnraisableHookArgs") -> None:
    """An end may come where Python lets nothing through, as in weak references: once more, a little later."""
    if not isinstance(what.exc_value, EndedError) or _Asked.first is None:
        sys.__unraisablehook__(what)
        return
    _Asked.at = float("-inf")
    again = threading.Timer(_AGAIN_S, _ask_again, [_Asked.first])
    again.daemon = True
    again.start()


def _ask_again(number: int) -> None:
    """Python answers in the main thread: raised in another one, a signal does not wake it."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, number)
    else:
        signal.raise_signal(number)


def _end(number: int, _: FrameType | None) -> None:
    if _Asked.later:
        _Asked.waiting = number
        return
    if time.monotonic() - _Asked.at < _PEACE_S:
        return
    _Asked.at = time.monotonic()
    _Asked.first = _Asked.first or number
    raise EndedError


@contextmanager
def later() -> Iterator[None]:
    """An end that is asked for meanwhile comes after the block, which is short and shall not be cut."""
    if threading.current_thread() is not threading.main_thread():  # ends come there
        yield
        return
    outer, _Asked.later = _Asked.later, True
    try:
        yield
    finally:
        _Asked.later = outer
        waiting, _Asked.waiting = _Asked.waiting, None
        if waiting is not None and not outer:
            _end(waiting, None)


@contextmanager
def answered() -> Iterator[None]:
    """The signals are answered afterwards as they were before, whatever a library did meanwhile."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is not handler:
                signal.signal(number, handler)


def leave() -> None:
    """All is done: from now on a signal ends the process at once, and without a word."""
    for number in SIGNALS:
        if signal.getsignal(number) is _end:
            signal.signal(number, signal.SIG_DFL)


def code() -> int | None:
    """The exit code that tells which signal asked for the end, as a shell has it; None if none did."""
    return None if _Asked.first is None else 128 + _Asked.first
