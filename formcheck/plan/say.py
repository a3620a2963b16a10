"""Why each step of the plan is taken, in whole sentences."""

from datetime import date

from formcheck.exercises import catalog
from formcheck.plan.judge import Performance
from formcheck.plan.rules import PlanRules, is_held
from formcheck.types.training import Start


def name(exercise: str) -> str:
    """An exercise within a sentence."""
    full = catalog()[exercise].name
    return full if full.split()[0].isupper() else full[:1].lower() + full[1:]


def sets_of(exercise: str, goal: float, rules: PlanRules) -> str:
    """The sets of a training: "3 sets of 8 a side", "3 sets of 20 s"."""
    return f"{rules.sets.sets} sets of {amount(exercise, goal)}"


def amount(exercise: str, goal: float) -> str:
    """The amount of one set: "8 a side", "20 s"."""
    side = " a side" if catalog()[exercise].sides != "both" else ""
    return f"{goal:.0f}{' s' if is_held(exercise) else ''}{side}"


def begun(start: Start) -> str:
    """The answers it begins with."""
    with_ = f" with {' and '.join(start.equipment)}" if start.equipment else ""
    days = "day" if start.days == 1 else "days"
    return f"You train {start.place}{with_}, {start.days} {days} a week."


def entered(exercise: str, rules: PlanRules) -> str:
    """It goes, and its turn has come."""
    place = rules.places[exercise]
    return f"It went slowly, without pain, in correct form: number {place} of the order joins your programme."


def advanced(before: str, rules: PlanRules) -> str:
    """A harder one takes the place of one that is mastered."""
    most = sets_of(before, rules.goals(before)[-1], rules)
    times = rules.harder.sessions
    before = f"{most} of {name(before)} in good form, in {times} sessions"
    return f"The next harder one: {before}, and its trial went."


def for_run(cue: str) -> str:
    """A run asks for it."""
    return f"Your last run asks for it (“{cue}”), and its trial went."


def kept(p: Performance, goal: float, rules: PlanRules) -> str:
    """Neither more nor less."""
    if p.pain is None:
        return "Whether it hurt was not told, so nothing changes."
    if p.coverage < rules.coverage(p.exercise):
        return f"Too little of the form was seen ({p.coverage:.0%}) to go on from here."
    if p.good < rules.harder.good:
        return f"{p.good:.0%} in good form: {rules.harder.good:.0%} are needed before more."
    full = sum(n >= goal for n in p.full_sets)
    return f"{full} of {rules.sets.sets} sets reached {amount(p.exercise, goal)}: the same again."


def more(p: Performance, goal: float, rules: PlanRules) -> str:
    """The goal was reached."""
    return f"All sets reached, {p.good:.0%} in good form: now {sets_of(p.exercise, goal, rules)}."


def mastered(p: Performance, times: int, rules: PlanRules) -> str:
    """The most was reached."""
    most = sets_of(p.exercise, rules.goals(p.exercise)[-1], rules)
    of = rules.harder.sessions
    return f"{most}, {p.good:.0%} in good form: {min(times, of)} of {of} such sessions."


def fewer(p: Performance, goal: float, rules: PlanRules) -> str:
    """Form did not hold, and there is nothing easier."""
    sets = sets_of(p.exercise, goal, rules)
    return f"Only {p.good:.0%} in good form, and nothing easier goes: {sets}, slowly."


def too_hard(p: Performance, rules: PlanRules) -> str:
    """Form did not hold."""
    return f"Only {p.good:.0%} in good form, less than {rules.easier.good:.0%}: an easier one first."


def instead(other: str) -> str:
    """An easier one takes the place of another."""
    return f"It is easier than {name(other)}, and it went before."


def hurt(until: date) -> str:
    """It hurt."""
    return f"It hurt: paused until {spoken_day(until)}, then a short trial decides."


def gap(exercise: str, rules: PlanRules) -> str:
    """It was left out for long."""
    goal = rules.goals(exercise)[0]
    return (
        f"More than {rules.gap.days} days without it: it begins again with {sets_of(exercise, goal, rules)}."
    )


def not_yet(lacks: str) -> str:
    """A trial that did not go."""
    return f"It does not go yet: {lacks}."


def lacks_place() -> str:
    """There is no place or equipment for it."""
    return "It needs a place, a mat or a wall that is not there."


def stopped(exercise: str | None) -> str:
    """Numbness or tingling."""
    where = f" in {name(exercise)}" if exercise else ""
    return f"Numbness or tingling{where}: stop here, and see a doctor before you go on."


def spoken_day(day: date) -> str:
    """A day as people say it."""
    return f"{day:%A}, {day.day} {day:%B}"
