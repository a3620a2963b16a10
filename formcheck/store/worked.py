"""What each session is worth to the plan, worked out once and kept: a plan reads years of them at a time."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, select
from sqlalchemy.orm import Session as Db

from formcheck.codec.training import done_from_json, done_to_json
from formcheck.errors import FormcheckError
from formcheck.plan import done_of
from formcheck.store import tables
from formcheck.store.damage import Note, log
from formcheck.store.persons import Persons
from formcheck.store.sessions import CHUNK
from formcheck.store.shared import chunks
from formcheck.types.training import Done
from formcheck.version import __version__

_SESSION, _WORKED = tables.SessionTable, tables.WorkedTable


class Worked(Persons):
    """The part of the store that knows what was done in sessions.

    What is kept of it is only an abridgement: another version works it out anew, from the sessions.
    """

    def done(self, person: str | None = None, since: datetime | None = None, note: Note = log) -> list[Done]:
        """What somebody did before the camera, oldest first; each recording once, by its last judgement."""
        ids = self.ids_of(person, since)
        known: dict[int, tuple[Done, ...]] = {}
        for some in chunks(ids, 10 * CHUNK):
            known |= self._known(some)
        for some in chunks([id_ for id_ in ids if id_ not in known], CHUNK):
            known |= self._work_out(some, note)
        return [done for id_ in ids for done in known.get(id_, ())]

    def _known(self, ids: Sequence[int]) -> dict[int, tuple[Done, ...]]:
        kept = and_(_WORKED.session_id == _SESSION.id, _WORKED.by == __version__)
        query = select(_SESSION.id, _SESSION.happened, _WORKED.text).join(_WORKED, kept)
        rows = self._read(lambda db: db.execute(query.where(_SESSION.id.in_(ids))).all())
        found = {}
        for id_, when, text in rows:
            with suppress(ValueError):
                found[id_] = tuple(replace(done, when=when, session=id_) for done in done_from_json(text))
        return found

    def _work_out(self, ids: Sequence[int], note: Note) -> dict[int, tuple[Done, ...]]:
        read = self.read(self.rows(ids, note), note)
        found = {row.id: done_of(session, row.when, row.id) for row, session in read}
        with suppress(FormcheckError):  # a store that cannot be written can still be read
            self._write(lambda db: _keep(db, found))
        return found


def _keep(db: Db, found: dict[int, tuple[Done, ...]]) -> None:
    """Those of sessions that are still there."""
    there = db.scalars(select(_SESSION.id).where(_SESSION.id.in_(found)).with_for_update())
    rows: list[dict[str, Any]] = [
        {"session_id": id_, "by": __version__, "text": done_to_json(found[id_])} for id_ in there
    ]
    db.execute(delete(_WORKED).where(_WORKED.session_id.in_(found)))
    if rows:
        db.execute(insert(_WORKED), rows)
