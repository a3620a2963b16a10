"""`formcheck batch`: many clips, on all cores or a cluster, with nothing lost."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from formcheck.apps.cli.models import Careful, EveryFrame, ModelName, looks_said
from formcheck.apps.cli.terminal import Console, echo
from formcheck.exercises import AUTO, catalog
from formcheck.extras import require
from formcheck.outputs import words
from formcheck.pose.looks import AUTO as AUTO_LOOKS

if TYPE_CHECKING:
    from formcheck.apps.batch.inputs import Clip
    from formcheck.apps.batch.run import Batch
    from formcheck.outputs.batch_clip import BatchClip
    from formcheck.store.records import Job

HELP = "Judge many clips: folders, patterns or a manifest; can be interrupted and goes on where it was."
#: MB that one worker may take: twice what a clip of 1080 lines needs.
MEMORY_MB = 1500


def batch(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="IN...", help="Video files, folders, patterns.", show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the results.", file_okay=False)] = Path(
        "formcheck-batch"
    ),
    manifest: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="Clips as a table: path, and if known exercise, side, view, rotate, slowmo.",
        ),
    ] = None,
    exercise: Annotated[
        str | None,
        typer.Option(
            "--exercise",
            "-e",
            help=f"Which exercise, where the manifest does not say: an id, your own TOML file, or {AUTO}. "
            "Without it the name of a clip's folder counts, else it is recognised.",
            autocompletion=lambda: [AUTO, *catalog()],
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Clips at a time; one per core by default.")
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(min=1, help="Seconds one clip may take; by default a minute and 20 times its length."),
    ] = None,
    memory: Annotated[int, typer.Option(min=300, help="MB that one worker may take.")] = MEMORY_MB,
    ray: Annotated[
        str | None, typer.Option(metavar="ADDRESS|local", help="Judge on a Ray cluster instead.")
    ] = None,
    send_videos: Annotated[
        bool,
        typer.Option("--send-videos", help="Send the clips through Ray; else they lie on a shared disk."),
    ] = False,
    store: Annotated[
        str | None, typer.Option(metavar="URL", help="Database of results; a file in OUT by default.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume/--no-resume", help="Keep what was judged before by the same rules.")
    ] = True,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Judge again what failed before.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on with clips that come later, until Ctrl-C.")
    ] = False,
    model: ModelName = AUTO_LOOKS,
    careful: Careful = False,
    every_frame: EveryFrame = False,
    video: Annotated[bool, typer.Option("--video/--no-video", help="Write annotated videos.")] = False,
    report: Annotated[bool, typer.Option("--report/--no-report", help="Write HTML reports.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell only what could not be judged.")] = False,
) -> None:
    """Judge every clip that was not judged before by the same rules."""
    require("batch")
    from formcheck.apps.batch import start  # noqa: PLC0415  slow to import, and --help must be quick
    from formcheck.apps.batch.inputs import find_clips, refuse_empty  # noqa: PLC0415
    from formcheck.apps.batch.run import Setting  # noqa: PLC0415

    given = inputs or []
    if not given and manifest is None:
        raise typer.BadParameter("nothing to judge; name files or folders, or give --manifest")
    listed, chosen = start.clips_of(manifest), start.exercise_of(exercise)
    if not watch:
        refuse_empty(given, out)
    again = start.judged_again(resume=resume, retry_failed=retry_failed)
    looks = looks_said(model, careful=careful, every_frame=every_frame)
    setting = Setting(out, start.rules_of(looks, video=video, report=report), timeout, again)
    workers_of = (
        partial(start.on_ray, ray, workers, send_videos=send_videos)
        if ray
        else partial(start.local, workers, memory)
    )
    find = partial(find_clips, given, listed, chosen, out)
    console = Console(stderr=True, quiet=quiet)
    with start.opened(setting, store, workers_of, console) as run:
        if watch:
            _watch(run, find, console)
        jobs = _look(run, find(), console)
        fresh = _judge(run, jobs, console)
        clips = run.outcome(jobs)
    _end(clips, len(jobs) - len(clips), out, fresh=fresh, quiet=quiet)


def _watch(run: "Batch", find: "Callable[[], list[Clip]]", console: Console) -> None:
    """Judge what is there and what comes, until Ctrl-C."""
    from formcheck.apps.batch.watch import LOOK_S, Watch  # noqa: PLC0415

    run.drop_others()
    console.print("watching; Ctrl-C ends it", highlight=False)
    run.run(Watch(find, LOOK_S))


def _look(run: "Batch", clips: "Sequence[Clip]", console: Console) -> "list[Job]":
    """Ask for the clips; reading their bytes takes a while."""
    bar = Progress(
        TextColumn("looking at the files"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=console.quiet or not console.is_terminal,  # else it leaves an empty line in pipes and logs
    )
    with bar:
        task = bar.add_task("", total=len(clips))
        jobs = run.want(clips, lambda: bar.advance(task))
    run.drop_others()
    return jobs


def _judge(run: "Batch", jobs: "Sequence[Job]", console: Console) -> bool:
    """Judge what is to do; whether there was anything."""
    plan = run.plan(jobs)
    if plan.todo:
        console.print(plan.line(), highlight=False, soft_wrap=True)
        run.run()
    else:
        run.results.write()  # an earlier run may have been killed before it did
    return plan.todo > 0


def _end(clips: "Sequence[BatchClip]", left: int, out: Path, *, fresh: bool, quiet: bool) -> None:
    """Tell in one line what came out, and end as it went."""
    counts, unsure = Counter(clip.status for clip in clips), sum(clip.unsure for clip in clips)
    parts = [f"{counts['ok']} of {words.count(len(clips) + left, 'clip')} judged"]
    if counts["not_judgeable"]:
        which = f" ({unsure} of an exercise that could not be told)" if unsure else ""
        parts.append(f"{counts['not_judgeable']} not judgeable{which}")
    parts += [f"{counts['failed']} failed"] if counts["failed"] else []
    parts += [f"{left} not done"] if left else []
    if quiet:
        for clip in clips:
            if clip.status != "ok":
                echo(f"formcheck: {clip.name}: {clip.reason or ''}", err=True)
    else:
        before = "" if fresh else "nothing to do: "
        echo(f"{before}{', '.join(parts)}; see {out / 'index.html'}")
    if counts["ok"] < len(clips) + left:
        raise typer.Exit(1)
