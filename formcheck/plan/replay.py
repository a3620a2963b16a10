"""The history of a person, day by day: what each day means for the programme."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from formcheck.exercises import catalog
from formcheck.plan import reasons
from formcheck.plan.judge import Performance, performance, reached, slipped, too_hard, trial_lacks
from formcheck.plan.rules import PlanRules
from formcheck.plan.standing import Chance, Memory, chances, easier, has_easier_form, search
from formcheck.types.reason import Reason
from formcheck.types.training import Decision, Done, Entry, Happening, Pain, PainReport, Start

RUNNING = "running"
#: Who trains before midnight may say after it how it felt.
_SAME_EVENING = timedelta(hours=3)


def replay(entries: Iterable[Entry], rules: PlanRules, until: date) -> Memory:
    """Everything up to and with a day, in the order it happened; the same history gives the same memory."""
    memory = Memory(rules)
    ordered = sorted(entries, key=lambda e: (e.when, type(e).__name__, repr(e)))
    by_day = sorted(_dated(ordered), key=lambda dated: dated[0])
    for day, own in groupby(by_day, key=lambda dated: dated[0]):
        if day <= until:
            _Day(memory, day, [entry for _, entry in own]).live()
    return memory


def _dated(ordered: Iterable[Entry]) -> Iterator[tuple[date, Entry]]:
    """Each entry with the day it belongs to: "no pain" after midnight is about the evening before."""
    done: dict[str, datetime] = {}
    for entry in ordered:
        when = entry.when
        if isinstance(entry, Done):
            done[entry.exercise] = when
        elif isinstance(entry, PainReport) and entry.exercise in done and entry.pain == "none":
            before = done[entry.exercise]
            when = before if when - before <= _SAME_EVENING else when
        yield day_of(when), entry


def day_of(when: datetime) -> date:
    """The day of a moment, where the person is."""
    return when.astimezone().date()


class _Day:
    """One day of the history."""

    def __init__(self, memory: Memory, day: date, entries: Sequence[Entry]) -> None:
        self._memory, self._rules, self._day, self._entries = memory, memory.rules, day, entries
        self._trials = 0

    def live(self) -> None:
        """Answers first, as they were given before training; then each exercise, with how it felt."""
        for entry in self._entries:
            if isinstance(entry, Start):
                self._begin(entry)
            elif isinstance(entry, PainReport) and entry.exercise is None:
                self._feels(entry.pain)
        for p in self._performances():
            self._take(p)
        for entry in self._entries:  # numbness stops whatever was done; only a later start opens it again
            if isinstance(entry, PainReport | Done) and self._numb(entry):
                self._stop(entry.exercise)

    def _performances(self) -> list[Performance]:
        done = [e for e in self._entries if isinstance(e, Done)]
        reports = [e for e in self._entries if isinstance(e, PainReport) and e.exercise is not None]
        names = dict.fromkeys([*(d.exercise for d in done), *(str(t.exercise) for t in reports)])
        for run in (d for d in done if d.exercise == RUNNING):
            self._memory.run, self._memory.run_day = run, self._day
        return [
            performance(
                name,
                [d for d in done if d.exercise == name],
                [t.pain for t in reports if t.exercise == name],
            )
            for name in names
            if name in self._rules.places or name in self._rules.stretch.exercises
        ]

    def _numb(self, entry: PainReport | Done) -> bool:
        """Whether an exercise made numb, and the plan was not begun again after it."""
        later = (e for e in self._entries if isinstance(e, Start) and e.when > entry.when)
        numb = entry.exercise is not None and entry.pain == "numb"
        return numb and not any(e.pain != "numb" for e in later)

    def _begin(self, start: Start) -> None:
        memory = self._memory
        memory.start, memory.stopped = start, False
        self._decide(None, "begun", reasons.begun(start))
        self._feels(start.pain)
        for exercise in [e for e in memory.programme if not memory.possible(e)]:
            memory.programme.remove(exercise)
            self._decide(exercise, "paused", reasons.LACKS_PLACE)

    def _feels(self, pain: Pain) -> None:
        if pain != "none":
            self._memory.ached = self._day
        if pain == "numb":
            self._stop(None)

    def _stop(self, exercise: str | None) -> None:
        """One that this catalog does not know stops the plan all the same, unnamed."""
        exercise = exercise if exercise in catalog() else None
        self._memory.ached, self._memory.stopped = self._day, True
        self._decide(exercise, "stopped", reasons.stopped(exercise))

    def _take(self, p: Performance) -> None:
        """What an exercise of the day means."""
        own = self._memory.of(p.exercise)
        if p.pain in ("pain", "numb"):
            self._hurt(p)
        elif p.exercise not in self._rules.places:
            own.last = self._day if p.sets else own.last
        elif p.exercise in self._memory.programme:
            self._train(p)
        elif p.sets:
            self._try(p)
        self._fill()

    def _hurt(self, p: Performance) -> None:
        """Paused at once; an easier one that went before takes its place, else what the order gives."""
        memory, own = self._memory, self._memory.of(p.exercise)
        memory.ached = self._day
        own.hurt, own.tried, own.passed, own.mastered = self._day, self._day, False, False
        until = self._day + timedelta(days=self._rules.pain.pause_days)
        trained = p.exercise in memory.programme
        self._decide(p.exercise, "paused", reasons.hurt(until), p.sessions)
        if trained:
            memory.programme.remove(p.exercise)
            self._step_down(p)

    def _step_down(self, p: Performance) -> None:
        other = easier(self._memory, p.exercise, self._day)
        if other is not None:
            self._enter(other, reasons.instead(p.exercise), p.sessions, "stepped_back")

    def _train(self, p: Performance) -> None:
        memory, own, goal = self._memory, self._memory.of(p.exercise), self._memory.goal(p.exercise)
        if not p.sets:
            return
        goal = self._after_gap(p.exercise, goal)
        own.last = self._day
        goals = self._rules.goals(p.exercise)
        if too_hard(p, self._rules):
            self._too_hard(p)
        elif not reached(p, goal, self._rules):
            own.full = [] if slipped(p, self._rules) else own.full
            self._decide(p.exercise, "kept", reasons.kept(p, goal, self._rules), p.sessions)
        elif own.step + 1 < len(goals):
            own.step += 1
            why = reasons.more(p, memory.goal(p.exercise), self._rules)
            self._decide(p.exercise, "more", why, p.sessions)
        else:
            own.full.append(p.sessions)
            self._decide(p.exercise, "kept", reasons.mastered(p, len(own.full), self._rules), p.sessions)

    def _after_gap(self, exercise: str, goal: float) -> float:
        own = self._memory.of(exercise)
        if fewer(self._memory, exercise, self._day):
            own.step, own.full = 0, []
            self._decide(exercise, "fewer", reasons.gap(exercise, self._rules))
        return min(goal, self._memory.goal(exercise))

    def _too_hard(self, p: Performance) -> None:
        memory, own = self._memory, self._memory.of(p.exercise)
        other = easier(memory, p.exercise, self._day)
        own.step, own.full = 0, []
        if other is None and not has_easier_form(memory, p.exercise, self._day):
            why = reasons.fewer(p, memory.goal(p.exercise), self._rules)
            self._decide(p.exercise, "fewer", why, p.sessions)
            return
        memory.programme.remove(p.exercise)
        own.passed, own.failed, own.tried = False, self._day, self._day
        self._decide(p.exercise, "stepped_back", reasons.too_hard(p, self._rules), p.sessions)
        if other is not None:
            self._enter(other, reasons.instead(p.exercise), p.sessions, "stepped_back")

    def _try(self, p: Performance) -> None:
        """A trial, asked for or not: what goes may enter when its turn comes."""
        memory, own = self._memory, self._memory.of(p.exercise)
        lacks = trial_lacks(p, self._rules)
        slot, chance = self._meant_for(p.exercise)
        own.tried = self._day
        if slot is not None:
            memory.of(slot).last = self._day
        if lacks is None:
            own.passed, own.failed = True, None
            if slot is not None and chance is not None:
                self._replace(slot, p, chance)
            return
        if p.pain is not None and p.coverage >= self._rules.coverage(p.exercise):
            own.passed, own.failed = False, self._day
        self._decide(p.exercise, "not_yet", reasons.not_yet(lacks), p.sessions)

    def _meant_for(self, exercise: str) -> tuple[str | None, Chance | None]:
        """The exercise of the programme whose place the one that is tried would take."""
        found = chances(self._memory, self._day).items()
        return next(((slot, c) for slot, c in found if c.exercise == exercise), (None, None))

    def _replace(self, slot: str, p: Performance, chance: Chance) -> None:
        memory = self._memory
        memory.programme.remove(slot)
        if chance.cue is not None:
            run = memory.run.session if memory.run else None
            behind = (*(() if run is None else (run,)), *p.sessions)
            self._enter(p.exercise, reasons.for_run(chance.cue), behind, "entered")
            return
        memory.of(slot).mastered = True
        full = memory.of(slot).full[-self._rules.harder.sessions :]
        behind = (*(id_ for sessions in full for id_ in sessions), *p.sessions)
        self._enter(p.exercise, reasons.advanced(slot, self._rules), behind, "advanced")

    def _fill(self) -> None:
        """What has passed its trial enters in its turn; the first that has not has to be tried before."""
        memory = self._memory
        while memory.room:
            following = next(search(memory, self._day), None)
            if following is None or not memory.of(following).passed:
                return
            tried = memory.of(following).tried == self._day
            behind = _today(self._entries, following) if tried else ()
            self._enter(following, reasons.entered(following, self._rules), behind, "entered")

    def _enter(self, exercise: str, why: Reason, sessions: tuple[int, ...], kind: Happening) -> None:
        own = self._memory.of(exercise)
        own.step, own.full, own.mastered = 0, [], False
        own.last = self._day if own.tried == self._day else own.last
        self._memory.programme.append(exercise)
        self._memory.programme.sort(key=self._rules.rank)
        self._decide(exercise, kind, why, sessions)

    def _decide(
        self, exercise: str | None, kind: Happening, why: Reason, sessions: tuple[int, ...] = ()
    ) -> None:
        self._memory.decide(Decision(self._day, exercise, kind, why, sessions))


def fewer(memory: Memory, exercise: str, day: date) -> bool:
    """Whether it was left out for so long that it begins with the fewest repetitions again."""
    own = memory.of(exercise)
    rested = own.last is not None and day - own.last > timedelta(days=memory.rules.gap.days)
    return rested and (own.step > 0 or bool(own.full))


def _today(entries: Sequence[Entry], exercise: str) -> tuple[int, ...]:
    own = (e for e in entries if isinstance(e, Done) and e.exercise == exercise)
    return tuple(e.session for e in own if e.session is not None)
