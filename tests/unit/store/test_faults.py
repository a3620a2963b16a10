"""A database that fails: one line that says why and what to do, nothing lost, and patience where it helps."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Timer

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.orm import Session as Db

from formcheck.errors import FormcheckError
from formcheck.store import Store, open_store
from tests.unit.store.made import QUEUE, done, golden, put
from tests.unit.store.server import Server

SQUAT = golden("squat_side_shallow")


def failing(work: object) -> str:
    """The one line."""
    with pytest.raises(FormcheckError) as failure:
        work()  # type: ignore[operator]
    line = str(failure.value)
    assert "\n" not in line
    assert "INSERT" not in line
    return line


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.store.trouble.PATIENCE_S", 0.3)
    monkeypatch.setattr("formcheck.store.address.BUSY_S", 0.1)
    monkeypatch.setattr("formcheck.store.database.SCRUB_S", 0.1)


@pytest.fixture
def away(own_server: Server, postgres: str) -> Iterator[str]:
    """An empty database of a server that a test may stop."""
    if make_url(postgres).query.get("host") != make_url(own_server.url).query.get("host"):
        pytest.skip("another's server is not to be stopped")
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute("DROP SCHEMA public CASCADE")
        admin.execute("CREATE SCHEMA public")
    yield postgres
    with psycopg.connect(own_server.url, autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {make_url(postgres).database} RESET ALL")


def test_a_file_that_another_program_locks(tmp_path: Path, impatient: None) -> None:
    place = tmp_path / "store.sqlite"
    with open_store(place) as store, closing(sqlite3.connect(place)) as raw:
        job = done(store, "a", SQUAT)
        raw.execute("BEGIN IMMEDIATE")
        for work in (
            lambda: put(store, "b"),
            lambda: store.remove(job.id),
            lambda: store.forget(job.session),
        ):
            assert "another program keeps it locked; let that finish" in failing(work)
        assert store.job(job.id) == job
        raw.rollback()
        put(store, "b")
        assert store.counts(QUEUE)["queued"] == 1


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        job = done(store, "a", SQUAT)
        with closing(store._engine.raw_connection()) as raw:
            raw.execute("PRAGMA max_page_count=1").close()
        assert failing(lambda: done(store, "b", SQUAT)).endswith("the disk is full; free some space")
        assert store.job(job.id) == job
        assert store.session(job.session) == SQUAT


def test_a_damaged_file(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    with open_store(place) as store:
        for n in range(9):
            store.add_session(SQUAT, origin="live", folder=f"/live/{n}")
    whole = place.read_bytes()
    for damaged in (whole[:100] + b"\xa5" * 3000 + whole[3100:], whole[: len(whole) // 2]):
        place.write_bytes(damaged)
        line = failing(lambda: open_store(place))
        assert line.startswith(f"{place}: cannot be used as store: its file is damaged; bring back a copy")
    for at in range(2, len(whole) // 4096):
        place.write_bytes(whole[: at * 4096] + b"\xa5" * 4096 + whole[(at + 1) * 4096 :])
        _all_of_it(place)


def _all_of_it(place: Path) -> None:
    """Whatever is read of it, there is an answer or one line."""
    try:
        with open_store(place) as store:
            for work in (store.sessions, store.exercises, store.damaged, store.done, store.forget_person):
                with suppress(FormcheckError):
                    work()  # type: ignore[operator]
    except FormcheckError as error:
        assert "its file is damaged" in str(error)  # noqa: PT017  or it opens


def test_a_server_that_is_started_again_loses_nothing(away: str, own_server: Server) -> None:
    with open_store(away) as store:
        (job,) = put(store, "a")
        for work in (lambda: store.claim(QUEUE), lambda: store.job(job.id)):
            own_server.stop()
            later = Timer(0.5, own_server.start)
            later.start()
            try:
                assert work().id == job.id
            finally:
                later.join()
        assert store.finish(job.id, "ok", session=SQUAT).status == "ok"


def test_a_connection_that_is_cut_in_the_middle_is_done_again_once(away: str) -> None:
    with open_store(away) as store:
        cut: list[int] = []

        def work(db: Db) -> int:
            db.execute(text("INSERT INTO people (name) VALUES ('Ana')"))
            if not cut:
                cut.append(db.scalar(text("SELECT pg_backend_pid()")) or 0)
                with psycopg.connect(away, autocommit=True) as other:
                    other.execute("SELECT pg_terminate_backend(%s)", cut)
            return len(db.execute(text("SELECT 1 FROM people")).all())

        assert store._write(work) == 1
        assert store.people() == ["Ana"]


def test_transactions_that_crossed_are_done_again(away: str) -> None:
    with open_store(away) as store:
        for code in ("40001", "40P01"):
            tries: list[int] = []

            def work(db: Db, code: str = code, tries: list[int] = tries) -> None:
                tries.append(1)
                if len(tries) < 3:
                    db.execute(
                        text(f"DO $$ BEGIN RAISE EXCEPTION 'crossed' USING ERRCODE = '{code}'; END $$")
                    )

            store._write(work)
            assert len(tries) == 3


def test_a_server_that_stays_away_is_reported(away: str, own_server: Server, impatient: None) -> None:
    with open_store(away) as store:
        put(store, "a")
        own_server.stop()
        try:
            for work in (lambda: store.counts(QUEUE), lambda: put(store, "b")):
                assert failing(work).endswith("see that its server runs and takes connections")
            assert "see that its server runs" in failing(lambda: open_store(away))
        finally:
            own_server.start()
        assert store.counts(QUEUE)["queued"] == 1


def test_a_database_that_may_only_be_read_is_read(away: str, own_server: Server) -> None:
    with open_store(away) as store:
        put(store, "a")
    with psycopg.connect(own_server.url, autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {make_url(away).database} SET default_transaction_read_only = on")
    with open_store(away) as store:
        assert store.counts(QUEUE)["queued"] == 1
        assert failing(lambda: put(store, "b")).endswith("it may only be read; allow to write it")


def test_a_user_that_is_let_in_no_more(away: str, own_server: Server, impatient: None) -> None:
    few = make_url(away).set(username="few").render_as_string(hide_password=False)
    with psycopg.connect(away, autocommit=True) as admin:
        admin.execute("CREATE ROLE few LOGIN SUPERUSER")
        try:
            with _idle(few) as store:
                admin.execute("ALTER ROLE few NOSUPERUSER CONNECTION LIMIT 0")
                assert "too many connections" in failing(lambda: store.counts(QUEUE))
                assert "too many connections" in failing(lambda: open_store(few))
                admin.execute("ALTER ROLE few NOLOGIN")
                assert "not permitted to log in" in failing(lambda: store.counts(QUEUE))
        finally:
            admin.execute("REASSIGN OWNED BY few TO formcheck")
            admin.execute("DROP ROLE few")
    unknown = make_url(away).set(username="nobody").render_as_string(hide_password=False)
    assert 'role "nobody" does not exist' in failing(lambda: open_store(unknown))


def _idle(place: str) -> Store:
    """A store without a connection."""
    store = open_store(place)
    store.close()
    return store
