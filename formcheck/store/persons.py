"""All that belongs to one person: counted, read as a history, taken away whole, damaged or not."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import selectinload

from formcheck.store import tables
from formcheck.store.damage import Damage, Note, log
from formcheck.store.entries import Entries, entry_of
from formcheck.store.job_rows import WITH, whole_jobs
from formcheck.store.records import SessionRow
from formcheck.store.rows import session_of
from formcheck.store.sessions import CHUNK, Sessions, delete, whole
from formcheck.store.shared import chunks, of, remove, sweep
from formcheck.types import Session

_SESSION, _ENTRY, _JOB = tables.SessionTable, tables.EntryTable, tables.JobTable


class Persons(Sessions, Entries):
    """The part of the store that knows what belongs to one person; None is whoever gave no name."""

    def counts_of(self, person: str | None = None) -> tuple[int, int]:
        """How many sessions, each recording once, and how many entries."""
        session = select(func.count()).where(*_last_of(person))
        entry = select(func.count()).where(of(_ENTRY.person_id, person))
        return self._read(lambda db: (db.scalar(session) or 0, db.scalar(entry) or 0))

    def state_of(self, person: str | None = None) -> tuple[int | str | None, ...]:
        """Differs whenever something of somebody's came or went; it says nothing else."""
        own = {table: of(table.person_id, person) for table in (_SESSION, _ENTRY)}
        asked = [select(func.max(table.id), func.count()).where(mine) for table, mine in own.items()]
        last = select(_ENTRY.digest).where(own[_ENTRY]).order_by(_ENTRY.id.desc()).limit(1)  # ids come again
        found = self._read(lambda db: [*(db.execute(query).one() for query in asked), (db.scalar(last),)])
        return tuple(value for row in found for value in row)

    def texts(self, person: str | None = None, note: Note = log) -> Iterator[tuple[SessionRow, str]]:
        """The text of each of somebody's sessions, oldest first; each recording once, by its last judgement.

        They are read some at a time, so that thousands need little memory and nobody waits for the reader.
        """
        for some in chunks(self.ids_of(person), CHUNK):
            rows = self.rows(some, note)
            texts = self._texts([row.id for row in rows])
            for row in (row for row in rows if row.id in texts):
                try:
                    session_of(*texts[row.id])
                except ValueError as error:
                    note(Damage("session", row.id, str(error)))
                else:
                    yield row, texts[row.id][0]

    def history(
        self, person: str | None = None, since: datetime | None = None, note: Note = log
    ) -> Iterator[tuple[SessionRow, Session]]:
        """Somebody's sessions, whole, oldest first; each recording once, by its last judgement."""
        for some in chunks(self.ids_of(person, since), CHUNK):
            yield from self.read(self.rows(some, note), note)

    def ids_of(self, person: str | None = None, since: datetime | None = None) -> list[int]:
        """The ids of somebody's sessions, as `history` orders them."""
        query = select(_SESSION.id).where(*_last_of(person)).order_by(_SESSION.happened, _SESSION.id)
        if since is not None:
            query = query.where(_SESSION.happened >= since)
        return self._read(lambda db: list(db.scalars(query)))

    def rows(self, ids: Sequence[int], note: Note = log) -> list[SessionRow]:
        """The numbers of the sessions of these ids that are there, oldest first."""
        query = select(_SESSION).where(_SESSION.id.in_(ids)).options(selectinload(_SESSION.person))
        query = query.order_by(_SESSION.happened, _SESSION.id)
        return self._read(lambda db: list(whole(db, query, note)))

    def forget_person(self, person: str | None = None) -> list[str]:
        """Take away all that is somebody's: entries, jobs, sessions, the name.

        Returns the folders of the sessions, but those that another's session lies in as well.
        """

        def work(db: Db) -> list[str]:
            asked = select(_SESSION.folder, _SESSION.person_id, _SESSION.video_id)
            rows = db.execute(asked.where(of(_SESSION.person_id, person))).all()
            jobs = select(_JOB.person_id, _JOB.video_id).where(of(_JOB.person_id, person))
            both = [*rows, *db.execute(jobs).all()]
            who = set(db.scalars(select(_ENTRY.person_id).where(of(_ENTRY.person_id, person)).distinct()))
            for table in (_ENTRY, _SESSION, _JOB):
                remove(db, table, of(table.person_id, person))
            sweep(db, who | {row.person_id for row in both}, {row.video_id for row in both})
            folders = {row.folder for row in rows if isinstance(row.folder, str)}
            others = db.scalars(select(_SESSION.folder).where(_SESSION.folder.is_not(None)))
            return sorted(folders - set(others))

        return self._erase(work)

    def damaged(self) -> list[Damage]:
        """All sessions, jobs and entries of everybody that cannot be read; every one is looked at."""
        found: list[Damage] = []
        ids = self._read(lambda db: list(db.scalars(select(_SESSION.id).order_by(_SESSION.id))))
        for some in chunks(ids, CHUNK):
            for _ in self.read(self.rows(some, found.append), found.append):
                pass
        serials = self._read(lambda db: list(db.scalars(select(_JOB.serial).order_by(_JOB.serial))))
        for some in chunks(serials, CHUNK):
            jobs = select(_JOB).where(_JOB.serial.in_(some)).options(*WITH)
            self._read(lambda db, jobs=jobs: list(whole_jobs(db.scalars(jobs), found.append)))  # type: ignore[misc]
        query = select(_ENTRY.id, _ENTRY.text).order_by(_ENTRY.id)
        read = self._read(lambda db: [entry_of(id_, text) for id_, text in db.execute(query)])
        return [*found, *(entry for entry in read if isinstance(entry, Damage))]

    def drop(self, damage: Damage) -> None:
        """Delete a row that cannot be read, and what hangs on it.

        Other judgements of a session's recording stay, and so does the session that a job made.
        """
        drops = {"session": _drop_session, "job": _drop_job, "entry": _drop_entry}
        self._erase(lambda db: drops[damage.what](db, damage.id))


def _drop_session(db: Db, id_: int) -> None:
    delete(db, select(_SESSION.id).where(_SESSION.id == id_))


def _drop_job(db: Db, serial: int) -> None:
    spoken = db.execute(select(_JOB.person_id, _JOB.video_id).where(_JOB.serial == serial)).all()
    db.execute(update(_SESSION).where(_SESSION.job_serial == serial).values(job_serial=None))
    remove(db, _JOB, _JOB.serial == serial)
    sweep(db, [row.person_id for row in spoken], [row.video_id for row in spoken])


def _drop_entry(db: Db, id_: int) -> None:
    who = db.scalars(select(_ENTRY.person_id).where(_ENTRY.id == id_)).all()
    remove(db, _ENTRY, _ENTRY.id == id_)
    sweep(db, who, [])


def _last_of(person: str | None) -> tuple[ColumnElement[bool], ...]:
    last: Any = select(func.max(_SESSION.id)).group_by(_SESSION.recording, _SESSION.person_id)
    return _SESSION.id.in_(last), of(_SESSION.person_id, person)
