"""The address of a store, and the engine that stands behind it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from formcheck.errors import FormcheckError
from formcheck.files.private import group_writes, make_private, make_private_file, make_private_folder
from formcheck.files.writing import cannot_write

#: Another process holds an SQLite file for milliseconds; one that holds it longer than this hangs.
BUSY_S = 30.0
_PAUSE_S = 0.05
#: An unreachable server shall be reported while the person still looks.
CONNECT_S = 10
_ADDRESS = "give the path of a file or postgresql://USER@HOST/NAME"
#: Beside the file of an SQLite database lie its log and what its readers share.
_PARTS = ("", "-wal", "-shm")


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


def shown(url: URL) -> str:
    """The address as messages may show it: the password as ``***``, no options, which may hold it too."""
    if file_of(url) is not None:
        return str(url.database)
    address = url.set(drivername="postgresql")
    return address.difference_update_query(list(url.query)).render_as_string()


def file_of(url: URL) -> Path | None:
    """The file of an SQLite store."""
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def engine_of(url: URL) -> Engine:
    """The engine; nothing is connected yet. A file that is not there is made, for its owner alone."""
    file = file_of(url)
    if file is not None:
        try:
            make_private_folder(file.absolute().parent)
            make_private_file(file)
        except OSError as error:
            if not file.is_file():  # one that may only be read is still a store
                raise cannot_write(file, error) from error
        engine = create_engine(url, connect_args={"timeout": BUSY_S})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S})
    except ImportError:
        line = f"{shown(url)}: needs the PostgreSQL driver; pip install 'formcheck[postgres]'"
        raise FormcheckError(line) from None


def keep_private(url: URL, own: Path) -> None:
    """Close a file that an older formcheck made to everybody but its owner; ``own`` too, if it lies in it.

    One that its group may write is shared: it is closed to everybody else.
    """
    file = file_of(url)
    if file is None:
        return
    shared = group_writes(file)
    if file.absolute().parent == own:
        make_private(own, shared=shared)
    for part in _PARTS:
        make_private(Path(f"{file}{part}"), shared=shared)


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says
    connection.text_factory = _text
    for pragma in ("foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _text(data: bytes) -> str:
    """A damaged letter shall not keep all rows from being read."""
    return data.decode("utf-8", "replace")


def share(engine: Engine) -> None:
    """Let others read an SQLite file while one writes; the file remembers it."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            _share(connection)


def _share(connection: Any) -> None:
    """Of several who do this at once to a new file, SQLite lets none wait: they try again."""
    end = monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            sleep(_PAUSE_S)
        else:
            return


def _begin(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: taken later it could be refused."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
