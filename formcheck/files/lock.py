"""One process at a time in a folder; the lock falls with the process that has it."""

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_NAME = ".lock"
#: What a file system says that knows no locks.
_UNKNOWN = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL})


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other process works in ``folder`` (which exists), and keep others out meanwhile.

    Where the file system knows no locks, nobody is kept out: renaming whole files keeps that harmless.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    from filelock import FileLock  # noqa: PLC0415  slow to import

    with ExitStack() as stack:
        try:
            stack.enter_context(FileLock(folder / _NAME, fallback_to_soft=False))
        except NotImplementedError:
            pass
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise
        yield
