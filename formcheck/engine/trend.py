"""Many sessions of one exercise: what the latest changed against the first, beyond what chance changes."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import numpy as np

from formcheck.engine.compare import DECIMALS
from formcheck.engine.drift import MAD_TO_SD
from formcheck.engine.noise import detectable, pooled
from formcheck.engine.numbers import CADENCE, Number, numbers
from formcheck.errors import FormcheckError
from formcheck.exercises import catalog, judging
from formcheck.types.gait import Bounds
from formcheck.types.session import Session
from formcheck.types.trend import Meaning, Point, Series, Trend

#: So many sessions make the level that the latest is held against.
FIRST = 3
#: From so many sessions on, what neighbours differ by is part of the noise; of fewer, a steady rise would
#: not stand out from it.
LEAST_NEIGHBOURS = 6


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
        _Dated(when, s, _key(s) == _key(last), {n.id: n for n in numbers(s, exercise)}) for when, s in ordered
    ]
    names = dict.fromkeys(name for d in reversed(dated) for name in d.told)
    series = [_series(dated, name) for name in names]
    told = tuple(s for s in series if any(p.value is not None for p in s.points))
    return Trend(last.exercise.id, last.exercise.name, len(dated), told, tuple(_notes(dated, told)))


#: What differs, where the parts of a key but the first do.
_OTHERWISE = (
    "of another way of moving than the latest",
    "judged by another pose model",
    "judged by another exercise file",
)


def _key(session: Session) -> tuple[object, ...]:
    """What must be the same for numbers to be compared."""
    kind = session.gait.kind if session.gait else None
    return session.view.name, kind, session.model, judging(session.exercise.digest)


def _series(dated: Sequence[_Dated], name: str) -> Series:
    found = [d.told.get(name) for d in dated]
    head = next(n for n in reversed(found) if n is not None)
    told = [_in_unit(n or replace(_EMPTY, unit=head.unit), head.unit) for n in found]
    points = tuple(
        Point(d.when, n.value, n.error, n.n, d.like, n.reason) for d, n in zip(dated, told, strict=True)
    )
    series = Series(name, head.what, head.unit, points)
    compared = [n for d, n in zip(dated, told, strict=True) if d.like and n.value is not None]
    return _judged(series, compared) if compared else replace(series, reason="not assessed as it is now")


_EMPTY = Number("", "", "", reason="not a number of it")


def _in_unit(number: Number, unit: str) -> Number:
    if number.unit == unit:
        return number
    return replace(number, value=None, error=None, reason="told in another unit")


def _judged(series: Series, told: Sequence[Number]) -> Series:
    """With its verdict, from the numbers that can be compared; there is at least one."""
    values = [n.value for n in told if n.value is not None]
    first = min(FIRST, max(1, len(values) - 1))
    base, latest = float(np.mean(values[:first])), values[-1]
    sem, needs = _detectable(told, values)
    series = replace(series, base=base, first=first, latest=latest, sem=sem, needs=needs)
    if len(values) == 1:
        return replace(series, reason="only once so far; changes show from the second time on")
    if needs is None:
        return replace(series, reason="how much it varies is not known")
    delta = round(latest - base, DECIMALS)
    clear = delta != 0 and abs(delta) >= needs
    meaning = _meaning(base, latest, told[-1]) if clear else None
    return replace(series, delta=delta, clear=clear, meaning=meaning)


def _detectable(told: Sequence[Number], values: Sequence[float]) -> tuple[float | None, float | None]:
    """Standard error of measurement and minimal detectable change; None where nothing tells them.

    The SEM is pooled over the sessions; where neighbours differ by more than that, the day is part of the
    noise. No change below the sensor's own is detectable.
    """
    least = max(n.least for n in told)
    errors = [(n.error, n.n) for n in told if n.error is not None]
    needs, sem = least, None
    if errors:
        sem = pooled([e for e, _ in errors])
        needs = max(needs, detectable(sem, sum(n - 1 for _, n in errors)))
    if len(values) >= LEAST_NEIGHBOURS:
        day = MAD_TO_SD * float(np.median(np.abs(np.diff(values)))) / math.sqrt(2)
        sem = max(sem or 0.0, day)
        needs = max(needs, detectable(day, len(values) - 1))
    return sem, needs or None


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
    last = _key(dated[-1].session)
    told = (f"seen from another view than the latest ({last[0]})", *_OTHERWISE)
    for i, what in enumerate(told):
        differ = sum(_key(d.session)[i] != last[i] for d in dated)
        if differ:
            yield f"{differ} of {len(dated)} sessions {_were(differ)} {what}: shown, but not compared."
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


def _were(n: int) -> str:
    return "was" if n == 1 else "were"
