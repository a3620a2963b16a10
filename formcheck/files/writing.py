"""Files: written whole or not at all, and the one line that says why they could not be."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from formcheck.errors import FormcheckError, OutputError
from formcheck.files.unfinished import PartialFile

_SAYINGS = {
    errno.ENOSPC: "the disk is full; free some space or choose another folder",
    errno.EDQUOT: "your share of the disk is used up; free some space or choose another folder",
    errno.EFBIG: "the file grew larger than this disk allows; choose another folder",
    errno.EACCES: "no permission to write there; choose another folder",
    errno.EPERM: "no permission to write there; choose another folder",
    errno.EROFS: "the disk is read-only; choose another folder",
    errno.ENOTDIR: "a part of the path is a file, not a folder; choose another folder",
    errno.EEXIST: "a file stands where the folder should be; move it or choose another folder",
    errno.EISDIR: "a folder stands where the file should be; move it or choose another folder",
    errno.ENAMETOOLONG: "the name is too long; rename the clip or choose another folder",
}


def cannot_write(path: Path, error: OSError) -> OutputError:
    """The one line that says why ``path`` could not be written and what to do."""
    why = _SAYINGS.get(error.errno or 0)
    if why is None:
        why = f"{error.strerror or error}; choose another folder".lower()
    return OutputError(f"{path}: cannot write: {why}")


def make_folder(folder: Path) -> Path:
    """Make a folder with its parents; fine if it is there already."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return folder


def discard(part: Path) -> None:
    """Remove a file that did not become whole."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def ready_folder(folder: Path) -> Path:
    """Make a folder with its parents, and make sure that files can be written to it."""
    make_folder(folder)
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise cannot_write(folder, error) from error
    return folder


@contextmanager
def writable(folder: Path) -> Iterator[Path]:
    """Make sure before the work that results can be written; if the work fails, leave no empty folders."""
    made = [p for p in (folder, *folder.parents) if not os.path.exists(p)]
    try:
        yield ready_folder(folder)
    except BaseException:
        with suppress(OSError):  # one that is not empty stays
            for empty in made:
                empty.rmdir()
        raise


class Writing:
    """A file that is written under another name until it is whole; its folder is made.

    Raises
    ------
    OutputError
        If it cannot be made, or (`settle`) not get its name.
    """

    def __init__(self, path: Path) -> None:
        make_folder(path.parent)
        self._to = path
        try:
            self._part = PartialFile(path)
        except OSError as error:
            raise cannot_write(path, error) from error
        self.path = self._part.path

    def settle(self) -> None:
        """Give the file, which is whole, its own name."""
        try:
            if os.path.isdir(self._to):  # Windows calls this "access denied", which would mislead
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            self._part.settle()
        except OSError as error:
            raise cannot_write(self._to, error) from error

    def discard(self) -> None:
        """Remove it, if it did not become whole."""
        self._part.discard()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name to write to; renamed to ``path`` if all goes well, else removed.

    Examples
    --------
    >>> with replacing(folder / "session.json") as part:  # doctest: +SKIP
    ...     part.write_text("{}")
    """
    writing = Writing(path)
    try:
        yield writing.path
        writing.settle()
    except FormcheckError:
        raise
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        writing.discard()


def write_text(path: Path, text: str) -> Path:
    """Write a whole text file, the same bytes on every system: UTF-8, halves of letters as escapes."""
    return write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> Path:
    """Write a whole file."""
    with replacing(path) as part:
        part.write_bytes(data)
    return path
