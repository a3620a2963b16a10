"""`formcheck exercises`: the catalog for people, and the checker for those who write their own file."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from formcheck.exercises import Exercise, catalog, find_exercise
from formcheck.exercises.loader import problems
from formcheck.outputs import words
from formcheck.signals import SIGNALS

_HALF = {"either": "each half", "out": "the way out", "back": "the way back", "peak": "time at the peak"}
app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def _by_default(context: typer.Context) -> None:
    """A bare `formcheck exercises` lists them."""
    if context.invoked_subcommand is None:
        list_exercises()


@app.command(name="list", help="All exercises in the article's order, easy to hard.")
def list_exercises() -> None:
    """Print the catalog."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("id", "name", "kind", "film from", "checks", "also called"):
        table.add_column(column, no_wrap=column == "id")
    for e in catalog().values():
        table.add_row(
            e.id,
            e.name,
            e.kind,
            ", ".join(e.camera.views),
            str(len({name for name, *_ in e.limits()})),
            ", ".join(e.aliases[:2]),
        )
    Console().print(table)


@app.command(help="One exercise: how to film it, what is counted, what is checked and why.")
def show(
    exercise: Annotated[str, typer.Argument(help="An id, an alias, or a TOML file.", show_default=False)],
) -> None:
    """Print one exercise."""
    _print(find_exercise(exercise), Console())


@app.command(help="Explain every mistake in your own exercise file.")
def check(
    file: Annotated[Path, typer.Argument(help="An exercise file.", show_default=False)],
) -> None:
    """Check one file; exit code 2 if it has mistakes."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        typer.echo(f"formcheck: {file}: cannot be read as text ({why}); give a TOML file", err=True)
        raise typer.Exit(2) from None
    found = problems(text, str(file))
    if isinstance(found, Exercise):
        typer.echo(f"{file}: fine: {found.id}, {found.kind}, {len(found.limits())} checks")
        return
    for line in found:
        typer.echo(line, err=True)
    raise typer.Exit(2)


@app.command(help="Every signal an exercise file may name.")
def signals() -> None:
    """Print the vocabulary."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("signal", "unit", "seen from", "meaning"):
        table.add_column(column)
    for signal in sorted(SIGNALS.values(), key=lambda s: s.name):
        name = f"{signal.name}.SIDE" if signal.sided else signal.name
        table.add_row(name, words.axis(signal.unit), ", ".join(signal.views), escape(signal.doc))
    console = Console()
    console.print(table)
    console.print("\nSIDE is near, far, left or right. Lengths are in trunk lengths.", highlight=False)


def _print(e: Exercise, console: Console) -> None:
    def say(text: str) -> None:
        console.print(text, highlight=False)

    say(f"[bold]{escape(e.name)}[/]  {e.id}  ({e.kind}, {e.group}, limits: {words.status(e.status)})")
    say(escape(e.about))
    say(f"\n[bold]Filming[/] ({', '.join(e.camera.views)})\n{escape(e.camera.setup)}")
    for cycle in e.cycle:
        if cycle.full is not None and cycle.signal:
            against = " beyond its start" if cycle.relative else ""
            seen = ", ".join(cycle.views)
            say(
                f"\n[bold]Counted[/] from {seen}: {cycle.signal} reaches {cycle.full:g}{against}"
                f"\n[dim]{escape(cycle.basis)}[/]"
            )
    say("\n[bold]Checked[/]")
    for name, measure, limit, upper in e.limits():
        side = "above" if upper else "below"
        unit = measure.unit
        error = "" if limit.error is None else f", error {words.quantity(limit.error, unit)}"
        mark = "  (safety)" if limit.safety else ""
        say(f"  [bold]{name}[/]{mark}: {escape(measure.what)}")
        say(f"    warns {side} {words.quantity(limit.warn, unit)}{error}; says “{escape(limit.say)}”")
        say(f"    [dim]{escape(limit.why)}  Basis: {escape(measure.basis)}[/]")
    for name, tempo in e.tempo.items():
        error = "" if tempo.error is None else f", error below {tempo.error:g} s"
        say(f"  [bold]{name}[/]: {_HALF[tempo.half]}; warns below {tempo.warn:g} s{error}")
    say("\n[bold]Never judged by a camera[/]")
    for line in e.not_judged:
        say(f"  {escape(line)}")
