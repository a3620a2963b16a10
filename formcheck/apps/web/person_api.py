"""All that is kept of a person: out in one file, in again, and gone; for programs and for the page."""

import json
from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from pydantic import BaseModel
from starlette.responses import HTMLResponse, RedirectResponse, Response

from formcheck.apps.person import export_person, import_person, parse, remove_folders
from formcheck.apps.web.judging import QUEUE
from formcheck.apps.web.plan_api import Who
from formcheck.apps.web.problems import RefusedError, refusals
from formcheck.apps.web.site import Here, Site, render
from formcheck.errors import SourceError

router = APIRouter()
Person = Annotated[Who | None, Query()]
DATA = "/api/person/data"
_NAME = "formcheck-data.json"
_FILE = {"description": "The export.", "content": {"application/json": {"schema": {"type": "object"}}}}


class Counted(BaseModel):
    """How much an export holds."""

    sessions: int
    entries: int


@router.get(DATA, tags=["person"], response_class=Response, responses={200: _FILE, **refusals(422)})
def export(site: Here, person: Person = None) -> Response:
    """Everything in one file."""
    text = json.dumps(export_person(site.store, person), ensure_ascii=False, allow_nan=False)
    headers = {"content-disposition": f'attachment; filename="{_NAME}"'}
    return Response(text, media_type="application/json", headers=headers)


@router.post(DATA, tags=["person"], status_code=201, responses=refusals(400, 408, 413, 422))
def import_(site: Here, file: Annotated[UploadFile, File()], person: Person = None) -> Counted:
    """Take in an export; what is there already stays, once."""
    return _take_in(site, file, person)


@router.delete(DATA, tags=["person"], status_code=204, responses=refusals(422))
def delete(site: Here, person: Person = None) -> Response:
    """Delete everything: sessions, answers, uploads and their results."""
    _forget(site, person)
    return Response(status_code=204)


@router.get("/data", include_in_schema=False)
def page(site: Here) -> HTMLResponse:
    """What is kept, and what may be done with it."""
    return _page(site)


@router.post("/data/import", include_in_schema=False)
def take_in(site: Here, file: Annotated[UploadFile, File()]) -> HTMLResponse:
    """An export from the page."""
    try:
        came = _take_in(site, file, None)
    except RefusedError as error:
        return _page(site, trouble=str(error.detail), status=error.status_code)
    return _page(site, said=f"Taken in: {came.sessions} sessions, {came.entries} answers.")


@router.post("/data/delete", include_in_schema=False)
def forget(site: Here) -> Response:
    """Delete everything, from the page."""
    _forget(site, None)
    return RedirectResponse("/data?deleted=1", 303)


def _page(site: Site, trouble: str | None = None, said: str | None = None, status: int = 200) -> HTMLResponse:
    counted = Counted(sessions=len(site.store.history()), entries=len(site.store.entries()))
    return render("data", status, counted=counted, trouble=trouble, said=said, address=DATA)


def _take_in(site: Site, file: UploadFile, person: str | None) -> Counted:
    try:
        told = json.loads(file.file.read().decode("utf-8"))
    except (ValueError, RecursionError):
        raise RefusedError(400, "the file is not JSON; give one that was exported here") from None
    try:
        data = parse(told, "the file")
    except SourceError as error:
        raise RefusedError(400, str(error)) from None
    import_person(site.store, data, person)
    return Counted(sessions=len(data.sessions), entries=len(data.entries))


def _forget(site: Site, person: str | None) -> None:
    """Videos first, as their files are the service's to remove."""
    for job in site.store.jobs(QUEUE):
        if job.wanted.person == person:
            site.judging.delete(job.id)
    remove_folders(site.store.forget_person(person), site.data / "live")
