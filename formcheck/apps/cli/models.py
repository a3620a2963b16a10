"""`formcheck models`: which pose models there are, fetching them, and where they lie."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from rich.table import Table

from formcheck.apps.cli.terminal import Console, echo, escape
from formcheck.apps.live.pace import LIVE
from formcheck.errors import ModelError
from formcheck.pose import estimators, models
from formcheck.pose.looks import USUAL, Looks, looks_of
from formcheck.pose.manifest import entries, installed

app = typer.Typer(help="Pose models: list, fetch, path.")


@app.callback(invoke_without_command=True)
def _by_default(context: typer.Context) -> None:
    """A bare `formcheck models` lists them."""
    if context.invoked_subcommand is None:
        list_models()


def _known(name: str) -> str:
    if name not in entries():
        raise typer.BadParameter(f"{name}: no such pose model; choose one of {', '.join(entries())}")
    return name


#: Looks at recordings where the model for them cannot be fetched.
INSTEAD = "full"
ModelName = Annotated[
    str,
    typer.Option(
        "--model", help="lite, full, heavy, a .task file; auto: heavy, as often as needed, for runs full."
    ),
]
Careful = Annotated[
    bool, typer.Option("--careful", help="Look more often than auto does, which takes longer.")
]
EveryFrame = Annotated[bool, typer.Option("--every-frame", help="Look at every frame of a clip.")]

Name = Annotated[str, typer.Argument(metavar="NAME", help="lite, full or heavy.", callback=_known)]


@app.command("list")
def list_models() -> None:
    """Show every known model, whether it has been fetched, and where it lies."""
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "size", "state", "licence", "what"):
        table.add_column(heading)
    for name, entry in entries().items():
        table.add_row(name, f"{entry.bytes / 1e6:.1f} MB", _state(name), entry.licence, entry.what)
    for name in sorted(installed().keys() - entries().keys()):
        table.add_row(escape(name), "", "installed", "", escape(f"of {estimators.source_of(name)}"))
    console = Console()
    console.print(table)
    console.print(f"folder: {escape(models.models_folder())}", soft_wrap=True)


@app.command("fetch")
def fetch_model(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="lite, full or heavy; else those used by default.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Build it anew.")] = False,
) -> None:
    """Fetch models once; afterwards formcheck works without a network."""
    for wanted in dict.fromkeys((LIVE, *USUAL.models)) if name is None else (_known(name),):
        path = fetch_with_bar(wanted, force=force)
        echo(f"{path}  sha256 {models.entry_of(wanted).sha256}")


@app.command("path")
def show_path(name: Name) -> None:
    """Print where a fetched model lies; exit code 1 if it has not been fetched or is damaged."""
    path = models.model_path(name)
    state = _state(name)
    if state != "ready":
        echo(f"formcheck: {name}: {state}; run: formcheck models fetch {name}", err=True)
        raise typer.Exit(1)
    echo(path)


def fetch_with_bar(name: str, *, force: bool = False) -> Path:
    """Fetch with a progress bar on standard error; returns the path of the model."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bars:
        task = bars.add_task(f"pose model {name}", total=None)

        def show(what: str, done: int, total: int) -> None:
            bars.update(task, description=what, completed=done, total=total)

        return models.fetch(name, force=force, progress=show)


def looks_said(model: str, *, careful: bool, every_frame: bool) -> Looks:
    """How recordings are looked at, by the words of a command; refused where they are wrong."""
    try:
        looks = looks_of(model, careful=careful, every_frame=every_frame)
    except ModelError as error:
        raise typer.BadParameter(str(error), param_hint="--careful") from None
    for which in looks.models:
        check_model(which)
    return looks


def ready_looks(looks: Looks) -> Looks:
    """Have the models at hand before the first clip; as `ready_model`.

    Where the model that is used unless another is wanted cannot be fetched, it is said so, and `full` takes
    its place if that is there.
    """
    try:
        for model in looks.models:
            ready_model(model)
    except ModelError as error:
        if looks != USUAL or models.is_there(looks.model) or not models.is_whole(INSTEAD):
            raise
        echo(f"formcheck: {error}; {INSTEAD} looks instead, which is less exact", err=True)
        return looks_of(INSTEAD)
    return looks


def check_model(word: str) -> None:
    """Refuse as wrong words what is neither the name of a model nor the file of one."""
    if estimators.is_known(word):
        return
    try:
        models.load(word)
    except ModelError as error:
        raise typer.BadParameter(str(error), param_hint="--model") from None


def ready_model(word: str) -> None:
    """Have a model at hand before the first clip: fetched if need be, and one that can be used.

    Raises
    ------
    ModelError
        If one known by name cannot be fetched, or is damaged.
    """
    if word in entries() and not models.is_there(word):
        fetch_with_bar(word)
    if estimators.is_known(word):
        estimators.load(word)
        return
    try:
        estimators.try_out(estimators.load(word))
    except ModelError as error:
        why = str(error).removeprefix(f"{Path(word).stem}: ")
        raise typer.BadParameter(f"{word}: {why}", param_hint="--model") from None


def _state(name: str) -> str:
    if not models.is_there(name):
        return "not fetched"
    return "ready" if models.is_whole(name) else "damaged"
