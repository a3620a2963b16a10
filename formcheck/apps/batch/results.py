"""The lists of a batch, made from the store: results.parquet, summary.csv and index.html."""

import time
from collections.abc import Iterator
from pathlib import Path

from formcheck.files.folders import THUMBNAIL
from formcheck.outputs.batch_clip import BatchClip, Score
from formcheck.outputs.batch_page import write_index
from formcheck.outputs.batch_tables import write_results, write_summary
from formcheck.store import Store
from formcheck.store.records import FINAL, Job

#: How often the lists are written while a batch runs, seconds.
EVERY_S = 30.0
#: Writing them may take this share of the time at most: with very many clips they are written more rarely.
SHARE = 0.05


class Results:
    """Writes the lists of one queue into its folder."""

    def __init__(self, store: Store, queue: str, out: Path) -> None:
        self._store, self._queue, self._out = store, queue, out
        self._clips: dict[str, tuple[Job, BatchClip]] = {}
        self._next = time.monotonic() + EVERY_S

    def write(self) -> None:
        """Write all three."""
        began = time.monotonic()
        clips, counts = list(self.clips()), self._store.counts(self._queue)
        write_results(self._store.result_rows(self._queue), self._out / "results.parquet")
        write_summary(clips, self._out / "summary.csv")
        waiting = counts.get("queued", 0) + counts.get("running", 0)
        write_index(clips, self._out / "index.html", self._out.resolve().name, waiting)
        now = time.monotonic()
        self._next = now + max(EVERY_S, (now - began) / SHARE)

    def write_now_and_then(self) -> None:
        """Write them if it is time again."""
        if time.monotonic() >= self._next:
            self.write()

    def clips(self) -> Iterator[BatchClip]:
        """Every clip that is done, as the lists tell it."""
        return (self.clip(job) for job in self._store.jobs(self._queue) if job.status in FINAL)

    def clip(self, job: Job) -> BatchClip:
        """A job that is done; its session is read once."""
        known = self._clips.get(job.id)
        if known is None or known[0].finished != job.finished:
            known = self._clips[job.id] = job, self._read(job)
        return known[1]

    def _read(self, job: Job) -> BatchClip:
        session = None if job.session is None else self._store.session(job.session)
        folder = Path(job.request.folder)
        return BatchClip(
            path=job.request.path,
            name=job.request.name,
            status=job.status,
            reason=job.reason and job.reason.removeprefix(f"{job.request.path}: "),
            folder=folder.name if session else None,
            seconds=job.seconds,
            score=None if session is None else Score.of(session),
            report=session is not None and (folder / "report.html").is_file(),
            thumbnail=session is not None and (folder / THUMBNAIL).is_file(),
        )
