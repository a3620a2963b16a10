"""What people reported: kept, read back, kept once, taken away with the person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import text

from formcheck.store import Store, open_store
from formcheck.types import Session
from formcheck.types.training import Done, Entry, PainReport, SetDone, Start
from tests.unit.store.made import BACK_TO_0003, golden, put

NOON = datetime(2026, 11, 2, 12, tzinfo=timezone(timedelta(hours=2)))
START = Start(NOON, "none", "outdoors", ("mat", "wall"), 4)
DONE = Done(
    NOON + timedelta(minutes=9),
    "beetle",
    (SetDone(16, 15, 8, 8, coverage=0.9), SetDone(seconds=20.5, clean_s=18.0, side="left")),
    faults=("Keep your back down",),
    train=(("Eyes to the horizon", ("superman_pull",)),),
    pain="none",
)
PAIN = PainReport(NOON + timedelta(minutes=10), None, "numb")
EVERY: tuple[Entry, ...] = (START, DONE, PAIN)


def _session(digest: str) -> Session:
    found = golden("squat_side_shallow")
    return replace(found, source=replace(found.source, sha256=digest))


def test_what_was_reported_comes_back(store: Store) -> None:
    for entry in reversed(EVERY):
        store.add_entry(entry, "Ana")
    assert store.entries("Ana") == list(EVERY)
    assert store.entries() == []
    assert store.people() == ["Ana"]


def test_the_same_is_kept_once_for_each_person(store: Store) -> None:
    first = store.add_entry(START)
    assert store.add_entry(START) == first
    assert store.add_entry(START, "Ana") != first
    assert store.entries() == store.entries("Ana") == [START]


def test_what_was_reported_last_is_taken_back(store: Store) -> None:
    for entry in EVERY:
        store.add_entry(entry, "Ana")
    store.add_entry(START)
    assert [store.take_back("Ana") for _ in range(4)] == [PAIN, DONE, START, None]
    assert store.people() == []
    assert store.entries() == [START]


def test_history_is_one_persons_oldest_first(store: Store) -> None:
    for day, person in ((2, "Ana"), (1, "Ana"), (3, None)):
        when = datetime(2026, 11, day, tzinfo=UTC)
        store.add_session(_session(f"{day:064x}"), origin="video", person=person, when=when)
    assert [row.when.day for row, _ in store.history("Ana")] == [1, 2]
    assert [store.counts_of(name) for name in ("Ana", None, "Zoe")] == [(2, 0), (1, 0), (0, 0)]
    assert [row.when.day for row, _ in store.history()] == [3]
    assert [row.when.day for row, _ in store.history("Ana", since=datetime(2026, 11, 2, tzinfo=UTC))] == [2]
    assert next(store.history("Ana"))[1].summary == golden("squat_side_shallow").summary


def test_a_person_goes_with_all_that_is_theirs(store: Store) -> None:
    store.add_session(_session("a" * 64), origin="video", person="Ana")
    store.add_session(_session("b" * 64), origin="video", person="Ben")
    put(store, "x", queue="web", person="Ana")
    store.add_entry(START, "Ana")
    store.add_entry(START, "Ben")
    store.add_session(_session("c" * 64), origin="live", folder="/live/ana", person="Ana")
    assert store.forget_person("Ana") == ["/live/ana"]
    assert store.people() == ["Ben"]
    assert (store.entries("Ana"), store.jobs("web"), store.counts_of("Ana")) == ([], [], (0, 0))
    assert store.entries("Ben") == [START]
    assert store.counts_of("Ben") == (1, 1)
    assert store.forget_person("nobody") == []


def test_a_store_of_before_plans_is_brought_up_to_date(place: str) -> None:
    with open_store(place) as store, store._engine.begin() as db:
        undo = ("DROP TABLE worked", "DROP TABLE entries", "UPDATE alembic_version SET version_num = '0001'")
        for line in (*BACK_TO_0003, *undo):
            db.execute(text(line))
    with open_store(place) as store:
        store.add_entry(START)
        assert store.entries() == [START]
