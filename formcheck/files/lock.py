"""One process at a time in a folder; every hold on one falls with the process that has it."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT_S = 0.2
#: Where folders cannot be locked, one that nobody touched for so long is nobody's. Seconds.
_LONG_S = 86400.0


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


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder, which may be renamed meanwhile, so that nobody finds it `abandoned`.

    Raises
    ------
    BlockingIOError
        If somebody else has it, or removed it in this moment.
    """
    handle = _grasp(folder)
    try:
        if not _still_there(folder, handle):
            raise BlockingIOError(errno.EAGAIN, "was removed in this moment", str(folder))
        yield
    finally:
        if handle is not None:
            os.close(handle)


def abandoned(folder: Path) -> bool:
    """Whether no process holds the folder any more."""
    try:
        handle = _grasp(folder)
    except BlockingIOError:
        return False
    if handle is not None:
        os.close(handle)
        return True
    try:
        return time.time() - folder.stat().st_mtime > _LONG_S
    except OSError:  # gone meanwhile
        return False


def _still_there(folder: Path, handle: int | None) -> bool:
    """Whether the folder has its name, and is the one that the handle holds."""
    try:
        found = folder.stat()
        return handle is None or os.path.samestat(found, os.fstat(handle))
    except OSError:
        return False


def _grasp(folder: Path) -> int | None:
    """A handle that holds the folder; None where folders cannot be held. Raises BlockingIOError if it is."""
    if sys.platform == "win32":
        return None
    import fcntl  # noqa: PLC0415

    handle = None
    try:
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if handle is not None:
            os.close(handle)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return handle


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
