"""One number over many sessions as a drawing: what was measured, how sure, and what would be no change."""

import math
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from formcheck.outputs import trend_words, words
from formcheck.outputs.chart import Floats, Plane, PlotArea, dots, path
from formcheck.outputs.html import environment
from formcheck.types.trend import Point, Series

FRAME = PlotArea(width=360, height=190, left=40, top=14, right=346, bottom=162, inset=10.0)
#: From so many points on they are drawn smaller.
_MANY = 40
#: Standard errors on either side of a point: 95 of 100 such bars hold what was to be measured.
_BAR = 1.96
_LABELS_APART = 72.0  # pixels between the middles of two dates
_DAY_S = 86400.0
_YEAR_S = 300 * _DAY_S


def trend_plot(series: Series) -> str:
    """The drawing as a file of its own; the same bytes for the same series.

    Dates are those of the points' own time zones. Points that are not compared are hollow; what was not
    assessed is a tick at the bottom.
    """
    plane = _plane(series)
    seen = [p for p in series.points if p.value is not None]
    compared, hollow = ([p for p in seen if p.compared is which] for which in (True, False))
    line = [p for p in series.points if p.like and (p.compared or p.value is None)]
    gaps = [p for p in series.points if p.value is None]
    text = (
        environment()
        .get_template("trend.svg.j2")
        .render(
            frame=FRAME,
            alt=alt(series),
            ticks_y=plane.ticks_y(words.factor(series.unit)),
            ticks_x=_dates(plane, series.points),
            band=_band(plane, series),
            base=None if series.base is None else float(plane.y(series.base)),
            line=path(*_places(plane, line)),
            bars="".join(_bar(plane, p) for p in compared),
            dots=dots(*_places(plane, compared)),
            hollow=list(zip(*_places(plane, hollow), strict=True)),
            missing="".join(f"M{_x(plane, p):.1f} {FRAME.bottom}v-5" for p in gaps),
            radius=2.0 if len(seen) > _MANY else 3.5,
            last=_last(plane, series),
        )
    )
    return text.strip() + "\n"


def alt(series: Series) -> str:
    """The drawing in words."""
    seen = [p.value for p in series.points if p.value is not None]
    what = f"{trend_words.title(series)} of {words.count(len(series.points), 'session')}"
    if not seen:
        return f"{what}: never assessed."
    ends = (trend_words.quantity(x, series.unit) for x in (min(seen), max(seen)))
    return f"{what}: between {' and '.join(ends)}. {trend_words.verdict(series)}"


def _plane(series: Series) -> Plane:
    moments = [p.when.timestamp() for p in series.points] or [0.0]
    shown = [v for p in series.points for v in _interval(p)]
    if series.base is not None:
        reach = series.needs or 0.0
        shown += [series.base - reach, series.base + reach]
    return Plane.around(FRAME, min(moments), max(moments), shown)


def _interval(p: Point) -> tuple[float, ...]:
    """What holds the number in 95 of 100 sessions: low and high; nothing where it was not assessed."""
    if p.value is None:
        return ()
    return p.value - _BAR * (p.error or 0.0), p.value + _BAR * (p.error or 0.0)


def _x(plane: Plane, p: Point) -> float:
    return float(plane.x(p.when.timestamp()))


def _places(plane: Plane, points: Sequence[Point]) -> tuple[Floats, Floats]:
    """Pixels of each; NaN for the height of what was not assessed."""
    values = np.array([math.nan if p.value is None else p.value for p in points])
    return plane.x(np.array([p.when.timestamp() for p in points])), plane.y(values)


def _band(plane: Plane, series: Series) -> tuple[float, float] | None:
    """Top and height of what would be no change."""
    if series.base is None or series.needs is None:
        return None
    top, bottom = (float(plane.y(series.base + by)) for by in (series.needs, -series.needs))
    return top, bottom - top


def _bar(plane: Plane, p: Point) -> str:
    if p.value is None or p.error is None:
        return ""
    bottom, top = (float(plane.y(value)) for value in _interval(p))
    return f"M{_x(plane, p):.1f} {top:.1f}V{bottom:.1f}"


def _last(plane: Plane, series: Series) -> tuple[float, float, str] | None:
    """Where the latest is, and how it is marked."""
    found = [p for p in series.points if p.compared]
    if not found:
        return None
    kind = {"better": "better", "worse": "worse"}.get(series.meaning or "", "changed" if series.clear else "")
    return _x(plane, found[-1]), float(plane.y(found[-1].value or 0.0)), kind


def _dates(plane: Plane, points: Sequence[Point]) -> list[tuple[float, str, str]]:
    """Days of some sessions, not too near each other: the last and the first, then what fits between."""
    if not points:
        return []
    ordered = [points[-1], points[0], *points[1:-1]]
    taken: list[tuple[float, str, str]] = []
    for p in ordered:
        x = _x(plane, p)
        if all(abs(x - other) >= _LABELS_APART for other, _, _ in taken):
            taken.append((x, _date(p.when, plane.x1 - plane.x0), _anchor(x)))
    return sorted(taken)


def _date(when: datetime, span_s: float) -> str:
    if span_s < _DAY_S:
        return f"{when:%H:%M}" if span_s else f"{when.day} {when:%b %Y}"
    return f"{when:%b %Y}" if span_s > _YEAR_S else f"{when.day} {when:%b}"


def _anchor(x: float) -> str:
    if x > FRAME.right - _LABELS_APART / 3:
        return "end"
    return "start" if x < FRAME.left + _LABELS_APART / 3 else "middle"
