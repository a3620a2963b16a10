"""Why each step of the plan is taken, as codes."""

from datetime import date

from formcheck.exercises import catalog
from formcheck.plan.amounts import amount, sets_of
from formcheck.plan.judge import Performance
from formcheck.plan.rules import PlanRules
from formcheck.types.reason import Reason
from formcheck.types.training import Start

LACKS_PLACE = Reason("plan_lacks_place")


def begun(start: Start) -> Reason:
    """The answers it begins with."""
    if start.equipment:
        return Reason("plan_begun_with", place=start.place, equipment=start.equipment, days=start.days)
    return Reason("plan_begun", place=start.place, days=start.days)


def entered(exercise: str, rules: PlanRules) -> Reason:
    """It goes, and its turn has come."""
    return Reason("plan_entered", place=rules.places[exercise])


def advanced(before: str, rules: PlanRules) -> Reason:
    """A harder one takes the place of one that is mastered."""
    return Reason(
        "plan_advanced", sets=most_of(before, rules), exercise=name(before), times=rules.harder.sessions
    )


def for_run(cue: str) -> Reason:
    """A run asks for it."""
    return Reason("plan_for_run", cue=cue)


def kept(p: Performance, goal: float, rules: PlanRules) -> Reason:
    """Neither more nor less."""
    if p.pain is None:
        return Reason("plan_kept_unreported")
    if p.coverage < rules.coverage(p.exercise):
        return Reason("plan_kept_unseen", seen=p.coverage)
    if p.good < rules.harder.good:
        return Reason("plan_kept_form", good=p.good, needed=rules.harder.good)
    full = sum(n >= goal for n in p.full_sets)
    return Reason("plan_kept_amount", full=full, sets=rules.sets.sets, amount=amount(p.exercise, goal))


def more(p: Performance, goal: float, rules: PlanRules) -> Reason:
    """The goal was reached."""
    return Reason("plan_more", good=p.good, sets=sets_of(p.exercise, rules.sets.sets, goal))


def mastered(p: Performance, times: int, rules: PlanRules) -> Reason:
    """The most was reached."""
    of = rules.harder.sessions
    return Reason("plan_mastered", sets=most_of(p.exercise, rules), good=p.good, times=min(times, of), of=of)


def fewer(p: Performance, goal: float, rules: PlanRules) -> Reason:
    """Form did not hold, and there is nothing easier."""
    return Reason("plan_fewer", good=p.good, sets=sets_of(p.exercise, rules.sets.sets, goal))


def too_hard(p: Performance, rules: PlanRules) -> Reason:
    """Form did not hold."""
    return Reason("plan_too_hard", good=p.good, needed=rules.easier.good)


def instead(other: str) -> Reason:
    """An easier one takes the place of another."""
    return Reason("plan_instead", exercise=name(other))


def hurt(until: date) -> Reason:
    """It hurt."""
    return Reason("plan_hurt", until=calendar_day(until))


def gap(exercise: str, rules: PlanRules) -> Reason:
    """It was left out for long."""
    sets = sets_of(exercise, rules.sets.sets, rules.goals(exercise)[0])
    return Reason("plan_gap", days=rules.gap.days, sets=sets)


def not_yet(lacks: Reason) -> Reason:
    """A trial that did not go."""
    return Reason("plan_not_yet", lacks=lacks)


def stopped(exercise: str | None) -> Reason:
    """Numbness or tingling."""
    return Reason("plan_stopped") if exercise is None else Reason("plan_stopped_in", exercise=name(exercise))


def most_of(exercise: str, rules: PlanRules) -> Reason:
    """The sets after which a harder one may be tried."""
    return sets_of(exercise, rules.sets.sets, rules.goals(exercise)[-1])


def name(exercise: str) -> str:
    """What an exercise is called."""
    return catalog()[exercise].name


def calendar_day(day: date) -> Reason:
    """A day as people say it; weekday and month by their numbers, as ISO 8601 has them."""
    return Reason("calendar_day", weekday=str(day.isoweekday()), day=day.day, month=str(day.month))
