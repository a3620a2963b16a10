"""The records of rows; what is damaged in a row is a ValueError that says what, in one line."""

from dataclasses import asdict, fields, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from formcheck.codec.schema import adapter, first_mistake
from formcheck.codec.session import session_from_json
from formcheck.store import tables
from formcheck.store.columns import restored, storable
from formcheck.store.damage import LaterFormError
from formcheck.store.records import Job, JobRequest, SessionRow
from formcheck.types import Session
from formcheck.types.session import SCHEMA

_OF_VIDEO = ("sha256", "size_bytes", "duration_s")


def job_of(row: tables.JobTable) -> Job:
    """The record of a job."""
    video = {name: getattr(row.video, name) for name in _OF_VIDEO}
    person = row.person.name if row.person else None
    names = {f.name for f in fields(JobRequest)} - {*_OF_VIDEO, "person"}
    request = JobRequest(**{name: getattr(row, name) for name in names}, **video, person=person)
    same = {f.name: getattr(row, f.name) for f in fields(Job) if f.name not in {"request", "session"}}
    return Job(**same, request=request, session=row.session.id if row.session else None)


def whole_job_of(row: tables.JobTable) -> Job:
    """The record of a job, every column of which was looked at.

    Raises
    ------
    ValueError
        If a column holds what none of its values can be.
    """
    if row.video is None:
        raise ValueError("video: is missing")
    job = job_of(row)
    _check(Job, asdict(job))
    return job


def session_row_of(row: tables.SessionTable) -> SessionRow:
    """The record of a session.

    Raises
    ------
    ValueError
        If a column holds what none of its values can be.
    """
    same = {f.name: getattr(row, f.name) for f in fields(SessionRow) if f.name not in {"when", "person"}}
    values = {**same, "when": row.happened, "person": row.person.name if row.person else None}
    _check(SessionRow, values)
    if row.coverage is None:
        raise ValueError("coverage: is missing")
    return SessionRow(**values)


def session_of(text: Any, form: Any) -> Session:
    """The whole session of a row's text, which is of the schema ``form``.

    Raises
    ------
    ValueError
        If it is damaged, or another version of formcheck wrote it in a form that this one cannot read.
    """
    if form != SCHEMA:
        raise LaterFormError(f"written as {str(form)[:40]!a}, which is not known here: update formcheck")
    if not isinstance(text, str):
        raise ValueError("its text is missing")
    session = session_from_json(storable(text))
    name = restored(session.source.name)
    return session if name == session.source.name else _named(session, name)


def _named(session: Session, name: str) -> Session:
    return replace(session, source=replace(session.source, name=name))


def _check(kind: type, values: dict[str, Any]) -> None:
    """Raise ValueError if the values are none of that type; file names that are no text are."""
    try:
        _checker(kind).validate_python(_plain(values))
    except ValidationError as error:
        raise ValueError(first_mistake(error)) from None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return storable(value) if isinstance(value, str) else value


@cache
def _checker(kind: type) -> TypeAdapter[Any]:
    return adapter(kind)
