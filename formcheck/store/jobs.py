"""Jobs: put in, claimed by one worker each, finished once, taken out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session as Db

from formcheck.errors import FormcheckError
from formcheck.store import tables
from formcheck.store.database import Database
from formcheck.store.job_rows import WITH, claim_row, delete_rows, enqueue_rows, keep_row, whole_jobs
from formcheck.store.records import FINAL, Job, JobRequest, Status
from formcheck.store.rows import job_of
from formcheck.store.shared import chunks, of
from formcheck.types import Session

#: Rows of one statement; databases take only so many values (SQLite 32766).
CHUNK = 1000
_AFRESH: dict[str, Any] = {"status": "queued", "started": None, "progress": None}


class Jobs(Database):
    """The part of the store that keeps jobs.

    A row that cannot be read is passed over and logged; nobody gets it to run it.
    """

    def enqueue(self, queue: str, requests: Sequence[JobRequest]) -> list[Job]:
        """Put videos in a queue, in this order; those that are in it under the same key stay as they are.

        A path whose key has changed, or whose row cannot be read, is a new job, under a new id so that nobody
        takes what a worker still makes of the old one for its result; the old session is gone. The last of
        equal paths counts.
        """
        last = {w.path: w for w in requests}
        jobs: dict[str, Job] = {}
        for chunk in chunks(list(last.values()), CHUNK):
            jobs |= self._write(lambda db, chunk=chunk: enqueue_rows(db, queue, chunk))  # type: ignore[misc]
        return [jobs[w.path] for w in requests]

    def job(self, id: str) -> Job | None:  # noqa: A002
        """The job of that id."""
        query = select(tables.JobTable).where(tables.JobTable.id == id).options(*WITH)
        return self._read(lambda db: next(whole_jobs(db.scalars(query)), None))

    def jobs(
        self,
        queue: str,
        *,
        status: Status | None = None,
        limit: int | None = None,
        offset: int = 0,
        newest_first: bool = False,
    ) -> list[Job]:
        """Those of a queue in the order they were put in, or the reverse."""
        serial = tables.JobTable.serial
        query = select(tables.JobTable).where(tables.JobTable.queue == queue).options(*WITH)
        query = query.order_by(serial.desc() if newest_first else serial).limit(limit).offset(offset)
        if status is not None:
            query = query.where(tables.JobTable.status == status)
        return self._read(lambda db: list(whole_jobs(db.scalars(query))))

    def job_ids(self, queue: str, person: str | None) -> list[str]:
        """Ids of the jobs of somebody in a queue; None is whoever gave no name."""
        table = tables.JobTable
        query = select(table.id).where(table.queue == queue, of(table.person_id, person))
        return self._read(lambda db: list(db.scalars(query)))

    def counts(self, queue: str) -> dict[Status, int]:
        """How many jobs of each status; every status is in it."""
        status = tables.JobTable.status
        query = select(status, func.count()).where(tables.JobTable.queue == queue).group_by(status)
        found = self._read(lambda db: {row[0]: row[1] for row in db.execute(query)})
        return {name: found.get(name, 0) for name in get_args(Status)}

    def claim(self, queue: str) -> Job | None:
        """Take the oldest queued job to run it; nobody else gets it. None if there is none."""
        return self._write(lambda db: claim_row(db, queue))

    def set_progress(self, id: str, share: float) -> None:  # noqa: A002
        """Say how far a running job is, 0..1; nothing happens if it does not run."""
        running = (tables.JobTable.id == id, tables.JobTable.status == "running")
        self._write(lambda db: db.execute(update(tables.JobTable).where(*running).values(progress=share)))

    def finish(
        self,
        id: str,  # noqa: A002
        status: Status,
        *,
        reason: str | None = None,
        session: Session | None = None,
        created: str | None = None,
        seconds: float | None = None,
    ) -> Job:
        """Record what became of a job, all at once; a job that is finished stays as it is.

        Parameters
        ----------
        status : a final one.
        session : its verdict; that of a failed job is not kept.
        created : when it was judged, ISO 8601; now if None.
        seconds : what it took.

        Raises
        ------
        FormcheckError
            If there is no such job: somebody removed it.
        """
        if status not in FINAL:
            raise ValueError(f"{status}: not final")

        def work(db: Db) -> Job:
            row = db.scalar(
                select(tables.JobTable).where(tables.JobTable.id == id).with_for_update(of=tables.JobTable)
            )
            if row is None:
                raise FormcheckError(f"job {id}: not in the store; it was removed, put it in again")
            if row.status not in FINAL:
                row.status, row.reason, row.seconds = status, reason, seconds
                row.progress, row.finished = None, datetime.now(UTC)
                if session is not None and status != "failed":
                    keep_row(db, row, session, created)
            return job_of(row)

        return self._write(work)

    def requeue(self, queue: str, ids: Sequence[str] | None = None) -> int:
        """Give running jobs (all, or those of ``ids``) back to the queue; how many there were."""
        parts = [None] if ids is None else list(chunks(ids, CHUNK))
        return sum(self._reset(queue, "running", _AFRESH, part) for part in parts)

    def retry(self, queue: str) -> int:
        """Put failed jobs in the queue again, as if never begun; how many there were."""
        values = _AFRESH | {"reason": None, "finished": None, "seconds": None, "attempts": 0}
        return self._reset(queue, "failed", values, None)

    def _reset(self, queue: str, status: Status, values: dict[str, Any], ids: Sequence[str] | None) -> int:
        query = update(tables.JobTable).where(
            tables.JobTable.queue == queue, tables.JobTable.status == status
        )
        query = query if ids is None else query.where(tables.JobTable.id.in_(ids))
        changed = query.values(**values).returning(tables.JobTable.serial)
        return self._write(lambda db: len(db.execute(changed).all()))

    def remove(self, id: str) -> Job | None:  # noqa: A002
        """Take a job out with its session, and with its person if nothing else is theirs; what it was."""

        def work(db: Db) -> Job | None:
            row = db.scalar(select(tables.JobTable).where(tables.JobTable.id == id).options(*WITH))
            if row is None:
                return None
            gone = job_of(row)
            delete_rows(db, [row])
            return gone

        return self._erase(work)
