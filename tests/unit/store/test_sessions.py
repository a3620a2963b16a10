"""Sessions: kept whole, listed once, forgotten without a trace."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from formcheck.codec.session import session_to_json
from formcheck.errors import FormcheckError
from formcheck.outputs.session_file import read_session
from formcheck.store import Damage, Store, open_store
from formcheck.store.address import engine_of, url_of
from formcheck.store.tables import Base, SessionTable
from formcheck.types import Session as Verdict
from tests.unit.store.made import GOLDEN, done, golden, joined, put

SQUAT, PLANK, RUN = (golden(n) for n in ("squat_side_shallow", "plank_sag", "running_head_forward"))
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def filmed(session: Verdict, sha256: str | None) -> Verdict:
    return replace(session, source=replace(session.source, sha256=sha256))


def rows_left(place: str) -> dict[str, int]:
    engine = engine_of(url_of(place))
    with engine.connect() as connection:
        counts = {
            t.name: connection.scalar(select(func.count()).select_from(t))
            for t in Base.metadata.sorted_tables
        }
    engine.dispose()
    return counts


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_real_session_comes_back_as_it_was(store: Store, path: Path) -> None:
    session = read_session(path)
    assert store.session(store.add_session(session, origin="video")) == session


def test_a_session_of_several_exercises_comes_back_as_it_was(store: Store) -> None:
    session = joined(SQUAT, RUN)
    assert store.session(store.add_session(session, origin="video")) == session


def test_the_text_is_that_of_session_json(store: Store, place: str) -> None:
    store.add_session(SQUAT, origin="live", folder="/live/1", when=NOON)
    engine = engine_of(url_of(place))
    with engine.connect() as connection:
        row = connection.execute(select(SessionTable.text, SessionTable.format, SessionTable.formcheck)).one()
    engine.dispose()
    created = json.loads(row[0])["created"]
    assert datetime.fromisoformat(created) == NOON
    assert row[0] == session_to_json(SQUAT, created)
    assert row[1:] == ("formcheck/session/1", SQUAT.formcheck)


def test_a_row_tells_the_session_in_numbers(store: Store) -> None:
    kept = store.add_session(RUN, origin="live", folder=Path("live") / "1", person="Ann", when=NOON)
    row = store.session_row(kept)
    found = RUN.summary
    assert (row.id, row.origin, row.when, row.person) == (kept, "live", NOON, "Ann")
    assert (row.name, row.folder) == (RUN.source.name, str(Path("live") / "1"))
    assert (row.exercise, row.exercise_name, row.kind) == (RUN.exercise.id, RUN.exercise.name, "gait")
    assert (row.view, row.cadence_spm) == ("side", RUN.gait.cadence_spm)
    for name in ("score", "coverage", "attempts", "reps", "good_reps", "hold_s", "clean_hold_s"):
        assert getattr(row, name) == getattr(found, name)
    held = store.session_row(store.add_session(PLANK, origin="video"))
    assert (held.hold_s, held.clean_hold_s, held.cadence_spm) == (13.967, 7.967, None)


def test_the_same_recording_is_kept_once_as_judged_last(store: Store, place: str) -> None:
    first = store.add_session(SQUAT, origin="video", person="Ann")
    better = replace(SQUAT, summary=replace(SQUAT.summary, score=1))
    second = store.add_session(better, origin="video", person="Bob")
    assert second != first
    assert store.session(first) is None
    assert [row.score for row in store.sessions()] == [1]
    assert store.people() == ["Bob"]
    once = rows_left(place)
    store.add_session(better, origin="video", person="Bob")
    assert rows_left(place) == once


def test_what_makes_a_recording_the_same(store: Store) -> None:
    for session in (SQUAT, replace(SQUAT, exercise=PLANK.exercise), filmed(SQUAT, "0" * 64)):
        store.add_session(session, origin="video", folder="/results/a")
    for folder in ("/live/1", "/live/2", "/live/2"):
        store.add_session(SQUAT, origin="live", folder=folder)
    for folder in ("/results/b", "/results/b", None, None):
        store.add_session(filmed(SQUAT, None), origin="video", folder=folder)
    assert len(store.sessions()) == 3 + 2 + 1 + 2


def test_a_list_has_each_recording_once_though_two_jobs_judged_it(store: Store) -> None:
    first, second = (done(store, name, SQUAT) for name in ("a", "b"))
    assert [row.id for row in store.sessions()] == [second.session]
    assert store.exercises() == [("squat", "Squat", 1)]
    store.remove(second.id)
    assert [row.id for row in store.sessions()] == [first.session]


def test_lists_are_by_time_and_can_be_narrowed(store: Store) -> None:
    def add(session: Verdict, hour: int, person: str | None) -> int:
        when = NOON + timedelta(hours=hour)
        return store.add_session(filmed(session, f"{hour:064d}"), origin="video", person=person, when=when)

    late, early = add(SQUAT, 5, "Ann"), add(SQUAT, 1, "Bob")
    plank, nobodys = add(PLANK, 3, "Ann"), add(SQUAT, 2, None)

    def ids(**how: object) -> list[int]:
        return [row.id for row in store.sessions(**how)]

    assert ids() == [late, plank, nobodys, early]
    assert ids(newest_first=False) == [early, nobodys, plank, late]
    assert ids(newest_first=False, limit=2) == [early, nobodys]
    assert ids(person="Ann") == [late, plank]
    assert ids(exercise="squat") == [late, nobodys, early]
    assert ids(exercise="squat", person="Ann") == [late]
    assert ids(since=NOON + timedelta(hours=3)) == [late, plank]
    assert ids(since=(NOON + timedelta(hours=3)).astimezone(timezone(timedelta(hours=-7)))) == [late, plank]
    assert ids(person="Zoe") == []
    assert store.exercises() == [("squat", "Squat", 3), ("plank_hold", "Plank", 1)]
    assert store.exercises("Ann") == [("plank_hold", "Plank", 1), ("squat", "Squat", 1)]
    assert store.people() == ["Ann", "Bob"]


def test_what_is_not_there(store: Store) -> None:
    assert (store.session(1), store.session_row(1), store.forget(1), store.remove("0" * 32)) == (
        None,
        None,
        False,
        None,
    )
    assert (store.sessions(), store.exercises(), store.people()) == ([], [], [])


def test_forgetting_leaves_nothing_of_a_person_behind(store: Store, place: str) -> None:
    empty = rows_left(place)
    kept = store.add_session(joined(SQUAT, RUN), origin="video", person="Ann", folder="/results/ann")
    assert all(count for name, count in rows_left(place).items() if name not in {"jobs", "entries", "worked"})
    assert store.forget(kept)
    assert rows_left(place) == empty
    assert set(empty.values()) == {0}


def test_removing_a_job_leaves_nothing_of_a_person_behind(store: Store, place: str) -> None:
    job = done(store, "a", SQUAT, person="Ann")
    assert all(count for name, count in rows_left(place).items() if name not in {"entries", "worked"})
    assert store.remove(job.id) == job
    assert set(rows_left(place).values()) == {0}
    (queued,) = put(store, "b", person="Ann")
    store.remove(queued.id)
    assert set(rows_left(place).values()) == {0}


def test_a_person_stays_while_anything_is_theirs(store: Store) -> None:
    job = done(store, "a", SQUAT, person="Ann")
    other = store.add_session(PLANK, origin="video", person="Ann")
    store.remove(job.id)
    assert store.people() == ["Ann"]
    (queued,) = put(store, "b", person="Ann")
    store.forget(other)
    assert store.people() == ["Ann"]
    put(store, "b", key="second")
    assert store.job(queued.id) is None
    assert store.people() == []


def test_forgetting_a_recording_forgets_every_judgement_of_it_and_keeps_the_jobs(store: Store) -> None:
    jobs = [done(store, name, SQUAT, person="Ann") for name in ("a", "b")]
    kept = done(store, "c", PLANK)
    assert store.forget(jobs[1].session)
    assert [row.id for row in store.sessions()] == [kept.session]
    assert [store.job(job.id).session for job in jobs] == [None, None]
    assert store.job(jobs[0].id).status == "ok"


@pytest.mark.parametrize(("whose", "others"), [("Ann", "Ben"), ("Ann", None), (None, "Ben")])
def test_forgetting_and_dropping_leave_what_others_have_of_the_recording(
    store: Store, whose: str | None, others: str | None
) -> None:
    first, again = (done(store, name, SQUAT, person=whose).session for name in "ab")
    theirs = done(store, "c", SQUAT, person=others).session
    store.drop(Damage("session", first, "it is"))
    assert [store.has_session(id_) for id_ in (first, again, theirs)] == [False, True, True]
    first = done(store, "d", SQUAT, person=whose).session
    assert store.forget(again)
    assert [store.has_session(id_) for id_ in (first, again, theirs)] == [False, False, True]


def test_an_id_is_never_given_twice(store: Store) -> None:
    first = store.add_session(SQUAT, origin="video")
    store.forget(first)
    assert store.add_session(PLANK, origin="video") > first


def test_what_was_removed_is_gone_from_the_file_too(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    with open_store(place) as store:
        job = done(store, "a", SQUAT, person="Annabella")
        assert any(b"Annabella" in path.read_bytes() for path in tmp_path.iterdir())
        store.remove(job.id)
    assert [path.name for path in tmp_path.iterdir()] == [place.name]
    assert b"Annabella" not in place.read_bytes()
    assert SQUAT.source.sha256.encode() not in place.read_bytes()


def test_a_session_in_a_form_of_the_future_is_refused_in_one_line(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        kept = store.add_session(SQUAT, origin="video")
        engine = create_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
        with engine.begin() as connection:
            connection.execute(text("UPDATE sessions SET text = '{\"shape\": 2}'"))
        engine.dispose()
        with pytest.raises(FormcheckError, match="update formcheck") as failure:
            store.session(kept)
    assert "\n" not in str(failure.value)
