"""Two sessions of one exercise: what changed beyond what chance and the sensor change."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from formcheck.errors import FormcheckError
from formcheck.exercises.strides import DriftRule
from formcheck.progress.numbers import CADENCE
from formcheck.progress.trend import SPREAD_UNKNOWN, RepeatedMeasure, follow, measure, protocol
from formcheck.types.comparison import Change, Comparison, FaultChange
from formcheck.types.reason import Reason
from formcheck.types.session import Session


def compare(a: Session, b: Session) -> Comparison:
    """What changed from ``a`` to ``b``: their `trend`, of each number of both.

    Raises
    ------
    FormcheckError
        If they are not of one known exercise.
    """
    clips = f"{a.source.name} and {b.source.name}"
    if a.exercise.id != b.exercise.id:
        both = f"{a.exercise.name} and {b.exercise.name}"
        raise FormcheckError(f"{clips}: different exercises ({both}); compare two sessions of one exercise")
    if a.exercise.id == "unknown":
        raise FormcheckError(f"{clips}: the exercise is unknown; analyse them again with --exercise")
    exercise, measured = measure((a, b))
    first, second = measured
    drifts = exercise.drift if exercise else {}
    names = {**first.numbers, **second.numbers}
    changes = tuple(_change(one, first.like, drifts.get(one.id)) for one in follow(measured, names))
    notes = (*_filmed(a, b), *_judged(a, b), *_paced(changes))
    return Comparison(a.exercise.id, a.source.name, b.source.name, changes, tuple(_faults(a, b)), notes)


def _change(one: RepeatedMeasure, alike: bool, drift: DriftRule | None) -> Change:
    """Of one number; ``drift`` knows which way it goes as people tire."""
    early, late = one.numbers
    change = Change(one.id, one.what, one.unit, early.value, late.value)
    reason, found = _not_compared(one, alike), one.change
    if found is None or found.delta is None or reason is not None:
        return replace(change, reason=reason or SPREAD_UNKNOWN)
    tired = drift is not None and found.clear and found.delta * (1 if drift.tired == "up" else -1) > 0
    return replace(
        change,
        delta=found.delta,
        noise=found.sem,
        least=found.least,
        needs=found.mdc,
        clear=found.clear,
        why=drift.why if drift and tired else "",
    )


def _not_compared(one: RepeatedMeasure, alike: bool) -> Reason | None:
    """Why a number of the two has no part in a verdict."""
    for which, number in zip(("first", "second"), one.numbers, strict=True):
        if not number.compared:
            return Reason("in_one", which=which, reason=number.reason or Reason("not_assessed"))
    return None if alike else Reason("not_alike")


def _faults(a: Session, b: Session) -> Iterator[FaultChange]:
    """Faults whose verdict differs, those of the second session first."""
    faults = {f.id: f for s in (a, b) for f in s.faults}
    first, second = ({c.id: c.verdict for c in s.checks} for s in (a, b))
    for name in dict.fromkeys(f.id for s in (b, a) for f in s.faults):
        early, late = (verdicts.get(name, "not_assessable") for verdicts in (first, second))
        if early != late:
            yield FaultChange(name, faults[name].cue, faults[name].why, early, late)


def _filmed(a: Session, b: Session) -> Iterator[Reason]:
    """What the two clips have not in common."""
    if a.view.name != b.view.name:
        yield Reason("views_differ", first=a.view.name, second=b.view.name)
    elif a.view.near_side != b.view.near_side:
        near, other = (s.view.near_side or "unknown" for s in (a, b))
        yield Reason("near_sides_differ", first=near, second=other)
    if a.gait and b.gait and a.gait.kind != b.gait.kind:
        yield Reason("ways_of_moving_differ", kinds=(a.gait.kind, b.gait.kind))
    for which, session in (("first", a), ("second", b)):
        if session.gait and session.gait.camera == "moving":
            yield Reason("camera_moved_in_one", which=which)
        if session.sections:
            yield Reason("several_exercises_in_one", which=which)


def _judged(a: Session, b: Session) -> Iterator[Reason]:
    """What judged them differently, which can look like a change."""
    for what, first, second in (
        ("pose_models", a.model, b.model),
        ("exercise_files", protocol(a).exercise, protocol(b).exercise),
        ("versions_of_formcheck", a.formcheck, b.formcheck),
    ):
        if first != second:
            yield Reason("judged_otherwise", what=what)


def _paced(changes: Iterable[Change]) -> Iterator[Reason]:
    """The speed of a run is not known; cadence is its only sign."""
    if any(c.id == CADENCE and c.clear for c in changes):
        yield Reason("cadence_changed")
