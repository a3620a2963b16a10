"""Today's session of the plan, one exercise after the other: guided, kept, asked how it felt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from rich.prompt import Confirm

from formcheck.apps.cli.plan_ask import ask_pain, ask_start
from formcheck.apps.cli.plan_lines import show_changes, show_item, warn
from formcheck.apps.cli.terminal import Console, escape
from formcheck.apps.history import add
from formcheck.apps.live.recording import SESSION
from formcheck.apps.live.start import LiveOutcome
from formcheck.apps.plan import now, plan_of, tell
from formcheck.exercises import catalog
from formcheck.live.workout import Task, Workout
from formcheck.messages import sentence
from formcheck.plan import words
from formcheck.store import Store
from formcheck.types.training import Item, Pain, PainReport, Plan, Start

_QUESTION = "Any pain in it, numbness or tingling?"


class Asker(Protocol):
    """Asks the person; None where no answer can be had."""

    def start(self) -> Start | None:
        """The answers a plan begins with."""
        ...

    def pain(self) -> Pain | None:
        """How the exercise felt."""
        ...

    def go_on(self) -> bool:
        """Whether the next exercise shall come, after one that was broken off."""
        ...


class Terminal:
    """Asks in the terminal; without one nothing is known. ``pain`` is the answer given beforehand."""

    def __init__(self, console: Console, pain: Pain | None = None) -> None:
        self._console, self._pain = console, pain

    def start(self) -> Start | None:
        """Three questions."""
        try:
            return ask_start(self._console, pain=self._pain)
        except EOFError:
            return None

    def pain(self) -> Pain | None:
        """One question, unless it was answered before."""
        if self._pain is not None:
            return self._pain
        try:
            return ask_pain(self._console, _QUESTION)
        except EOFError:
            return None

    def go_on(self) -> bool:
        """Yes, if nobody says otherwise."""
        try:
            return Confirm.ask("Go on with the next exercise?", default=True, console=self._console)
        except EOFError:
            return False


@dataclass(frozen=True, slots=True)
class Guided:
    """How a guided session goes.

    Attributes
    ----------
    run : leads through one exercise in front of the camera.
    ask : asks the person.
    console : gets the words.
    once : one exercise only: a clip shows no other.
    anyway : train on a rest day too.
    """

    run: Callable[[Workout], LiveOutcome]
    ask: Asker
    console: Console
    once: bool = False
    anyway: bool = False

    def through(self, store: Store, person: str | None = None) -> bool:
        """Lead somebody through what today holds; whether it was interrupted."""
        first = plan = self._begun(store, person)
        tried: set[str] = set()
        interrupted = False
        while item := next((i for i in self._items(plan) if i.exercise not in tried), None):
            tried.add(item.exercise)
            show_item(item, self.console)
            outcome = self.run(workout_of(item))
            plan = self._keep(store, item, outcome, person)
            interrupted = outcome.interrupted
            if interrupted or plan.state == "stopped" or self.once:
                break
            if len(outcome.sets) < len(workout_of(item).steps) and not self.ask.go_on():
                break
        if tried:
            self.console.print()
        show_changes(first, plan, self.console)
        return interrupted

    def _begun(self, store: Store, person: str | None) -> Plan:
        """The plan, begun if there is none; the safety line whenever it belongs there."""
        plan = plan_of(store, person)
        if plan.state == "new":
            warn(self.console)
            start = self.ask.start()
            plan = plan if start is None else tell(store, start, person)
        elif plan.warn:
            warn(self.console)
        self.console.print(f"{escape(sentence(words.headline(plan)))}\n", style="bold", highlight=False)
        return plan

    def _items(self, plan: Plan) -> tuple[Item, ...]:
        resting = plan.state == "rest" and self.anyway
        return (*plan.training, *plan.items) if resting else plan.items

    def _keep(self, store: Store, item: Item, outcome: LiveOutcome, person: str | None) -> Plan:
        """Store what was measured, then how it felt; the plan that follows."""
        for folder in outcome.folders:
            if (folder / SESSION).is_file():
                add(store, folder / SESSION, person, None)
        if outcome.sets and not outcome.interrupted:
            pain = self.ask.pain()
            if pain is not None:
                return tell(store, PainReport(now(), item.exercise, pain), person)
        return plan_of(store, person)


def workout_of(item: Item) -> Workout:
    """An item as the live session has it."""
    exercise = catalog()[item.exercise]
    return Workout((Task(exercise, item.sets, item.reps, item.seconds, item.rest_s),))
