"""The database behind the store: its address, its engine, and transactions that others may cross."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from formcheck.errors import FormcheckError
from formcheck.outputs.files import make_folder

T = TypeVar("T")

#: Another process holds an SQLite file for milliseconds; one that holds it longer than this hangs.
BUSY_S = 30.0
#: What `reason` says of a full disk.
FULL = "the disk is full"
#: SQLite's own names for it: for the database, and for what its readers share.
_NO_ROOM = {"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"}
#: An unreachable server shall be told while the person still looks.
CONNECT_S = 10
#: Transactions that crossed are done again; each time all but one of them get through.
TRIES = 20
#: PostgreSQL's own words for "crossed with another: do it again".
_CROSSED = frozenset({"40001", "40P01"})
_ADDRESS = "give the path of a file or postgresql://USER@HOST/NAME"


def url_of(where: str | Path) -> URL:
    """The address of a store.

    Raises
    ------
    FormcheckError
        If it is none that formcheck can use.
    """
    if "://" not in str(where):
        return URL.create("sqlite", database=str(where))
    scheme = str(where).split("://", maxsplit=1)[0]
    try:
        url = make_url(str(where))
    except (ArgumentError, ValueError):  # no cause: it may quote the password
        raise FormcheckError(f"{scheme}://...: is no address of a database; {_ADDRESS}") from None
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url
    raise FormcheckError(f"{scheme}://...: formcheck keeps its store in SQLite or PostgreSQL; {_ADDRESS}")


def told(url: URL) -> str:
    """The address as messages may show it: the password as ``***``, no options, which may hold it too."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    shown = url.set(drivername="postgresql")
    return shown.difference_update_query(list(url.query)).render_as_string()


def engine_of(url: URL) -> Engine:
    """The engine; nothing is connected yet."""
    if url.get_backend_name() == "sqlite":
        make_folder(Path(str(url.database)).parent)
        engine = create_engine(url, connect_args={"timeout": BUSY_S})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S})
    except ImportError:
        line = f"{told(url)}: needs the PostgreSQL driver; pip install 'formcheck[postgres]'"
        raise FormcheckError(line) from None


def _set_up(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says
    for pragma in ("foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def share(engine: Engine) -> None:
    """Let others read an SQLite file while one writes; the file remembers it."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            connection.execute("PRAGMA journal_mode=WAL").close()


def _begin(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: taken later it could be refused."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """An open database; safe among threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = sessionmaker(engine, expire_on_commit=False)
        self._writing = sessionmaker(engine.execution_options(writes=True), expire_on_commit=False)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _read(self) -> Iterator[Session]:
        with _one_line(), self._reading() as db:
            yield db

    def _write(self, work: Callable[[Session], T]) -> T:
        """Do ``work`` in one transaction; again where it crossed with another's."""
        with _one_line():
            for _ in range(TRIES - 1):
                try:
                    return self._once(work)
                except DBAPIError as error:
                    if not _crossed(error):
                        raise
            return self._once(work)

    def _once(self, work: Callable[[Session], T]) -> T:
        with self._writing.begin() as db:
            return work(db)


def _crossed(error: DBAPIError) -> bool:
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _CROSSED


@contextmanager
def _one_line() -> Iterator[None]:
    """Without the statement, its values or the address: they are nobody's business."""
    try:
        yield
    except (DBAPIError, exc.TimeoutError) as error:
        why = reason(error)
        advice = "free some space" if why == FULL else "look after its database"
        raise FormcheckError(f"the store cannot be used: {why}; {advice}") from error


def reason(error: SQLAlchemyError | sqlite3.Error) -> str:
    """What went wrong, in the first line of the driver's words."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorname", "") in _NO_ROOM:
        return FULL
    lines = str(cause).strip().splitlines()
    return lines[0].removesuffix(".") if lines else type(cause).__name__
