"""`formcheck history`: what was done over time, and what has really changed."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from formcheck.apps.cli.terminal import Console, echo, echo_json, escape
from formcheck.codec.progress import trend_to_dict
from formcheck.messages import sentence
from formcheck.outputs import trend_words, words
from formcheck.types.trend import Series, Trend
from formcheck.version import __version__

if TYPE_CHECKING:
    from formcheck.store import Damage, SessionRow

HELP = "What was done over time, and what has really changed; add keeps sessions, forget drops one."
SCHEMA = "formcheck/history/1"
#: So many of the newest sessions are listed and drawn as bars.
_SHOWN = 20
_NOTHING = "Nothing kept yet. Add what was analysed: formcheck history add FOLDER"

app = typer.Typer(rich_markup_mode=None)

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="URL", help="Database, or folder of a batch; your own by default."),
]
Person = Annotated[str | None, typer.Option("--person", metavar="NAME", help="Whose sessions.")]


@app.callback(invoke_without_command=True)
def _history(
    context: typer.Context,
    exercise: Annotated[
        str | None, typer.Option("--exercise", "-e", metavar="ID", help="One exercise with its trends.")
    ] = None,
    person: Person = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="From this day on.")
    ] = None,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it alone, as JSON.")] = False,
) -> None:
    """Show what was done, unless a command follows."""
    if context.invoked_subcommand is not None:
        return
    from formcheck.apps import history  # noqa: PLC0415  slow to import, and --help must be quick

    damages: list[Damage] = []
    note = damages.append
    with history.opened(store) as kept:
        asked = None if exercise is None else history.known(kept, exercise, person)
        names = [id_ for id_, _, _ in kept.exercises(person)] if asked is None else [asked]
        start = history.day(since)
        listed = [rows for name in names if (rows := history.rows_of(kept, name, person, start, note))]
        found = [history.read_trend(kept, rows, note) for rows in listed]
    tell_damage(damages)
    if as_json:
        echo_json(_json(found))
    elif not found:
        echo(_NOTHING if person is None and since is None else "No session fits.")
    elif asked is None:
        _overview(found, Console())
    else:
        _one(found[0], listed[0][:_SHOWN], Console())


@app.command(help="Keep analysed sessions: folders of analyze, of live --record, of a batch.")
def add(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", show_default=False)],
    person: Person = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
            metavar="DATE",
            help="When it was done, if not when judged.",
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Add every session below the folders; one that is known is replaced."""
    from formcheck.apps import history  # noqa: PLC0415

    places = history.sessions_in(folders)
    with history.opened(store, new=True) as kept:
        for place in places:
            id_, session = history.add(kept, place, person, on)
            echo(f"{id_}  {session.exercise.name}  {session.source.name}")


@app.command(help="Forget a session, and the same person's other judgements of its recording; files stay.")
def forget(
    session: Annotated[int, typer.Argument(metavar="ID", help="As history -e shows it.", show_default=False)],
    store: StoreOption = None,
) -> None:
    """Forget one session."""
    from formcheck.apps import history  # noqa: PLC0415

    with history.opened(store) as kept:
        if not history.is_id(session) or not kept.forget(session):
            raise history.no_session(session)
    echo(f"forgot session {session}")


def tell_damage(damages: "Sequence[Damage]") -> None:
    """Name what could not be read, and say how to be rid of it."""
    for damage in dict.fromkeys(damages):
        echo(f"passed over: {damage}; to delete what is damaged: formcheck data check --delete", err=True)


def _json(trends: list[Trend]) -> str:
    document = {"schema": SCHEMA, "formcheck": __version__, "trends": [trend_to_dict(t) for t in trends]}
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _overview(trends: list[Trend], console: Console) -> None:
    """One line for each exercise."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("exercise")
    table.add_column("done", justify="right", no_wrap=True)
    table.add_column("last", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("")
    table.add_column("change")
    for trend in trends:
        score = next((s for s in trend.series if s.id == "score"), None)
        table.add_row(escape(trend.exercise), str(trend.sessions), _last(trend), *_scored(score, trend))
    console.print(table, highlight=False)
    console.print("\nOne exercise in full: formcheck history -e ID", highlight=False, style="dim")


def _last(trend: Trend) -> str:
    moments = [p.when for s in trend.series for p in s.points]
    return f"{max(moments):%Y-%m-%d}" if moments else "–"


def _scored(score: Series | None, trend: Trend) -> tuple[str, str, str]:
    """Latest score, its course, and what changed."""
    if score is None:
        return "–", "", escape(sentence(trend.notes[0]) if trend.notes else "no score")
    values = [p.value for p in score.points]
    last = next((x for x in reversed(values) if x is not None), None)
    shown = "–" if last is None else words.number(last, 0)
    return shown, trend_words.sparkline(values[-_SHOWN:]), _briefly(score)


def _briefly(series: Series) -> str:
    if series.reason is not None:
        once = sum(p.compared for p in series.points) == 1
        return "once so far" if once else escape(sentence(series.reason))
    if series.meaning is None:
        return f"no change (needs {trend_words.quantity(series.needs, series.unit)})"
    return f"[bold]{series.meaning}[/] ({trend_words.change(series)})"


def _one(trend: Trend, rows: "Sequence[SessionRow]", console: Console) -> None:
    """The sessions of one exercise and the trends of its numbers."""
    from formcheck.apps.history import done  # noqa: PLC0415

    def say(text: str) -> None:
        console.print(text, highlight=False)

    say(f"\n[bold]{escape(trend.name)}[/] · {words.count(trend.sessions, 'session')}\n")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("id", justify="right", no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("done")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("from")
    for row in reversed(rows):
        score = "–" if row.score is None else str(row.score)
        name = escape(row.name if row.origin == "video" else "live")
        table.add_row(str(row.id), f"{row.when.astimezone():%Y-%m-%d %H:%M}", done(row), score, name)
    console.print(table, highlight=False)
    if trend.sessions > len(rows):
        say(f"[dim]and {trend.sessions - len(rows)} before these[/]")
    for series in trend.series:
        bars = trend_words.sparkline([p.value for p in series.points[-_SHOWN:]])
        say(f"\n[bold]{escape(trend_words.title(series))}[/]  {bars}")
        say(f"  {escape(trend_words.verdict(series))}")
    if trend.notes:
        say("")
    for note in trend.notes:
        say(f"[cyan]note:[/] {escape(sentence(note))}")
