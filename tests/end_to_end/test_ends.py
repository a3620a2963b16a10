"""Ended by a signal: nothing half, nothing lost, nothing left. `make bench-ends` tries many more moments."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from benchmarks.ends import Trial
from tests.end_to_end.clips import environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends by signals")


def disturbed(trial: Trial, number: signal.Signals, at_s: float) -> None:
    """One run that gets a signal about then, and before its end."""
    trial.wall_s = at_s
    while not trial.counts[number.name]:
        trial.disturbed(number)


def test_an_end_at_any_moment_leaves_what_was_finished(tmp_path, model_path):
    """Two kinds of an end while clips are judged, then a kill, then a run that comes to its end."""
    seed = random.randrange(1_000_000)
    trial = Trial("analyze", tmp_path / "analyze", random.Random(seed))
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        disturbed(trial, number, 6.0)
    trial.calm("a kill")
    assert not trial.wrong, f"seed {seed}"


def test_a_batch_whose_terminal_closes_leaves_what_was_finished(tmp_path, model_path):
    seed = random.randrange(1_000_000)
    trial = Trial("batch", tmp_path / "batch", random.Random(seed))
    disturbed(trial, signal.SIGHUP, 8.0)
    assert not trial.wrong, f"seed {seed}"


def test_what_ignores_a_closed_terminal_goes_on(tmp_path):
    """As `nohup` has it."""
    program = (
        "import signal, subprocess, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "sys.exit(subprocess.call([sys.executable, '-m', 'formcheck', 'exercises', 'list']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment({}), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        time.sleep(0.7)
        os.killpg(running.pid, signal.SIGHUP)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, b"")
    assert b"squat" in out
