"""What goes wrong with a database: whether to try again, and in one line why and what to do."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeoutError,
)

from formcheck.errors import FormcheckError

T = TypeVar("T")

#: Transactions that crossed are done again; each time all but one of them get through.
TRIES = 20
#: A server that is started again is back within seconds; one that is not shall be reported.
PATIENCE_S = 15.0
_PAUSE_S = 0.2
#: PostgreSQL's own words for "crossed with another: do it again".
_CROSSED = frozenset({"40001", "40P01"})
#: For "shutting down", "starting", "too many connections"; None where no server answers any more.
_AWAY = frozenset({"57P01", "57P02", "57P03", "53300", "08000", "08003", "08006", None})

_LOOK = "look after its database"
#: By how SQLite's own names begin, the first that fits; what to do is None where nothing more is known.
_SQLITE: dict[str, tuple[str, str | None]] = {
    "SQLITE_FULL": ("the disk is full", "free some space"),
    "SQLITE_IOERR_SHMSIZE": ("the disk is full", "free some space"),
    "SQLITE_IOERR": ("its file cannot be read or written", "look after the disk"),
    "SQLITE_BUSY": ("another program keeps it locked", "let that finish, or end it"),
    "SQLITE_READONLY": ("it may only be read", "allow to write it"),
    "SQLITE_CANTOPEN": ("unable to open its file", "see that file and folder may be read and written"),
    "SQLITE_CORRUPT": ("its file is damaged", "bring back a copy of before, or move the file away"),
    "SQLITE_NOTADB": ("file is not a database", None),
}
_POSTGRES: dict[Any, tuple[str, str | None]] = {
    "25006": ("it may only be read", "allow to write it"),
    "42501": ("its user may not do that", "give one that may"),
    "53100": ("the disk of its server is full", "free some space there"),
    "53300": ("its server has too many connections", "try again later"),
}
_AWAY_ADVICE = "see that its server runs and takes connections"


def patiently(work: Callable[[], T]) -> T:
    """Do ``work``; again where it crossed with another's, or where the server was away for a while.

    What is lost while it is committed may be done twice: no work of the store minds.
    """
    tries, end = TRIES, monotonic() + PATIENCE_S
    while True:
        try:
            return work()
        except DBAPIError as error:
            tries -= _crossed(error)
            if tries == 0 or not (_crossed(error) or (_away(error) and monotonic() < end)):
                raise
            if _away(error):
                sleep(_PAUSE_S)


def _crossed(error: DBAPIError) -> bool:
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _CROSSED


def _away(error: DBAPIError) -> bool:
    """Of a file no patience is asked: SQLite itself waits for others."""
    if isinstance(error.orig, sqlite3.Error):
        return False
    server = isinstance(error, OperationalError | InterfaceError)
    return server and getattr(error.orig, "sqlstate", None) in _AWAY


@contextmanager
def explained() -> Iterator[None]:
    """Without the statement, its values or the address: they are nobody's business."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError) as error:
        why, what = reason(error)
        raise FormcheckError(f"the store cannot be used: {why}; {what or _LOOK}") from error


def reason(error: SQLAlchemyError | sqlite3.Error) -> tuple[str, str | None]:
    """Why it went wrong, else in the first line of the driver's words; what to do, where that is known."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(cause, "sqlite_errorname", "") if isinstance(cause, sqlite3.Error) else ""
    for beginning, sentence in _SQLITE.items():
        if name.startswith(beginning):
            return sentence
    known = _POSTGRES.get(getattr(cause, "sqlstate", None))
    if known is not None:
        return known
    lines = str(cause).strip().splitlines()
    away = isinstance(error, DBAPIError) and _away(error)
    return (lines[0].removesuffix(".") if lines else type(cause).__name__), _AWAY_ADVICE if away else None
