"""`formcheck data`: all that is kept of a person, out in one file, in again, and gone; what is damaged."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.apps.cli.history import Person, tell_damage
from formcheck.apps.cli.plan import StoreOption
from formcheck.apps.cli.terminal import echo
from formcheck.types.text import one_line

HELP = "All that is kept of a person: export it to one file, import it, check it, delete it."

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


@app.command(help="Write everything to one file: sessions, answers, what was logged.")
def export(file: File, person: Person = None, store: StoreOption = None) -> None:
    """Write the export."""
    from formcheck.apps.history import opened  # noqa: PLC0415  slow to import, and --help must be quick
    from formcheck.apps.person import write_export  # noqa: PLC0415

    with opened(store) as kept:
        written = write_export(kept, file, person)
    tell_damage(written.damages)
    echo(f"{file}: {_counted(written.counted.sessions, written.counted.entries)}")


@app.command(name="import", help="Take in an export; what is there already stays, once.")
def import_(file: File, person: Person = None, store: StoreOption = None) -> None:
    """Take in an export."""
    from formcheck.apps.history import opened  # noqa: PLC0415
    from formcheck.apps.person import checked, take_in  # noqa: PLC0415

    with checked(file) as export, opened(store, new=True) as kept:
        taken = take_in(kept, export, str(file), person)
    echo(f"taken in: {_counted(taken.sessions, taken.entries)}")


@app.command(help="Name what is damaged in the store, whosever it is; --delete deletes it.")
def check(
    store: StoreOption = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete what no formcheck can read.")] = False,
) -> None:
    """Look at every session and answer."""
    from formcheck.apps.history import opened  # noqa: PLC0415

    with opened(store) as kept:
        found = kept.damaged()
        for damage in found:
            gone = delete and not damage.later
            if gone:
                kept.drop(damage)
            echo(f"{'deleted: ' if gone else ''}{damage}")
    if not found:
        echo("Nothing is damaged.")
    elif not delete:
        echo("To delete it: formcheck data check --delete")


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
        whose = f"of {one_line(person)}" if person else "without a name"
        found = _counted(*kept.counts_of(person))
        if not yes and not typer.confirm(f"Delete all that is kept {whose} ({found})?"):
            raise typer.Exit
        left = remove_folders(kept.forget_person(person), workouts())
    echo(f"deleted: {found}")
    for place in left:
        echo(f"stays, as formcheck did not choose it: {place}")


def _counted(sessions: int, entries: int) -> str:
    return f"{sessions} session{'' if sessions == 1 else 's'}, {entries} answer{'' if entries == 1 else 's'}"
