"""The HTTP API of what was done over time: the trend of an exercise as data and as drawings."""

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from starlette.responses import Response

from formcheck.apps.history import read_trend, rows_of
from formcheck.apps.web.headers import DRAWING_POLICY
from formcheck.apps.web.problems import RefusedError, refusals
from formcheck.apps.web.site import Here, Site
from formcheck.codec.progress import TREND, trend_to_json
from formcheck.outputs.trend_plot import trend_plot
from formcheck.store import Damage, SessionRow, Store
from formcheck.types.trend import Trend

router = APIRouter(prefix="/api/history", tags=["history"])

Id = Annotated[str, InPath(max_length=80)]
Person = Annotated[str | None, Query(max_length=200)]
_SVG = {"description": "The drawing.", "content": {"image/svg+xml": {"schema": {"type": "string"}}}}


@router.get("", response_model=TREND, responses=refusals(404, 422))
def history(site: Here, exercise: Annotated[str, Query(max_length=80)], person: Person = None) -> Response:
    """What changed over the sessions of one exercise."""
    return Response(trend_to_json(_asked(site, exercise, person)), media_type="application/json")


@router.get("/{exercise}/{metric}.svg", response_class=Response, responses={200: _SVG, **refusals(404, 422)})
def drawing(site: Here, exercise: Id, metric: Id, person: Person = None) -> Response:
    """One number over the sessions, drawn."""
    series = next((s for s in _asked(site, exercise, person).series if s.id == metric), None)
    if series is None:
        raise RefusedError(404, "no such number")
    headers = {"content-security-policy": DRAWING_POLICY}
    return Response(trend_plot(series), media_type="image/svg+xml", headers=headers)


def trend_of(site: Site, exercise: str, person: str | None) -> Trend | None:
    """The trend of an exercise; None if there is no session of it."""
    rows = rows_of(site.store, exercise, person or None)
    return trend_of_rows(site, rows)[0] if rows else None


def trend_of_rows(site: Site, rows: tuple[SessionRow, ...]) -> tuple[Trend, tuple[Damage, ...]]:
    """The trend of some sessions of one exercise, and what could not be read of it."""
    return _cached(site.store, rows)


@lru_cache(maxsize=8)
def _cached(store: Store, rows: tuple[SessionRow, ...]) -> tuple[Trend, tuple[Damage, ...]]:
    """A page asks for the same trend once itself and once for each of its drawings."""
    damages: list[Damage] = []
    return read_trend(store, rows, damages.append), tuple(damages)


def _asked(site: Site, exercise: str, person: str | None) -> Trend:
    trend = trend_of(site, exercise, person)
    if trend is None:
        raise RefusedError(404, "no session of it")
    return trend
