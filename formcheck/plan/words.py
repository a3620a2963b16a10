"""The plan in short, as codes: the day, an exercise of it, where one stands, the week."""

from formcheck.exercises import catalog
from formcheck.exercises.schema import Exercise
from formcheck.plan.amounts import amount_alone, sets_of
from formcheck.plan.reasons import calendar_day
from formcheck.types.reason import Reason
from formcheck.types.training import Item, Plan, Slot, Week

#: So many cues are given before an exercise: more are not kept in mind.
_MOST_CUES = 3


def headline(plan: Plan) -> Reason:
    """The day in a sentence."""
    match plan.state:
        case "new":
            return Reason("day_new")
        case "stopped":
            return Reason("day_stopped")
        case "rest":
            return Reason("day_of_rest", next=calendar_day(plan.next_day))
        case "done":
            return Reason("day_done")
    own = [item for item in plan.items if item.kind != "stretch"]
    trials = sum(item.kind == "trial" for item in own)
    if not own:
        return Reason("day_stretches")
    if not trials:
        return Reason("day_exercises", n=len(own))
    if trials < len(own):
        return Reason("day_some_trials", n=len(own), trials=trials)
    return Reason("day_trials", n=len(own))


def target(item: Item) -> Reason:
    """How much: "3 sets of 8 a side"."""
    n = item.seconds if item.seconds is not None else item.reps or 0
    return amount_alone(item.exercise, n) if item.sets == 1 else sets_of(item.exercise, item.sets, n)


def doing(item: Item) -> Reason:
    """An item in a line."""
    name = catalog()[item.exercise].name
    if item.kind == "trial":
        return Reason("doing_trial", exercise=name, target=target(item))
    return Reason("doing", exercise=name, target=target(item))


def standing(slot: Slot) -> Reason:
    """Where an exercise of the programme stands: "3 sets of 10 (most: 12)"."""
    sets = sets_of(slot.exercise, slot.sets, slot.goal)
    if slot.goal >= slot.of:
        return sets
    most = Reason("set_seconds", s=slot.of) if slot.unit == "s" else Reason("set_reps", n=slot.of)
    return Reason("standing_below", sets=sets, most=most)


def cues(exercise: Exercise) -> list[str]:
    """What to look after, what matters most for back and knees first."""
    limits = [(check, limit) for check, _, limit, _ in exercise.limits()]
    limits.sort(key=lambda of_check: (not of_check[1].safety, -of_check[1].weight))
    first = {check: limit.say for check, limit in reversed(limits)}
    return [first[check] for check in dict.fromkeys(check for check, _ in limits)][:_MOST_CUES]


def week(so_far: Week) -> Reason:
    """A week in a sentence."""
    days = Reason("week_days", n=so_far.days)
    if so_far.of:
        days = Reason("week_days_of", n=so_far.days, of=so_far.of)
    done = [Reason("repetitions", n=so_far.reps)] if so_far.reps else []
    done += [Reason("week_held", s=so_far.held_s)] if so_far.held_s else []
    if not done:
        return Reason("week", days=days)
    return Reason("week_with", days=days, sets=Reason("week_sets", n=so_far.sets), done=tuple(done))
