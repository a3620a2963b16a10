"""Pages of uploaded videos: sending them, their list, and the result of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from formcheck.apps.history import done
from formcheck.apps.web.cards import cards
from formcheck.apps.web.judging import QUEUE
from formcheck.apps.web.site import Here, Site, render
from formcheck.exercises import catalog
from formcheck.files.folders import THUMBNAIL
from formcheck.outputs import words
from formcheck.outputs.player import player
from formcheck.store.records import FINAL, Job, JobRequest, SessionRow, Status
from formcheck.types.frame import Turn

router = APIRouter(include_in_schema=False)
PER_PAGE = 20
#: A page asks for the rows of at most so many uploads at once.
MOST_ROWS = 50
#: Advice that asks, or tells, how the video was read: it can be sent again with another word.
_READ_OTHERWISE = {"picture_turned", "picture_perhaps_turned", "slow_motion", "slow_motion_taken_out"}
#: Where up can be in a picture, by how far that has to be turned clockwise, degrees.
_UP: dict[Turn, str] = {0: "at the top", 90: "on the left", 270: "on the right", 180: "at the bottom"}
_STATES: dict[Status, str] = {
    "running": "being judged",
    "queued": "waiting",
    "not_judgeable": "not judgeable",
    "failed": "failed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A video as lists and its own page show it.

    In words ``says`` is its state, or what was done, and ``asked`` how its sender wanted it read.
    """

    id: str
    name: str
    state: Status
    says: str
    progress: float | None
    exercise_name: str | None
    person: str | None
    asked: str
    created: datetime
    day: str
    score: int | None
    coverage: float | None
    pictured: bool

    @property
    def going(self) -> bool:
        """Whether there is more to come."""
        return self.state not in FINAL


@router.get("/upload")
def upload(site: Here) -> HTMLResponse:
    """Where videos are sent from."""
    by_group = groupby(sorted(cards(), key=lambda card: (card["group"], card["name"])), lambda c: c["group"])
    return render(
        "upload",
        exercises=[(words.sentence(group), list(members)) for group, members in by_group],
        people=site.store.people(),
        limits=site.limits,
        kept=site.keep_uploads,
        up=_UP,
        can_be_careful=site.judging.can_be_careful,
    )


@router.get("/videos")
def videos(site: Here, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> HTMLResponse:
    """The list of videos, newest first."""
    counts = site.store.counts(QUEUE)
    pages = max(1, -(-sum(counts.values()) // PER_PAGE))
    number = min(page, pages)
    return render("videos", videos=_page(site, number), number=number, pages=pages, counted=_counted(counts))


@router.get("/videos/rows")
def rows(
    site: Here,
    page: Annotated[int | None, Query(ge=1, le=100_000)] = None,
    id: Annotated[Sequence[str], Query(max_length=MOST_ROWS)] = (),  # noqa: A002  as the address has it
) -> HTMLResponse:
    """The rows of one page, or those of some videos, for a list that renews itself."""
    if page:
        counted = _counted(site.store.counts(QUEUE))
        return render("video_list", videos=_page(site, page), counted=counted)
    found = [row_of(site, job) for i in id if (job := _find(site, i))]
    return render("video_list", videos=found, counted=None)


@router.get("/videos/{video}")
def video(site: Here, video: str) -> HTMLResponse:
    """One video: how far it is, or its result."""
    job = _find(site, video)
    if job is None:
        return render("missing", 404)
    session = None if job.session is None else site.store.session(job.session)
    film = site.judging.result(job, "annotated.mp4") is not None
    result = None if session is None else player(session)
    again = session is not None and any(tip.id in _READ_OTHERWISE for tip in session.capture)
    return render("video", v=row_of(site, job), r=result, film=film, again=again)


@router.get("/videos/{video}/state")
def state(site: Here, video: str) -> HTMLResponse:
    """How far a video is, for a page that waits; empty when it is at its end."""
    job = _find(site, video)
    if job is None:
        return render("missing", 404)
    return render("video_state", v=row_of(site, job))


def row_of(site: Site, job: Job) -> Row:
    """A job as it is shown."""
    found = None if job.session is None else site.store.session_row(job.session)
    asked = catalog().get(job.request.exercise)
    return Row(
        id=job.id,
        name=job.request.name,
        state=job.status,
        says=_says(job, found),
        progress=job.progress,
        exercise_name=found.exercise_name if found else asked.name if asked else None,
        person=job.request.person,
        asked=_asked(job.request),
        created=job.created,
        day=day(job.created),
        score=found.score if found else None,
        coverage=found.coverage if found else None,
        pictured=site.judging.result(job, THUMBNAIL) is not None,
    )


def day(when: datetime) -> str:
    """A moment as people here write it."""
    here = when.astimezone()
    return f"{here.day} {here:%b %Y}, {here:%H:%M}"


def _find(site: Site, name: str) -> Job | None:
    return site.judging.find(name) if name.isalnum() else None


def _asked(request: JobRequest) -> str:
    parts = []
    if request.rotation_deg is not None:
        parts.append(f"up is {_UP[request.rotation_deg]}")
    if request.slowmo is not None:
        parts.append(f"{request.slowmo:g} times slower than life")
    if request.careful:
        parts.append("looked at more carefully")
    return ", ".join(parts)


def _says(job: Job, session: SessionRow | None) -> str:
    if job.status == "ok":
        return "Done" if session is None else words.sentence(done(session))
    if job.status == "running":
        return "Being judged" + ("" if job.progress is None else f", {100 * job.progress:.0f}\u00a0%")
    if job.status == "queued":
        return "Waiting its turn"
    why = (job.reason or "no reason is known").removeprefix(f"{job.request.path}: ").rstrip(".")
    return f"Not judgeable: {why}." if job.status == "not_judgeable" else f"Failed: {why}."


def _page(site: Site, number: int) -> list[Row]:
    return [row_of(site, job) for job in site.judging.newest((number - 1) * PER_PAGE, PER_PAGE)]


def _counted(counts: Mapping[Status, int]) -> str:
    """All of them in one line; states that none is in are left out."""
    total = sum(counts.values())
    if not total:
        return "None yet."
    parts = [f"{counts[state]} {name}" for state, name in _STATES.items() if counts.get(state)]
    return ", ".join([words.count(total, "video"), *parts]) + "."
