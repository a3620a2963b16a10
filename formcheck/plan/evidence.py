"""What a session is worth to the plan: the sets of each exercise in it, and what a run asks for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from formcheck.engine.judge.score import GOOD
from formcheck.exercises import catalog
from formcheck.types.result import Hold, Rep
from formcheck.types.session import Fault, Section, Session
from formcheck.types.training import Done, SetDone
from formcheck.types.verdict import Side

_ONE_SIDE: dict[Side, Literal["left", "right"]] = {"left": "left", "right": "right"}


@dataclass(frozen=True, slots=True)
class _Part:
    exercise: str
    sets: tuple[SetDone, ...]
    faults: tuple[Fault, ...]


def done_of(session: Session, when: datetime, id: int | None) -> tuple[Done, ...]:  # noqa: A002
    """What was done in a session, one record for each exercise of the catalog; each section is a set.

    Parameters
    ----------
    when : it was done.
    id : of the session in the store.
    """
    parts = [part for part in _parts(session) if part.exercise in catalog()]
    found = []
    for exercise in dict.fromkeys(part.exercise for part in parts):
        own = [part for part in parts if part.exercise == exercise]
        faults = {fault.id: fault for part in own for fault in part.faults}.values()
        run = catalog()[exercise].is_gait
        found.append(
            Done(
                when=when,
                exercise=exercise,
                sets=tuple(one for part in own for one in part.sets),
                session=id,
                faults=tuple(fault.cue for fault in faults),
                train=tuple((fault.cue, fault.train) for fault in faults if fault.train) if run else (),
            )
        )
    return tuple(found)


def _parts(session: Session) -> Iterator[_Part]:
    sections: tuple[Session | Section, ...] = session.sections or (session,)
    for section in sections:
        yield _Part(section.exercise.id, _sets(section), section.faults)


def _sets(section: Session | Section) -> tuple[SetDone, ...]:
    """What was counted or held: one set, of what is held one for each side; none where nothing was."""
    summary = section.summary
    if section.holds:
        sides = dict.fromkeys(hold.side for hold in section.holds)
        return tuple(_held(section.holds, side, summary.coverage) for side in sides)
    if not section.reps:
        return ()
    left, right = _sides(section.reps, section.exercise.id)
    only = _only([rep.side for rep in section.reps if rep.counted], section.exercise.id)
    good = max(0, summary.good_reps - _hurried(section.reps, section.exercise.id))
    return (SetDone(summary.reps, good, left, right, side=only, coverage=summary.coverage),)


def _hurried(reps: tuple[Rep, ...], exercise: str) -> int:
    """Repetitions that were good but for their tempo: the article asks for slow ones, a score forgives."""
    tempo = catalog()[exercise].tempo.keys() if exercise in catalog() else set()
    wrong = [{f.check for f in rep.findings if f.verdict == "warn"} for rep in reps if _good(rep)]
    return sum(bool(checks & tempo) for checks in wrong)


def _good(rep: Rep) -> bool:
    errors = any(f.verdict == "error" for f in rep.findings)
    return rep.counted and not errors and rep.score is not None and rep.score >= GOOD


def _held(holds: tuple[Hold, ...], side: Side, coverage: float) -> SetDone:
    """All of a side adds up, as it does while somebody is guided through a set."""
    own = [hold for hold in holds if hold.side == side]
    return SetDone(
        seconds=sum(hold.total_s for hold in own),
        clean_s=sum(hold.clean_s for hold in own),
        side=_ONE_SIDE.get(side),
        coverage=coverage,
    )


def _sides(reps: tuple[Rep, ...], exercise: str) -> tuple[int | None, int | None]:
    """Full repetitions of each side; those of no known side are shared."""
    if exercise not in catalog() or catalog()[exercise].sides == "both":
        return None, None
    counted = Counter(rep.side for rep in reps if rep.counted)
    shared = (counted.total() - counted["left"] - counted["right"]) // 2
    return counted["left"] + shared, counted["right"] + shared


def _only(sides: list[Side], exercise: str) -> Literal["left", "right"] | None:
    """The side that worked, where each has its own sets."""
    if exercise not in catalog() or catalog()[exercise].sides != "each" or not sides:
        return None
    return _ONE_SIDE.get(sides[0]) if len(set(sides)) == 1 else None
