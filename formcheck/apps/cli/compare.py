"""`formcheck compare`: two sessions of one exercise side by side."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from formcheck.apps.cli import history as history_cli
from formcheck.apps.cli.terminal import Console, echo_json, escape
from formcheck.codec.progress import comparison_to_dict
from formcheck.errors import SourceError
from formcheck.messages import sentence
from formcheck.outputs import words
from formcheck.outputs.session_file import read_session
from formcheck.progress.compare import compare as compare_sessions
from formcheck.types.comparison import Change, Comparison, FaultChange
from formcheck.types.reason import Reason
from formcheck.types.session import Session
from formcheck.types.verdict import RANK
from formcheck.version import __version__

HELP = "Compare two sessions of one exercise, such as fresh and tired: what changed beyond measurement noise."
SCHEMA = "formcheck/comparison/1"

#: Decimals of a number in the table, as it is shown; one for other units.
_FIGURES = {"reps": 0, "points": 0, "s": 2}
_FAULT = {"ok": "fine", "warn": "a small fault", "error": "a clear fault", "not_assessable": "not seen"}


def compare(
    first: Annotated[
        Path,
        typer.Argument(
            help="session.json, the folder it lies in, or a number of the history.", show_default=False
        ),
    ],
    second: Annotated[Path, typer.Argument(help="The later one.", show_default=False)],
    store: history_cli.StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison alone, as JSON.")] = False,
) -> None:
    """Read two sessions and print what changed."""
    sessions = _read(first, store), _read(second, store)
    comparison = compare_sessions(*sessions)
    if as_json:
        text = json.dumps(_plain(comparison), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        echo_json(text)
        return
    _print(comparison, sessions[0].exercise.name, Console())


def _read(path: Path, store: str | None) -> Session:
    if not os.path.exists(path) and path.name.isdecimal() and path.name == str(path):
        from formcheck.apps import history  # noqa: PLC0415  slow to import, and --help must be quick

        with history.opened(store) as kept:
            return history.find_session(kept, int(path.name))
    if os.path.isfile(path) and path.suffix != ".json":
        raise SourceError(f"{path}: not a session; analyse it first, then compare the session.json it gave")
    return read_session(path / "session.json" if os.path.isdir(path) else path)


def _plain(comparison: Comparison) -> dict[str, Any]:
    return {"schema": SCHEMA, "formcheck": __version__, **comparison_to_dict(comparison)}


def _print(comparison: Comparison, exercise: str, console: Console) -> None:
    def say(text: str) -> None:
        console.print(text, highlight=False)

    say(f"\n[bold]{escape(exercise)}[/] · {escape(comparison.first)} → {escape(comparison.second)}\n")
    compared = [change for change in comparison.changes if change.reason is None]
    if compared:
        console.print(_table(compared), highlight=False)
    else:
        say("Nothing could be compared.")
    for change in comparison.changes:
        if change.why:
            say(f"  [yellow]•[/] {escape(change.why)}")
    for fault in comparison.faults:
        say(f"  {_fault(fault)}")
    for reason, left_out in _not_compared(comparison).items():
        say(f"  [dim]not compared:[/] {escape('; '.join(left_out))} ({escape(sentence(reason))})")
    for note in comparison.notes:
        say(f"  [cyan]note:[/] {escape(sentence(note))}")


def _not_compared(comparison: Comparison) -> dict[Reason, list[str]]:
    """What could not be compared, gathered by why."""
    by_reason: dict[Reason, list[str]] = {}
    for change in comparison.changes:
        if change.reason is not None:
            by_reason.setdefault(change.reason, []).append(words.short(change.what))
    return by_reason


def _table(changes: list[Change]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("what")
    for column in ("first", "second", "change", "needs"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("unit")
    table.add_column("verdict", no_wrap=True)
    for change in changes:
        verdict = "[bold yellow]clear change[/]" if change.clear else "[dim]no clear change[/]"
        first, second, needs = (_number(x, change.unit) for x in (change.early, change.late, change.needs))
        what, unit = escape(words.short(change.what)), escape(words.scale(change.unit))
        table.add_row(what, first, second, _signed(change), needs, unit, verdict)
    return table


def _number(value: float | None, unit: str) -> str:
    return words.number((value or 0.0) * words.factor(unit), _FIGURES.get(unit, 1))


def _signed(change: Change) -> str:
    text = _number(change.delta, change.unit)
    return text if text.startswith("−") or not text.strip("0.") else f"+{text}"


def _fault(fault: FaultChange) -> str:
    """A line such as "gained: Chest up (was fine, now a clear fault)"."""
    before, now = RANK.index(fault.early), RANK.index(fault.late)
    if "not_assessable" in (fault.early, fault.late):
        word = "[dim]cannot tell[/]"
    elif now > before:
        word = "[red]gained[/]" if fault.early == "ok" else "[red]worse[/]"
    else:
        word = "[green]lost[/]" if fault.late == "ok" else "[green]better[/]"
    return f"{word}: [bold]{escape(fault.cue)}[/] (was {_FAULT[fault.early]}, now {_FAULT[fault.late]})"
