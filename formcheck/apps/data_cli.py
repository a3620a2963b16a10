"""`formcheck data`: all that is kept of a person, out in one file, in again, and gone."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.apps.history_cli import Person
from formcheck.apps.plan_cli import StoreOption
from formcheck.apps.terminal import clean, echo

HELP = "All that is kept of a person: export it to one file, import it, delete it."

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


@app.command(help="Write everything to one file: sessions, answers, what was logged.")
def export(file: File, person: Person = None, store: StoreOption = None) -> None:
    """Write the export."""
    from formcheck.apps.history import opened  # noqa: PLC0415  slow to import, and --help must be quick
    from formcheck.apps.person import write_export  # noqa: PLC0415

    with opened(store) as kept:
        data = write_export(kept, file, person)
    echo(f"{file}: {_counted(len(data.sessions), len(data.entries))}")


@app.command(name="import", help="Take in an export; what is there already stays, once.")
def import_(file: File, person: Person = None, store: StoreOption = None) -> None:
    """Take in an export."""
    from formcheck.apps.history import opened  # noqa: PLC0415
    from formcheck.apps.person import import_person, read_export  # noqa: PLC0415

    data = read_export(file)
    with opened(store, new=True) as kept:
        import_person(kept, data, person)
    echo(f"taken in: {_counted(len(data.sessions), len(data.entries))}")


@app.command(help="Delete everything: sessions, answers, what was logged, poses of guided workouts.")
def delete(
    person: Person = None,
    store: StoreOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete all of a person, after asking."""
    from formcheck.apps.history import opened  # noqa: PLC0415
    from formcheck.apps.person import remove_folders, workouts  # noqa: PLC0415

    with opened(store) as kept:
        whose = f"of {clean(person)}" if person else "without a name"
        found = _counted(len(kept.history(person)), len(kept.entries(person)))
        if not yes and not typer.confirm(f"Delete all that is kept {whose} ({found})?"):
            raise typer.Exit
        gone = kept.forget_person(person)
        left = remove_folders(gone, workouts())
    echo(f"deleted: {found}")
    for place in left:
        echo(f"stays, as formcheck did not choose it: {place}")


def _counted(sessions: int, entries: int) -> str:
    return f"{sessions} session{'' if sessions == 1 else 's'}, {entries} answer{'' if entries == 1 else 's'}"
