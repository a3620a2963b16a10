"""Workers that judge nothing and know the answer at once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from formcheck.apps.jobs.task import JobOutcome, JobTask
from tests.unit.outputs import sessions

UNKNOWN = replace(sessions.nothing(), exercise=sessions.exercise("Unknown"))

#: What each clip gives by the first letters of its name; all others a squat.
ANSWERS: dict[str, Callable[[str], JobOutcome]] = {
    "bad": lambda of: JobOutcome(of, "failed", "the file is empty; copy or record it again", seconds=0.1),
    "full": lambda of: JobOutcome(of, "failed", "out/full: cannot write: the disk is full", blame="machine"),
    "who": lambda of: JobOutcome(of, "not_judgeable", "the exercise could not be told", UNKNOWN, seconds=1.0),
}


class StandInWorkers:
    """Two at a time, done in the order they began; ends like Ctrl-C once ``stop_after`` are done."""

    size = 2

    def __init__(self, stop_after: int | None = None) -> None:
        self.judged: list[JobTask] = []
        self.limits: list[float] = []
        self.closed = False
        self._flying: list[JobTask] = []
        self._stop_after = stop_after

    def start(self, task: JobTask, timeout_s: float) -> None:
        assert len(self._flying) < self.size
        self._flying.append(task)
        self.limits.append(timeout_s)

    def finished(self, wait_s: float) -> list[JobOutcome]:
        if self._stop_after is not None and len(self.judged) >= self._stop_after:
            raise KeyboardInterrupt
        if not self._flying:
            return []
        task = self._flying.pop(0)
        self.judged.append(task)
        name = Path(task.path).name
        answer = next((make for start, make in ANSWERS.items() if name.startswith(start)), None)
        if answer:
            return [answer(task.id)]
        folder = Path(task.folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.html").write_text("a report")
        return [JobOutcome(task.id, "ok", session=sessions.squat(name), seconds=2.0)]

    def progress(self) -> dict[str, float]:
        return {task.id: 0.5 for task in self._flying}

    def cancel(self, task: str) -> None:
        self._flying = [t for t in self._flying if t.id != task]

    def close(self) -> None:
        self.closed = True
