"""The plan in words, for terminal, page and voice."""

from formcheck.exercises import catalog
from formcheck.exercises.schema import Exercise
from formcheck.plan.say import spoken_day
from formcheck.types.training import Item, Plan, Slot, Week

#: So many cues are given before an exercise: more are not kept in mind.
_MOST_CUES = 3


def headline(plan: Plan) -> str:
    """The day in a sentence."""
    match plan.state:
        case "new":
            return "No plan yet: three answers, and it begins."
        case "stopped":
            return "Stopped: see a doctor before you go on."
        case "rest":
            return f"A rest day. You train again on {spoken_day(plan.next_day)}."
        case "done":
            return "Done for today."
    own = [item for item in plan.items if item.kind != "stretch"]
    trials = sum(item.kind == "trial" for item in own)
    if not own:
        return "Stretches are left for today."
    counted = f"{len(own)} exercise{'s' if len(own) > 1 else ''}"
    short = f", {trials} of them a short trial" if trials else ""
    return f"Today: {counted}{short if trials < len(own) else ', each a short trial'}."


def target(item: Item) -> str:
    """How much: "3 sets of 8 a side"."""
    amount = f"{item.seconds:.0f} s" if item.seconds is not None else str(item.reps)
    side = " a side" if item.per_side else ""
    unit = "" if item.seconds is not None or item.sets > 1 else " repetitions"
    return f"{amount}{unit}{side}" if item.sets == 1 else f"{item.sets} sets of {amount}{side}"


def doing(item: Item) -> str:
    """An item in a line."""
    kind = "short trial, " if item.kind == "trial" else ""
    return f"{catalog()[item.exercise].name}: {kind}{target(item)}"


def standing(slot: Slot) -> str:
    """Where an exercise of the programme stands: "3 sets of 10 (most: 12)"."""
    unit = " s" if slot.unit == "s" else ""
    most = f" (most: {slot.of:.0f}{unit})" if slot.goal < slot.of else ""
    side = " a side" if catalog()[slot.exercise].sides != "both" else ""
    return f"{slot.sets} sets of {slot.goal:.0f}{unit}{side}{most}"


def cues(exercise: Exercise) -> list[str]:
    """What to look after, what matters most for back and knees first."""
    limits = [limit for _, _, limit, _ in exercise.limits()]
    limits.sort(key=lambda limit: (not limit.safety, -limit.weight))
    return list(dict.fromkeys(limit.say for limit in limits))[:_MOST_CUES]


def week(so_far: Week) -> str:
    """A week in a sentence."""
    days = f"{so_far.days} of {so_far.of} days" if so_far.of else f"{so_far.days} days"
    done = [f"{so_far.reps} repetitions"] if so_far.reps else []
    done += [f"{so_far.held_s:.0f} s held"] if so_far.held_s else []
    sets = f"{so_far.sets} set{'' if so_far.sets == 1 else 's'}"
    what = f": {sets}, {' and '.join(done)}" if done else ""
    return f"This week {days}{what}."
