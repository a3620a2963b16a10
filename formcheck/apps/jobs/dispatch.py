"""Between the store and the workers: hands out what is queued, records what comes back."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, RLock

from formcheck.apps.jobs import results
from formcheck.apps.jobs.task import JobOutcome, JobTask, Workers
from formcheck.errors import FormcheckError, OutputError
from formcheck.files.folders import publish
from formcheck.files.writing import make_folder
from formcheck.store import Store
from formcheck.store.records import Job

#: How often progress goes into the store, seconds.
_PROGRESS_S = 1.0


class Dispatcher:
    """Runs the jobs of one queue. One thread steps; `cancel` and `stop` may come from others.

    Parameters
    ----------
    store, queue, workers : whose jobs go where.
    work : folder of what is not whole yet; no other dispatcher uses it.
    task_of : a job as task, and how many seconds it may take.
    ended : called with each job that has ended.
    fail_on_machine : whether a job fails when the disk or the model does; else it is queued again and the
        failure is raised.
    """

    def __init__(
        self,
        store: Store,
        queue: str,
        workers: Workers,
        work: Path,
        task_of: Callable[[Job], tuple[JobTask, float]],
        ended: Callable[[Job], None] = lambda _: None,
        *,
        fail_on_machine: bool = False,
    ) -> None:
        self._store, self._queue, self._workers, self._work = store, queue, workers, work
        self._task_of, self._ended, self._fail_on_machine = task_of, ended, fail_on_machine
        self._flying: dict[str, Job] = {}
        self._back: dict[str, JobOutcome] = {}  # of jobs in flight: what is not in the store yet
        self._unwanted: set[str] = set()
        self._lock, self._busy, self._stopping = Lock(), RLock(), Event()
        self._noted = 0.0

    def recover(self) -> None:
        """Take over from a run that was killed: what it finished is recorded, what it began queued again."""
        make_folder(self._work)
        self._settle()
        self._store.requeue(self._queue)

    def _settle(self) -> None:
        """Record what left its word, and clear the work folder; nobody works in it."""
        for word in results.words(self._work):
            job = self._store.job(word.id)
            if job is None or job.queue != self._queue or job.status not in ("queued", "running"):
                continue
            session = results.session_in(Path(job.request.folder)) if word.judged else None
            if session is not None or not word.judged:
                self._finish(job, JobOutcome(word.id, word.status, word.reason, session, word.seconds))
        results.sweep(self._work)

    def run(self) -> None:
        """Until nothing is left, or `stop` is called."""
        while self.step(1.0):
            pass

    def step(self, wait_s: float) -> bool:
        """Hand out what there is room for, and record what ends within ``wait_s``; False if nothing is left.

        Raises
        ------
        FormcheckError
            If the machine fails, unless jobs shall fail for it; the job is queued again. If the store fails;
            what came back is recorded by the next step.
        """
        with self._busy:
            self._drop_unwanted()
            self._hand_out()
            if not self._flying:
                return False
            for outcome in self._workers.finished(0.0 if self._back else wait_s):
                self._back[outcome.id] = outcome
            for outcome in list(self._back.values()):
                self._record(outcome)
            self._note_progress()
            return True

    def cancel(self, job: str) -> None:
        """Give a job up, from any thread; whoever removes it from the store does so before."""
        with self._lock:
            self._unwanted.add(job)

    def stop(self) -> None:
        """End for good, with the workers; what they finished meanwhile is recorded, the rest queued again.

        From any thread, after the step at work. Where the store fails, `recover` does it next time.
        """
        self._stopping.set()
        with self._busy:
            for name in self._flying:
                self._workers.cancel(name)
            self._workers.close()
            flying, self._flying, self._back = list(self._flying), {}, {}
            with suppress(FormcheckError):
                self._settle()
                if flying:
                    self._store.requeue(self._queue, flying)

    def _drop_unwanted(self) -> None:
        with self._lock:
            unwanted, self._unwanted = self._unwanted, set()
        for name in unwanted & self._flying.keys():
            self._workers.cancel(name)
            self._land(name)
            results.forget(self._work, name)

    def _hand_out(self) -> None:
        while not self._stopping.is_set() and len(self._flying) < self._workers.size:
            job = self._store.claim(self._queue)
            if job is None:
                return
            self._flying[job.id] = job
            try:
                task, timeout_s = self._task_of(job)
                make_folder(Path(task.work))
                self._workers.start(task, timeout_s)
            except FormcheckError:
                self._give_back(job.id)
                raise

    def _give_back(self, name: str) -> None:
        self._store.requeue(self._queue, [name])
        self._land(name)

    def _land(self, name: str) -> None:
        del self._flying[name]
        self._back.pop(name, None)

    def _record(self, outcome: JobOutcome) -> None:
        if outcome.blame == "machine" and not self._fail_on_machine:
            self._give_back(outcome.id)
            raise OutputError(outcome.reason or "the machine failed")
        job = self._finish(self._flying[outcome.id], outcome)
        self._land(outcome.id)
        results.forget(self._work, outcome.id)
        if job is not None:
            self._ended(job)

    def _finish(self, job: Job, outcome: JobOutcome) -> Job | None:
        """Into the store; None if the job was removed while it ran."""
        if outcome.status == "not_judgeable" and outcome.session is None:  # an older verdict contradicts it
            publish(None, Path(job.request.folder))
        try:
            return self._store.finish(
                job.id,
                outcome.status,
                reason=outcome.reason,
                session=outcome.session,
                seconds=outcome.seconds,
            )
        except FormcheckError:
            if self._store.job(job.id) is not None:
                raise
            return None

    def _note_progress(self) -> None:
        now = time.monotonic()
        if now - self._noted >= _PROGRESS_S:
            self._noted = now
            for name, share in self._workers.progress().items():
                self._store.set_progress(name, share)
