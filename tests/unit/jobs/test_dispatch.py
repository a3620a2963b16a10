"""Between store and workers: nothing is lost, nothing is judged twice."""

import json

import pytest

from formcheck.apps.jobs.dispatch import Dispatcher
from formcheck.apps.jobs.results import Word, words
from formcheck.apps.jobs.task import JobOutcome, JobTask
from formcheck.errors import OutputError
from formcheck.store import open_store
from formcheck.store.records import JobRequest
from tests.unit.jobs import stand_ins


class Here:
    """Workers in this very process: a task is judged when somebody asks for what is finished."""

    def __init__(self, size=2, judge=stand_ins.judge):
        self.size, self.judge, self.tasks, self.cancelled = size, judge, [], []

    def start(self, task, timeout_s):
        self.tasks.append(task)
        assert len(self.tasks) <= self.size

    def finished(self, wait_s):
        return [self.judge(self.tasks.pop(0))] if self.tasks else []

    def progress(self):
        return {task.id: 0.5 for task in self.tasks}

    def cancel(self, task):
        self.cancelled.append(task)
        self.tasks = [t for t in self.tasks if t.id != task]

    def close(self):
        pass


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store.sqlite") as opened:
        yield opened


def requests(tmp_path, count, exercise="fine"):
    return [
        JobRequest(
            str(tmp_path / f"{i}.mp4"), f"{i}.mp4", f"key {i}", str(tmp_path / "out" / str(i)), exercise
        )
        for i in range(count)
    ]


def dispatcher(store, tmp_path, workers, ended=lambda job: None, **how):
    def task_of(job):
        want = job.request
        return JobTask(job.id, want.path, want.exercise, want.folder, str(tmp_path / ".work")), 60.0

    return Dispatcher(store, "q", workers, tmp_path / ".work", task_of, ended, **how)


def test_all_are_judged_in_their_order_and_reported(store, tmp_path):
    jobs, found = store.enqueue("q", requests(tmp_path, 7)), []
    dispatcher(store, tmp_path, Here(), found.append).run()
    assert [job.id for job in found] == [job.id for job in jobs] == stand_ins.journal(tmp_path)
    assert store.counts("q")["ok"] == 7
    assert all(job.session for job in store.jobs("q"))
    assert list((tmp_path / ".work").iterdir()) == []


def test_what_was_done_when_the_run_was_killed_is_not_judged_again(store, tmp_path):
    """Three were handed out: one came to the store, one left its word, one was cut off."""
    store.enqueue("q", requests(tmp_path, 4))
    first = dispatcher(store, tmp_path, Here(size=3))
    first.step(1.0)
    running = store.jobs("q", status="running")
    done = stand_ins.judge(first._task_of(running[0])[0])
    Word(done.id, done.status, done.reason, 3.0, judged=True).write(tmp_path / ".work")
    (tmp_path / ".work" / running[1].id).mkdir()
    (tmp_path / ".work" / running[1].id / "half").touch()

    second = dispatcher(store, tmp_path, Here())
    second.recover()
    assert [store.job(job.id).status for job in running] == ["ok", "queued"]
    assert store.job(done.id).seconds == 3.0
    assert list((tmp_path / ".work").iterdir()) == []
    second.run()
    assert store.counts("q")["ok"] == 4
    assert stand_ins.journal(tmp_path).count(done.id) == 1
    assert sorted(stand_ins.journal(tmp_path)) == sorted(job.id for job in store.jobs("q"))


@pytest.mark.parametrize("text", ["", "{}", "[]", json.dumps({"status": "running"}), "\0"])
def test_a_word_that_is_none_is_passed_over(tmp_path, text):
    (tmp_path / f"{'a' * 32}.done").write_text(text)
    assert words(tmp_path) == []


def test_a_word_whose_results_are_gone_counts_for_nothing(store, tmp_path):
    job = store.enqueue("q", requests(tmp_path, 1))[0]
    (tmp_path / ".work").mkdir()
    Word(job.id, "ok", None, 1.0, judged=True).write(tmp_path / ".work")
    again = dispatcher(store, tmp_path, Here())
    again.recover()
    assert store.job(job.id).status == "queued"


def test_a_failing_machine_stops_the_run_and_loses_nothing(store, tmp_path):
    store.enqueue("q", requests(tmp_path, 2, "fail machine"))
    run = dispatcher(store, tmp_path, Here())
    with pytest.raises(OutputError, match="no such thing"):
        run.step(1.0)
    run.stop()
    assert store.counts("q")["queued"] == 2


def test_a_service_fails_the_job_and_goes_on(store, tmp_path):
    store.enqueue("q", requests(tmp_path, 2, "fail machine"))
    dispatcher(store, tmp_path, Here(), fail_on_machine=True).run()
    assert [job.reason for job in store.jobs("q", status="failed")] == ["no such thing"] * 2


@pytest.mark.parametrize(("status", "kept"), [("failed", True), ("not_judgeable", False)])
def test_only_a_judgement_takes_away_what_an_older_one_left(store, tmp_path, status, kept):
    """Too little time or memory says nothing of the clip."""
    job = store.enqueue("q", requests(tmp_path, 1))[0]
    stand_ins.fine(JobTask(job.id, "", "", job.request.folder, str(tmp_path / ".work")), "of before")
    dispatcher(store, tmp_path, Here(judge=lambda task: JobOutcome(task.id, status, "no"))).run()
    assert store.job(job.id).status == status
    assert [(tmp_path / "out" / "0" / name).exists() for name in ("session.json", "report.html")] == [
        kept
    ] * 2


@pytest.mark.parametrize("then", ["recorded", "cancelled"])
def test_what_the_store_did_not_take_is_recorded_by_the_next_step(store, tmp_path, monkeypatch, then):
    jobs, workers = store.enqueue("q", requests(tmp_path, 2)), Here()
    workers.finished = lambda wait_s: [workers.judge(workers.tasks.pop(0)) for _ in list(workers.tasks)]
    run = dispatcher(store, tmp_path, workers)

    def fails(*_, **__):
        raise OutputError("the disk is full")

    with monkeypatch.context() as full:
        full.setattr(store, "finish", fails)
        with pytest.raises(OutputError, match="full"):
            run.step(0.0)
    if then == "cancelled":
        store.remove(jobs[0].id)
        run.cancel(jobs[0].id)
    run.step(0.0)
    assert [job.status for job in store.jobs("q")] == ["ok"] * (2 if then == "recorded" else 1)
    assert len(stand_ins.journal(tmp_path)) == 2


def test_a_job_taken_away_while_it_runs_is_given_up(store, tmp_path):
    jobs, workers = store.enqueue("q", requests(tmp_path, 3)), Here(size=1)
    run = dispatcher(store, tmp_path, workers)
    workers.judge = lambda task: JobOutcome(task.id, "failed", "too late")
    workers.finished, judged = (lambda wait_s: []), workers.finished
    run.step(0.1)
    store.remove(jobs[0].id)
    run.cancel(jobs[0].id)
    workers.finished, workers.judge = judged, stand_ins.judge
    run.run()
    assert workers.cancelled == [jobs[0].id]
    assert [job.status for job in store.jobs("q")] == ["ok", "ok"]


def test_progress_reaches_the_store(store, tmp_path):
    jobs = store.enqueue("q", requests(tmp_path, 2))
    run = dispatcher(store, tmp_path, Here())
    run.step(0.1)
    assert [store.job(job.id).progress for job in jobs] == [None, 0.5]


def test_stopping_gives_back_what_is_in_flight(store, tmp_path):
    store.enqueue("q", requests(tmp_path, 3))
    workers = Here()
    workers.finished = lambda wait_s: []
    run = dispatcher(store, tmp_path, workers)
    run.step(0.1)
    run.stop()
    assert store.counts("q")["queued"] == 3
    assert len(workers.cancelled) == 2
