"""What is not whole yet has a name that tells so, and is claimed by whoever makes it.

The claim falls with its process, however that ends. What nobody claims any more was left by a run that was
killed: whoever next makes something beside it removes it.
"""

import errno
import os
import re
import secrets
import shutil
import struct
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_FILE, _FOLDER = ".{}.{}.part", ".formcheck-{}.part"
_FILE_NAME = re.compile(r"\..*\.[0-9a-f]{8}\.part", re.DOTALL)
_FOLDER_NAME = re.compile(r"\.formcheck-.*\.part", re.DOTALL)
#: Names have an end: so many bytes of the whole file's own are in it.
_LENGTH = 80
#: A byte that no file has: what is locked, some disks keep from all other handles. Windows locks no further.
_FAR = 2**31 - 2 if sys.platform == "win32" else 1 << 40
#: How often it is begun anew, where others sweep it away before it is claimed.
_TRIES = 50
#: Where folders cannot be claimed, one that nobody touched for so long is nobody's. Seconds.
_LONG_S = 86400.0


class Claimed:
    """A file or folder of its own, empty at first, that nobody sweeps away.

    Parameters
    ----------
    named : its path, by a word that no other has.
    make : makes it, and opens it where the system can.

    Raises
    ------
    OSError
        If it cannot be made.
    """

    def __init__(self, named: Callable[[str], Path], make: Callable[[Path], int | None]) -> None:
        for _ in range(_TRIES):
            self.path = named(secrets.token_hex(4))
            self._handle = make(self.path)
            if _got(self.path, self._handle):
                return
            self.remove()  # somebody swept it in this moment
        self._handle = make(self.path)  # a disk that claims for nobody; better unclaimed than not at all

    def release(self) -> None:
        """Give up the claim; what became whole, or nothing, is there."""
        if self._handle is not None:
            os.close(self._handle)
        self._handle = None

    def remove(self) -> None:
        """Remove what is there, and give up the claim."""
        if sys.platform == "win32":  # what is open cannot be removed there
            self.release()
        _remove(self.path)
        self.release()


def claimed_file(path: Path) -> Claimed:
    """A file that is to become ``path``, beside it."""
    name = os.fsencode(path.name)[:_LENGTH].decode("utf-8", "ignore")
    return Claimed(lambda word: path.with_name(_FILE.format(name, word)), _new_file)


def claimed_folder(inside: Path) -> Claimed:
    """A hidden folder in one that is there."""
    return Claimed(lambda word: inside / _FOLDER.format(word), _new_folder)


def claim(handle: int) -> bool | None:
    """Keep others from claiming what is open until it is closed.

    False if somebody has it already, None where nobody can tell: on a file system without locks.
    """
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True


def sweep(folder: Path) -> None:
    """Remove from a folder what nobody makes whole any more; only what has such a name."""
    for path in folder.glob(".*.part"):
        kind = _FOLDER_NAME if path.is_dir() else _FILE_NAME if path.is_file() else None
        if kind and kind.fullmatch(path.name) and not path.is_symlink():
            with suppress(OSError):  # it was finished in this moment, or belongs to somebody else
                _sweep(path)


def _sweep(path: Path) -> None:
    """Remove it if nobody has it; claimed meanwhile, so that nobody begins in it."""
    handle = _open_folder(path) if path.is_dir() else os.open(path, os.O_RDWR)
    try:
        if not _abandoned(path, None if handle is None else claim(handle)):
            return
        if sys.platform == "win32" and handle is not None:
            os.close(handle)
            handle = None
        _remove(path)
    finally:
        if handle is not None:
            os.close(handle)


def _abandoned(path: Path, got: bool | None) -> bool:
    """Whether it is nobody's, from what claiming it gave."""
    old = path.is_dir() and time.time() - path.stat().st_mtime > _LONG_S
    return old if got is None else got


def _got(path: Path, handle: int | None) -> bool:
    """Whether what is open was claimed, or cannot be, and is what has the name."""
    if handle is not None and claim(handle) is False:
        return False
    try:
        found = path.stat()
        return handle is None or os.path.samestat(found, os.fstat(handle))
    except OSError:
        return False


def _new_file(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)


def _new_folder(path: Path) -> int | None:
    path.mkdir()
    return _open_folder(path)


def _open_folder(path: Path) -> int | None:
    """A handle of a folder; None on systems that give none, or if it was swept in this moment."""
    try:
        return os.open(path, os.O_RDONLY)
    except OSError:
        return None


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _lock(handle: int) -> None:
    """Lock what is open or raise: one byte far out, as locks on a Windows share keep others from writing."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        at = os.lseek(handle, 0, os.SEEK_CUR)
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, at, os.SEEK_SET)
        return
    import fcntl  # noqa: PLC0415

    if sys.platform == "linux":
        far = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, _FAR, 1, 0)  # struct flock
        try:
            fcntl.fcntl(handle, fcntl.F_OFD_SETLK, far)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.EBADF}:  # an old kernel; a folder
                raise
        else:
            return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
