"""All that is kept of a person: out in one file, in again, and gone; for programs and for the page."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from pydantic import BaseModel
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from formcheck.apps import person as kept
from formcheck.apps.person import Export, remove_folders
from formcheck.apps.web.judging import QUEUE
from formcheck.apps.web.plan_api import Who
from formcheck.apps.web.problems import RefusedError, refusals
from formcheck.apps.web.site import Here, Site, render
from formcheck.errors import SourceError
from formcheck.store import Damage

router = APIRouter()
Person = Annotated[Who | None, Query()]
DATA = "/api/person/data"
_PART = 2**18
_SENT = "the file"
_NAME = "formcheck-data.json"
_FILE = {"description": "The export.", "content": {"application/json": {"schema": {"type": "object"}}}}


class ExportSize(BaseModel):
    """How much an export holds."""

    sessions: int
    entries: int


@router.get(DATA, tags=["person"], response_class=Response, responses={200: _FILE, **refusals(422)})
def export(site: Here, person: Person = None) -> Response:
    """Everything in one file."""
    headers = {"content-disposition": f'attachment; filename="{_NAME}"'}
    export = _in_parts(Export(site.store, person))
    return StreamingResponse(export, media_type="application/json", headers=headers)


@router.post(DATA, tags=["person"], status_code=201, responses=refusals(400, 408, 413, 422))
def import_(site: Here, file: Annotated[UploadFile, File()], person: Person = None) -> ExportSize:
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


@router.post("/data/check", include_in_schema=False)
def check(site: Here) -> HTMLResponse:
    """Look for what is damaged, whosever it is."""
    damages = site.store.damaged()
    return _page(site, damages=damages, said=None if damages else "Everything can be read.")


@router.post("/data/drop", include_in_schema=False)
def drop(site: Here) -> HTMLResponse:
    """Delete what is damaged; what a newer formcheck may read stays."""
    damages = [damage for damage in site.store.damaged() if not damage.later]
    for damage in damages:
        site.store.drop(damage)
    return _page(site, said=f"Deleted: {', '.join(f'{d.what} {d.id}' for d in damages) or 'nothing'}.")


@router.post("/data/delete", include_in_schema=False)
def forget(site: Here) -> Response:
    """Delete everything, from the page."""
    _forget(site, None)
    return RedirectResponse("/data?deleted=1", 303)


def _in_parts(export: Export) -> Iterator[str]:
    """Some pieces at a time: each part costs a turn of the service."""
    part: list[str] = []
    letters = 0
    for text in export:
        part.append(text)
        letters += len(text)
        if letters > _PART:
            yield "".join(part)
            part.clear()
            letters = 0
    yield "".join(part)


def _page(
    site: Site,
    trouble: str | None = None,
    said: str | None = None,
    status: int = 200,
    damages: Sequence[Damage] = (),
) -> HTMLResponse:
    sessions, entries = site.store.counts_of()
    given = {"trouble": trouble, "said": said, "address": DATA, "damages": damages}
    return render("data", status, counted=ExportSize(sessions=sessions, entries=entries), **given)


def _take_in(site: Site, file: UploadFile, person: str | None) -> ExportSize:
    try:
        kept.check(file.file, _SENT)
    except SourceError as error:
        raise RefusedError(400, str(error)) from None
    taken = kept.take_in(site.store, file.file, _SENT, person)
    return ExportSize(sessions=taken.sessions, entries=taken.entries)


def _forget(site: Site, person: str | None) -> None:
    """Videos first, as their files are the service's to remove."""
    for job in site.store.job_ids(QUEUE, person):
        site.judging.delete(job)
    remove_folders(site.store.forget_person(person), site.data / "live")
