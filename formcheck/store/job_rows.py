"""What happens to the rows of jobs within one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import selectinload

from formcheck.store import tables
from formcheck.store.damage import Damage, Note, log
from formcheck.store.imports import drop_imported
from formcheck.store.judgement import rows_of
from formcheck.store.records import Job, JobRequest
from formcheck.store.rows import job_of, whole_job_of
from formcheck.store.shared import people, sweep, videos
from formcheck.types import Session

#: What a record tells beside the columns of its row.
WITH = (
    selectinload(tables.JobTable.video),
    selectinload(tables.JobTable.person),
    selectinload(tables.JobTable.session).load_only(tables.SessionTable.id),
)


def whole_jobs(rows: Iterable[tables.JobTable], note: Note = log) -> Iterator[Job]:
    """The records of rows that are not damaged."""
    for row in rows:
        try:
            yield whole_job_of(row)
        except ValueError as error:
            note(Damage("job", row.serial, str(error)))


def enqueue_rows(db: Db, queue: str, requests: Sequence[JobRequest]) -> dict[str, Job]:
    """The jobs of some paths: those that are there and still the same, and new ones; by path."""
    table = tables.JobTable
    paths = [w.path for w in requests]
    found = db.scalars(select(table).where(table.queue == queue, table.path.in_(paths)).options(*WITH))
    there = {row.path: row for row in found}
    same = {job.request.path for job in whole_jobs(there.values())}
    same -= {w.path for w in requests if w.path in there and there[w.path].key != w.key}
    delete_rows(db, [there.pop(path) for path in there.keys() - same])
    new = [w for w in requests if w.path not in there]
    seen, who, now = (
        videos(db, [w.sha256 for w in new]),
        people(db, [w.person for w in new]),
        datetime.now(UTC),
    )
    for w in new:
        video = seen.get(w.sha256) or tables.VideoTable()
        video.size_bytes = video.size_bytes or w.size_bytes
        video.duration_s = video.duration_s or w.duration_s
        there[w.path] = _job(queue, w, video, who.get(w.person), now)
    db.add_all([there[w.path] for w in new])
    db.flush()
    return {path: job_of(row) for path, row in there.items()}


def _job(
    queue: str, w: JobRequest, video: tables.VideoTable, person: tables.Person | None, now: datetime
) -> tables.JobTable:
    return tables.JobTable(
        id=uuid4().hex,
        queue=queue,
        path=w.path,
        name=w.name,
        key=w.key,
        folder=w.folder,
        exercise=w.exercise,
        side=w.side,
        view=w.view,
        rotation_deg=w.rotation_deg,
        slowmo=w.slowmo,
        careful=w.careful,
        status="queued",
        attempts=0,
        created=now,
        video=video,
        person=person,
        session=None,
    )


def delete_rows(db: Db, rows: Sequence[tables.JobTable]) -> None:
    """Jobs and, by cascade, their sessions; then people and videos that nothing speaks of."""
    db.execute(delete(tables.JobTable).where(tables.JobTable.serial.in_([row.serial for row in rows])))
    for row in rows:
        db.expunge(row)
    sweep(db, [row.person_id for row in rows], [row.video_id for row in rows])


def claim_row(db: Db, queue: str) -> Job | None:
    """One statement on SQLite; on PostgreSQL it passes over what another is just claiming."""
    table = tables.JobTable
    queued = select(table.serial).where(table.queue == queue, table.status == "queued")
    first = queued.order_by(table.serial).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    values = {"status": "running", "started": datetime.now(UTC), "attempts": table.attempts + 1}
    claimed = update(table).where(table.serial == first).values(**values).returning(table)
    while rows := db.scalars(claimed).all():
        for job in whole_jobs(rows):
            return job
    return None


def keep_row(db: Db, job: tables.JobTable, session: Session, created: str | None) -> None:
    """The session under the name that people know, and what it tells of the video."""
    row = rows_of(session, "video", job.folder, created)
    before, digest = job.video, session.source.sha256
    if digest and digest != before.sha256:
        job.video = videos(db, [digest])[digest]
        job.video.size_bytes = job.video.size_bytes or before.size_bytes
    job.video.duration_s = job.video.duration_s or session.source.duration_s
    row.name, row.job, row.video, row.person = job.name, job, job.video, job.person
    db.add(row)
    db.flush()
    drop_imported(db, row)
    sweep(db, [], [before.id])
