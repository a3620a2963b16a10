"""One damaged row: named, passed over, deleted; it keeps nobody from the rest, nor from deleting all."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from formcheck.errors import FormcheckError
from formcheck.store import Damage, Store, open_store
from formcheck.types.training import PainReport, Start
from tests.unit.store.made import QUEUE, golden, put

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SQUAT = golden("squat_side_shallow")
BROKEN = 2

#: What may stand in a row of a session; SQLite keeps anything.
SESSIONS = [
    "text = 'no json'",
    "text = ''",
    "text = '{}'",
    "text = x'ff00'",
    "text = CAST(x'ff00' AS TEXT)",
    "text = 7",
    "text = NULL",
    "text = replace(text, '\"reps\": [', '\"reps\": [[[')",
    "text = replace(text, '\"attempts\": ', '\"attempts\": 9999999999999999999999')",
    "text = replace(text, '\"attempts\"', '\"tries\"')",
    "text = replace(text, 'formcheck/session/1', 'formcheck/session/2')",
    f"text = '{'[' * 5000}'",
    "format = 'formcheck/session/9'",
    "format = NULL",
    "score = 'abc'",
    "score = 1e300",
    "score = x'00'",
    "coverage = 'much'",
    "coverage = 9e999",
    "coverage = NULL",
    "happened = 'yesterday'",
    "happened = '0001-01-01 00:00:00.000000'",
    "happened = '9999-12-31 23:59:59.999999'",
    "happened = 5",
    "happened = NULL",
    "origin = 'moon'",
    "reps = -3",
    "name = x'80'",
    "name = NULL",
    "recording = NULL, exercise = NULL",
    "cadence_spm = 'fast'",
    "person_id = 1, kind = x'00'",
]
JOBS = [
    "status = 'moon'",
    "status = NULL",
    "status = x'ff'",
    "created = 'yesterday'",
    "created = '0001-01-01 00:00:00.000000'",
    "name = NULL",
    "name = x'80'",
    "folder = x'ff'",
    "folder = NULL",
    "key = NULL",
    "exercise = NULL",
    "side = x'00'",
    "rotation_deg = 45",
    "rotation_deg = 'up'",
    "slowmo = 'much'",
    "reason = x'00'",
    "progress = 'much'",
    "progress = 9e999",
    "attempts = -3",
    "attempts = NULL",
    "video_id = 'x'",
    "video_id = NULL",
    "person_id = 1, seconds = 'long'",
    "id = x'ff'",
]
LATER = 'text = \'{"kind": "later"}\''
ENTRIES = [LATER, "text = ''", "text = 'x'", "text = NULL", "text = x'ff'", "text = '[]'"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose columns take anything: three sessions, entries and jobs of Ana's."""
    place = tmp_path_factory.mktemp("whole") / "store.sqlite"
    with open_store(place) as store:
        for n in range(3):
            found = replace(SQUAT, source=replace(SQUAT.source, sha256=f"{n:064d}"))
            store.add_session(found, origin="video", person="Ana", when=NOON + timedelta(days=n))
        for job in put(store, "a", "b", "c", person="Ana")[:BROKEN]:
            store.finish(job.id, "ok")
        for entry in (Start(NOON, "none"), PainReport(NOON, "squat", "none"), PainReport(NOON, None, "none")):
            store.add_entry(entry, "Ana")
    with closing(sqlite3.connect(place)) as raw:
        raw.execute("UPDATE sessions SET job_serial = ? WHERE id = 1", (BROKEN,))
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'")
        raw.commit()
    return place


@pytest.fixture
def store(whole: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    place = tmp_path / "store.sqlite"
    shutil.copy(whole, place)
    with closing(sqlite3.connect(place)) as raw:
        raw.execute(request.param, (BROKEN,))
        raw.commit()
    with open_store(place) as opened:
        yield opened


def sessions(*how: str) -> list[str]:
    return [f"UPDATE sessions SET {what} WHERE id = ?" for what in how]


@pytest.mark.parametrize("store", sessions(*SESSIONS), indirect=True, ids=range(len(SESSIONS)))
def test_a_damaged_session_is_named_and_passed_over(store: Store) -> None:
    found: list[Damage] = []
    note = found.append
    rows = store.sessions(note=note)
    assert [row.id for row, _ in store.read(rows, note)] == [3, 1]
    store.exercises(), store.exercises("Ana"), store.people(), store.counts_of("Ana")
    for read in (store.history("Ana", note=note), store.texts("Ana", note=note)):
        assert [row.id for row, _ in read] == [1, 3]
    assert {done.session for done in store.done("Ana", note=note)} == {1, 3}
    assert {(damage.what, damage.id) for damage in found} == {("session", BROKEN)}
    assert all(len(str(damage).splitlines()) == 1 and len(str(damage)) < 300 for damage in found)
    with pytest.raises(FormcheckError, match="formcheck history forget 2"):
        (store.session_row(BROKEN), store.session(BROKEN))
    (damage,) = store.damaged()
    store.drop(damage)
    assert not store.has_session(BROKEN)
    assert (store.damaged(), store.counts_of("Ana")[0]) == ([], 2)


@pytest.mark.parametrize(
    "store",
    [f"UPDATE jobs SET {what} WHERE serial = ?" for what in JOBS],
    indirect=True,
    ids=range(len(JOBS)),
)
def test_a_damaged_job_is_named_and_passed_over(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """The session it made stays."""
    names = lambda: [job.request.name for job in store.jobs(QUEUE)]  # noqa: E731
    assert names() == ["a", "c"]
    assert {record.getMessage().split(":")[0] for record in caplog.records} == {f"job {BROKEN}"}
    (damage,) = store.damaged()
    assert (damage.what, damage.id, len(str(damage).splitlines())) == ("job", BROKEN, 1)
    store.drop(damage)
    assert (store.damaged(), names()) == ([], ["a", "c"])
    assert [row.id for row in store.sessions()] == [3, 2, 1]
    store.forget_person("Ana")
    assert (store.people(), names()) == ([], [])


@pytest.mark.parametrize(
    "store",
    [
        f"UPDATE jobs SET status = 'queued', {what} WHERE serial = ?"
        for what in ("folder = x'ff'", "video_id = NULL", "name = NULL")
    ],
    indirect=True,
)
def test_a_damaged_job_keeps_none_from_being_run_and_is_made_anew(store: Store) -> None:
    assert [store.claim(QUEUE).request.name, store.claim(QUEUE)] == ["c", None]
    (again,) = put(store, "b", person="Ana")
    assert (again.status, store.claim(QUEUE).id, store.damaged()) == ("queued", again.id, [])


@pytest.mark.parametrize(
    "store",
    sessions("text = ''", "folder = x'ff'", "happened = 'x', score = 'x', person_id = 1", "video_id = 'x'"),
    indirect=True,
)
def test_damage_keeps_nobody_from_deleting(store: Store) -> None:
    assert store.forget(BROKEN)
    store.forget_person("Ana")
    assert (store.people(), store.sessions(), store.entries("Ana")) == ([], [], [])


@pytest.mark.parametrize(
    "store",
    [f"UPDATE entries SET {what} WHERE id = ?" for what in ENTRIES],
    indirect=True,
    ids=range(len(ENTRIES)),
)
def test_a_damaged_entry_is_named_passed_over_and_taken_back(store: Store) -> None:
    found: list[Damage] = []
    assert len(store.entries("Ana", found.append)) == 2
    assert (
        [(damage.what, damage.id) for damage in found]
        == [("entry", BROKEN)]
        == [(damage.what, damage.id) for damage in store.damaged()]
    )
    assert isinstance(store.take_back("Ana"), PainReport)
    assert isinstance(store.take_back("Ana"), Damage)
    assert isinstance(store.take_back("Ana"), Start)
    assert store.damaged() == []


@pytest.mark.parametrize("store", ["UPDATE entries SET text = '' WHERE id = ?"], indirect=True)
def test_what_nobody_asks_about_is_logged(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    store.entries("Ana")
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["entry 2"]
    (damage,) = store.damaged()
    store.drop(damage)
    assert len(store.entries("Ana")) == 2
