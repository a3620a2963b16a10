"""Sessions: kept, listed, read back, forgotten."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased, selectinload

from formcheck.errors import FormcheckError
from formcheck.store import tables
from formcheck.store.damage import Damage, LaterFormError, Note, log
from formcheck.store.database import Database
from formcheck.store.imports import drop_imported
from formcheck.store.judgement import rows_of
from formcheck.store.records import SessionRow
from formcheck.store.rows import session_of, session_row_of
from formcheck.store.shared import chunks, people, remove, sweep, videos
from formcheck.types import Session

_TABLE = tables.SessionTable
#: Texts read at a time: some megabytes.
CHUNK = 100


class Sessions(Database):
    """The part of the store that keeps sessions.

    A row that cannot be read is passed over where several are asked for; ``note`` is called with it.
    """

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
            delete(db, select(_TABLE.id).where(*older))
            drop_imported(db, row)
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
        note: Note = log,
    ) -> list[SessionRow]:
        """Those of an exercise, of a person, from a moment on; each recording once, by its last judgement."""
        query = select(_TABLE).where(*_latest(person)).options(selectinload(_TABLE.person)).limit(limit)
        if exercise is not None:
            query = query.where(_TABLE.exercise == exercise)
        if since is not None:
            query = query.where(_TABLE.happened >= since)
        order = (_TABLE.happened, _TABLE.id)
        query = query.order_by(*((column.desc() for column in order) if newest_first else order))
        return self._read(lambda db: list(whole(db, query, note)))

    def read(self, rows: Sequence[SessionRow], note: Note = log) -> Iterator[tuple[SessionRow, Session]]:
        """The whole sessions of rows, but for what only reports show."""
        for some in chunks(rows, CHUNK):
            texts = self._texts([row.id for row in some])
            for row in some:
                if row.id in texts:
                    try:
                        yield row, session_of(*texts[row.id])
                    except ValueError as error:
                        note(Damage("session", row.id, str(error), isinstance(error, LaterFormError)))

    def _texts(self, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Text and form of the sessions of these ids that are there."""
        query = select(_TABLE.id, _TABLE.text, _TABLE.format).where(_TABLE.id.in_(ids))
        return self._read(lambda db: {id_: (text, form) for id_, text, form in db.execute(query)})

    def session(self, id: int) -> Session | None:  # noqa: A002
        """The whole session of that id, but for what only reports show.

        Raises
        ------
        FormcheckError
            If it cannot be read: damaged, or written in a form of a newer formcheck.
        """
        found = self._texts([id]).get(id)
        try:
            return None if found is None else session_of(*found)
        except ValueError as error:
            raise FormcheckError(_refusal(id, error)) from None

    def session_row(self, id: int) -> SessionRow | None:  # noqa: A002
        """The numbers of the session of that id.

        Raises
        ------
        FormcheckError
            If they cannot be read.
        """

        def work(db: Db) -> SessionRow | None:
            row = db.get(_TABLE, id)
            return session_row_of(row) if row else None

        try:
            return self._read(work)
        except ValueError as error:
            raise FormcheckError(_refusal(id, error)) from None

    def folders(self) -> set[str]:
        """Where the results of all sessions are."""
        query = select(_TABLE.folder).where(_TABLE.folder.is_not(None))
        return self._read(lambda db: set(db.scalars(query)))

    def has_session(self, id: int) -> bool:  # noqa: A002
        """Whether there is one of that id, readable or not."""
        return self._read(lambda db: db.scalar(select(_TABLE.id).where(_TABLE.id == id))) is not None

    def forget(self, id: int) -> bool:  # noqa: A002
        """Remove a session and its person's other judgements of its recording; False if there is none.

        With it goes its person, if nothing else is theirs. A job it came from stays, without a session.
        """
        asked = aliased(_TABLE)
        same = (_TABLE.recording == asked.recording) & _TABLE.person_id.is_not_distinct_from(asked.person_id)
        ids = select(_TABLE.id).join(asked, same | (_TABLE.id == asked.id)).where(asked.id == id)
        return self._erase(lambda db: bool(delete(db, ids)))

    def exercises(self, person: str | None = None) -> list[tuple[str, str, int]]:
        """Id and name of each exercise and how many sessions there are of it, the most first."""
        count = func.count()
        query = select(_TABLE.exercise, func.max(_TABLE.exercise_name), count).where(*_latest(person))
        query = query.group_by(_TABLE.exercise).order_by(count.desc(), _TABLE.exercise)
        found = self._read(lambda db: [(row[0], row[1], row[2]) for row in db.execute(query)])
        return [read for read in found if isinstance(read[0], str) and isinstance(read[1], str)]

    def people(self) -> list[str]:
        """Names of all whose sessions or jobs are here, by alphabet."""
        query = select(tables.Person.name).order_by(tables.Person.name)
        return self._read(lambda db: list(db.scalars(query)))


def whole(db: Db, query: Select[Any], note: Note) -> Iterator[SessionRow]:
    """The records of rows that are not damaged."""
    for row in db.scalars(query):
        try:
            yield session_row_of(row)
        except ValueError as error:
            note(Damage("session", row.id, str(error)))


def _refusal(id_: int, error: ValueError) -> str:
    damage = Damage("session", id_, str(error))
    return f"{damage}; update formcheck, or forget it: formcheck history forget {id_}"


def _latest(person: str | None) -> list[ColumnElement[bool]]:
    """Of each recording the last judgement; those of one person, if one is named."""
    last = _TABLE.id.in_(select(func.max(_TABLE.id)).group_by(_TABLE.recording))
    return [last] if person is None else [last, _TABLE.person.has(name=person)]


def delete(db: Db, ids: Select[Any]) -> int:
    """Sessions with all in them, then people and videos that nothing speaks of; how many there were."""
    query = select(_TABLE.id, _TABLE.person_id, _TABLE.video_id).where(_TABLE.id.in_(ids))
    rows = db.execute(query).all()
    remove(db, _TABLE, _TABLE.id.in_([row.id for row in rows]))
    sweep(db, [row.person_id for row in rows], [row.video_id for row in rows])
    return len(rows)
