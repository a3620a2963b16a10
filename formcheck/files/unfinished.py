"""A file that is not whole yet has a name that tells so, and is claimed by whoever writes it.

The claim falls with its process, however that ends. What nobody claims any more was left by a run that was
killed: whoever next writes into the folder removes it.
"""

import errno
import os
import re
import secrets
import struct
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO

_NAME = re.compile(r"\..*\.[0-9a-f]{8}\.part", re.DOTALL)
#: Names have an end: so many bytes of the whole file's own are told.
_LENGTH = 80
#: A byte that no file has: what is locked, some disks keep from all other handles. Windows locks no further.
_FAR = 2**31 - 2 if sys.platform == "win32" else 1 << 40
#: How often a file is begun anew that others sweep away before it is claimed.
_TRIES = 10


class PartialFile:
    """A file beside ``path``, empty at first, that takes its place when it is whole.

    Raises
    ------
    OSError
        If it cannot be made, or (`settle`) not be renamed.
    """

    def __init__(self, path: Path) -> None:
        self._to = path
        self.path, self._claim = _begun(path)

    def settle(self) -> None:
        """It is whole."""
        if sys.platform == "win32":  # an open file cannot be renamed there
            self._claim.close()
        self.path.replace(self._to)

    def discard(self) -> None:
        """Remove it; nothing happens to one that settled."""
        if sys.platform == "win32":
            self._claim.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self._claim.close()


def _begun(path: Path) -> tuple[Path, IO[bytes]]:
    """A file that is not whole, and the handle that claims it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep_once(os.path.abspath(path.parent))  # noqa: PTH100  links stay
    name = os.fsencode(path.name)[:_LENGTH].decode("utf-8", "ignore")
    for _ in range(_TRIES):
        part = path.with_name(f".{name}.{secrets.token_hex(4)}.part")
        file = part.open("xb")
        with suppress(OSError):
            if claim(file) and os.path.samestat(part.stat(), os.fstat(file.fileno())):
                return part, file
        file.close()  # somebody swept it in this moment
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return part, part.open("xb")  # a disk that claims for nobody; better unclaimed than not at all


@cache
def _sweep_once(folder: str) -> None:
    sweep(Path(folder))


def sweep(folder: Path) -> None:
    """Remove from a folder the files that nobody makes whole any more; only what has such a name."""
    for path in folder.glob(".*.part"):
        if _NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            with suppress(OSError):  # it was finished in this moment, or belongs to somebody else
                _sweep(path)


def _sweep(path: Path) -> None:
    with path.open("rb+") as file:
        if not claim(file, unsure=False):
            return
        if sys.platform == "win32":
            file.close()
        path.unlink()


def claim(file: IO[bytes], *, unsure: bool = True) -> bool:
    """Keep others from claiming an open file until it is closed; False if somebody has it already.

    ``unsure`` is the answer on a file system without locks.
    """
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        at = file.tell()
        file.seek(_FAR)  # bytes that are locked cannot be read by others, so lock one that is not there
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(at)
    else:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            return unsure
    return True


def _lock(file: IO[bytes]) -> None:
    """Lock an open file or raise: one byte far out, as locks on a Windows share keep others from writing."""
    import fcntl  # noqa: PLC0415

    if sys.platform == "linux":
        far = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, _FAR, 1, 0)  # struct flock
        try:
            fcntl.fcntl(file, fcntl.F_OFD_SETLK, far)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
        else:
            return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
