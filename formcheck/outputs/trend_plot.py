"""One number over many sessions as a drawing: what was measured, how sure, and what would be no change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from formcheck.outputs import trend_words, words
from formcheck.outputs.html import environment
from formcheck.outputs.run_chart import path, ticks
from formcheck.types.trend import Point, Series

#: The canvas and the part of it that is drawn on: left, top, right, bottom.
WIDTH, HEIGHT = 360, 190
LEFT, TOP, RIGHT, BOTTOM = 40, 14, 346, 162
#: From so many points on they are drawn smaller.
_MANY = 40
#: Standard errors on either side of a point: 95 of 100 such bars hold what was to be measured.
_BAR = 1.96
_ROOM = 0.08  # above and below what is drawn
_LABELS_APART = 72.0  # pixels between the middles of two dates
_DAY_S = 86400.0
_YEAR_S = 300 * _DAY_S


@dataclass(frozen=True, slots=True)
class _Plane:
    """From moments and values to pixels; ``inset`` keeps points off the edges."""

    start: float
    span: float
    low: float
    high: float
    inset: float = 10.0

    def x(self, when: datetime) -> float:
        share = (when.timestamp() - self.start) / self.span if self.span else 0.5
        return LEFT + self.inset + share * (RIGHT - LEFT - 2 * self.inset)

    def y(self, value: float) -> float:
        return BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP)


def trend_plot(series: Series) -> str:
    """The drawing as a file of its own; the same bytes for the same series.

    Dates are those of the points' own time zones. Points that are not compared are hollow; what was not
    assessed is a tick at the bottom.
    """
    plane = _plane(series)
    seen = [p for p in series.points if p.value is not None]
    text = (
        environment()
        .get_template("trend.svg.j2")
        .render(
            width=WIDTH,
            height=HEIGHT,
            left=LEFT,
            right=RIGHT,
            bottom=BOTTOM,
            alt=alt(series),
            ticks_y=_ticks_y(plane, series.unit),
            ticks_x=_dates(plane, series.points),
            band=_band(plane, series),
            base=None if series.base is None else plane.y(series.base),
            line=_line(plane, series.points),
            bars="".join(_bar(plane, p) for p in seen if p.compared),
            dots="".join(_dot(plane, p) for p in seen if p.compared),
            hollow=[(plane.x(p.when), plane.y(p.value or 0.0)) for p in seen if not p.compared],
            missing="".join(f"M{plane.x(p.when):.1f} {BOTTOM}v-5" for p in series.points if p.value is None),
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


def _plane(series: Series) -> _Plane:
    moments = [p.when.timestamp() for p in series.points] or [0.0]
    shown = [
        v
        for p in series.points
        if p.value is not None
        for v in (p.value - _BAR * (p.error or 0.0), p.value + _BAR * (p.error or 0.0))
    ]
    if series.base is not None:
        reach = series.needs or 0.0
        shown += [series.base - reach, series.base + reach]
    low, high = (min(shown), max(shown)) if shown else (0.0, 1.0)
    room = _ROOM * (high - low) or max(abs(high), 1.0) * _ROOM
    return _Plane(min(moments), max(moments) - min(moments), low - room, high + room)


def _ticks_y(plane: _Plane, unit: str) -> list[tuple[float, str]]:
    times = words.factor(unit)
    shown = ticks(plane.low * times, plane.high * times)
    return [(plane.y(v / times), f"{v:g}".replace("-", "−")) for v in shown]


def _band(plane: _Plane, series: Series) -> tuple[float, float] | None:
    """Top and height of what would be no change."""
    if series.base is None or series.needs is None:
        return None
    top, bottom = plane.y(series.base + series.needs), plane.y(series.base - series.needs)
    return top, bottom - top


def _line(plane: _Plane, points: Sequence[Point]) -> str:
    """Through what is compared, broken where it was not assessed."""
    like = [p for p in points if p.like and (p.compared or p.value is None)]
    x = np.array([plane.x(p.when) for p in like])
    y = np.array([math.nan if p.value is None else plane.y(p.value) for p in like])
    return path(x, y)


def _bar(plane: _Plane, p: Point) -> str:
    if p.value is None or p.error is None:
        return ""
    top, bottom = (plane.y(p.value + sign * _BAR * p.error) for sign in (1, -1))
    return f"M{plane.x(p.when):.1f} {top:.1f}V{bottom:.1f}"


def _dot(plane: _Plane, p: Point) -> str:
    """A line of no length, which a round cap makes a dot."""
    return f"M{plane.x(p.when):.1f} {plane.y(p.value or 0.0):.1f}h0"


def _last(plane: _Plane, series: Series) -> tuple[float, float, str] | None:
    """Where the latest is, and how it is marked."""
    found = [p for p in series.points if p.compared]
    if not found:
        return None
    kind = {"better": "better", "worse": "worse"}.get(series.meaning or "", "changed" if series.clear else "")
    return plane.x(found[-1].when), plane.y(found[-1].value or 0.0), kind


def _dates(plane: _Plane, points: Sequence[Point]) -> list[tuple[float, str, str]]:
    """Days of some sessions, not too near each other: the last and the first, then what fits between."""
    if not points:
        return []
    ordered = [points[-1], points[0], *points[1:-1]]
    taken: list[tuple[float, str, str]] = []
    for p in ordered:
        x = plane.x(p.when)
        if all(abs(x - other) >= _LABELS_APART for other, _, _ in taken):
            taken.append((x, _date(p.when, plane.span), _anchor(x)))
    return sorted(taken)


def _date(when: datetime, span_s: float) -> str:
    if span_s < _DAY_S:
        return f"{when:%H:%M}" if span_s else f"{when.day} {when:%b %Y}"
    return f"{when:%b %Y}" if span_s > _YEAR_S else f"{when.day} {when:%b}"


def _anchor(x: float) -> str:
    if x > RIGHT - _LABELS_APART / 3:
        return "end"
    return "start" if x < LEFT + _LABELS_APART / 3 else "middle"
