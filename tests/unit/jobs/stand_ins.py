"""Judges that take no clip: what the task's exercise says, they do. Importable, for workers are processes."""

import ctypes
import os
import signal
import time
from pathlib import Path

from formcheck.apps.jobs.task import JobOutcome, JobTask
from formcheck.files.folders import publish
from formcheck.outputs.session_file import read_session, write_session
from tests.unit.outputs import sessions


def judge(task, tell=None):
    """Do what the exercise says, then find nine good squats."""
    with (Path(task.path).parent / "journal").open("a") as journal:
        journal.write(f"{task.id}\n")
    what, _, how = task.exercise.partition(" ")
    outcome = {"die": die, "nap": nap, "hang": hang, "hang_in_c": hang_in_c, "eat": eat, "fail": fail}.get(
        what, fine
    )(task, how)
    return outcome or fine(task, how)


def fine(task, how):
    staging = Path(task.work) / task.id
    session = read_session(write_session(sessions.squat(), staging))
    (staging / "report.html").write_text(how)
    publish(staging, Path(task.folder))
    return JobOutcome(task.id, "ok", None, session)


def fail(task, how):
    return JobOutcome(task.id, "failed", "no such thing", blame=how or "clip")


def name_models(task, tell=None):
    """Say what would look, and what is in those files."""
    models = [Path(which) for which in task.options.looks.models]
    said = [f"{path.name} {path.read_text() if path.is_file() else 'installed'}" for path in models]
    return JobOutcome(task.id, "failed", ", ".join(said))


def die(task, how):
    marker = Path(task.path).parent / f"died-{task.id}"
    if how == "always" or not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def nap(task, how):
    time.sleep(1)


def hang(task, how):
    time.sleep(600)


def hang_in_c(task, how):
    ctypes.PyDLL(None).sleep(600)  # holds the interpreter's lock all the while


def eat(task, how):
    taken = []
    for _ in range(600):
        taken.append(bytearray(50_000_000))
        time.sleep(0.05)


def task(tmp_path, name, exercise="fine"):
    return JobTask(
        name, str(tmp_path / "clip.mp4"), exercise, str(tmp_path / "out" / name), str(tmp_path / ".work")
    )


def journal(tmp_path):
    return (tmp_path / "journal").read_text().split()
