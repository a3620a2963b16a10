"""Many at once: threads, processes, and one that dies."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

import pytest

from formcheck.store import Job, Store, open_store
from tests.unit.store.made import (
    QUEUE,
    claim_all,
    claim_and_die,
    claimed,
    done,
    golden,
    open_twice,
    put,
    request,
)

T = TypeVar("T")
SQUAT, PLANK = golden("squat_side_shallow"), golden("plank_sag")
THREADS = 8


@pytest.fixture(scope="module")
def others() -> Iterator[ProcessPoolExecutor]:
    """Two other processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


def at_once(work: Callable[[int], T], times: int = THREADS) -> list[T]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, range(times)))


def test_threads_that_claim_get_each_job_once(store: Store) -> None:
    names = [f"{i:03d}" for i in range(60)]
    put(store, *names)
    taken = at_once(lambda _: claimed(store))
    assert sorted(name for part in taken for name in part) == names
    assert store.counts(QUEUE)["running"] == len(names)
    assert {job.attempts for job in store.jobs(QUEUE)} == {1}
    assert all(part == sorted(part) for part in taken)  # each from the oldest on


def test_processes_that_claim_get_each_job_once(place: str, others: ProcessPoolExecutor) -> None:
    names = [f"{i:03d}" for i in range(60)]
    with open_store(place) as store:
        put(store, *names)
        running = [others.submit(claim_all, place) for _ in range(2)]
        taken = [claimed(store), *(part.result(60) for part in running)]
        assert sorted(name for part in taken for name in part) == names
        assert {job.attempts for job in store.jobs(QUEUE)} == {1}


def test_processes_and_threads_that_open_a_new_store_all_get_it(
    place: str, others: ProcessPoolExecutor
) -> None:
    running = [others.submit(open_twice, place) for _ in range(2)]
    here = at_once(lambda _: open_twice(place), 4)
    counts = [*here, *(part.result(60) for part in running)]
    assert [sum(count.values()) for count in counts] == [0] * 6


def test_a_job_of_a_killed_process_is_not_lost(place: str) -> None:
    with open_store(place) as store:
        put(store, "a", "b")
        victim = get_context("spawn").Process(target=claim_and_die, args=(place,))
        victim.start()
        victim.join(60)
        assert victim.exitcode == -9
        (job,) = store.jobs(QUEUE, status="running")
        assert (job.request.name, job.attempts) == ("a", 1)
        assert store.requeue(QUEUE) == 1
        again = store.claim(QUEUE)
        assert (again.id, again.attempts) == (job.id, 2)
        assert store.finish(again.id, "ok", session=SQUAT).status == "ok"


def test_one_of_many_who_finish_a_job_is_believed(store: Store) -> None:
    (job,) = put(store, "a")
    found = at_once(lambda i: store.finish(job.id, "ok", session=(SQUAT, PLANK)[i % 2], seconds=float(i)))
    assert set(found) == {store.job(job.id)}
    assert len(store.sessions()) == 1


def test_many_who_put_in_the_same_videos_make_them_once(store: Store) -> None:
    def enqueue(i: int) -> list[Job]:
        return store.enqueue(QUEUE, [request(n, person="Ann", sha256=n * 64) for n in "abcd"])

    found = at_once(enqueue)
    assert [job.request.name for job in store.jobs(QUEUE)] == list("abcd")
    assert all(jobs == found[0] for jobs in found)
    assert store.people() == ["Ann"]


def test_many_who_work_and_remove_at_once_leave_nothing(store: Store) -> None:
    def come_and_go(i: int) -> None:
        job = done(store, f"{i}", (SQUAT, PLANK)[i % 2], person="Ann", queue=f"{i % 2}")
        store.set_progress(job.id, 0.5)
        assert store.remove(job.id).session == job.session

    at_once(come_and_go, 24)
    assert (store.people(), store.sessions()) == ([], [])
