"""The page of what was done over time: the sessions of one exercise, and what has really changed."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from formcheck.apps.web.site import Here, render
from formcheck.apps.web.video_pages import day, done
from formcheck.outputs import words
from formcheck.store.records import SessionRow

router = APIRouter(include_in_schema=False)
#: So many of the newest sessions stand in the table.
MOST_SESSIONS = 100


@router.get("/history")
def history(
    site: Here,
    exercise: Annotated[str | None, Query(max_length=200)] = None,
    person: Annotated[str | None, Query(max_length=200)] = None,
) -> HTMLResponse:
    """One exercise over time; the one last done if none is named."""
    people = site.store.people()
    person = person if person in people else None
    exercises = [
        {"id": id_, "name": name, "count": count} for id_, name, count in site.store.exercises(person)
    ]
    chosen = next((e for e in exercises if e["id"] == exercise), None)
    if chosen is None and exercises:
        (last,) = site.store.sessions(person=person, limit=1)
        chosen = next(e for e in exercises if e["id"] == last.exercise)
    sessions: list[SessionRow] = []
    if chosen is not None:
        sessions = site.store.sessions(exercise=str(chosen["id"]), person=person, limit=MOST_SESSIONS)
    return render(
        "history",
        exercises=exercises,
        people=people,
        chosen=chosen,
        person=person,
        sessions=[line(s) for s in sessions],
        trends=[],
        changes=[],
    )


def line(session: SessionRow) -> dict[str, Any]:
    """A session as lists show it."""
    return {
        "row": session,
        "day": day(session.when),
        "done": words.sentence(done(session)),
        "page": f"/sessions/{session.id}",
        "from": session.name if session.origin == "video" else "live",
    }
