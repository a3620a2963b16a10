"""Bring a database to the tables of this version: all of a migration or nothing, one process at a time."""

from importlib.resources import files
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from formcheck.errors import FormcheckError

#: Any number that no other program locks in the same PostgreSQL database: "formchck" as bytes.
LOCK = int.from_bytes(b"formchck", "big")
#: Alembic keeps the migration it runs in globals of its own.
_one_at_a_time = Lock()


def migrate(engine: Engine, place: str) -> bool:
    """Bring the database up to date; whether anything was to be done.

    Parameters
    ----------
    place : how messages call it.

    Raises
    ------
    FormcheckError
        If a newer formcheck wrote it, or something else did.
    """
    config = Config()
    config.set_main_option("script_location", str(files(__package__) / "migrations").replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        if _revision(connection) == script.get_current_head():
            return False
    with _one_at_a_time, engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        _check(connection, script, place)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check(connection: Connection, script: ScriptDirectory, place: str) -> None:
    revision = _revision(connection)
    if revision is None and inspect(connection).get_table_names():
        raise FormcheckError(f"{place}: holds another program's tables; give formcheck a database of its own")
    if revision not in {None, *(known.revision for known in script.walk_revisions())}:
        raise FormcheckError(
            f"{place}: was written by a newer formcheck; update this one, or give another store"
        )
