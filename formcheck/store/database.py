"""The database behind the store: transactions that others may cross, and logs that remember nothing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Self, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from formcheck.store.address import BUSY_S
from formcheck.store.trouble import explained, patiently

T = TypeVar("T")

#: So long the readers of a moment may keep what was deleted in the log; after that the next write clears it.
SCRUB_S = 2.0


class Database:
    """An open database; safe among threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = sessionmaker(engine, expire_on_commit=False)
        self._writing = sessionmaker(engine.execution_options(writes=True), expire_on_commit=False)
        self._remembers = False

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _stream(self) -> Iterator[Session]:
        """For reading that goes on while it is used."""
        with explained(), self._reading() as db:
            yield db

    def _read(self, work: Callable[[Session], T]) -> T:
        """Do ``work``, which only reads; again where the server was away for a while."""

        def once() -> T:
            with self._reading() as db:
                return work(db)

        with explained():
            return patiently(once)

    def _write(self, work: Callable[[Session], T]) -> T:
        """Do ``work`` in one transaction; again where it crossed with another's, or the server was away."""

        def once() -> T:
            with self._writing.begin() as db:
                return work(db)

        with explained():
            done = patiently(once)
        if self._remembers:
            self._scrub(0.0)
        return done

    def _erase(self, work: Callable[[Session], T]) -> T:
        """Do ``work``, which deletes; nothing of that shall stay in the log of an SQLite file."""
        done = self._write(work)
        if self._engine.dialect.name == "sqlite":
            self._scrub(SCRUB_S)
        return done

    def _scrub(self, patience_s: float) -> None:
        """Empty the log into the file, which overwrites deleted rows; at the next write if it cannot be now.

        What was written is written, so nothing that fails here is anybody's failure.
        """
        remembers = True
        with suppress(SQLAlchemyError, sqlite3.Error), closing(self._engine.raw_connection()) as connection:
            try:
                connection.execute(f"PRAGMA busy_timeout={round(1000 * patience_s)}").close()
                busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                remembers = bool(busy)
            finally:
                connection.execute(f"PRAGMA busy_timeout={round(1000 * BUSY_S)}").close()
        self._remembers = remembers
