"""The page of what was done over time: the sessions of one exercise, and what has really changed."""

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from formcheck.apps.history import done, rows_of
from formcheck.apps.web.history_api import trend_of_rows
from formcheck.apps.web.site import Here, render
from formcheck.apps.web.video_pages import day
from formcheck.messages import sentence
from formcheck.outputs import trend_plot, trend_words, words
from formcheck.store import Damage, SessionRow
from formcheck.types.trend import Series, Trend

router = APIRouter(include_in_schema=False)
#: So many of the newest sessions stand in the table.
MOST_SESSIONS = 100
_NOTHING = "Nothing has changed beyond what measuring alone gives."


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
    damages: list[Damage] = []
    if chosen is None and exercises:
        last = site.store.sessions(person=person, limit=1, note=damages.append)
        chosen = next((e for e in exercises if last and e["id"] == last[0].exercise), exercises[0])
    rows: tuple[SessionRow, ...] = ()
    if chosen is not None:
        rows = rows_of(site.store, str(chosen["id"]), person, note=damages.append)
    trend, unread = trend_of_rows(site, rows) if rows else (None, ())
    return render(
        "history",
        exercises=exercises,
        people=people,
        chosen=chosen,
        person=person,
        sessions=[line(s) for s in rows[:MOST_SESSIONS]],
        more=len(rows) > MOST_SESSIONS,
        damages=dict.fromkeys((*damages, *unread)),
        trends=[_figure(trend, s, person) for s in trend.series] if trend else [],
        changes=_changes(trend) if trend else [],
    )


def _figure(trend: Trend, series: Series, person: str | None) -> dict[str, Any]:
    """A drawing with its words."""
    whose = f"?{urlencode({'person': person})}" if person else ""
    return {
        "title": trend_words.title(series),
        "verdict": trend_words.verdict(series),
        "address": f"/api/history/{quote(trend.exercise)}/{quote(series.id)}.svg{whose}",
        "alt": trend_plot.alt(series),
        "width": trend_plot.FRAME.width,
        "height": trend_plot.FRAME.height,
    }


def _changes(trend: Trend) -> list[str]:
    """What has changed, in words, and what makes that less sure."""
    verdicts = ((trend_words.title(s), trend_words.verdict(s)) for s in trend.series if s.clear)
    clear = [f"{title}: {text[:1].lower()}{text[1:]}" for title, text in verdicts]
    compared = any(s.delta is not None for s in trend.series)
    nothing = [_NOTHING] if compared and not clear else []
    return [*clear, *nothing, *map(sentence, trend.notes)]


def line(session: SessionRow) -> dict[str, Any]:
    """A session as lists show it."""
    return {
        "row": session,
        "day": day(session.when),
        "done": words.sentence(done(session)),
        "page": f"/sessions/{session.id}",
        "from": session.name if session.origin == "video" else "live",
    }
