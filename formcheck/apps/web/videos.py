"""Uploaded videos over HTTP: sent, asked after, fetched, thrown away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from formcheck.apps.history import done
from formcheck.apps.web.headers import REPORT_HEADERS
from formcheck.apps.web.problems import RefusedError, refusals
from formcheck.apps.web.site import Here, Site
from formcheck.apps.web.upload_request import PROPERTIES
from formcheck.exercises import catalog
from formcheck.files.folders import THUMBNAIL
from formcheck.store import Job, Status
from formcheck.types.frame import Turn

State = Literal["queued", "running", "done", "failed"]
Final = Literal["ok", "not_judgeable", "failed"]
router = APIRouter(prefix="/api/videos", tags=["videos"])
VideoId = Annotated[str, InPath(pattern="^[0-9a-f]{32}$")]
FaultId = Annotated[str, InPath(pattern="^[a-z][a-z0-9_]{0,63}$")]
_STATUS: dict[Status, tuple[State, Final | None]] = {
    "queued": ("queued", None),
    "running": ("running", None),
    "ok": ("done", "ok"),
    "not_judgeable": ("done", "not_judgeable"),
    "failed": ("failed", "failed"),
}
_NO_VIDEO = "no such video"
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": PROPERTIES,
                }
            }
        },
    }
}


class Accepted(BaseModel):
    """A video that was taken."""

    id: str


class UploadedVideo(BaseModel):
    """An uploaded video, what was said of it, and how far it is."""

    id: str
    name: str
    status: State
    outcome: Final | None
    progress: float | None
    reason: str | None
    exercise: str
    exercise_name: str | None
    created: datetime
    person: str | None
    side: str | None
    view: str | None
    rotate: Turn | None
    slowmo: float | None
    careful: bool | None
    score: int | None
    coverage: float | None
    told: str | None


@router.post(
    "",
    status_code=202,
    openapi_extra=_FORM,
    responses=refusals(400, 408, 413, 415, 422, 429, 507),
)
async def upload(site: Here, request: Request) -> Accepted:
    """Send a video to be judged."""
    job = await site.intake.take(request)
    return Accepted(id=job.id)


@router.get("", responses=refusals(422))
def videos(
    site: Here,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> list[UploadedVideo]:
    """The videos, newest first."""
    return [_video(site, job) for job in site.judging.newest(offset, limit)]


@router.get("/{video}", responses=refusals(404, 422))
def video(site: Here, video: VideoId) -> UploadedVideo:
    """How far a video is."""
    return _video(site, _job(site, video))


@router.delete("/{video}", status_code=204, responses=refusals(404, 422))
async def delete(site: Here, video: VideoId) -> Response:
    """Throw a video and all that came of it away, also while it waits or is judged."""
    if not await run_in_threadpool(site.judging.delete, video):
        raise RefusedError(404, _NO_VIDEO)
    return Response(status_code=204)


def _file(media: str, schema: dict[str, Any]) -> dict[str, Any]:
    """How the OpenAPI document describes a route that answers with a file."""
    answer = {"description": "The file.", "content": {media: {"schema": schema}}}
    return {"response_class": FileResponse, "responses": {200: answer, **refusals(404, 422)}}


_BINARY = {"type": "string", "format": "binary"}


@router.get("/{video}/session", **_file("application/json", {"type": "object"}))
def session(site: Here, video: VideoId) -> Response:
    """session.json."""
    return _sent(site, video, "session.json", "application/json")


@router.get("/{video}/report", **_file("text/html", {"type": "string"}))
def report(site: Here, video: VideoId) -> Response:
    """The report: one HTML file."""
    return _sent(site, video, "report.html", "text/html; charset=utf-8", REPORT_HEADERS)


@router.get("/{video}/annotated", **_file("video/mp4", _BINARY))
def annotated(site: Here, video: VideoId) -> Response:
    """The video with what was seen drawn over it, MP4; byte ranges may be asked for."""
    return _sent(site, video, "annotated.mp4", "video/mp4")


@router.get("/{video}/thumbnail", **_file("image/jpeg", _BINARY))
def thumbnail(site: Here, video: VideoId) -> Response:
    """A small picture."""
    return _sent(site, video, THUMBNAIL, "image/jpeg")


@router.get("/{video}/evidence/{fault}.jpg", **_file("image/jpeg", _BINARY))
def evidence(site: Here, video: VideoId, fault: FaultId) -> Response:
    """The worst moment of a fault."""
    return _sent(site, video, f"evidence/{fault}.jpg", "image/jpeg")


def _job(site: Site, video: str) -> Job:
    job = site.judging.find(video)
    if job is None:
        raise RefusedError(404, _NO_VIDEO)
    return job


def _sent(
    site: Site, video: str, name: str, media: str, headers: Mapping[str, str] | None = None
) -> FileResponse:
    path = site.judging.result(_job(site, video), name)
    if path is None:
        raise RefusedError(404, "no such result: not judged yet, or nothing was found")
    return FileResponse(path, media_type=media, headers=headers)


def _video(site: Site, job: Job) -> UploadedVideo:
    request = job.request
    found = None if job.session is None else site.store.session_row(job.session)
    exercise = catalog().get(request.exercise)
    status, outcome = _STATUS[job.status]
    return UploadedVideo(
        id=job.id,
        name=request.name,
        status=status,
        outcome=outcome,
        progress=job.progress,
        reason=job.reason,
        exercise=found.exercise if found else request.exercise,
        exercise_name=found.exercise_name if found else exercise.name if exercise else None,
        created=job.created,
        person=request.person,
        side=request.side,
        view=request.view,
        rotate=request.rotation_deg,
        slowmo=request.slowmo,
        careful=request.careful,
        score=found.score if found else None,
        coverage=found.coverage if found else None,
        told=done(found) if found else None,
    )
