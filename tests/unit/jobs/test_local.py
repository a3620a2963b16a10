"""Worker processes: what hangs, dies or takes too much ends alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from formcheck.apps.jobs.local import LocalWorkers
from formcheck.apps.jobs.results import session_in, words
from tests.unit.jobs import stand_ins
from tests.unit.jobs.stand_ins import journal, task

PATIENCE_S = 60


@pytest.fixture
def workers(tmp_path):
    (tmp_path / ".work").mkdir()
    workers = LocalWorkers(2, memory_mb=400, judge=stand_ins.judge)
    yield workers
    workers.close()


def outcomes(workers, count):
    found, end = {}, time.monotonic() + PATIENCE_S
    while len(found) < count:
        assert time.monotonic() < end, "it did not end"
        found |= {outcome.id: outcome for outcome in workers.finished(0.5)}
    return found


def test_what_hangs_is_ended_and_harms_nobody_else(workers, tmp_path):
    workers.start(task(tmp_path, "h", "hang"), 1)
    workers.start(task(tmp_path, "c", "hang_in_c"), 1)
    found = outcomes(workers, 2)
    assert {o.reason for o in found.values()} == {"took longer than 1 s"}
    workers.start(task(tmp_path, "a"), PATIENCE_S)
    workers.start(task(tmp_path, "b"), PATIENCE_S)
    found = outcomes(workers, 2)
    assert [found[name].status for name in "ab"] == ["ok", "ok"]
    assert session_in(tmp_path / "out" / "a") == found["a"].session
    assert found["a"].peak_mb > 20
    assert sorted(word.id for word in words(tmp_path / ".work")) == ["a", "b"]


def test_a_clock_that_is_set_meanwhile_costs_no_task(workers, tmp_path, monkeypatch):
    """Machines set theirs when they find a network."""
    wall, years = time.time, [0]
    monkeypatch.setattr(time, "time", lambda: wall() + years[0] * 3e7)
    workers.start(task(tmp_path, "n", "nap"), PATIENCE_S)
    wait_for((tmp_path / "journal").exists)
    years[0] = 1
    assert outcomes(workers, 1)["n"].status == "ok"
    workers.start(task(tmp_path, "h", "hang"), 1)
    wait_for(lambda: journal(tmp_path)[-1] == "h")
    years[0] = -1
    assert outcomes(workers, 1)["h"].reason == "took longer than 1 s"


def test_a_worker_that_dies_is_forgiven_once(workers, tmp_path):
    workers.start(task(tmp_path, "x", "die once"), PATIENCE_S)
    workers.start(task(tmp_path, "y", "die always"), PATIENCE_S)
    found = outcomes(workers, 2)
    assert found["x"].status == "ok"
    assert found["y"].status == "failed"
    assert "killed the process that judged it, twice (signal 9)" in found["y"].reason
    assert journal(tmp_path).count("y") == 2


def test_too_much_memory(workers, tmp_path):
    workers.start(task(tmp_path, "m", "eat"), PATIENCE_S)
    assert outcomes(workers, 1)["m"].reason.startswith("took more than 400 MB of memory")
    assert journal(tmp_path) == ["m"]


def test_processes_that_start_are_deaf_from_the_first_one_on():
    """Python starts one more beside the first, and lets signals through again."""
    program = (
        "import signal, sys; from multiprocessing import resource_tracker;"
        "from formcheck.apps.jobs.watchdog import deaf;"
        "deaf_now = deaf(); deaf_now.__enter__(); resource_tracker.ensure_running();"
        "sys.exit(not {signal.SIGINT, signal.SIGHUP} <= signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_task_given_up_ends_and_is_not_reported(workers, tmp_path):
    workers.start(task(tmp_path, "g", "hang"), PATIENCE_S)
    wait_for((tmp_path / "journal").exists)
    workers.cancel("g")
    workers.start(task(tmp_path, "a"), PATIENCE_S)
    assert list(outcomes(workers, 1)) == ["a"]


def test_workers_end_with_a_parent_that_is_killed(tmp_path):
    (tmp_path / ".work").mkdir()
    code = (
        "import pathlib, time\n"
        "from formcheck.apps.jobs.local import LocalWorkers\n"
        "from tests.unit.jobs import stand_ins\n"
        "if __name__ == '__main__':\n"
        f"    place = pathlib.Path({str(tmp_path)!r})\n"
        "    LocalWorkers(1, judge=stand_ins.judge).start(stand_ins.task(place, 'h', 'hang'), 600)\n"
        "    time.sleep(600)\n"
    )
    script = tmp_path / "parent.py"
    script.write_text(code)
    with subprocess.Popen(
        [sys.executable, script], env=os.environ | {"PYTHONPATH": str(Path.cwd())}
    ) as parent:
        wait_for((tmp_path / "journal").exists)
        children = psutil.Process(parent.pid).children(recursive=True)
        assert children
        parent.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(children, PATIENCE_S)
    assert alive == []


def wait_for(true):
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
