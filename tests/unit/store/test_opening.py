"""Opening a store: made, brought up to date, or refused in one line."""

import sqlite3
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from formcheck.errors import FormcheckError
from formcheck.store import address, default_store_path, migrate, open_store
from formcheck.store.address import engine_of, url_of
from formcheck.store.tables import Base
from tests.unit.store.made import BACK_TO_0003, QUEUE, done, golden, put, request

SQUAT = golden("squat_side_shallow")
TABLES = {
    "people",
    "videos",
    "jobs",
    "sessions",
    "sections",
    "repetitions",
    "findings",
    "entries",
    "worked",
    "alembic_version",
}


def refused(where: str | Path) -> str:
    with pytest.raises(FormcheckError) as failure:
        open_store(where)
    line = str(failure.value)
    assert "\n" not in line
    assert "secret" not in line
    return line


def change(place: str, *statements: str) -> None:
    engine = engine_of(url_of(place))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def tables_of(place: str) -> set[str]:
    engine = engine_of(url_of(place))
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
    engine.dispose()
    return names


def test_models_and_migrations_agree(place: str) -> None:
    open_store(place).close()
    engine = engine_of(url_of(place))
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
        foreign = {
            (table, key["constrained_columns"][0]): key["options"].get("ondelete")
            for table in TABLES
            for key in inspect(connection).get_foreign_keys(table)
        }
    engine.dispose()
    assert found == []
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys]
    # PostgreSQL names the rule that is its default by not naming it
    assert {place: rule or "RESTRICT" for place, rule in foreign.items()} == {
        (key.parent.table.name, key.parent.name): key.ondelete for key in keys
    }


def test_a_new_store_has_its_tables_and_keeps_what_it_is_given(place: str) -> None:
    with open_store(place) as store:
        job = done(store, "a", SQUAT)
    assert tables_of(place) == TABLES
    with open_store(place) as store:
        assert store.job(job.id) == job


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    where = tmp_path / "50 % new" / "a b.sqlite"
    open_store(where).close()
    open_store(f"sqlite:///{where}").close()
    assert where.is_file()


def test_a_store_of_a_newer_formcheck_is_refused_and_left_alone(place: str) -> None:
    with open_store(place) as store:
        job = done(store, "a", SQUAT)
    change(place, "UPDATE alembic_version SET version_num = '9999'")
    assert "newer formcheck" in refused(place)
    change(place, "UPDATE alembic_version SET version_num = '0004'")
    with open_store(place) as store:
        assert store.job(job.id) == job


def test_a_store_of_the_version_before_is_brought_up_to_date_with_all_it_holds(place: str) -> None:
    with open_store(place) as store:
        jobs = [done(store, "a", SQUAT, side="left"), *put(store, "b")]
    change(place, *BACK_TO_0003)
    with open_store(place) as store:
        assert store.jobs(QUEUE) == jobs
        assert store.session(jobs[0].session) == SQUAT
        (asked,) = put(store, "b", key="second", rotation_deg=90, slowmo=4.0, careful=True)
        assert store.job(asked.id) == asked
        assert asked.request == request("b", key="second", rotation_deg=90, slowmo=4.0, careful=True)


def test_a_migration_that_fails_leaves_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = migrate.command.upgrade

    def break_off(*given: object) -> None:
        upgrade(*given)
        raise RuntimeError("the power fails")

    monkeypatch.setattr(migrate.command, "upgrade", break_off)
    with pytest.raises(RuntimeError):
        open_store(place)
    assert tables_of(place) == set()
    monkeypatch.undo()
    open_store(place).close()
    assert tables_of(place) == TABLES


def test_another_programs_database_is_refused_and_left_alone(place: str) -> None:
    change(place, "CREATE TABLE songs (id INTEGER)")
    before = Path(place).read_bytes() if "://" not in place else None
    assert "another program" in refused(place)
    assert tables_of(place) == {"songs"}
    assert before is None or Path(place).read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"no database, by any means" * 100)
    assert (
        refused(clip) == f"{clip}: cannot be used as store: file is not a database; check it, or give another"
    )
    assert clip.read_bytes() == b"no database, by any means" * 100
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]
    assert "unable to open" in refused(tmp_path)
    assert "a file stands where the folder should be" in refused(clip / "store.sqlite")


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"])
def test_a_full_disk_is_named_whoever_notices_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def full(_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = name
        raise error

    monkeypatch.setattr("formcheck.store.store.share", full)
    where = tmp_path / "store.sqlite"
    found = "the disk is full; free some space, or give another"
    assert refused(where) == f"{where}: cannot be used as store: {found}"


def test_an_older_empty_file_is_a_store(tmp_path: Path) -> None:
    where = tmp_path / "store.sqlite"
    sqlite3.connect(where).close()
    where.touch()
    open_store(where).close()
    assert tables_of(str(where)) == TABLES


@pytest.mark.parametrize(
    ("where", "what"),
    [
        (
            "postgresql://ann:secret@127.0.0.1:1/x?password=secret",
            "postgresql://ann:***@127.0.0.1:1/x: cannot be",
        ),
        ("postgresql://ann:secret@host:secret/x", "postgresql://...: is no address of a database"),
        ("mysql://ann:secret@host/x", "mysql://...: formcheck keeps its store in SQLite or PostgreSQL"),
        ("sqlite://", "sqlite://...: formcheck keeps its store in SQLite or PostgreSQL"),
        ("sqlite:///:memory:", "sqlite://...: formcheck keeps its store in SQLite or PostgreSQL"),
    ],
)
def test_addresses_that_lead_nowhere_are_named_without_password(where: str, what: str) -> None:
    pytest.importorskip("psycopg")
    assert refused(where).startswith(what)


def test_without_the_driver_the_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refused("postgresql://ann:secret@host/x").endswith("pip install 'formcheck[postgres]'")


def test_what_goes_wrong_later_is_one_line_without_address(tmp_path: Path) -> None:
    place = str(tmp_path / "store.sqlite")
    with open_store(place) as store:
        change(place, "DROP TABLE jobs")
        with pytest.raises(FormcheckError, match="the store cannot be used") as failure:
            store.jobs("batch")
    assert place not in str(failure.value)
    assert "\n" not in str(failure.value)


def test_the_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = default_store_path()
    assert (path.name, path.parent.name) == ("formcheck.sqlite", "formcheck")


def test_an_sqlite_store_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    open_store(tmp_path / "store.sqlite").close()
    with sqlite3.connect(tmp_path / "store.sqlite") as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


class Crowded:
    """A connection among several that switch the journal of a new file: refused at once, some times."""

    def __init__(self, times: int, code: int) -> None:
        self.times, self.code = times, code

    def execute(self, _: str) -> sqlite3.Cursor:
        if not self.times:
            return sqlite3.connect(":memory:").execute("SELECT 1")
        self.times -= 1
        refusal = sqlite3.OperationalError("database is locked")
        refusal.sqlite_errorcode = self.code
        raise refusal


def test_several_who_open_a_new_store_at_once_wait_for_each_other() -> None:
    crowded = Crowded(3, sqlite3.SQLITE_BUSY)
    address._share(crowded)
    assert crowded.times == 0
    with pytest.raises(sqlite3.OperationalError):
        address._share(Crowded(1, sqlite3.SQLITE_READONLY))
