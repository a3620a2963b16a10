"""Two sessions of one exercise: what changed beyond what chance and the sensor change."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from formcheck.errors import FormcheckError
from formcheck.exercises.strides import DriftRule
from formcheck.progress.numbers import CADENCE
from formcheck.progress.trend import VARIES, RepeatedMeasure, follow, measure, protocol
from formcheck.types.comparison import Change, Comparison, FaultChange
from formcheck.types.session import Session


def compare(a: Session, b: Session) -> Comparison:
    """What changed from ``a`` to ``b``: their `trend`, told of each number of both.

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
        return replace(change, reason=reason or VARIES)
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


def _not_compared(one: RepeatedMeasure, alike: bool) -> str | None:
    """Why a number of the two has no part in a verdict."""
    for which, number in zip(("first", "second"), one.numbers, strict=True):
        if not number.compared:
            return f"in the {which}: {number.reason}"
    return None if alike else "not filmed or judged alike"


def _faults(a: Session, b: Session) -> Iterator[FaultChange]:
    """Faults whose verdict differs, those of the second session first."""
    faults = {f.id: f for s in (a, b) for f in s.faults}
    first, second = ({c.id: c.verdict for c in s.checks} for s in (a, b))
    for name in dict.fromkeys(f.id for s in (b, a) for f in s.faults):
        early, late = (verdicts.get(name, "not_assessable") for verdicts in (first, second))
        if early != late:
            yield FaultChange(name, faults[name].cue, faults[name].why, early, late)


def _filmed(a: Session, b: Session) -> Iterator[str]:
    """What the two clips have not in common."""
    if a.view.name != b.view.name:
        yield f"The views differ ({a.view.name}, {b.view.name}): numbers are told, but not compared."
    elif a.view.near_side != b.view.near_side:
        sides = f"{a.view.near_side or 'unknown'}, {b.view.near_side or 'unknown'}"
        yield f"The sides toward the camera differ ({sides}): near arm and leg are not the same ones."
    if a.gait and b.gait and a.gait.kind != b.gait.kind:
        kinds = ", ".join(g.kind.replace("_", " ") for g in (a.gait, b.gait))
        yield f"The ways of moving differ ({kinds})."
    for which, session in (("first", a), ("second", b)):
        if session.gait and session.gait.camera == "moving":
            yield f"The camera of the {which} moved, so its numbers are less sure."
        if session.sections:
            yield f"The {which} holds several exercises; the longest is compared."


def _judged(a: Session, b: Session) -> Iterator[str]:
    """What judged them differently, which can look like a change."""
    for what, first, second in (
        ("pose models", a.model, b.model),
        ("exercise files", protocol(a).exercise, protocol(b).exercise),
        ("versions of formcheck", a.formcheck, b.formcheck),
    ):
        if first != second:
            yield f"Different {what} judged them, which alone can change numbers; analyse both again."


def _paced(changes: Iterable[Change]) -> Iterator[str]:
    """The speed of a run is not known; cadence is its only sign."""
    if any(c.id == CADENCE and c.clear for c in changes):
        yield "The cadence changed: if the speed did too, other changes may come from it."
