"""Sessions that came from another store: added, each once; they own no folder and replace nothing."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from formcheck.codec.session import session_to_json
from formcheck.store import tables
from formcheck.store.database import Database
from formcheck.store.judgement import judged_as, rows_of
from formcheck.store.migrate import LOCK
from formcheck.store.rows import session_of
from formcheck.store.shared import of, people, sweep, videos
from formcheck.types import Session

_TABLE = tables.SessionTable


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
        wanted = {_key(one, person): one for one in brought}
        return self._write(lambda db: _add(db, wanted, person))


def drop_imported(db: Db, row: tables.SessionTable) -> None:
    """A judgement made here takes the place of an imported one of the same video of the same person."""
    name = row.person.name if row.person else None
    for old in db.scalars(select(_TABLE).where(_TABLE.recording == _imported(name, row.recording))):
        who, seen = old.person_id, old.video_id
        db.delete(old)
        db.flush()
        sweep(db, [who], [seen])


def _add(db: Db, wanted: Mapping[str, Brought], person: str | None) -> int:
    """All at once: each row by itself would cost some thousand statements."""
    if db.get_bind().dialect.name == "postgresql":  # of two imports at once the second sees the first
        db.execute(select(func.pg_advisory_xact_lock(LOCK + 1)))
    known = _known(db, wanted, person)
    fresh = {key: one for key, one in wanted.items() if not _is_there(db, key, one, person, known)}
    seen = videos(db, [one.session.source.sha256 for one in fresh.values() if one.origin == "video"])
    who = people(db, [person]).get(person)
    for key, one in fresh.items():
        row = rows_of(one.session, one.origin, None, one.when.isoformat())
        row.recording, row.person = key, who
        row.video = seen.get(one.session.source.sha256) if one.origin == "video" else None
        db.add(row)
    return len(fresh)


def _known(db: Db, wanted: Mapping[str, Brought], person: str | None) -> set[str]:
    """What this person has of the recordings that are wanted."""
    asked = {*wanted, *(judged for one in wanted.values() if (judged := _judged(one)))}
    query = select(_TABLE.recording).where(of(_TABLE.person_id, person), _TABLE.recording.in_(asked))
    return set(db.scalars(query))


def _is_there(db: Db, key: str, one: Brought, person: str | None, known: set[str]) -> bool:
    judged = _judged(one)
    if key in known or judged is not None:
        return key in known or judged in known
    then = (_TABLE.happened == one.when, _TABLE.exercise == one.session.exercise.id)
    query = select(_TABLE.text, _TABLE.format).where(of(_TABLE.person_id, person), *then)
    rows = db.execute(query.where(_TABLE.origin == one.origin))
    return any(_is_same(text, form, one.session) for text, form in rows)


def _key(one: Brought, person: str | None) -> str:
    return _imported(person, _judged(one) or _content(one))


def _judged(one: Brought) -> str | None:
    return judged_as(one.session) if one.origin == "video" else None


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
