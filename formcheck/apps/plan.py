"""The training plan of a person: read off the store, for the command, the live session and the service."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from formcheck.plan import is_held, plan_on, rules
from formcheck.store import Damage, Note, Store
from formcheck.store.damage import log
from formcheck.types.training import Done, Entry, Pain, Plan, SetDone, Start


def plan_of(store: Store, person: str | None = None, day: date | None = None, note: Note = log) -> Plan:
    """Where somebody stands on a day (today if None) and what to do, from what is in the store.

    Sessions count from some weeks before the plan was begun: a run of then may ask for an exercise.

    Parameters
    ----------
    person : None is whoever gave no name.
    note : called with what cannot be read; the plan goes by the rest.
    """
    plan, damages = _worked_out(store, person, day or now().date(), store.state_of(person))
    for damage in damages:
        note(damage)
    return plan


@lru_cache(maxsize=16)
def _worked_out(
    store: Store,
    person: str | None,
    day: date,
    state: tuple[int | str | None, ...],  # noqa: ARG001  another one is another plan
) -> tuple[Plan, tuple[Damage, ...]]:
    """Each page of a service asks for it anew, and years of training take a second."""
    damages: list[Damage] = []
    entries = [*store.entries(person, damages.append)]
    begun = [entry.when for entry in entries if isinstance(entry, Start)]
    if begun:
        since = min(begun) - timedelta(days=rules().run.days)
        entries += store.done(person, since, damages.append)
    return plan_on(day, entries), tuple(damages)


def tell(store: Store, entry: Entry, person: str | None = None) -> Plan:
    """Keep an answer, or what was done without a camera; the plan that follows from it."""
    store.add_entry(entry, person)
    return plan_of(store, person)


def now() -> datetime:
    """The moment, where the person is."""
    return datetime.now().astimezone()


def logged(exercise: str, sets: Sequence[int], good: int, pain: Pain | None) -> Done:
    """What somebody did without a camera, in his own words.

    Parameters
    ----------
    exercise : id of one of the catalog.
    sets : repetitions (of each side), or seconds, of each set.
    good : of ten, how many were slow and in correct form.
    """
    return Done(now(), exercise, tuple(_set(exercise, n, good / 10) for n in sets), pain=pain)


def _set(exercise: str, n: int, good: float) -> SetDone:
    """A set counts for both sides: who logs tells what each did."""
    if is_held(exercise):
        return SetDone(seconds=float(n), clean_s=n * good)
    return SetDone(reps=n, good=round(n * good))
