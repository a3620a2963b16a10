"""`formcheck exercises`: the catalog for people, and the checker for those who write their own file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from formcheck.apps.cli.terminal import Console, echo, escape
from formcheck.exercises import Exercise, catalog, find_exercise
from formcheck.exercises.files import read_text
from formcheck.exercises.loader import problems
from formcheck.exercises.pictures import find_picture
from formcheck.exercises.sources import sources
from formcheck.outputs import words
from formcheck.outputs.guide.dots import dots
from formcheck.outputs.guide.guide import Block, CheckLine, guide
from formcheck.outputs.guide.phrases import listed
from formcheck.outputs.guide.review import write_review
from formcheck.sensor import usual_profile
from formcheck.signals import SIGNALS
from formcheck.signals.roles import BY_FRAME, SIDES

_WIDEST = 100  # letters a line, for long ones are hard to read
app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def _by_default(context: typer.Context) -> None:
    """A bare `formcheck exercises` lists them."""
    if context.invoked_subcommand is None:
        list_exercises()


@app.command(name="list", help="All exercises by level, easy to hard.")
def list_exercises() -> None:
    """Print the catalog, one line each."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("level", justify="right")
    for column in ("exercise", "group", "kind", "film from", "checks"):
        table.add_column(column, no_wrap=True, justify="right" if column == "checks" else "left")
    for e in catalog().values():
        views = "anywhere" if len(e.camera.views) == 3 else ", ".join(e.camera.views)
        checks = len({name for name, *_ in e.limits()})
        table.add_row(str(e.level or ""), e.id, e.group, e.kind, views, str(checks or ""))
    console = Console()
    console.print(table)
    console.print("\nNo checks: counted only. 'formcheck exercises show NAME' tells more.", highlight=False)


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
    found = problems(read_text(file), str(file))
    if isinstance(found, Exercise):
        bases = found.bases()
        own = sum(basis.kind == "judgement" for basis in bases)
        checks = words.count(len(found.limits()), "check")
        rest = f"; {own} of {len(bases)} bases are judgement" if bases else ""
        echo(f"{file}: fine: {found.id}, {found.kind}, {checks}{rest}")
        return
    for line in found:
        echo(line, err=True)
    raise typer.Exit(2)


@app.command(help="Write one page on which a physiotherapist can review and sign the limits.")
def review(
    exercise: Annotated[str, typer.Argument(help="An id, an alias, or a TOML file.", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder or .html file to write.")] = Path(),
) -> None:
    """Write the review sheet of one exercise."""
    found = find_exercise(exercise)
    path = write_review(found, out)
    limits = words.count(len(found.limits()), "limit")
    echo(f"{path}: the review sheet of {found.name}, {limits}; open it in a browser, or print it on A4")


@app.command(help="Every signal an exercise file may name.")
def signals() -> None:
    """Print the vocabulary."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("signal", "unit", "seen from", "meaning"):
        table.add_column(column, no_wrap=column == "signal")
    for signal in sorted(SIGNALS.values(), key=lambda s: s.name):
        name = f"{signal.name}.ROLE" if signal.sided else signal.name
        table.add_row(name, words.axis(signal.unit), ", ".join(signal.views), escape(signal.doc))
    console = Console()
    console.print(table)
    console.print(f"\nROLE is {listed(SIDES, 'or')}, or one of these:", highlight=False)
    roles = Table.grid("", "", padding=(0, 2))
    for role in BY_FRAME.values():
        roles.add_row(f"  {role.name}", escape(role.doc))
    console.print(roles)
    console.print("Lengths are in trunk lengths.", highlight=False)


@app.command(name="sources", help="Every source that a limit may name.")
def list_sources() -> None:
    """Print the sources by id."""
    console = Console()
    for name, source in sources().items():
        _say(console, f"[bold]{name}[/]")
        for line in (f"{source.citation}. {source.url}", f"{source.says} Read: {source.read}."):
            _say(console, escape(line), 4)


def _say(console: Console, text: str, indent: int = 0) -> None:
    """A paragraph of markup, no wider than is read with ease."""
    for line in Text.from_markup(text).wrap(console, min(console.width, _WIDEST) - indent):
        line.pad_left(indent)
        line.rstrip()
        console.print(line)


def _print(e: Exercise, console: Console) -> None:
    """The guide of an exercise, its picture on top where the terminal can show it."""

    def say(text: str, indent: int = 0) -> None:
        _say(console, text, indent)

    g = guide(e, usual_profile())
    show_picture(e.id, console)
    say(f"[bold]{escape(g.name)}[/]  {g.id}\n{escape(g.about)}\n")
    for name, fact in g.facts:
        say(f"{name}: {escape(fact)}")
    say(f"\n{escape(g.status)}")
    say("\n[bold]How to film[/]")
    say(f"From {g.views}. {escape(g.setup)}", 2)
    _blocks("Start pose", g.start, say)
    _blocks("What is counted", g.counted, say)
    _checks(g.checks, say)
    _blocks("Tempo", g.tempo, say)
    _blocks("What its movement looks like", g.signature, say)
    if g.sources:
        say("\n[bold]Sources[/]")
    for source in g.sources.values():
        say(escape(f"{source.citation}. {source.url}"), 2)
    if g.not_judged:
        say("\n[bold]What no camera can judge here[/]")
    for line in g.not_judged:
        say(escape(line), 2)


def _checks(checks: Sequence[CheckLine], say: Callable[..., None]) -> None:
    if checks:
        say("\n[bold]What is checked[/] (% are of the trunk's length)")
    for check in checks:
        mark = ", safety" if check.safety else ""
        fault = "" if check.fault == "–" else f", clear fault {check.fault}"
        say(f"[bold]{escape(check.cue)}[/]  ({check.id}{mark})", 2)
        say(f"{escape(check.what)} {check.measured}: warns {check.warns}{fault}; from {check.views}.", 4)
        say(escape(check.why), 4)
        say(f"[dim]Basis: {escape(check.origin.text)}[/]", 4)


def _blocks(title: str, blocks: Sequence[Block], say: Callable[..., None]) -> None:
    if blocks:
        say(f"\n[bold]{title}[/]")
    for block in blocks:
        say(escape(block.title), 2)
        for line in block.lines:
            say(escape(line), 4)
        if block.origin:
            say(f"[dim]Basis: {escape(block.origin.text)}[/]", 4)


def show_picture(exercise: str, console: Console) -> None:
    """For eyes only: a file or a pipe gets words, as does a terminal without braille letters."""
    picture = find_picture(exercise)
    if picture is None or not console.is_terminal or console.encoding != "utf-8":
        return
    lines = dots(picture)
    if max(map(len, lines)) <= console.width:
        console.print("\n".join(lines) + "\n", style="cyan", highlight=False, no_wrap=True)
