"""Two sessions of one exercise: what changed beyond what chance and the sensor change."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from formcheck.errors import FormcheckError
from formcheck.exercises import Exercise, catalog
from formcheck.progress.changes import judged, way
from formcheck.progress.numbers import CADENCE, Number, numbers
from formcheck.types.comparison import Change, Comparison, FaultChange
from formcheck.types.session import Session

_ABSENT = Number("", "", "", reason="not a number of it")


def compare(a: Session, b: Session) -> Comparison:
    """What changed from ``a`` to ``b``; their `trend` calls the same changes clear.

    Raises
    ------
    FormcheckError
        If they are not of one known exercise.
    """
    names = f"{a.source.name} and {b.source.name}"
    if a.exercise.id != b.exercise.id:
        told = f"{a.exercise.name} and {b.exercise.name}"
        raise FormcheckError(f"{names}: different exercises ({told}); compare two sessions of one exercise")
    if a.exercise.id == "unknown":
        raise FormcheckError(f"{names}: the exercise is unknown; analyse them again with --exercise")
    changes = tuple(_changes(a, b))
    notes = (*_filmed(a, b), *_judged(a, b), *_paced(changes))
    return Comparison(a.exercise.id, a.source.name, b.source.name, changes, tuple(_faults(a, b)), notes)


def _changes(a: Session, b: Session) -> Iterator[Change]:
    """Every number that at least one of both tells, in the order of the first."""
    exercise = catalog().get(a.exercise.id)
    first, second = ({n.id: n for n in numbers(s, exercise)} for s in (a, b))
    alike = way(a) == way(b)
    for name in {**first, **second}:
        early, late = first.get(name, _ABSENT), second.get(name, _ABSENT)
        if (early.value, late.value) != (None, None):
            yield _change(early, late, exercise, alike)


def _change(early: Number, late: Number, exercise: Exercise | None, alike: bool) -> Change:
    told = late if early.value is None else early
    change = Change(told.id, told.what, told.unit, early.value, late.value)
    for which, number in (("first", early), ("second", late)):
        if not number.compared:
            return replace(change, reason=f"in the {which}: {number.reason}")
    if early.unit != late.unit:
        return replace(change, late=None, reason="in the second: told in another unit")
    if not alike:
        return replace(change, reason="not filmed or judged alike")
    found = judged([early, late])
    if found.delta is None:
        return replace(change, reason="how much it varies is not known")
    drift = exercise.drift.get(change.id) if exercise else None
    tired = drift is not None and found.clear and found.delta * (1 if drift.tired == "up" else -1) > 0
    return replace(
        change,
        delta=found.delta,
        noise=found.sem,
        least=found.least,
        needs=found.needs,
        clear=found.clear,
        why=drift.why if drift and tired else "",
    )


def _faults(a: Session, b: Session) -> Iterator[FaultChange]:
    """Faults whose verdict differs, those of the second session first."""
    told = {f.id: f for s in (a, b) for f in s.faults}
    first, second = ({c.id: c.verdict for c in s.checks} for s in (a, b))
    for name in dict.fromkeys(f.id for s in (b, a) for f in s.faults):
        early, late = (verdicts.get(name, "not_assessable") for verdicts in (first, second))
        if early != late:
            yield FaultChange(name, told[name].cue, told[name].why, early, late)


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
        ("exercise files", way(a).exercise, way(b).exercise),
        ("versions of formcheck", a.formcheck, b.formcheck),
    ):
        if first != second:
            yield f"Different {what} judged them, which alone can change numbers; analyse both again."


def _paced(changes: Iterable[Change]) -> Iterator[str]:
    """The speed of a run is not known; cadence is its only sign."""
    if any(c.id == CADENCE and c.clear for c in changes):
        yield "The cadence changed: if the speed did too, other changes may come from it."
