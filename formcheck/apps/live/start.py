"""Putting a live session together: source, model, voice, window, files; and taking it apart again."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.apps.cli.terminal import Console, escape
from formcheck.apps.live.events import EventLog
from formcheck.apps.live.loop import Loop
from formcheck.apps.live.pace import LIGHTER, LIVE, first_of
from formcheck.apps.live.printing import EventPrinter
from formcheck.apps.live.recorder import Recorder
from formcheck.apps.live.recording import mend
from formcheck.errors import ModelError, NobodyError
from formcheck.live.session import LiveSession
from formcheck.live.workout import Workout
from formcheck.outputs.voice import NO_VOICE, Voice
from formcheck.pose import estimators
from formcheck.pose.estimator import Estimator
from formcheck.pose.looks import AUTO
from formcheck.sources.live import LiveSource, open_live
from formcheck.types.set_summary import SetSummary

if TYPE_CHECKING:
    from formcheck.apps.live.screen import Screen

#: The voice may finish its last words for so long. Seconds.
_LAST_WORDS_S = 4.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What `formcheck live` was asked for; None is what fits the source.

    ``events`` and ``record`` are a file and a folder; ``countdown_s`` is from the start pose to "go". With
    the ``model`` "auto", `full` looks, or `lite` where this machine is slow.
    """

    camera: str
    workout: Workout
    model: str = AUTO
    headless: bool = False
    voice: bool | None = None
    mirror: bool | None = None
    countdown_s: float | None = None
    events: Path | None = None
    record: Path | None = None
    record_video: bool = False


@dataclass(frozen=True, slots=True)
class LiveOutcome:
    """What a session came to: its sets, the folders it was recorded to, and whether it was interrupted."""

    sets: tuple[SetSummary, ...]
    folders: tuple[Path, ...]
    warning: str | None
    interrupted: bool


def run(settings: Settings, console: Console) -> LiveOutcome:
    """Run one session to its end; ``console`` gets the lines of what happens.

    Raises
    ------
    FormcheckError
        If source, model or window cannot be used, nothing can be written, or nobody is in a clip.
    """
    for folder, words in mend(settings.record) if settings.record else ():
        console.print(escape(f"formcheck: {folder}: {words}"), highlight=False, soft_wrap=True)
    pose_model = estimators.load(first_of(settings.model))
    with ExitStack() as open_things:
        source = open_things.enter_context(open_live(settings.camera))
        estimator = open_things.enter_context(pose_model.estimator())
        return _run(settings, source, estimator, console, open_things)


def _run(
    settings: Settings, source: LiveSource, estimator: Estimator, console: Console, open_things: ExitStack
) -> LiveOutcome:
    clip = source.info.kind == "video"
    countdown = 0.0 if clip and settings.countdown_s is None else settings.countdown_s
    session = LiveSession(
        settings.workout,
        (source.info.width_px, source.info.height_px),
        countdown_s=countdown,
        model=estimator.model,
    )
    voice = open_things.enter_context(_speaking(settings, console))
    log = open_things.enter_context(EventLog(settings.events)) if settings.events else None
    recorder = _recorder(settings, source, estimator)
    loop = Loop(
        source,
        estimator,
        session,
        screen=_screen(settings, source, open_things, speaks=voice is not None),
        voice=voice,
        log=log,
        recorder=recorder,
        watch=EventPrinter(console),
        lighter=_lighter(console, open_things) if settings.model == AUTO else None,
    )
    interrupted = _to_the_end(loop, recorder, session)
    if clip and not loop.seen and not interrupted:
        raise NobodyError(
            f"{settings.camera}: nobody was found in it; check that the whole body is in the picture"
        )
    folders = tuple(filter(Path.is_dir, recorder.folders)) if recorder else ()
    return LiveOutcome(tuple(session.sets), folders, source.truncated, interrupted)


def _lighter(console: Console, open_things: ExitStack) -> Callable[[float], Estimator | None]:
    """What takes over where this machine is too slow; that it does, or why it cannot, is said once."""

    def lighter(per_s: float) -> Estimator | None:
        slow = f"{LIVE} manages {per_s:.1f} looks a second here"
        try:
            found = open_things.enter_context(estimators.load(LIGHTER).estimator())
        except ModelError as error:
            console.print(escape(f"formcheck: {slow}; {error}"), highlight=False, soft_wrap=True)
            return None
        console.print(f"formcheck: {slow}; {LIGHTER} goes on, which is less exact", highlight=False)
        return found

    return lighter


def _to_the_end(loop: Loop, recorder: Recorder | None, session: LiveSession) -> bool:
    """Run it, and keep what there is however it ends; whether it was interrupted."""
    interrupted = False
    try:
        loop.run()
    except KeyboardInterrupt:
        interrupted = True
    finally:
        try:
            loop.finish()
        finally:  # a file of events that cannot be written costs no poses
            if recorder is not None:
                recorder.finish(session.takes)
    return interrupted


def _recorder(settings: Settings, source: LiveSource, estimator: Estimator) -> Recorder | None:
    if settings.record is None:
        return None
    exercise = settings.workout.tasks[0].exercise.id
    return Recorder(
        settings.record, exercise, source.info, estimator.model, source.now, video=settings.record_video
    )


@contextmanager
def _speaking(settings: Settings, console: Console) -> Iterator[Voice | None]:
    """The voice, if one is wanted and there; that there is none is said once."""
    wanted = not settings.headless if settings.voice is None else settings.voice
    voice = Voice.find() if wanted else None
    if wanted and voice is None:
        console.print(f"formcheck: {NO_VOICE}", highlight=False)
    try:
        yield voice
    finally:
        if voice is not None:
            voice.close(_LAST_WORDS_S)
            if voice.failure:
                console.print(escape(f"formcheck: {voice.failure}"), highlight=False, soft_wrap=True)


def _screen(
    settings: Settings, source: LiveSource, open_things: ExitStack, *, speaks: bool
) -> "Screen | None":
    if settings.headless:
        return None
    from formcheck.apps.live.screen import Screen  # noqa: PLC0415
    from formcheck.apps.live.window import LiveWindow  # noqa: PLC0415

    mirror = source.info.kind == "camera" if settings.mirror is None else settings.mirror
    screen = Screen(LiveWindow(), mirror=mirror, speaks=speaks)
    open_things.callback(screen.close)
    return screen
