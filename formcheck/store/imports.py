"""Sessions that came from another store: added, each once; they own no folder and replace nothing."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from formcheck.outputs.json import session_to_json
from formcheck.store import tables
from formcheck.store.database import Database
from formcheck.store.judgement import judged_as, rows_of
from formcheck.store.migrate import LOCK
from formcheck.store.rows import session_of
from formcheck.store.shared import of, people, sweep, videos
from formcheck.types import Session

_TABLE = tables.Session


@dataclass(frozen=True, slots=True)
class Brought:
    """A session of an export, and ``when`` it was recorded."""

    session: Session
    origin: Literal["video", "live"]
    when: datetime


class Imports(Database):
    """The part of the store that takes in what another store kept."""

    def import_sessions(self, brought: Iterable[Brought], person: str | None = None) -> int:
        """Keep sessions under a name; how many were new.

        What is that person's already stays as it is: the same video judged by the same exercise, and any
        other session of the same moment and content. What is another's has no part in it.
        """
        wanted = list(brought)
        return self._write(lambda db: sum(_add(db, one, person) for one in wanted))


def drop_imported(db: Db, row: tables.Session) -> None:
    """A judgement made here takes the place of an imported one of the same video of the same person."""
    name = row.person.name if row.person else None
    for old in db.scalars(select(_TABLE).where(_TABLE.recording == _imported(name, row.recording))):
        who, seen = old.person_id, old.video_id
        db.delete(old)
        db.flush()
        sweep(db, [who], [seen])


def _add(db: Db, one: Brought, person: str | None) -> bool:
    if db.get_bind().dialect.name == "postgresql":  # of two imports at once the second sees the first
        db.execute(select(func.pg_advisory_xact_lock(LOCK + 1)))
    judged = judged_as(one.session) if one.origin == "video" else None
    key = _imported(person, judged or _content(one))
    if _is_there(db, one, person, {key, judged or key}):
        return False
    row = rows_of(one.session, one.origin, None, one.when.isoformat())
    row.recording = key
    if judged is not None:
        row.video = videos(db, [one.session.source.sha256]).get(one.session.source.sha256)
    row.person = people(db, [person]).get(person)
    db.add(row)
    db.flush()
    db.expunge_all()
    return True


def _is_there(db: Db, one: Brought, person: str | None, recordings: set[str]) -> bool:
    own = of(_TABLE.person_id, person)
    if db.scalar(select(_TABLE.id).where(own, _TABLE.recording.in_(recordings)).limit(1)) is not None:
        return True
    then = (_TABLE.happened == one.when, _TABLE.exercise == one.session.exercise.id)
    rows = db.execute(select(_TABLE.text, _TABLE.format).where(own, *then, _TABLE.origin == one.origin))
    return any(_is_same(text, form, one.session) for text, form in rows)


def _is_same(text: str, form: str, session: Session) -> bool:
    try:
        return session_to_json(session_of(text, form)) == session_to_json(session)
    except ValueError:
        return False


def _imported(person: str | None, what: str) -> str:
    """What an import is known by: nobody can name another's recording with it, nor a folder."""
    return f"import {_digest(json.dumps([person, what]))}"


def _content(one: Brought) -> str:
    return f"{one.origin} {one.when.astimezone(UTC).isoformat()} {_digest(session_to_json(one.session))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
