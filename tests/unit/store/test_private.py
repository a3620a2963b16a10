"""What lies on the disk: for its owner alone, and nothing of what was deleted."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from formcheck.store import Store, open_store
from formcheck.types.training import PainReport
from tests.unit.store.made import BACK_TO_0003, done, golden, put
from tests.unit.store.test_opening import change

SQUAT = golden("squat_side_shallow")
NAME = "Annabella"
owned = pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's files by itself")


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


def named_in(folder: Path) -> bool:
    """Whether the name stands in any byte of the store."""
    return any(NAME.encode() in path.read_bytes() for path in folder.iterdir())


@owned
def test_a_store_is_its_owners_alone_while_it_is_open_and_after(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there").chmod(0o755)
    folder = tmp_path / "there" / "made" / "too"
    with open_store(folder / "store.sqlite") as store:
        put(store, "a")
        assert modes(folder) == dict.fromkeys(("store.sqlite", "store.sqlite-wal", "store.sqlite-shm"), 0o600)
    assert modes(folder) == {"store.sqlite": 0o600}
    assert (modes(tmp_path / "there"), modes(folder.parent)) == ({"made": 0o700}, {"too": 0o700})
    assert modes(tmp_path) == {"there": 0o755}


@owned
def test_a_store_of_before_is_closed_once_and_then_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "formcheck" / "store.sqlite"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    open_store(place).close()
    place.parent.chmod(0o755)
    change(str(place), *BACK_TO_0003)
    place.chmod(0o644)
    open_store(place).close()
    assert (modes(tmp_path), modes(place.parent)) == ({"formcheck": 0o700}, {"store.sqlite": 0o600})
    place.chmod(0o640)
    open_store(place).close()
    assert modes(place.parent) == {"store.sqlite": 0o640}


@owned
@pytest.mark.parametrize(
    ("before", "after"), [(0o660, 0o660), (0o666, 0o660), (0o664, 0o660), (0o640, 0o600), (0o646, 0o600)]
)
def test_a_store_that_a_group_shares_is_not_closed_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int, after: int
) -> None:
    place = tmp_path / "formcheck" / "store.sqlite"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    open_store(place).close()
    change(str(place), *BACK_TO_0003)
    place.chmod(before)
    place.parent.chmod(0o2775)
    with open_store(place) as store:
        put(store, "a")
        assert set(modes(place.parent).values()) == {after}
    assert modes(tmp_path) == {"formcheck": 0o770 if after == 0o660 else 0o700}


def _job(store: Store) -> Callable[[], object]:
    job = done(store, "a", SQUAT, person=NAME)
    return lambda: store.remove(job.id)


def _session(store: Store) -> Callable[[], object]:
    kept = store.add_session(SQUAT, origin="live", folder=f"/live/{NAME}", person=NAME)
    return lambda: store.forget(kept)


def _person(store: Store) -> Callable[[], object]:
    _job(store), _session(store), _entry(store)
    return lambda: store.forget_person(NAME)


def _entry(store: Store) -> Callable[[], object]:
    store.add_entry(PainReport(datetime.now(UTC), NAME, "none"), NAME)
    return lambda: store.take_back(NAME)


@pytest.mark.parametrize("begin", [_job, _session, _entry, _person])
def test_nothing_of_what_was_deleted_stays_though_others_have_it_open(
    tmp_path: Path, begin: Callable[[Store], Callable[[], object]]
) -> None:
    """The log of a running service remembers nothing either."""
    place = tmp_path / "store.sqlite"
    with open_store(place) as store, open_store(place) as other:
        other.counts("web")
        delete = begin(store)
        other.people()
        assert named_in(tmp_path)
        delete()
        assert not named_in(tmp_path)
        assert other.people() == []


def test_what_a_reader_holds_is_gone_with_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.store.database.SCRUB_S", 0.01)
    place = tmp_path / "store.sqlite"
    with open_store(place) as store, closing(sqlite3.connect(place)) as reader:
        delete = _session(store)
        reader.execute("BEGIN")
        reader.execute("SELECT name FROM people").fetchall()
        delete()
        assert named_in(tmp_path)
        reader.rollback()
        put(store, "b")
        assert not named_in(tmp_path)


@pytest.mark.parametrize(
    "failure", [PoolTimeoutError("no connection is free"), sqlite3.OperationalError("unable to open")]
)
def test_what_cannot_be_scrubbed_at_once_is_deleted_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def refused() -> None:
        raise failure

    with open_store(tmp_path / "store.sqlite") as store:
        delete = _session(store)
        with monkeypatch.context() as patch:
            patch.setattr(store._engine, "raw_connection", refused)
            delete()
            put(store, "a")
        assert (store.sessions(), named_in(tmp_path)) == ([], True)
        put(store, "b")
        assert not named_in(tmp_path)
