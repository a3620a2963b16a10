"""A batch: what is asked for goes into the store, workers judge it, and the lists tell what came out."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from formcheck.apps.batch.inputs import Clip
from formcheck.apps.batch.job_request import JobRules, look_at, shown
from formcheck.apps.batch.plan import BatchPlan, longest_s, plan
from formcheck.apps.batch.results import Results
from formcheck.apps.batch.screen import BatchScreen
from formcheck.apps.jobs.dispatch import Dispatcher
from formcheck.apps.jobs.task import JobTask, Workers
from formcheck.errors import FormcheckError, SourceError
from formcheck.outputs.batch_clip import BatchClip
from formcheck.store import Store
from formcheck.store.records import FINAL, Job, Status
from formcheck.types.text import LONGEST, one_line

#: What is not whole yet, within the folder of results.
WORK = ".work"
#: How long the loop waits for a result before it draws the table anew, seconds.
_WAIT_S = 0.5


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the results of a batch go, and how its clips are judged.

    Attributes
    ----------
    out : the folder; its resolved path is the name of the queue in the store.
    timeout_s : how long one clip may take; None goes by its length.
    again : jobs that ended so before are judged again.
    """

    out: Path
    rules: JobRules
    timeout_s: float | None = None
    again: frozenset[Status] = frozenset()


@dataclass(slots=True)
class Batch:
    """One run over the clips of a folder of results. Take over, want, then run."""

    store: Store
    workers: Workers
    setting: Setting
    screen: BatchScreen
    queue: str = field(init=False)
    results: Results = field(init=False)
    _dispatcher: Dispatcher = field(init=False)
    _asked: dict[str, Clip] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.queue = shown(self.setting.out.resolve())
        self.results = Results(self.store, self.queue, self.setting.out)
        work = self.setting.out / WORK
        self._dispatcher = Dispatcher(self.store, self.queue, self.workers, work, self._task, self._ended)

    def want(self, clips: Sequence[Clip], looked: Callable[[], None] = lambda: None) -> list[Job]:
        """Ask for clips; those judged before by the same rules stay as they are.

        ``looked`` is called for each clip when it was looked at.
        """
        known = {job.request.path: job for job in self.store.jobs(self.queue)}
        before = {path: job.request for path, job in known.items()}
        requests = look_at(clips, self.setting.rules, before, self.setting.out, looked)
        for path in {w.path for w in requests} & known.keys():
            if known[path].status in self.setting.again:
                self.store.remove(known[path].id)
        jobs = self.store.enqueue(self.queue, requests)
        self._asked |= {shown(clip.path): clip for clip in clips}
        self.screen.expect([job for job in jobs if job.status not in FINAL])
        return jobs

    def take_over(self) -> None:
        """Take what an earlier run left: keep what it finished, queue again what it had begun."""
        self._dispatcher.recover()

    def drop_others(self) -> None:
        """Forget what an earlier command queued and nobody asks for now; what is done stays."""
        for job in self.store.jobs(self.queue, status="queued"):
            if job.request.path not in self._asked:
                self.store.remove(job.id)

    def plan(self, jobs: Sequence[Job]) -> BatchPlan:
        """What these jobs mean."""
        unsure = sum(clip.unsure for clip in self.outcome(jobs))
        return plan(jobs, unsure, self.workers.size)

    def outcome(self, jobs: Sequence[Job]) -> list[BatchClip]:
        """What has become by now of those of the jobs that are done."""
        ids = {job.id for job in jobs}
        now = (job for job in self.store.jobs(self.queue) if job.id in ids)
        return [self.results.clip(job) for job in now if job.status in FINAL]

    def run(self, arrivals: Callable[[], Sequence[Clip]] | None = None) -> None:
        """Judge all that is queued; the lists are written now and then, and whatever ends it.

        ``arrivals`` gives clips that came meanwhile; with it the run goes on until it is interrupted.
        """
        try:
            with self.screen:
                while (busy := self._step()) or arrivals is not None:
                    if arrivals is not None:
                        self._take(arrivals())
                        if not busy:  # nothing to wait for
                            time.sleep(_WAIT_S)
        finally:
            self._dispatcher.stop()
            self.results.write()

    def failure(self, error: FormcheckError) -> FormcheckError:
        """The error with what is kept when it ends the run, and how to go on; one of the input as it is."""
        if isinstance(error, SourceError):
            return error
        done = ""
        with suppress(FormcheckError):
            counts = self.store.counts(self.queue)
            done = f" ({sum(counts.get(status, 0) for status in FINAL)} of {sum(counts.values())} clips)"
        kept = f"what was judged{done} is kept, and the same command goes on with the rest"
        return FormcheckError(f"{one_line(error, LONGEST)}; {kept}")

    def _step(self) -> bool:
        busy = self._dispatcher.step(_WAIT_S)
        self.screen.show(self.store.jobs(self.queue, status="running"))
        self.results.write_now_and_then()
        return busy

    def _take(self, fresh: Sequence[Clip]) -> None:
        if fresh:
            self.want(fresh)

    def _task(self, job: Job) -> tuple[JobTask, float]:
        request, setting = job.request, self.setting
        task = JobTask(
            id=job.id,
            path=str(self._asked[request.path].path),
            exercise=request.exercise,
            folder=request.folder,
            work=str(setting.out / WORK),
            options=setting.rules.of(request),
        )
        return task, setting.timeout_s or longest_s(request)

    def _ended(self, job: Job) -> None:
        self.screen.ended(job, self.results.clip(job))
