"""Sessions of one exercise: what the latest changed against the first, beyond what chance changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

import numpy as np

from formcheck.errors import FormcheckError
from formcheck.exercises import Exercise, catalog, judging
from formcheck.progress.noise import LEAST_NEIGHBOURS, measurement_error
from formcheck.progress.numbers import CADENCE, TOO_FEW, Number, numbers
from formcheck.types.gait import Bounds
from formcheck.types.pose import Model
from formcheck.types.reason import Reason
from formcheck.types.session import Session
from formcheck.types.trend import Meaning, Point, Series, Trend

#: So many sessions make the level that the latest is held against.
FIRST = 3
SPREAD_UNKNOWN = Reason("spread_unknown")
#: Finer than any sensor, coarser than the dust of floating point.
_DECIMALS = 9
_ABSENT = Number("", "", "", reason=Reason("no_number"))


class Protocol(NamedTuple):
    """How a session was filmed and judged: numbers are compared where all of it is the same."""

    view: str
    kind: str | None
    model: Model
    exercise: str


#: What differs, where the parts of a `Protocol` but the first do.
_OTHERWISE = (
    Reason("other_moving"),
    Reason("other_model"),
    Reason("other_file"),
)


def protocol(session: Session) -> Protocol:
    """That of a session."""
    kind = session.gait.kind if session.gait else None
    return Protocol(session.view.name, kind, session.model, judging(session.exercise.digest))


class Measured(NamedTuple):
    """A session with its numbers by their ids; ``like`` : filmed and judged as the latest was."""

    session: Session
    like: bool
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class ChangeScore:
    """The latest of some numbers against the mean of the ``first``, all in one unit.

    Attributes
    ----------
    least : smaller changes are the sensor's, however steady.
    sem, mdc : standard error of measurement and minimal detectable change; None where nothing gives them.
    delta : latest less base; None of a single number, or without an ``mdc``.
    clear : whether the change is detectable.
    """

    base: float
    first: int
    latest: float
    least: float
    sem: float | None
    mdc: float | None
    delta: float | None = None
    clear: bool = False


class RepeatedMeasure(NamedTuple):
    """One number over the sessions, in the order of time.

    Attributes
    ----------
    numbers : one a session; its value and error are None where they are not in ``unit``.
    compared : those that can be held against each other.
    change : of what is compared; None without any.
    """

    id: str
    what: str
    unit: str
    numbers: tuple[Number, ...]
    compared: tuple[Number, ...]
    change: ChangeScore | None


def measure(sessions: Sequence[Session]) -> tuple[Exercise | None, tuple[Measured, ...]]:
    """Sessions in the order of time, at least one, with their numbers; and their exercise, if it is known."""
    exercise, latest = catalog().get(sessions[-1].exercise.id), protocol(sessions[-1])
    return exercise, tuple(
        Measured(s, protocol(s) == latest, {n.id: n for n in numbers(s, exercise)}) for s in sessions
    )


def follow(measured: Sequence[Measured], names: Iterable[str]) -> Iterator[RepeatedMeasure]:
    """Each of the named numbers that any session has."""
    for name in names:
        found = [m.numbers.get(name, _ABSENT) for m in measured]
        head = next((n for n in reversed(found) if n.value is not None), None)
        if head is not None:
            alike = tuple(_in_unit(n, head.unit) for n in found)
            compared = tuple(n for m, n in zip(measured, alike, strict=True) if m.like and n.compared)
            change = _change_score(compared) if compared else None
            yield RepeatedMeasure(name, head.what, head.unit, alike, compared, change)


def _in_unit(number: Number, unit: str) -> Number:
    if number.value is None or number.unit == unit:
        return number
    return replace(number, value=None, error=None, reason=Reason("other_unit"))


def _change_score(compared: Sequence[Number]) -> ChangeScore:
    values = [n.value for n in compared if n.value is not None]
    first = min(FIRST, max(1, len(values) - 1))
    base, latest = float(np.mean(values[:first])), values[-1]
    least = max(n.least for n in compared)
    sem, mdc = measurement_error(values, [(n.error, n.n) for n in compared if n.error is not None], least)
    score = ChangeScore(base, first, latest, least, sem, mdc)
    if len(values) == 1 or mdc is None:
        return score
    delta = round(latest - base, _DECIMALS)
    return replace(score, delta=delta, clear=delta != 0 and abs(delta) >= mdc)


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
    _, measured = measure([s for _, s in ordered])
    names = dict.fromkeys(name for m in reversed(measured) for name in m.numbers)
    moments = [when for when, _ in ordered]
    series = tuple(_series(one, moments, measured) for one in follow(measured, names))
    last = ordered[-1][1].exercise
    return Trend(last.id, last.name, len(measured), series, tuple(_notes(measured, series)))


def _series(one: RepeatedMeasure, moments: Sequence[datetime], measured: Sequence[Measured]) -> Series:
    points = tuple(
        Point(when, n.value, n.error, n.n, m.like, n.reason)
        for when, n, m in zip(moments, one.numbers, measured, strict=True)
    )
    series = Series(one.id, one.what, one.unit, points)
    found = one.change
    if found is None:
        last = next((p for p in reversed(points) if p.like and p.value is not None), None)
        if last is None:
            return replace(series, reason=Reason("not_assessed_now"))
        return replace(series, latest=last.value, reason=last.reason)
    series = replace(
        series, base=found.base, first=found.first, latest=found.latest, sem=found.sem, needs=found.mdc
    )
    if len(one.compared) == 1:
        return replace(series, reason=Reason("only_once"))
    if found.delta is None:
        return replace(series, reason=SPREAD_UNKNOWN)
    return replace(series, delta=found.delta, clear=found.clear, meaning=_meaning(found, one.compared[-1]))


def _meaning(change: ChangeScore, number: Number) -> Meaning | None:
    """What a clear change means: better or worse only where an aim or a limit says so."""
    if not change.clear:
        return None
    base, latest = change.base, change.latest
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


def _notes(measured: Sequence[Measured], series: Sequence[Series]) -> Iterator[Reason]:
    """What makes the trend less sure."""
    yield from _left_out(measured)
    like = [m.session for m in measured if m.like]
    if len({s.formcheck for s in like}) > 1:
        yield Reason("versions_differ")
    if len({s.view.near_side for s in like}) > 1:
        yield Reason("near_side_changed")
    if any(s.gait and s.gait.camera == "moving" for s in like):
        yield Reason("camera_moved_in_some")
    if any(s.sections for s in like):
        yield Reason("several_exercises_in_some")
    if len(like) < LEAST_NEIGHBOURS and any(s.clear for s in series):
        yield Reason("days_unknown", least=LEAST_NEIGHBOURS)
    if any(s.id == CADENCE and s.clear for s in series):
        yield Reason("cadence_changed")


def _left_out(measured: Sequence[Measured]) -> Iterator[Reason]:
    """Which sessions, or numbers of theirs, have no part in the verdicts."""
    last = protocol(measured[-1].session)
    otherwise = (Reason("other_view", latest=last.view), *_OTHERWISE)
    short = sum(m.like and any(n.reason in TOO_FEW for n in m.numbers.values()) for m in measured)
    for differ, what in (
        *(
            (sum(protocol(m.session)[i] != last[i] for m in measured), what)
            for i, what in enumerate(otherwise)
        ),
        (short, Reason("too_short")),
    ):
        if differ:
            yield Reason("left_out", n=differ, of=len(measured), what=what)
