"""The records of rows."""

from dataclasses import fields

from formcheck.store import tables
from formcheck.store.records import Job, SessionRow, Wanted

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
