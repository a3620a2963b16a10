"""Sessions: kept, listed, read back, forgotten."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import selectinload

from formcheck.store import tables
from formcheck.store.database import Database
from formcheck.store.judgement import rows_of
from formcheck.store.records import SessionRow
from formcheck.store.rows import session_of, session_row_of
from formcheck.store.shared import people, sweep, videos
from formcheck.types import Session

_TABLE = tables.Session


class Sessions(Database):
    """The part of the store that keeps sessions."""

    def add_session(
        self,
        session: Session,
        *,
        origin: Literal["video", "live"],
        folder: str | Path | None = None,
        person: str | None = None,
        when: datetime | None = None,
    ) -> int:
        """Keep a session that no job made; its id.

        An older judgement of the same recording is replaced: of the same bytes by the same exercise, of a
        live session that of its folder.

        Parameters
        ----------
        folder : where its results are.
        when : it was recorded; now if None.
        """
        created = when.astimezone().isoformat(timespec="seconds") if when else None

        def work(db: Db) -> int:
            row = rows_of(session, origin, str(folder) if folder else None, created)
            if origin == "video":
                row.video = videos(db, [session.source.sha256]).get(session.source.sha256)
            row.person = people(db, [person]).get(person)
            db.add(row)
            db.flush()
            older = _TABLE.recording == row.recording, _TABLE.job_serial.is_(None), _TABLE.id != row.id
            _delete(db, list(db.scalars(select(_TABLE).where(*older))))
            return row.id

        return self._write(work)

    def sessions(
        self,
        *,
        exercise: str | None = None,
        person: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
        newest_first: bool = True,
    ) -> list[SessionRow]:
        """Those of an exercise, of a person, from a moment on; each recording once, by its last judgement."""
        query = select(_TABLE).where(*_latest(person)).options(selectinload(_TABLE.person)).limit(limit)
        if exercise is not None:
            query = query.where(_TABLE.exercise == exercise)
        if since is not None:
            query = query.where(_TABLE.happened >= since)
        order = (_TABLE.happened, _TABLE.id)
        query = query.order_by(*((column.desc() for column in order) if newest_first else order))
        with self._read() as db:
            return [session_row_of(row) for row in db.scalars(query)]

    def session(self, id: int) -> Session | None:  # noqa: A002
        """The whole session of that id, but for what only reports show.

        Raises
        ------
        FormcheckError
            If another version of formcheck wrote it in a form that this one cannot read.
        """
        with self._read() as db:
            text = db.scalar(select(_TABLE.text).where(_TABLE.id == id))
        return None if text is None else session_of(id, text)

    def session_row(self, id: int) -> SessionRow | None:  # noqa: A002
        """The numbers of the session of that id."""
        with self._read() as db:
            row = db.get(_TABLE, id)
            return session_row_of(row) if row else None

    def forget(self, id: int) -> bool:  # noqa: A002
        """Remove a session and every other judgement of its recording; False if there is none.

        With it goes its person, if nothing else is theirs. A job it came from stays, without a session.
        """

        def work(db: Db) -> bool:
            recording = select(_TABLE.recording).where(_TABLE.id == id).scalar_subquery()
            rows = list(db.scalars(select(_TABLE).where(_TABLE.recording == recording)))
            _delete(db, rows)
            return bool(rows)

        return self._write(work)

    def exercises(self, person: str | None = None) -> list[tuple[str, str, int]]:
        """Id and name of each exercise and how many sessions there are of it, the most first."""
        count = func.count()
        query = select(_TABLE.exercise, func.max(_TABLE.exercise_name), count).where(*_latest(person))
        query = query.group_by(_TABLE.exercise).order_by(count.desc(), _TABLE.exercise)
        with self._read() as db:
            return [(row[0], row[1], row[2]) for row in db.execute(query)]

    def people(self) -> list[str]:
        """Names of all whose sessions or jobs are here, by alphabet."""
        with self._read() as db:
            return list(db.scalars(select(tables.Person.name).order_by(tables.Person.name)))


def _latest(person: str | None) -> list[ColumnElement[bool]]:
    """Of each recording the last judgement; those of one person, if one is named."""
    last = _TABLE.id.in_(select(func.max(_TABLE.id)).group_by(_TABLE.recording))
    return [last] if person is None else [last, _TABLE.person.has(name=person)]


def _delete(db: Db, rows: list[tables.Session]) -> None:
    """Sessions with all that is in them; then people and videos that nothing speaks of."""
    db.execute(delete(_TABLE).where(_TABLE.id.in_([row.id for row in rows])))
    for row in rows:
        db.expunge(row)
    sweep(db, [row.person_id for row in rows], [row.video_id for row in rows])
