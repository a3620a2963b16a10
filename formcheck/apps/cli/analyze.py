"""`formcheck analyze`: recorded clips, one after the other."""

import json
import os
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from formcheck.apps.cli.models import Careful, EveryFrame, ModelName, looks_said, ready_looks
from formcheck.apps.cli.terminal import Console, echo, echo_json
from formcheck.errors import FormcheckError
from formcheck.exercises import AUTO, Exercise, catalog, find_exercise
from formcheck.pose.looks import AUTO as AUTO_LOOKS
from formcheck.pose.subject import Rule
from formcheck.types.frame import Turn

if TYPE_CHECKING:
    from formcheck.apps.analysis import Options
    from formcheck.apps.finished import Analysis

HELP = "Judge recorded clips (or saved poses.npz): count, find faults, write a report, a video and JSON."

Clips = Annotated[list[Path], typer.Argument(help="Video files, or poses.npz.", show_default=False)]
ExerciseName = Annotated[
    str,
    typer.Option(
        "--exercise",
        "-e",
        help=f"Which exercise: an id, an alias, your own TOML file, or {AUTO} to recognise it.",
        autocompletion=lambda: [AUTO, *catalog()],
    ),
]
#: Shortest and tallest person, metres.
_HEIGHTS = (0.5, 2.7)


def _metres(word: str) -> float:
    """A height in metres; what looks like another unit is refused as such."""
    low, high = _HEIGHTS
    try:
        value = float(word)
    except ValueError:
        raise typer.BadParameter(f"{word!r} is no number; give metres, such as 1.78") from None
    if low <= value <= high:
        return value
    if low <= value / 100 <= high:
        raise typer.BadParameter(f"{word} looks like centimetres; give metres: {value / 100:g}")
    raise typer.BadParameter(f"{word} is not between {low:g} and {high:g}; give metres, such as 1.78")


Out = Annotated[Path, typer.Option("-o", "--out", help="Folder for the results.")]


def analyze(
    clips: Clips,
    exercise: ExerciseName = AUTO,
    side: Annotated[Literal["left", "right"] | None, typer.Option(help="The working side.")] = None,
    view: Annotated[
        Literal["auto", "side", "front", "back"], typer.Option(help="Where the camera stood.")
    ] = "auto",
    subject: Annotated[
        Rule, typer.Option(help="Who is followed when several people are in view.")
    ] = "largest",
    model: ModelName = AUTO_LOOKS,
    careful: Careful = False,
    every_frame: EveryFrame = False,
    height: Annotated[
        float | None,
        typer.Option(parser=_metres, metavar="METRES", help="Of the person: tells lengths in centimetres."),
    ] = None,
    join: Annotated[
        bool, typer.Option("--join", help="The clips show one run from several sides: join them into one.")
    ] = False,
    start: Annotated[float | None, typer.Option(help="Begin here, in seconds.", min=0)] = None,
    end: Annotated[float | None, typer.Option(help="Stop here, in seconds.", min=0)] = None,
    slowmo: Annotated[
        float | None,
        typer.Option(help="How many times slower than life it plays; else as the phone says.", min=0.01),
    ] = None,
    rotate: Annotated[
        Turn | None,
        typer.Option(help="Turn the pictures clockwise by so many degrees; else as the movement shows."),
    ] = None,
    out: Out = Path("formcheck-results"),
    video: Annotated[bool, typer.Option("--video/--no-video", help="Write the annotated video.")] = True,
    report: Annotated[bool, typer.Option("--report/--no-report", help="Write the HTML report.")] = True,
    save_poses: Annotated[bool, typer.Option("--save-poses", help="Keep the landmarks.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the session alone on stdout; of several clips, one a line.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the results of another clip of that name.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Judge every clip; one that fails is named and does not stop the others."""
    from formcheck.apps.analysis import Options  # noqa: PLC0415  slow to import, and --help must be quick
    from formcheck.apps.joining import write_joined  # noqa: PLC0415
    from formcheck.files.folders import clip_name  # noqa: PLC0415

    chosen = _exercise(exercise)
    _check_words(start, end, alone=join and len(clips) == 1)
    looks = looks_said(model, careful=careful, every_frame=every_frame)
    console = Console(stderr=True, quiet=quiet)
    if any(clip.suffix != ".npz" and os.path.isfile(clip) for clip in clips):
        looks = ready_looks(looks)
    options = Options(
        looks=looks,
        side=side,
        view=None if view == "auto" else view,
        subject=subject,
        height=height,
        start=start,
        end=end,
        slowmo=slowmo,
        rotation_deg=rotate,
        video=video,
        report=report,
        save_poses=save_poses,
    )
    failed, judged, written = 0, list["Analysis"](), dict[str, Path]()
    for clip in clips:
        taken = {name for name, by in written.items() if by != clip}  # of this run, and not to be replaced
        fresh = clip_name(clip.name).casefold() not in taken
        try:
            done = _with_bar(clip, chosen, out, options, console, force=force and fresh, taken=taken)
        except FormcheckError as error:
            if len(clips) == 1:
                raise
            failed += 1
            echo(f"formcheck: {error}", err=True)
            continue
        judged.append(done)
        written[done.folder.name.casefold()] = clip
        _tell(done, as_json=as_json and not join, quiet=quiet or join, several=len(clips) > 1, taken=taken)
        if done.unjudged:
            failed += 1
            echo(f"formcheck: {clip}: {done.unjudged}", err=True)
    if join:
        joined = write_joined(judged, out, report=report, force=force)
        _tell(joined, as_json=as_json, quiet=quiet, several=False)
    if failed and len(clips) > 1:
        echo(f"formcheck: {failed} of {len(clips)} clips could not be judged", err=True)
    if failed:
        raise typer.Exit(1)


def _exercise(word: str) -> Exercise | str:
    return word if word == AUTO else find_exercise(word)


def _check_words(start: float | None, end: float | None, *, alone: bool) -> None:
    """What no clip can make right is said before the first one is opened."""
    if alone:
        raise typer.BadParameter("one clip; give two or more of one run", param_hint="--join")
    if end is not None and end <= (start or 0):
        raise typer.BadParameter(f"{end:g} is not after the start of {start or 0:g} s", param_hint="--end")


def _with_bar(
    clip: Path,
    exercise: Exercise | str,
    out: Path,
    options: "Options",
    console: Console,
    *,
    force: bool,
    taken: Container[str],
) -> "Analysis":
    from formcheck.apps.analysis import analyse_file  # noqa: PLC0415

    columns = (TextColumn("{task.description:<8}"), BarColumn(), TextColumn("{task.fields[at]}"))
    silent = console.quiet or not console.is_terminal  # else it leaves an empty line in pipes and logs
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=silent) as bar:
        tasks: dict[str, int] = {}

        def show(what: str, done_s: float, total_s: float | None) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total_s, at="")
            at = f"{done_s:.1f} of {total_s:.1f} s" if total_s else f"{done_s:.1f} s"
            bar.update(tasks[what], completed=done_s, at=at)  # type: ignore[arg-type]

        return analyse_file(clip, exercise, out, options, progress=show, force=force, taken=taken)


def _tell(done: "Analysis", *, as_json: bool, quiet: bool, several: bool, taken: Container[str] = ()) -> None:
    from formcheck.apps.cli.summary import print_summary  # noqa: PLC0415

    if done.taken:
        ours = done.taken.name.casefold() in taken
        what, hint = ("another clip of this run", "") if ours else ("something else", " (--force overwrites)")
        echo(f"formcheck: {done.taken}: holds {what}; the results are in {done.folder}{hint}", err=True)
    if done.warning:
        echo(f"formcheck: {done.warning}", err=True)
    if as_json:
        text = (done.folder / "session.json").read_text(encoding="utf-8")
        if several:  # one session a line
            text = json.dumps(json.loads(text), ensure_ascii=False) + "\n"
        echo_json(text)
    elif not quiet:
        print_summary(done, Console())
