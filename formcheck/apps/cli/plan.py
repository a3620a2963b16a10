"""`formcheck plan`: what your form shows decides what you train next."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.prompt import IntPrompt, Prompt

from formcheck.apps.cli.history import Person, tell_damage
from formcheck.apps.cli.plan_ask import ask_pain, ask_start
from formcheck.apps.cli.plan_lines import behind, show_changes, show_decision, show_item, warn
from formcheck.apps.cli.terminal import Console, escape
from formcheck.exercises import catalog, find_exercise
from formcheck.messages import sentence
from formcheck.plan import words
from formcheck.types.training import (
    Done,
    Entry,
    Equipment,
    Pain,
    PainReport,
    Place,
    Plan,
    Start,
)

if TYPE_CHECKING:
    from formcheck.store import Damage, Store

HELP = "The training plan: start it, what to do today, log what was done without a camera, where you stand."

app = typer.Typer(rich_markup_mode=None)

StoreOption = Annotated[
    str | None, typer.Option("--store", metavar="URL", help="Database; your own by default.")
]
PainOption = Annotated[
    Pain | None, typer.Option("--pain", help="numb is numbness or tingling.", show_default=False)
]

_LATEST = 12


@app.callback(invoke_without_command=True)
def _plan(context: typer.Context, person: Person = None, store: StoreOption = None) -> None:
    """Today's session, unless a command follows."""
    if context.invoked_subcommand is None:
        following(person, store)


@app.command(help="Begin, or change the answers: three questions.")
def start(
    pain: PainOption = None,
    place: Annotated[Place | None, typer.Option(show_default=False, help="Where you train.")] = None,
    mat: Annotated[bool, typer.Option("--mat/--no-mat", help="Something to lie on; with --place.")] = True,
    wall: Annotated[bool, typer.Option("--wall/--no-wall", help="A free wall; with --place.")] = False,
    days: Annotated[
        int | None, typer.Option(min=1, max=7, show_default=False, help="Days a week for training.")
    ] = None,
    person: Person = None,
    store: StoreOption = None,
) -> None:
    """Ask what was not given, and keep it."""
    console = Console()
    warn(console)
    with _opened(store, new=True) as kept:
        equipment: tuple[Equipment, ...] = (*(("mat",) if mat else ()), *(("wall",) if wall else ()))
        answers = ask_start(
            console, pain=pain, where=None if place is None else (place, equipment), days=days
        )
        _show(_keep(kept, answers, person), console, warned=True)


@app.command(name="next", help="What to do today, with pictures, cues and targets.")
def following(person: Person = None, store: StoreOption = None) -> None:
    """Show today's session."""
    with _opened(store) as kept:
        _show(_read(kept, person), Console())


@app.command(help="Keep what was done without a camera, or how an exercise felt.")
def log(
    exercise: Annotated[str | None, typer.Argument(metavar="[EXERCISE]", show_default=False)] = None,
    sets: Annotated[
        list[int] | None,
        typer.Argument(
            metavar="[N...]",
            show_default=False,
            help="Repetitions, or seconds, of each set.",
            min=0,
            max=3600,
        ),
    ] = None,
    good: Annotated[
        int, typer.Option(min=0, max=10, help="Of ten, how many were slow and in correct form.")
    ] = 10,
    pain: PainOption = None,
    person: Person = None,
    store: StoreOption = None,
) -> None:
    """Keep one exercise; without one, ask for each that today holds."""
    console = Console()
    with _opened(store) as kept:
        before = _read(kept, person)
        if exercise is None and pain is None:
            plan = _ask_all(kept, person, console)
        else:
            plan = _keep(kept, _logged(exercise, sets or [], good, pain, console), person)
        show_changes(before, plan, console)


@app.command(help="Take back what was told last: an answer, a log, how it felt.")
def undo(person: Person = None, store: StoreOption = None) -> None:
    """Remove the last entry; sessions stay (`formcheck history forget`)."""
    console = Console()
    with _opened(store) as kept:
        gone = kept.take_back(person)
        plan = _read(kept, person)
    if gone is None:
        console.print("Nothing was told yet.", highlight=False)
        return
    console.print(f"Taken back: {escape(_taken_back(gone))}.", highlight=False)
    console.print(escape(sentence(words.headline(plan))), style="bold", highlight=False)


@app.command(help="Where you stand, why each exercise is there, and what unlocks the next.")
def show(person: Person = None, store: StoreOption = None) -> None:
    """Show the programme."""
    console = Console()
    with _opened(store) as kept:
        plan = _read(kept, person)
    if plan.state == "new":
        _show(plan, console)
        return
    headline, week = sentence(words.headline(plan)), sentence(words.week(plan.week))
    console.print(f"{escape(headline)}\n{escape(week)}\n", highlight=False)
    for slot in plan.programme:
        name = escape(catalog()[slot.exercise].name)
        console.print(f"[bold]{slot.place:>2}. {name}[/]  {sentence(words.standing(slot))}", highlight=False)
        for decision in slot.why[-3:]:
            line = f"      {decision.day}  {escape(sentence(decision.why))}{behind(decision.sessions)}"
            console.print(line, style="dim", highlight=False, soft_wrap=True)
        console.print(f"      next: {escape(sentence(slot.unlocks))}\n", highlight=False, soft_wrap=True)
    if not plan.programme:
        console.print("No exercise yet: short trials come first (formcheck plan next).\n", highlight=False)
    console.print("[bold]What was decided[/]")
    for decision in plan.decisions[-_LATEST:]:
        show_decision(decision, console)


def _taken_back(gone: "Entry | Damage") -> str:
    if not isinstance(gone, Start | PainReport | Done):
        return str(gone)
    what = {Start: "the answers", PainReport: "how it felt", Done: "what was logged"}[type(gone)]
    which = "" if isinstance(gone, Start) or gone.exercise is None else f" ({gone.exercise})"
    return f"{what}{which}, of {gone.when.astimezone():%Y-%m-%d %H:%M}"


def _show(plan: Plan, console: Console, *, warned: bool = False) -> None:
    if plan.warn and plan.state != "new" and not warned:
        warn(console)
    console.print(f"{escape(sentence(words.headline(plan)))}\n", style="bold", highlight=False)
    for note in plan.notes:
        console.print(f"{escape(sentence(note))}\n", style="cyan", highlight=False, soft_wrap=True)
    for item in plan.items:
        show_item(item, console)
    console.print(escape(_how(plan)), style="dim", highlight=False, soft_wrap=True)


def _how(plan: Plan) -> str:
    """What to type next."""
    if plan.state == "new":
        return "Begin: formcheck plan start"
    if plan.state == "stopped":
        return "Begin again, once a doctor has said so: formcheck plan start"
    if plan.state == "done":
        return "Where you stand: formcheck plan show"
    log = "or log it: formcheck plan log EXERCISE 8 8 8 --pain none"
    return f"Be guided by the camera: formcheck live --plan; {log}"


def _logged(exercise: str | None, sets: list[int], good: int, pain: Pain | None, console: Console) -> Entry:
    from formcheck.apps.plan import logged, now  # noqa: PLC0415

    known = None if exercise is None else find_exercise(exercise).id
    if known is None or not sets:
        if pain is None:
            raise typer.BadParameter("give the repetitions of each set, or --pain", param_hint="SETS")
        return PainReport(now(), known, pain)
    return logged(known, sets, good, pain or ask_pain(console, "Did anything hurt?"))


def _ask_all(kept: "Store", person: str | None, console: Console) -> Plan:
    """Ask for each item of today; what was skipped stays for later."""
    from formcheck.apps.plan import logged, tell  # noqa: PLC0415

    plan, asked = _read(kept, person), set[str]()
    while left := [item for item in plan.items if item.exercise not in asked]:
        item = left[0]
        asked.add(item.exercise)
        console.print(f"[bold]{escape(sentence(words.doing(item)))}[/]", highlight=False)
        unit = "seconds" if item.seconds is not None else "repetitions"
        text = Prompt.ask(
            f"  {unit} of each set, or nothing to skip", default="", show_default=False, console=console
        )
        sets = [int(n) for n in text.replace(",", " ").split() if n.isdecimal()]
        if sets:
            good = IntPrompt.ask(
                "  of ten, how many slow and in correct form",
                choices=[str(n) for n in range(11)],
                default=10,
                show_choices=False,
                console=console,
            )
            plan = tell(kept, logged(item.exercise, sets, good, ask_pain(console, "  Did it hurt?")), person)
    return plan


def _opened(where: str | None, *, new: bool = False) -> Any:
    from formcheck.apps.history import opened  # noqa: PLC0415

    return opened(where, new=new)


def _read(kept: "Store", person: str | None) -> Plan:
    from formcheck.apps.plan import plan_of  # noqa: PLC0415

    damages: list[Damage] = []
    plan = plan_of(kept, person, note=damages.append)
    tell_damage(damages)
    return plan


def _keep(kept: "Store", entry: Entry, person: str | None) -> Plan:
    from formcheck.apps.plan import tell  # noqa: PLC0415

    return tell(kept, entry, person)
