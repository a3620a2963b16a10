"""Home, the live page with what it is made of, and the saved sessions."""

from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from formcheck.apps.web import saved
from formcheck.apps.web.cards import cards, drawing, figure
from formcheck.apps.web.headers import DRAWING_POLICY, REPORT_POLICY
from formcheck.apps.web.history_pages import MOST_SESSIONS, line
from formcheck.apps.web.judging import QUEUE
from formcheck.apps.web.plan_pages import week_of
from formcheck.apps.web.sessions_api import page_of
from formcheck.apps.web.site import Here, render
from formcheck.live.words import SAFETY
from formcheck.messages import sentence
from formcheck.plan import rules

router = APIRouter()
FOREVER = "public, max-age=31536000, immutable"
_HOUR = "public, max-age=3600"
_LATEST = 5
#: No store counts further.
_LONGEST_NUMBER = 18


@router.get("/", include_in_schema=False)
def home(site: Here) -> HTMLResponse:
    """Where to go from here."""
    counts = site.store.counts(QUEUE)
    latest = [line(session) for session in site.store.sessions(limit=_LATEST)]
    return render("home", sessions=latest, going=counts["queued"] + counts["running"], week=week_of(site))


@router.get("/live", include_in_schema=False)
def live() -> HTMLResponse:
    """The live page; all it does is in its modules."""
    return render("live", safety=sentence(SAFETY), warning=rules().safety)


@router.get("/live/exercises")
def exercises(site: Here) -> dict[str, Any]:
    """What the live page needs to know: the exercises, how a body is drawn, where poses are found."""
    return {"exercises": cards(), "figure": figure(), "vendor": site.vendor, "model": site.model}


@router.get("/live/pictures/{exercise}.svg", include_in_schema=False)
def picture(exercise: str) -> Response:
    """An exercise, drawn."""
    text = drawing(exercise)
    if text is None:
        raise HTTPException(404, "no such picture")
    headers = {"content-security-policy": DRAWING_POLICY, "cache-control": _HOUR}
    return Response(text, media_type="image/svg+xml", headers=headers)


@router.get("/assets/model/{name}.task", include_in_schema=False)
def model(site: Here, name: str) -> Response:
    """The pose model for the browser: the same bytes that the server would use."""
    if name != site.bundle.model.name:
        raise HTTPException(404, "no such model")
    headers = {"cache-control": FOREVER, "etag": f'"{site.bundle.model.sha256}"'}
    return Response(site.bundle.data, media_type="application/octet-stream", headers=headers)


@router.get("/sessions", include_in_schema=False)
def sessions(site: Here) -> HTMLResponse:
    """What was judged, live or from a video, newest first."""
    found = [line(session) for session in site.store.sessions(limit=MOST_SESSIONS + 1)]
    return render("sessions", sessions=found[:MOST_SESSIONS], more=len(found) > MOST_SESSIONS)


@router.get("/sessions/{session}", include_in_schema=False)
def report(site: Here, session: str) -> Response:
    """The report of a live session by the name of its folder; any session's page by its number."""
    if session.isdecimal() and len(session) < _LONGEST_NUMBER:
        row = site.store.session_row(int(session))
        address = None if row is None else page_of(site, row)
        return render("missing", 404) if address is None else RedirectResponse(address)
    path = saved.report(site.data / "live", session)
    if path is None:
        return render("missing", 404)
    return FileResponse(
        path, media_type="text/html; charset=utf-8", headers={"content-security-policy": REPORT_POLICY}
    )
