"""`formcheck live`: feedback while somebody exercises in front of a camera."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from formcheck.apps.cli.history import Person
from formcheck.apps.cli.models import check_model, ready_model
from formcheck.apps.cli.plan import PainOption, StoreOption
from formcheck.apps.cli.terminal import Console, echo, escape
from formcheck.apps.live.pace import first_of
from formcheck.errors import OutputError
from formcheck.exercises import catalog, find_exercise
from formcheck.live.words import SAFETY
from formcheck.live.workout import Task, Workout
from formcheck.messages import sentence
from formcheck.pose.looks import AUTO
from formcheck.types.training import Pain

if TYPE_CHECKING:
    from collections.abc import Callable

    from formcheck.apps.live.start import LiveOutcome

HELP = "Guide a workout in front of a camera: set-up, counting, cues, rests; in a window and by voice."
#: What the plan decides itself.
_OF_PLAN = {"exercise", "sets", "reps", "seconds", "rest", "side", "events"}
_WITH_PLAN = {"person", "store", "pain", "anyway"}
_GIVEN = "COMMANDLINE"

_INTERRUPTED = 130

Sets = Annotated[int, typer.Option(help="How many sets.", min=1, max=99)]
Reps = Annotated[
    int, typer.Option(help="Repetitions of a set, or of each side in it; 0 is no end.", min=0, max=999)
]
Seconds = Annotated[float, typer.Option(help="How long a set is held; 0 is open-ended.", min=0, max=3600)]
Rest = Annotated[float, typer.Option(help="Seconds between sets.", min=0, max=3600)]


def live(
    context: typer.Context,
    camera: Annotated[
        str, typer.Option(metavar="N|URL|FILE", help="A camera's number, a stream's address, or a clip.")
    ] = "0",
    exercise: Annotated[
        str | None,
        typer.Option(
            "--exercise",
            "-e",
            help="What to do: an id, an alias, or your own TOML file.",
            autocompletion=lambda: list(catalog()),
            show_default=False,
        ),
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Today's session of your training plan.")] = False,
    sets: Sets = 3,
    reps: Reps = 10,
    seconds: Seconds = 30.0,
    rest: Rest = 60.0,
    side: Annotated[Literal["left", "right"] | None, typer.Option(help="The working side.")] = None,
    countdown: Annotated[
        float | None,
        typer.Option(help='Seconds from the start pose to "go".', min=0, max=60, show_default=False),
    ] = None,
    voice: Annotated[
        bool | None, typer.Option("--voice/--no-voice", help="Speak; on unless headless.", show_default=False)
    ] = None,
    mirror: Annotated[
        bool | None,
        typer.Option("--mirror/--no-mirror", help="As in a mirror; on for cameras.", show_default=False),
    ] = None,
    headless: Annotated[bool, typer.Option("--headless", help="No window; lines on standard error.")] = False,
    events: Annotated[
        Path | None, typer.Option(metavar="FILE.jsonl", help="Write what happens, one JSON object a line.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep poses, events and a report there.")
    ] = None,
    record_video: Annotated[
        bool, typer.Option("--record-video", help="Keep the pictures too; with --record.")
    ] = False,
    model: Annotated[
        str, typer.Option(help="lite, full, heavy, a .task file; auto: full, or lite on a slow machine.")
    ] = AUTO,
    person: Person = None,
    store: StoreOption = None,
    pain: PainOption = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="With --plan: train on a rest day too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No lines and no summary.")] = False,
) -> None:
    """Run one session; it ends with its last set, with the clip, or when somebody leaves."""
    _check_words(context, model, record, record_video=record_video)
    task = (
        None if plan else Task(find_exercise(exercise or ""), sets, reps or None, seconds or None, rest, side)
    )
    _check_display(headless=headless)
    ready_model(first_of(model))
    from formcheck.apps.live.start import Settings, run  # noqa: PLC0415  slow to import

    settings = partial(
        Settings,
        camera=camera,
        model=model,
        headless=headless,
        voice=voice,
        mirror=mirror,
        countdown_s=countdown,
        events=events,
        record=_place(record) if plan else record,
        record_video=record_video,
    )
    console = Console(stderr=True, quiet=quiet)

    def one(workout: Workout) -> "LiveOutcome":
        outcome = run(settings(workout=workout), console)
        _tell(outcome, quiet=quiet)
        return outcome

    if task is not None:
        console.print(sentence(SAFETY), highlight=False)
        interrupted = one(Workout((task,))).interrupted
    else:
        asked = Console(quiet=quiet)
        once = os.path.isfile(camera)
        interrupted = _through_plan(one, asked, store, person, pain, once=once, anyway=anyway)
    if interrupted:
        raise typer.Exit(_INTERRUPTED)


def _place(record: Path | None) -> Path:
    """Where the sessions of a plan are kept: its verdicts come from them."""
    from formcheck.apps.person import workouts  # noqa: PLC0415
    from formcheck.files.writing import ready_folder  # noqa: PLC0415

    if record is not None:
        return record
    try:
        return ready_folder(workouts())
    except OutputError as error:
        raise error.with_advice("say where else to keep sessions, with --record DIR") from error


def _through_plan(
    one: "Callable[[Workout], LiveOutcome]",
    console: Console,
    store: str | None,
    person: str | None,
    pain: Pain | None,
    *,
    once: bool,
    anyway: bool,
) -> bool:
    """Today's session; whether it was interrupted."""
    from formcheck.apps.history import opened  # noqa: PLC0415
    from formcheck.apps.live.guided import Guided, Terminal  # noqa: PLC0415

    guided = Guided(one, Terminal(console, pain), console, once=once, anyway=anyway)
    with opened(store, new=True) as kept:
        return guided.through(kept, person)


def _check_words(context: typer.Context, model: str, record: Path | None, *, record_video: bool) -> None:
    """What no camera can make right is said before one is opened."""
    given = {name for name in context.params if _source(context, name) == _GIVEN}
    planned = context.params["plan"]
    for name in sorted(given & (_OF_PLAN if planned else _WITH_PLAN)):
        why = "the plan decides that; leave it out" if planned else "goes with --plan only"
        raise typer.BadParameter(why, param_hint=f"--{name}")
    if not planned and "exercise" not in given:
        why = "is missing; list them with: formcheck exercises list, or follow your plan with --plan"
        raise typer.BadParameter(why, param_hint="--exercise")
    if record_video and record is None and not planned:
        raise typer.BadParameter("needs a folder; add --record DIR", param_hint="--record-video")
    check_model(first_of(model))


def _source(context: typer.Context, name: str) -> str:
    source = context.get_parameter_source(name)
    return "" if source is None else source.name


def _check_display(*, headless: bool) -> None:
    if not headless:
        # Its OpenCV must come before PyAV: each brings its own libxcb, and the other way round windows hang.
        from formcheck.apps.live.window import check_display  # noqa: PLC0415

        check_display()


def _tell(outcome: "LiveOutcome", *, quiet: bool) -> None:
    from formcheck.apps.live.printing import print_sets  # noqa: PLC0415

    if outcome.warning:
        echo(f"formcheck: {outcome.warning}", err=True)
    if not quiet:
        console = Console()
        print_sets(outcome.sets, console)
        for folder in outcome.folders:
            console.print(escape(folder), style="dim", highlight=False, soft_wrap=True)
