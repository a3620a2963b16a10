"""The HTTP API of sessions: all that was judged, uploaded or live, and forgetting it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from formcheck.apps.web import saved
from formcheck.apps.web.judging import QUEUE
from formcheck.apps.web.problems import RefusedError, refusals
from formcheck.apps.web.site import Here, Site
from formcheck.errors import FormcheckError
from formcheck.outputs.session_file import read_session
from formcheck.store import SessionRow, Store

router = APIRouter(prefix="/api/sessions", tags=["sessions"])
#: The largest number that any database takes as an id.
_LARGEST = 2**63 - 1


class SessionNumbers(BaseModel):
    """A session in numbers; ``page`` shows it whole."""

    id: int
    origin: Literal["video", "live"]
    when: datetime
    name: str
    person: str | None
    exercise: str
    exercise_name: str
    kind: str
    view: str
    score: int | None
    coverage: float
    attempts: int
    reps: int
    good_reps: int
    hold_s: float | None
    clean_hold_s: float | None
    cadence_spm: float | None
    page: str


@router.get("", responses=refusals(422))
def sessions(
    site: Here,
    exercise: Annotated[str | None, Query(max_length=80)] = None,
    person: Annotated[str | None, Query(max_length=80)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> list[SessionNumbers]:
    """The sessions, newest first."""
    names = SessionNumbers.model_fields.keys() - {"page"}
    rows = site.store.sessions(exercise=exercise, person=person, limit=limit)
    return [
        SessionNumbers(**{name: getattr(row, name) for name in names}, page=f"/sessions/{row.id}")
        for row in rows
    ]


@router.delete("/{session}", status_code=204, responses=refusals(404, 422))
async def delete(site: Here, session: Annotated[int, InPath(ge=1, le=_LARGEST)]) -> Response:
    """Throw a session away with its files; of a video, the video with all that came of it."""
    if not await run_in_threadpool(_forget, site, session):
        raise RefusedError(404, "no such session")
    return Response(status_code=204)


def page_of(site: Site, row: SessionRow) -> str | None:
    """Address of what shows a session; None if its files are not this service's."""
    if row.origin == "video":
        videos = (job.id for job in site.store.jobs(QUEUE) if job.session == row.id)
        return next((f"/videos/{video}" for video in videos), None)
    folder = _live_folder(site, row)
    return None if folder is None else f"/sessions/{folder.name}"


def take_in(store: Store, folder: Path) -> None:
    """Keep the session of a live session's folder in the store; what is no whole session is passed over."""
    try:
        session = read_session(folder / saved.SESSION)
    except FormcheckError:
        return
    store.add_session(session, origin="live", folder=folder, when=saved.began(folder))


def take_in_all(store: Store, live: Path) -> None:
    """Keep the live sessions that the store does not know yet: those of formcheck 0.4, or of a lost store."""
    known = store.folders()
    for folder in saved.folders(live):
        if str(folder) not in known:
            take_in(store, folder)


def _forget(site: Site, session: int) -> bool:
    if not site.store.has_session(session):
        return False
    folder = _folder(site, session)
    if folder is not None:
        saved.delete(folder.parent, folder.name)
    judged = [job for job in site.store.jobs(QUEUE) if job.session is not None]
    site.store.forget(session)
    for job in judged:  # the same video may have been sent twice
        if job.session is not None and not site.store.has_session(job.session):
            site.judging.delete(job.id)
    return True


def _folder(site: Site, session: int) -> Path | None:
    """That of a live session; None also for one that is damaged, which may be deleted all the same."""
    try:
        row = site.store.session_row(session)
    except FormcheckError:
        return None
    return None if row is None else _live_folder(site, row)


def _live_folder(site: Site, row: SessionRow) -> Path | None:
    """The folder of a live session of this service."""
    live = site.data / "live"
    inside = row.origin == "live" and row.folder is not None and Path(row.folder).parent == live
    return Path(str(row.folder)) if inside else None
