"""The store: all its questions and answers in one object."""

import sqlite3
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy.exc import SQLAlchemyError

from formcheck.errors import FormcheckError
from formcheck.store.address import engine_of, keep_private, share, shown, url_of
from formcheck.store.imports import Imports
from formcheck.store.jobs import Jobs
from formcheck.store.migrate import migrate
from formcheck.store.results import StoredResults
from formcheck.store.trouble import reason
from formcheck.store.worked import Worked


class Store(Jobs, Worked, Imports, StoredResults):
    """Jobs, sessions, entries and results; `open_store` makes one. Safe among threads and processes.

    Any of its methods raises `FormcheckError` where the database fails.

    Examples
    --------
    >>> with open_store("results.sqlite") as store:  # doctest: +SKIP
    ...     store.counts("batch")["ok"]
    30
    """


def default_store_path() -> Path:
    """Where the store lies if nobody says otherwise."""
    return user_data_path("formcheck") / "formcheck.sqlite"


def open_store(where: str | Path) -> Store:
    """Open a store; made if it is not there, brought up to date if it is older.

    Parameters
    ----------
    where : path of an SQLite file, or a URL: ``sqlite:///...``, ``postgresql://...``.

    Raises
    ------
    FormcheckError
        If it cannot be reached, is no database or not formcheck's, was written by a newer formcheck, or the
        driver is missing.
    """
    url = url_of(where)
    place, engine = shown(url), engine_of(url)
    try:
        if migrate(engine, place):
            keep_private(url, default_store_path().parent)
        share(engine)
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        why, what = reason(error)
        line = f"{place}: cannot be used as store: {why}; {what or 'check it'}, or give another"
        raise FormcheckError(line) from error
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)
