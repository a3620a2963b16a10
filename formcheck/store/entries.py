"""What people told of their training, and all of one person: read as a history, taken away whole."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, selectinload, undefer
from sqlalchemy.orm import Session as Db

from formcheck.errors import FormcheckError
from formcheck.outputs.training import entry_from_dict, entry_to_dict
from formcheck.store import tables
from formcheck.store.database import Database
from formcheck.store.records import SessionRow
from formcheck.store.rows import session_of, session_row_of
from formcheck.store.shared import people, sweep
from formcheck.types import Session
from formcheck.types.training import Entry

_TABLE = tables.Entry


class Entries(Database):
    """The part of the store that keeps entries, and knows what belongs to one person.

    ``person`` None is everywhere whoever gave no name.
    """

    def add_entry(self, entry: Entry, person: str | None = None) -> int:
        """Keep an entry; its id. The same one again, from another device or file, is kept once."""
        text = json.dumps(entry_to_dict(entry), ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(json.dumps([person, text]).encode()).hexdigest()

        def work(db: Db) -> int:
            there = db.scalar(select(_TABLE.id).where(_TABLE.digest == digest))
            if there is not None:
                return there
            row = _TABLE(happened=entry.when, digest=digest, text=text)
            row.person = people(db, [person]).get(person)
            db.add(row)
            db.flush()
            return row.id

        return self._write(work)

    def entries(self, person: str | None = None) -> list[Entry]:
        """All that somebody told, oldest first.

        Raises
        ------
        FormcheckError
            If another version of formcheck wrote it in a form that this one cannot read.
        """
        query = select(_TABLE.id, _TABLE.text).where(_of(_TABLE.person_id, person))
        with self._read() as db:
            found = db.execute(query.order_by(_TABLE.happened, _TABLE.id)).all()
        return [_entry(id_, text) for id_, text in found]

    def take_back(self, person: str | None = None) -> Entry | None:
        """Remove what somebody told last, with the name if nothing else is theirs; None without any."""

        def work(db: Db) -> tuple[int, str] | None:
            own = select(_TABLE).where(_of(_TABLE.person_id, person))
            row = db.scalar(own.order_by(_TABLE.id.desc()).limit(1))
            if row is None:
                return None
            gone, who = (row.id, row.text), row.person_id
            db.delete(row)
            db.flush()
            sweep(db, [who], [])
            return gone

        gone = self._write(work)
        return None if gone is None else _entry(*gone)

    def history(
        self, person: str | None = None, since: datetime | None = None
    ) -> list[tuple[SessionRow, Session]]:
        """Somebody's sessions, whole, oldest first; each recording once, by its last judgement.

        Raises
        ------
        FormcheckError
            As `entries` does.
        """
        table = tables.Session
        last = table.id.in_(select(func.max(table.id)).group_by(table.recording, table.person_id))
        query = select(table).where(last, _of(table.person_id, person))
        if since is not None:
            query = query.where(table.happened >= since)
        query = query.options(selectinload(table.person), undefer(table.text))
        with self._read() as db:
            found = db.scalars(query.order_by(table.happened, table.id)).all()
            return [(session_row_of(row), session_of(row.id, row.text)) for row in found]

    def forget_person(self, person: str | None = None) -> list[SessionRow]:
        """Take away all that is somebody's: entries, jobs, sessions, the name; the sessions that went."""

        def work(db: Db) -> list[SessionRow]:
            job, session = tables.Job, tables.Session
            rows = list(db.scalars(select(session).where(_of(session.person_id, person))))
            gone = [session_row_of(row) for row in rows]
            jobs = list(db.scalars(select(job).where(_of(job.person_id, person))))
            own = db.scalars(select(_TABLE.person_id).where(_of(_TABLE.person_id, person)).distinct())
            who = {*own, *(row.person_id for row in rows), *(row.person_id for row in jobs)}
            seen = {*(row.video_id for row in rows), *(row.video_id for row in jobs)}
            db.expunge_all()
            for table in (_TABLE, session, job):
                db.execute(delete(table).where(_of(table.person_id, person)))
            sweep(db, who, seen)
            return gone

        return self._write(work)


def _of(column: InstrumentedAttribute[Any], person: str | None) -> ColumnElement[bool]:
    if person is None:
        return column.is_(None)
    table = tables.Person
    return column == select(table.id).where(table.name == person).scalar_subquery()


def _entry(id_: int, text: str) -> Entry:
    try:
        return entry_from_dict(json.loads(text))
    except ValueError as error:
        line = f"entry {id_}: written in a form that is not known here ({error}); update formcheck"
        raise FormcheckError(line) from error
