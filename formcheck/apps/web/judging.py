"""The uploaded videos on the server: put in the store's queue, judged beside the web thread, thrown away."""

import logging
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.apps.batch.job_request import JobRules
from formcheck.apps.batch.plan import longest_s
from formcheck.apps.jobs import results
from formcheck.apps.jobs.dispatch import Dispatcher
from formcheck.apps.jobs.task import JobTask, Workers
from formcheck.apps.web.upload_request import UploadRequest
from formcheck.apps.web.uploads import Upload
from formcheck.files.writing import discard, make_folder
from formcheck.store import FINAL, Job, JobRequest, Store
from formcheck.types.text import error_line

QUEUE = "web"
#: How long a step waits for a result, and an idle thread for a new job, seconds.
_WAIT_S = 0.5
#: A worker that is ended may write until it is dead; so long after, nothing of a deleted video comes back.
_GRACE_S = 10.0
#: How long to leave a store alone that failed, seconds.
_PAUSE_S = 5.0
#: So many of the left-overs are named in the log.
_NAMED = 20
log = logging.getLogger("formcheck.web")


@dataclass(frozen=True, slots=True)
class Places:
    """Folders in the data folder: videos that wait, results, and what is not whole yet."""

    uploads: Path
    videos: Path
    work: Path

    @classmethod
    def of(cls, data: Path) -> "Places":
        """Those of a data folder."""
        return cls(data / "uploads", data / "videos", data / "work")


class Judging:
    """The jobs of the service, and the thread that has them done.

    Parameters
    ----------
    store : keeps the jobs.
    data : the data folder; no other service uses it.
    rules : how videos are judged.
    workers : those who judge; closed with it.
    keep_uploads : whether videos stay when they are judged.
    judge_s : how long judging one may take.
    """

    def __init__(
        self,
        store: Store,
        data: Path,
        rules: JobRules,
        workers: Workers,
        *,
        keep_uploads: bool,
        judge_s: float,
    ) -> None:
        self.places = Places.of(data)
        self._store, self._workers = store, workers
        self._keep, self._judge_s = keep_uploads, judge_s
        self._rules = rules
        self._thread = threading.Thread(target=self._run, name="judging", daemon=True)
        self._wake, self._stopping = threading.Event(), threading.Event()
        work = self.places.work
        self._dispatcher = Dispatcher(
            store, QUEUE, workers, work, self._task, self._ended, fail_on_machine=True
        )
        self._doomed: dict[str, tuple[Job, float]] = {}

    def start(self) -> None:
        """Take over what an earlier service left, and begin."""
        for place in (self.places.uploads, self.places.videos, self.places.work):
            make_folder(place)
        self._dispatcher.recover()
        self._sweep()
        self._thread.start()

    def close(self) -> None:
        """End; what is being judged goes back to the queue."""
        self._stopping.set()
        self._wake.set()
        self._thread.join()
        self._dispatcher.stop()

    @property
    def can_be_careful(self) -> bool:
        """Whether an upload may ask for careful looks."""
        return self._rules.can_be_careful

    def want(self, upload: Upload, asked: UploadRequest, length_s: float | None) -> Job:
        """Have an upload judged; it leaves the work folder for those that wait."""
        path = make_folder(self.places.uploads) / upload.path.name
        request = JobRequest(
            path=str(path),
            name=upload.name,
            key="",
            folder=str(self.places.videos / path.stem),
            exercise=asked.exercise,
            side=asked.side,
            view=asked.view,
            rotation_deg=asked.rotate,
            slowmo=asked.slowmo,
            careful=asked.careful,
            sha256=upload.sha256,
            size_bytes=upload.size_bytes,
            duration_s=length_s,
            person=asked.person,
        )
        upload.path.replace(path)
        try:
            (job,) = self._store.enqueue(QUEUE, [replace(request, key=self._rules.key(request))])
        except BaseException:
            discard(path)
            raise
        self._wake.set()
        return job

    def find(self, video: str) -> Job | None:
        """The job of an uploaded video."""
        job = self._store.job(video)
        return job if job is not None and job.queue == QUEUE else None

    def newest(self, offset: int, limit: int) -> list[Job]:
        """The jobs of videos, newest first."""
        return self._store.jobs(QUEUE, limit=limit, offset=offset, newest_first=True)

    def result(self, job: Job, name: str) -> Path | None:
        """A file of a video's results; None if there is none. Links are not followed."""
        place = self._results(job)
        path = place / name
        whole = path.resolve() == path and path.is_relative_to(self.places.videos)
        return path if whole and path.is_file() else None

    def delete(self, video: str) -> bool:
        """Throw a video away with all that came of it, at whatever stage; False if there is none."""
        if self.find(video) is None:
            return False
        job = self._store.remove(video)
        if job is not None:
            self._doomed[job.id] = job, time.monotonic() + _GRACE_S
            self._dispatcher.cancel(job.id)
            self._erase(job)
            self._wake.set()
        return job is not None

    def _task(self, job: Job) -> tuple[JobTask, float]:
        request, work = job.request, str(self.places.work)
        options = self._rules.of(request)
        task = JobTask(job.id, request.path, request.exercise, request.folder, work, options, request.name)
        return task, min(self._judge_s, longest_s(request))

    def _ended(self, job: Job) -> None:
        if not self._keep:
            self._drop_upload(job)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._wake.clear()
                if not self._dispatcher.step(_WAIT_S):
                    self._wake.wait(_WAIT_S)
            except Exception as error:  # nobody else would begin again
                log.error("judging: %s; it goes on in %g s", error_line(error), _PAUSE_S)
                self._stopping.wait(_PAUSE_S)
            self._bury()

    def _bury(self) -> None:
        """Once more remove what a worker may have written while it was ended."""
        for name, (job, until) in list(self._doomed.items()):
            self._erase(job)
            if time.monotonic() > until:
                del self._doomed[name]

    def _erase(self, job: Job) -> None:
        self._drop_upload(job)
        shutil.rmtree(self._results(job), ignore_errors=True)
        results.forget(self.places.work, job.id)

    def _drop_upload(self, job: Job) -> None:
        discard(self.places.uploads / Path(job.request.path).name)

    def _results(self, job: Job) -> Path:
        """Where they are by the name alone: nothing in the store leads out of the data folder."""
        return self.places.videos / Path(job.request.folder).name

    def _sweep(self) -> None:
        """Remove uploads whose jobs are done: a service that was killed left them.

        What no job speaks of may be another store's, or that of one that was lost: it stays, and is named.
        """
        jobs = self._store.jobs(QUEUE)
        for job in jobs:
            if job.status in FINAL:
                self._ended(job)
        uploads, videos = self.places.uploads, self.places.videos
        left = [
            *_others(uploads, {Path(job.request.path).name for job in jobs}),
            *_others(videos, {Path(job.request.folder).name for job in jobs}),
        ]
        if left:
            names = ", ".join(sorted(f"{path.parent.name}/{path.name}" for path in left)[:_NAMED])
            more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
            log.warning("%s: no job of this store, so left alone: %s%s", uploads.parent, names, more)


def _others(folder: Path, known: set[str]) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name not in known)
