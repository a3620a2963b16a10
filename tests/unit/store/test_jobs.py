"""Jobs: one worker each, finished once, nothing lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from formcheck.errors import FormcheckError
from formcheck.store import JobRequest, Store
from formcheck.store.jobs import CHUNK
from tests.unit.store.made import QUEUE, claimed, done, golden, put, request

SQUAT = golden("squat_side_shallow")


def test_what_is_put_in_comes_out_as_it_was(store: Store) -> None:
    whole = JobRequest(
        path="/videos/a.mp4",
        name="<a>.mp4",
        key="k" * 64,
        folder="/results/a",
        exercise="squat",
        side="left",
        view="side",
        rotation_deg=0,
        slowmo=2.5,
        careful=True,
        sha256="ab" * 32,
        size_bytes=5_000_000_000,
        duration_s=12.5,
        person="Änne",
    )
    before = datetime.now(UTC)
    (job,) = store.enqueue(QUEUE, [whole])
    assert (job.request, job.queue, job.status, job.attempts) == (whole, QUEUE, "queued", 0)
    assert (job.reason, job.progress, job.started, job.finished, job.session) == (None,) * 5
    assert before <= job.created <= datetime.now(UTC)
    assert job.created.utcoffset().total_seconds() == 0
    assert len(job.id) == 32
    assert int(job.id, 16) >= 0
    assert store.job(job.id) == job
    assert store.job("f" * 32) is None


def test_a_path_that_is_no_text_comes_back_as_the_same_bytes(store: Store) -> None:
    strange = b"/videos/caf\xe9 \xff.mp4".decode("utf-8", "surrogateescape")
    (job,) = store.enqueue(QUEUE, [replace(request("a"), path=strange, name=strange)])
    assert store.job(job.id).request.path == job.request.name == strange
    source = replace(SQUAT.source, name=strange)
    kept = store.finish(job.id, "ok", session=replace(SQUAT, source=source)).session
    assert store.session(kept).source.name == strange


def test_jobs_are_taken_in_the_order_they_were_put_in(store: Store) -> None:
    put(store, "b", "a", "c")
    put(store, "0")
    assert [job.request.name for job in store.jobs(QUEUE)] == ["b", "a", "c", "0"]
    assert claimed(store) == ["b", "a", "c", "0"]
    assert store.claim(QUEUE) is None


def test_a_claimed_job_runs_and_counts_its_attempts(store: Store) -> None:
    (put_in,) = put(store, "a", person="Ann", sha256="ab" * 32)
    job = store.claim(QUEUE)
    assert (job.status, job.attempts, job.request) == ("running", 1, put_in.request)
    assert job.created <= job.started
    assert store.job(job.id) == job
    assert store.requeue(QUEUE) == 1
    assert store.claim(QUEUE).attempts == 2


def test_queues_do_not_know_each_other(store: Store) -> None:
    put(store, "a", queue="web")
    assert (store.claim(QUEUE), store.jobs(QUEUE), store.requeue(QUEUE), store.retry(QUEUE)) == (
        None,
        [],
        0,
        0,
    )
    assert set(store.counts(QUEUE).values()) == {0}
    put(store, "a")
    assert claimed(store) == ["a"]
    assert store.counts("web")["queued"] == 1


def test_the_same_key_leaves_a_job_as_it_is(store: Store) -> None:
    first = done(store, "a", SQUAT)
    assert put(store, "a", "b")[0] == first
    assert [job.status for job in store.jobs(QUEUE)] == ["ok", "queued"]


def test_another_key_makes_a_new_job_and_drops_the_old_result(store: Store) -> None:
    old = done(store, "a", SQUAT)
    (new,) = put(store, "a", key="second")
    assert (new.status, new.attempts, new.session, new.request.key) == ("queued", 0, None, "second")
    assert store.jobs(QUEUE) == [new]
    assert store.session(old.session) is None
    with pytest.raises(FormcheckError, match="removed"):  # a worker that still had the old one
        store.finish(old.id, "ok", session=SQUAT)
    assert store.job(new.id) == new


def test_more_jobs_than_one_statement_takes(store: Store) -> None:
    names = [f"{i:04d}" for i in range(CHUNK + 5)]
    jobs = put(store, *names, "0000")
    assert [job.request.name for job in jobs] == [*names, "0000"]
    assert jobs[0] == jobs[-1]
    assert store.counts(QUEUE)["queued"] == len(names)
    store.claim(QUEUE)
    assert store.requeue(QUEUE, [job.id for job in jobs]) == 1


def test_a_page_of_the_list(store: Store) -> None:
    put(store, *"abcde")
    store.finish(store.claim(QUEUE).id, "failed", reason="broken")
    named = lambda **how: [job.request.name for job in store.jobs(QUEUE, **how)]  # noqa: E731
    assert named(newest_first=True, limit=2) == ["e", "d"]
    assert named(offset=3) == ["d", "e"]
    assert named(limit=2, offset=1) == ["b", "c"]
    assert named(status="failed") == ["a"]
    assert store.counts(QUEUE) == {"queued": 4, "running": 0, "ok": 0, "not_judgeable": 0, "failed": 1}


def test_progress_is_of_running_jobs_only(store: Store) -> None:
    (job,) = put(store, "a")
    store.set_progress(job.id, 0.5)
    assert store.job(job.id).progress is None
    store.claim(QUEUE)
    store.set_progress(job.id, 0.5)
    assert store.job(job.id).progress == 0.5
    store.requeue(QUEUE)
    assert store.job(job.id).progress is None
    store.claim(QUEUE)
    store.set_progress(job.id, 1.0)
    assert store.finish(job.id, "ok").progress is None
    store.set_progress(job.id, 0.1)
    assert store.job(job.id).progress is None


def test_finishing_records_all_of_it(store: Store) -> None:
    put(store, "a", person="Ann")
    running = store.claim(QUEUE)
    made = "2026-01-02T03:04:05+00:00"
    job = store.finish(running.id, "ok", session=SQUAT, created=made, seconds=7.5)
    assert (job.status, job.reason, job.seconds) == ("ok", None, 7.5)
    assert job.started <= job.finished <= datetime.now(UTC)
    assert job.request.sha256 == SQUAT.source.sha256
    assert job.request.duration_s == SQUAT.source.duration_s
    assert store.session(job.session) == SQUAT
    row = store.session_row(job.session)
    assert (row.name, row.person, row.folder, row.origin) == ("a", "Ann", "/results/a", "video")
    assert row.when == datetime.fromisoformat(made)


def test_finishing_twice_changes_nothing(store: Store) -> None:
    first = done(store, "a", SQUAT)
    again = store.finish(first.id, "failed", reason="late", session=golden("plank_sag"), seconds=1.0)
    assert again == first == store.job(first.id)
    assert store.session(first.session) == SQUAT
    assert len(store.sessions()) == 1


def test_a_failed_job_keeps_its_reason_and_no_session(store: Store) -> None:
    (job,) = put(store, "a")
    failed = store.finish(job.id, "failed", reason="a.mp4: damaged", session=SQUAT)
    assert (failed.status, failed.reason, failed.session) == ("failed", "a.mp4: damaged", None)
    assert store.sessions() == []


def test_only_final_words_finish_a_job(store: Store) -> None:
    (job,) = put(store, "a")
    with pytest.raises(ValueError, match="running"):
        store.finish(job.id, "running")
    assert store.job(job.id) == job


def test_retry_begins_failed_jobs_afresh_and_no_others(store: Store) -> None:
    put(store, "good", "bad", "dark")
    for status in ("ok", "failed", "not_judgeable"):
        store.finish(store.claim(QUEUE).id, status, reason=status, seconds=1.0)
    assert store.retry(QUEUE) == 1
    (job,) = store.jobs(QUEUE, status="queued")
    assert (job.request.name, job.attempts, job.reason, job.finished, job.seconds) == ("bad", 0, *(None,) * 3)


def test_requeue_of_some(store: Store) -> None:
    put(store, "a", "b", "c")
    a, b, _ = (store.claim(QUEUE) for _ in range(3))
    store.finish(a.id, "ok")
    assert store.requeue(QUEUE, [a.id, b.id]) == 1
    assert store.requeue(QUEUE, []) == 0
    assert [job.status for job in store.jobs(QUEUE)] == ["ok", "queued", "running"]


def test_the_same_bytes_under_two_names_are_two_jobs_of_one_video(store: Store) -> None:
    jobs = [done(store, name, SQUAT, sha256=SQUAT.source.sha256, size_bytes=7) for name in ("a", "b")]
    assert {job.request.size_bytes for job in store.jobs(QUEUE)} == {7}
    assert jobs[0].session != jobs[1].session
    store.remove(jobs[0].id)
    assert store.job(jobs[1].id) == jobs[1]
    assert store.session(jobs[1].session) == SQUAT
