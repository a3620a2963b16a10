"""Where each exercise stands, and which may come next: what the plan asks of its memory."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from formcheck.plan.rules import Place, PlanRules
from formcheck.types.training import Decision, Done, Start


@dataclass(slots=True)
class Standing:
    """One exercise.

    Attributes
    ----------
    passed : its trial went, and nothing has spoken against it since.
    tried, failed, hurt : the last day on which it was tried, did not go, hurt.
    mastered : a harder one has taken its place.
    last : the last day it was trained, or stood in for by the trial of a harder one.
    step : which of its goals holds.
    full : for each training that reached the last goal, since form last slipped, its sessions.
    why : every decision about it.
    """

    passed: bool = False
    mastered: bool = False
    tried: date | None = None
    failed: date | None = None
    hurt: date | None = None
    last: date | None = None
    step: int = 0
    full: list[tuple[int, ...]] = field(default_factory=list)
    why: list[Decision] = field(default_factory=list)


@dataclass(slots=True)
class Memory:
    """What the replay of a history remembers."""

    rules: PlanRules
    start: Start | None = None
    stopped: bool = False
    ached: date | None = None
    programme: list[str] = field(default_factory=list)
    standing: defaultdict[str, Standing] = field(default_factory=lambda: defaultdict(Standing))
    decisions: list[Decision] = field(default_factory=list)
    run: Done | None = None
    run_day: date | None = None

    def of(self, exercise: str) -> Standing:
        """The standing of an exercise."""
        return self.standing[exercise]

    def goal(self, exercise: str) -> float:
        """What a set of it has to reach now."""
        return self.rules.goals(exercise)[self.of(exercise).step]

    def decide(self, decision: Decision) -> None:
        """Keep a decision, with its exercise and in the order."""
        self.decisions.append(decision)
        if decision.exercise is not None:
            self.of(decision.exercise).why.append(decision)

    def usable(self, exercise: str, day: date) -> bool:
        """Whether the place and its equipment allow it, and it has not hurt of late."""
        hurt = self.of(exercise).hurt
        rested = hurt is None or day - hurt >= timedelta(days=self.rules.pain.pause_days)
        return rested and self.possible(exercise)

    def possible(self, exercise: str) -> bool:
        """Whether there is what it needs: a floor to lie on, or a wall."""
        start, needs = self.start, self.rules.needs
        if start is None:
            return True
        floor = start.place == "indoors" or "mat" in start.equipment
        return (exercise not in needs.floor or floor) and (
            exercise not in needs.wall or "wall" in start.equipment
        )

    def fresh(self, exercise: str, day: date) -> bool:
        """Whether a trial makes sense: it did not fail of late, nor was it tried today."""
        own, again = self.of(exercise), timedelta(days=self.rules.trial.again_days)
        return own.tried != day and (own.failed is None or day - own.failed >= again)

    @property
    def room(self) -> int:
        """How many exercises the programme lacks."""
        return self.rules.programme.exercises - len(self.programme)


def search(memory: Memory, day: date) -> Iterator[str]:
    """What may fill the programme, in the article's order: one form for each place that is open.

    If all that may be tried has failed of late, the one that failed first is tried again.
    """
    found = False
    for place in memory.rules.place[: _reach(memory)]:
        form = None if _taken(memory, place) else _form(memory, place, day)
        if form is not None:
            found = True
            yield form
    if not found:
        again = [e for e in _failed(memory) if memory.usable(e, day) and memory.of(e).tried != day]
        yield from again[: memory.room]


@dataclass(frozen=True, slots=True)
class Chance:
    """What may take a place of the programme if its trial goes; ``cue`` of the run that asks for it."""

    exercise: str
    cue: str | None = None


def chances(memory: Memory, day: date) -> dict[str, Chance]:
    """In whose place what may be tried: something harder, or what a run asks for."""
    found: dict[str, Chance] = {}
    open_ = openings(memory, day)
    for slot in memory.programme:
        offered = {*open_, *(chance.exercise for chance in found.values())}
        following = harder(memory, slot, day, offered) if ready(memory, slot) else None
        if following is not None:
            found[slot] = Chance(following)
    asked = _for_run(memory, day)
    spared = _gives_way(memory, day, [e for e in memory.programme if e not in found])
    if asked is not None and spared is not None and asked not in found.values():
        found[spared] = asked
    return found


def ready(memory: Memory, exercise: str) -> bool:
    """Whether it was done at its most, in good form, so often that a harder one may be tried."""
    return len(memory.of(exercise).full) >= memory.rules.harder.sessions


def openings(memory: Memory, day: date) -> list[str]:
    """What may be tried for the open places of the programme, one for each."""
    return list(islice(search(memory, day), memory.room))


def harder(memory: Memory, exercise: str, day: date, offered: Collection[str] = ()) -> str | None:
    """What comes after an exercise that is mastered; None if nothing does, or it did not go of late.

    ``offered`` : what comes after another one already.
    """
    place = memory.rules.place[memory.rules.places[exercise] - 1]
    rank = memory.rules.rank(exercise)[1]
    above = [form for form in place.forms[rank + 1 :] if memory.usable(form, day)]
    for forms in (above[:1], *_later(memory, exercise, day, offered)):
        if forms:
            return next((form for form in forms if memory.fresh(form, day)), None)
    return None


def _later(memory: Memory, exercise: str, day: date, offered: Collection[str]) -> Iterator[list[str]]:
    """Of each harder place that is open, the forms that may be tried."""
    for place in memory.rules.place[memory.rules.places[exercise] :]:
        if not _taken(memory, place) and not any(form in offered for form in place.all):
            yield [form for form in place.tried if memory.usable(form, day)]


def easier(memory: Memory, exercise: str, day: date) -> str | None:
    """The hardest that went before and is easier than this one; None if there is none."""
    rank = memory.rules.rank
    known = (e for e, own in memory.standing.items() if e in memory.rules.places and own.passed)
    below = [e for e in known if rank(e) < rank(exercise) and e not in memory.programme]
    return max((e for e in below if memory.usable(e, day)), key=rank, default=None)


def has_easier_form(memory: Memory, exercise: str, day: date) -> bool:
    """Whether its place has an easier form to be tried."""
    place = memory.rules.place[memory.rules.places[exercise] - 1]
    below = place.forms[: memory.rules.rank(exercise)[1]]
    return any(memory.usable(form, day) and memory.fresh(form, day) for form in below)


def asks(memory: Memory, day: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the last run asks for: cue of each fault and the exercises that work on it."""
    old = memory.run_day is None or day - memory.run_day > timedelta(days=memory.rules.run.days)
    return () if old or memory.run is None else memory.run.train


def _for_run(memory: Memory, day: date) -> Chance | None:
    """An exercise that a fault of the last run asks for; None if there is none to add."""
    wanted = {e for _, train in asks(memory, day) for e in train}
    serving = sum(e in wanted for e in memory.programme)
    if memory.room or serving >= memory.rules.run.at_once:
        return None
    for cue, train in asks(memory, day):
        known = [e for e in train if e in memory.rules.places]
        if any(e in memory.programme or memory.of(e).mastered for e in known):
            continue
        usable = [e for e in known if memory.usable(e, day) and memory.fresh(e, day)]
        if usable:
            return Chance(min(usable, key=memory.rules.rank), cue)
    return None


def _gives_way(memory: Memory, day: date, programme: list[str]) -> str | None:
    """The exercise that can best be spared: for no fault of the run, furthest on, lowest in the order."""
    wanted = {e for _, train in asks(memory, day) for e in train}
    free = [e for e in programme if e not in wanted]
    rank = memory.rules.places
    return max(free, key=lambda e: (len(memory.of(e).full), memory.of(e).step, -rank[e]), default=None)


def _reach(memory: Memory) -> int:
    went = [memory.rules.places[e] for e, own in memory.standing.items() if own.passed]
    return max(went, default=0) + memory.rules.trial.beyond


def _taken(memory: Memory, place: Place) -> bool:
    """Whether one of its forms is trained, or it is done with."""
    done = (*place.forms[place.forms.index(place.begin) :], *place.instead)
    return any(e in memory.programme for e in place.all) or any(memory.of(e).mastered for e in done)


def _form(memory: Memory, place: Place, day: date) -> str | None:
    usable = [form for form in place.tried if memory.usable(form, day)]
    return next((form for form in usable if memory.of(form).passed or memory.fresh(form, day)), None)


def _failed(memory: Memory) -> list[str]:
    failed = [
        (own.failed, e) for e, own in memory.standing.items() if own.failed and e in memory.rules.places
    ]
    return [e for _, e in sorted(failed, key=lambda f: (f[0], memory.rules.rank(f[1])))]
