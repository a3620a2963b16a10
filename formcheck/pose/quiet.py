"""Keeping native libraries' chatter off the terminal while letting their errors through."""

import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

#: Information and warnings as TFLite and absl write them; errors start with E or F, or look otherwise.
_CHATTER = re.compile(rb"INFO: |WARNING: All log messages before absl|[IW]\d{4} \d|\s*$")
#: Standard error belongs to the whole process, so only one thread at a time may lend it out.
_LOCK = threading.RLock()
_STDERR = 2


@contextmanager
def quiet() -> Iterator[None]:
    """Collect what is written to standard error meanwhile, natively too, and pass on all but the chatter.

    If the body raises, the exception speaks for itself and nothing else is passed on. Where it is cut short,
    native code goes on in threads of its own: what that says is no longer heard, if Python's words still are.
    """
    with _LOCK:
        try:
            kept = os.dup(_STDERR)
        except OSError:  # a process without standard error has nothing to keep clean
            yield
            return
        with tempfile.TemporaryFile() as sink:
            _flush()
            os.dup2(sink.fileno(), _STDERR)
            back = True
            try:
                yield
            except KeyboardInterrupt:
                back = not _apart()
                raise
            finally:
                _flush()
                if back:
                    os.dup2(kept, _STDERR)
                os.close(kept)
            sink.seek(0)
            _pass_on(sink.read())


def _apart() -> bool:
    """Whether Python's words take another way than native ones."""
    try:
        return sys.stderr.fileno() != _STDERR
    except (AttributeError, OSError, ValueError):
        return False


def _flush() -> None:
    if sys.stderr is not None:
        sys.stderr.flush()


def _pass_on(written: bytes) -> None:
    rest = b"".join(line for line in written.splitlines(keepends=True) if not _CHATTER.match(line))
    if rest:
        with suppress(OSError):  # nobody reads it
            os.write(_STDERR, rest)
