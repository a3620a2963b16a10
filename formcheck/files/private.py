"""Files and folders that nobody else on the machine may read; Windows keeps a user's files so by itself."""

import os
import stat
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_private_folder(folder: Path) -> Path:
    """Make a folder, and those it lies in, for their owner alone; one that is there stays as it is.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    for part in [*reversed(folder.parents), folder]:
        if not part.is_dir():
            part.mkdir(mode=FOLDER, exist_ok=True)
    return folder


def make_private_file(path: Path) -> Path:
    """Make an empty file for its owner alone, to be written to; one that is there stays as it is.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))
    return path


def make_private(path: Path, *, shared: bool = False) -> None:
    """Take away what others may do with a file or folder that formcheck itself made; nothing if it cannot.

    ``shared`` : its group has it by somebody's choice, and keeps its rights.
    """
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode & ~0o007 if shared else FOLDER if path.is_dir() else FILE)


def group_writes(path: Path) -> bool:
    """Whether its group may write to it, so that somebody chose to share it; False if that is not known."""
    try:
        return bool(path.stat().st_mode & stat.S_IWGRP)
    except OSError:
        return False
