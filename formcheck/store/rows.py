"""The records of rows."""

import json
from dataclasses import fields

from formcheck.errors import FormcheckError
from formcheck.outputs.json import session_from_dict
from formcheck.store import tables
from formcheck.store.records import Job, SessionRow, Wanted
from formcheck.types import Session

_OF_VIDEO = ("sha256", "size_bytes", "duration_s")


def job_of(row: tables.Job) -> Job:
    """The record of a job."""
    video = {name: getattr(row.video, name) for name in _OF_VIDEO}
    person = row.person.name if row.person else None
    names = {f.name for f in fields(Wanted)} - {*_OF_VIDEO, "person"}
    wanted = Wanted(**{name: getattr(row, name) for name in names}, **video, person=person)
    same = {f.name: getattr(row, f.name) for f in fields(Job) if f.name not in {"wanted", "session"}}
    return Job(**same, wanted=wanted, session=row.session.id if row.session else None)


def session_row_of(row: tables.Session) -> SessionRow:
    """The record of a session."""
    same = {f.name: getattr(row, f.name) for f in fields(SessionRow) if f.name not in {"when", "person"}}
    return SessionRow(**same, when=row.happened, person=row.person.name if row.person else None)


def session_of(id_: int, text: str) -> Session:
    """The whole session of a row's text.

    Raises
    ------
    FormcheckError
        If another version of formcheck wrote it in a form that this one cannot read.
    """
    try:
        return session_from_dict(json.loads(text))
    except (KeyError, TypeError, ValueError) as error:
        line = f"session {id_}: written in a form that is not known here ({error}); update formcheck"
        raise FormcheckError(line) from error
