"""A training plan in a terminal: the safety line, an exercise of today, what was decided."""

from formcheck.apps.cli.exercises import show_picture
from formcheck.apps.cli.terminal import Console, escape
from formcheck.exercises import catalog
from formcheck.messages import sentence
from formcheck.plan import rules, words
from formcheck.types.training import Decision, Item, Plan


def warn(console: Console) -> None:
    """The safety line."""
    for line in rules().safety:
        console.print(escape(line), style="yellow", highlight=False)
    console.print()


def show_item(item: Item, console: Console) -> None:
    """One exercise of today: picture, target, set-up, cues, why."""
    exercise = catalog()[item.exercise]
    console.print(f"[bold]{escape(sentence(words.doing(item)))}[/]", highlight=False)
    show_picture(item.exercise, console)
    for line in (f"why: {sentence(item.why)}{behind(item.sessions)}", f"camera: {exercise.camera.setup}"):
        console.print(f"    {escape(line)}", highlight=False, soft_wrap=True)
    found = words.cues(exercise)
    if found:
        console.print(f"    look after: {escape('; '.join(found))}", highlight=False, soft_wrap=True)
    console.print()


def show_changes(before: Plan, plan: Plan, console: Console) -> None:
    """What followed from what was done since ``before``."""
    if plan.warn and plan.notes:
        warn(console)
    for decision in plan.decisions:
        if decision not in before.decisions:
            show_decision(decision, console)
    for note in plan.notes:
        console.print(escape(sentence(note)), style="cyan", highlight=False, soft_wrap=True)
    console.print(escape(sentence(words.headline(plan))), style="bold", highlight=False)


def show_decision(decision: Decision, console: Console) -> None:
    """A step of the plan in a line."""
    name = f"[bold]{escape(catalog()[decision.exercise].name)}.[/] " if decision.exercise else ""
    line = f"{escape(sentence(decision.why))}{behind(decision.sessions)}"
    console.print(f"{decision.day}  {name}{line}", highlight=False, soft_wrap=True)


def behind(sessions: tuple[int, ...]) -> str:
    """The sessions that decided, in words; empty without any."""
    return f" (session {', '.join(map(str, sessions))})" if sessions else ""
