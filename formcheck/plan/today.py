"""What is to be done today, and where each exercise stands: read off what the replay remembers."""

from collections.abc import Iterator
from datetime import date, timedelta

from formcheck.exercises import catalog
from formcheck.plan import reasons
from formcheck.plan.amounts import sets_of
from formcheck.plan.replay import fewer
from formcheck.plan.rules import is_held
from formcheck.plan.standing import Chance, Memory, asks, chances, harder, openings, ready
from formcheck.types.reason import Reason
from formcheck.types.training import Decision, Item, Slot

_FIRST = Reason("why_first")
_STRETCH = Reason("why_stretch")


def training(memory: Memory, day: date) -> tuple[Item, ...]:
    """What is left of today's training: at most as many exercises as a programme has."""
    offered = chances(memory, day)
    open_ = [e for e in memory.programme if memory.of(e).last != day]
    items = [_own(memory, e, day, offered.get(e)) for e in open_]
    left = _trials(memory, day) - sum(own.tried == day for own in memory.standing.values())
    items += [_trial(memory, e, _FIRST) for e in openings(memory, day)[: max(0, left)]]
    return tuple(items)


def _trials(memory: Memory, day: date) -> int:
    """How many trials a day may hold: more before there is a programme."""
    before = any(d.kind == "entered" and d.day < day for d in memory.decisions)
    return memory.rules.trial.a_day if before else memory.rules.trial.first_day


def _own(memory: Memory, exercise: str, day: date, chance: Chance | None) -> Item:
    """Today's part of an exercise of the programme: its sets, or the trial of what may take its place."""
    why = memory.of(exercise).why
    if chance is None:
        sets, goal = memory.rules.sets.sets, goal_today(memory, exercise, day)
        return _item(memory, exercise, "training", sets, goal, _why(memory, exercise, day), _behind(why))
    if chance.cue is not None:
        run = memory.run.session if memory.run else None
        asked = Reason("why_run_asks", cue=chance.cue)
        return _trial(memory, chance.exercise, asked, () if run is None else (run,))
    most = reasons.most_of(exercise, memory.rules)
    mastered = Reason("why_harder", sets=most, exercise=reasons.name(exercise))
    return _trial(memory, chance.exercise, mastered, _behind(why))


def goal_today(memory: Memory, exercise: str, day: date) -> float:
    """What a set has to reach today."""
    return memory.rules.goals(exercise)[0] if fewer(memory, exercise, day) else memory.goal(exercise)


def _why(memory: Memory, exercise: str, day: date) -> Reason:
    if fewer(memory, exercise, day):
        return reasons.gap(exercise, memory.rules)
    latest = memory.of(exercise).why[-1].why
    cues = [cue for cue, train in asks(memory, day) if exercise in train]
    return Reason("why_also_for_run", reason=latest, cue=cues[0]) if cues else latest


def _behind(why: list[Decision]) -> tuple[int, ...]:
    return why[-1].sessions if why else ()


def _trial(memory: Memory, exercise: str, why: Reason, sessions: tuple[int, ...] = ()) -> Item:
    trial = memory.rules.trial
    amount = trial.seconds if is_held(exercise) else float(trial.reps)
    return _item(memory, exercise, "trial", 1, amount, why, sessions)


def stretches(memory: Memory, day: date) -> Iterator[Item]:
    """The stretches that are left for today."""
    rules = memory.rules.stretch
    for exercise in rules.exercises:
        if memory.usable(exercise, day) and memory.of(exercise).last != day:
            amount = rules.seconds if is_held(exercise) else float(rules.reps)
            yield _item(memory, exercise, "stretch", rules.sets, amount, _STRETCH, (), rules.rest)


def _item(
    memory: Memory,
    exercise: str,
    kind: str,
    sets: int,
    amount: float,
    why: Reason,
    sessions: tuple[int, ...],
    rest: float | None = None,
) -> Item:
    held = is_held(exercise)
    return Item(
        exercise=exercise,
        kind=kind,  # type: ignore[arg-type]
        sets=sets,
        reps=None if held else round(amount),
        seconds=amount if held else None,
        per_side=catalog()[exercise].sides != "both",
        rest_s=memory.rules.rest.seconds if rest is None else rest,
        why=why,
        sessions=sessions,
    )


def slots(memory: Memory, day: date) -> tuple[Slot, ...]:
    """The programme, easy to hard."""
    rules = memory.rules
    return tuple(
        Slot(
            exercise=e,
            place=rules.places[e],
            goal=goal_today(memory, e, day),
            of=rules.goals(e)[-1],
            unit="s" if is_held(e) else "reps",
            sets=rules.sets.sets,
            unlocks=_unlocks(memory, e, day),
            why=tuple(memory.of(e).why),
        )
        for e in memory.programme
    )


def _unlocks(memory: Memory, exercise: str, day: date) -> Reason:
    rules, goal = memory.rules, goal_today(memory, exercise, day)
    sets, goals = sets_of(exercise, rules.sets.sets, goal), rules.goals(exercise)
    good = rules.harder.good
    if goal < goals[-1]:
        following = sets_of(exercise, rules.sets.sets, goals[goals.index(goal) + 1])
        return Reason("unlocks_more", sets=sets, good=good, following=following)
    after = harder(memory, exercise, day + timedelta(days=rules.trial.again_days))
    if after is None:
        return Reason("unlocks_nothing")
    name = reasons.name(after)
    if ready(memory, exercise):
        if harder(memory, exercise, day) is None:
            return Reason("unlocks_trial_later", exercise=name)
        return Reason("unlocks_trial", exercise=name)
    left = rules.harder.sessions - len(memory.of(exercise).full)
    return Reason("unlocks_after", sets=sets, good=good, left=left, exercise=name)
