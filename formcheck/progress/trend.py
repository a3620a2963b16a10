"""Many sessions of one exercise: what the latest changed against the first, beyond what chance changes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from formcheck.errors import FormcheckError
from formcheck.exercises import catalog
from formcheck.progress.changes import LEAST_NEIGHBOURS, judged, way
from formcheck.progress.numbers import CADENCE, TOO_FEW, Number, numbers
from formcheck.types.gait import Bounds
from formcheck.types.session import Session
from formcheck.types.trend import Meaning, Point, Series, Trend


class _Dated(NamedTuple):
    when: datetime
    session: Session
    like: bool
    told: dict[str, Number]


def trend(sessions: Sequence[tuple[datetime, Session]]) -> Trend:
    """What changed over the sessions of one exercise; their order does not matter.

    Raises
    ------
    FormcheckError
        If there are none, or they are not of one exercise.
    """
    if len({s.exercise.id for _, s in sessions}) != 1:
        raise FormcheckError("a trend needs sessions of one exercise; name it")
    ordered = sorted(sessions, key=lambda dated: dated[0])
    last = ordered[-1][1]
    exercise = catalog().get(last.exercise.id)
    dated = [
        _Dated(when, s, way(s) == way(last), {n.id: n for n in numbers(s, exercise)}) for when, s in ordered
    ]
    names = dict.fromkeys(name for d in reversed(dated) for name in d.told)
    series = [_series(dated, name) for name in names]
    told = tuple(s for s in series if any(p.value is not None for p in s.points))
    return Trend(last.exercise.id, last.exercise.name, len(dated), told, tuple(_notes(dated, told)))


#: What differs, where the parts of a `Way` but the first do.
_OTHERWISE = (
    "of another way of moving than the latest",
    "judged by another pose model",
    "judged by another exercise file",
)


def _series(dated: Sequence[_Dated], name: str) -> Series:
    found = [d.told.get(name) for d in dated]
    known = [n for n in found if n is not None]
    head = next((n for n in reversed(known) if n.value is not None), known[-1])
    told = [_in_unit(n or _EMPTY, head.unit) for n in found]
    points = tuple(
        Point(d.when, n.value, n.error, n.n, d.like, n.reason) for d, n in zip(dated, told, strict=True)
    )
    series = Series(name, head.what, head.unit, points)
    compared = [n for p, n in zip(points, told, strict=True) if p.compared]
    if compared:
        return _judged(series, compared)
    last = next((p for p in reversed(points) if p.like and p.value is not None), None)
    if last is None:
        return replace(series, reason="not assessed as it is now")
    return replace(series, latest=last.value, reason=last.reason)


_EMPTY = Number("", "", "", reason="not a number of it")


def _in_unit(number: Number, unit: str) -> Number:
    if number.value is None or number.unit == unit:
        return number
    return replace(number, value=None, error=None, reason="told in another unit")


def _judged(series: Series, told: Sequence[Number]) -> Series:
    """With its verdict, from the numbers that can be compared; there is at least one."""
    found = judged(told)
    series = replace(
        series, base=found.base, first=found.first, latest=found.latest, sem=found.sem, needs=found.needs
    )
    if len(told) == 1:
        return replace(series, reason="only once so far; changes show from the second time on")
    if found.delta is None:
        return replace(series, reason="how much it varies is not known")
    meaning = _meaning(found.base, found.latest, told[-1]) if found.clear else None
    return replace(series, delta=found.delta, clear=found.clear, meaning=meaning)


def _meaning(base: float, latest: float, number: Number) -> Meaning:
    """What a clear change means: better or worse only where an aim or a limit says so."""
    if number.aim == "even":
        return "more even" if abs(latest) < abs(base) else "less even"
    if number.aim == "more":
        return "better" if latest > base else "worse"
    before, now = (_beyond(x, number.limits) for x in (base, latest))
    if before != now:
        return "better" if now < before else "worse"
    return "more" if latest > base else "less"


def _beyond(value: float, limits: Bounds) -> float:
    """How far a number is beyond its limits; 0 within them."""
    low, high = limits
    return max(0.0, (low - value) if low is not None else 0.0, (value - high) if high is not None else 0.0)


def _notes(dated: Sequence[_Dated], series: Sequence[Series]) -> Iterator[str]:
    """What makes the trend less sure, in words."""
    yield from _left_out(dated)
    like = [d.session for d in dated if d.like]
    if len({s.formcheck for s in like}) > 1:
        yield "Different versions of formcheck judged them, which alone can change numbers; judge them again."
    if len({s.view.near_side for s in like}) > 1:
        yield "The side toward the camera changed: near arm and leg are not the same ones."
    if any(s.gait and s.gait.camera == "moving" for s in like):
        yield "The camera moved in some of them, so their numbers are less sure."
    if any(s.sections for s in like):
        yield "Some hold several exercises; the longest is compared."
    if len(like) < LEAST_NEIGHBOURS and any(s.clear for s in series):
        yield (
            f"Fewer than {LEAST_NEIGHBOURS} sessions: how much you differ from day to day is not known yet,"
            " so a change may be a good or a bad day."
        )
    if any(s.id == CADENCE and s.clear for s in series):
        yield "The cadence changed: if the speed did too, other changes may come from it."


def _left_out(dated: Sequence[_Dated]) -> Iterator[str]:
    """Which sessions, or numbers of theirs, have no part in the verdicts."""
    last = way(dated[-1].session)
    told = (f"seen from another view than the latest ({last.view})", *_OTHERWISE)
    short = sum(d.like and any(n.reason in TOO_FEW for n in d.told.values()) for d in dated)
    for differ, what in (
        *((sum(way(d.session)[i] != last[i] for d in dated), what) for i, what in enumerate(told)),
        (short, "too short for some numbers"),
    ):
        if differ:
            yield f"{differ} of {len(dated)} sessions {_were(differ)} {what}: shown, but not compared."


def _were(n: int) -> str:
    return "was" if n == 1 else "were"
