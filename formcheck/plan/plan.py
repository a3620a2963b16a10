"""The plan of a day: a pure function of what was answered and done."""

from collections.abc import Iterable
from datetime import date, timedelta

from formcheck.plan.reasons import name
from formcheck.plan.replay import RUNNING, day_of, replay
from formcheck.plan.rules import PlanRules, rules
from formcheck.plan.standing import Memory
from formcheck.plan.today import slots, stretches, training
from formcheck.types.reason import Reason
from formcheck.types.training import Done, Entry, PainReport, Plan, State, Week

_WEEK = 7


def plan_on(day: date, entries: Iterable[Entry], by: PlanRules | None = None) -> Plan:
    """Where a person stands on a day, and what to do.

    Parameters
    ----------
    day : where the person is; what came after it is passed over.
    entries : answers, and what was done, in any order. The same ones always give the same plan.
    by : the rules; formcheck's own if None.
    """
    entries = list(entries)
    memory = replay(entries, by or rules(), day)
    done = [e for e in entries if isinstance(e, Done) and day_of(e.when) <= day]
    days = sorted({day_of(d.when) for d in done if d.exercise in memory.rules.places})
    week = _week(memory, done, days, day)
    following = _next_day(memory, days, day, week)
    full = training(memory, day) if memory.start and not memory.stopped else ()
    ends = tuple(stretches(memory, day)) if memory.start and not memory.stopped else ()
    due = following <= day
    return Plan(
        day=day,
        state=_state(memory, due=due, left=bool(full or ends), began=day in days),
        start=memory.start,
        items=(*(full if due else ()), *ends),
        training=full,
        programme=slots(memory, day),
        next_day=following,
        warn=_warns(memory, day, done),
        notes=tuple(_notes(memory, day, entries)),
        decisions=tuple(memory.decisions),
        week=week,
    )


def _state(memory: Memory, *, due: bool, left: bool, began: bool) -> State:
    if memory.stopped:
        return "stopped"
    if memory.start is None:
        return "new"
    if not left:
        return "done" if began else "rest"
    return "training" if due else "rest"


def _next_day(memory: Memory, days: list[date], day: date, week: Week) -> date:
    """Spread over the week; a day that has begun goes on."""
    if not days or days[-1] == day or memory.start is None:
        return day
    apart = days[-1] + timedelta(days=max(1, _WEEK // memory.start.days))
    if week.days >= week.of:
        apart = max(apart, week.monday + timedelta(days=_WEEK))
    return max(day, apart)


def _week(memory: Memory, done: list[Done], days: list[date], day: date) -> Week:
    monday = day - timedelta(days=day.weekday())
    own = [d for d in done if day_of(d.when) >= monday and d.exercise != RUNNING]
    sets = [one for d in own for one in d.sets]
    return Week(
        monday=monday,
        days=sum(d >= monday for d in days),
        of=memory.start.days if memory.start else 0,
        exercises=len({d.exercise for d in own}),
        sets=len(sets),
        reps=sum(one.reps or 0 for one in sets),
        held_s=sum(one.seconds or 0.0 for one in sets),
        decisions=tuple(d for d in memory.decisions if d.day >= monday and d.exercise),
    )


def _aches(memory: Memory, day: date) -> bool:
    lasts = timedelta(days=memory.rules.pain.ache_days)
    return memory.ached is not None and day - memory.ached < lasts


def _warns(memory: Memory, day: date, done: list[Done]) -> bool:
    """Before the first session, and as long as something aches."""
    return memory.stopped or not done or _aches(memory, day)


def _notes(memory: Memory, day: date, entries: list[Entry]) -> Iterable[Reason]:
    if memory.stopped:
        yield Reason("note_stopped")
        return
    if _aches(memory, day):
        yield Reason("note_easy_runs")
    today = [e for e in entries if day_of(e.when) == day]
    done = {e.exercise for e in today if isinstance(e, Done) and e.pain is None}
    unreported = done & memory.rules.places.keys() - {e.exercise for e in today if isinstance(e, PainReport)}
    if unreported:
        yield Reason("note_unreported", exercises=tuple(sorted(map(name, unreported))))
