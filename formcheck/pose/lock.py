"""One process at a time in a folder; the lock falls with the process that holds it."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT_S = 0.2


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other process works in ``folder`` (which exists), and keep others out meanwhile.

    Where the file system knows no locks, nobody is kept out: renaming whole files keeps that harmless.
    """
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(handle)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(_WAIT_S)
            else:
                return
    else:
        import fcntl  # noqa: PLC0415

        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            return
