"""`formcheck doctor`: is everything there, and how to mend what is not."""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated

import numpy as np
import typer

from formcheck.apps.cli.terminal import echo
from formcheck.apps.live.pace import LIVE
from formcheck.errors import FormcheckError, ModelError, SourceError
from formcheck.exercises import catalog
from formcheck.outputs.voice import NO_VOICE, Voice
from formcheck.pose import LIBRARY, estimators, models
from formcheck.pose.looks import USUAL
from formcheck.types.frame import Frame

#: How long a camera is watched, and what passes at least between two frames that are kept. Seconds.
_WATCH_S, _APART_S = 2.0, 0.15
#: Pictures whose mean is below this are black; 255 is white.
_BLACK = 8.0
#: The voice gets so long for its two words. Seconds.
_SPEECH_S = 10.0
_USED = tuple(dict.fromkeys((*USUAL.models, LIVE)))
_NO_MODEL = "not tried, as there is no pose model"
HELP = "Check the installation, and say how to mend each thing that fails."


@dataclass(frozen=True, slots=True)
class _Test:
    """``run`` returns what it found, or raises; ``mend`` says what to do then."""

    name: str
    run: Callable[[], str]
    mend: str


class _Note(Exception):  # noqa: N818  it is none
    """Worth knowing, though nothing is broken."""


Camera = Annotated[
    str | None,
    typer.Option("--camera", metavar="N|URL|FILE", help="Also try this camera, what it sees, and the voice."),
]


def doctor(camera: Camera = None) -> None:
    """Run every test; exit code 1 if one fails."""
    bad = 0
    for test in (*_TESTS, *(_LIVE if camera is None else _tried(camera))):
        try:
            echo(f"ok    {test.name}: {test.run()}")
        except _Note as note:
            echo(f"note  {test.name}: {note}")
        except (FormcheckError, ImportError, OSError, RuntimeError) as error:
            bad += 1
            echo(f"FAIL  {test.name}: {error}")
            if not isinstance(error, ModelError):  # it says itself what to do
                echo(f"      {test.mend}")
    if bad:
        raise typer.Exit(1)


def _python() -> str:
    return sys.version.split()[0]


def _library(name: str) -> Callable[[], str]:
    def run() -> str:
        return str(getattr(importlib.import_module(name), "__version__", "there"))

    return run


def _h264() -> str:
    import av  # noqa: PLC0415  only this test needs it

    av.Codec("libx264", "w")
    return "libx264"


def _model() -> str:
    return ", ".join(str(models.require(name)) for name in _USED)


def _landmarker() -> str:
    whole = [name for name in _USED if models.is_whole(name)]
    if not whole:
        raise _Note(_NO_MODEL)
    for name in whole:
        estimators.try_out(estimators.load(name))
    return f"{' and '.join(whole)} look at pictures"


def _voice() -> str:
    with _found_voice() as voice:
        return voice.name


def _spoken() -> str:
    with _found_voice() as voice:
        voice.say("formcheck works")
        voice.close(finish_s=_SPEECH_S)
        if voice.failure is not None:
            raise _Note(f"{voice.failure}; connect a loudspeaker or headphones to hear cues")
        return f"{voice.name} said: formcheck works"


def _found_voice() -> Voice:
    voice = Voice.find()
    if voice is None:
        raise _Note(NO_VOICE)
    return voice


def _tried(camera: str) -> tuple[_Test, ...]:
    """Tests of a camera, of what it sees, and of the voice; the second looks at pictures of the first."""
    frames: list[Frame] = []

    def watch() -> str:
        frames.extend(_watched(camera))
        return _size_and_pace(frames)

    return (
        _Test("camera", watch, "Try another: formcheck doctor --camera N, a URL, or a clip."),
        _Test("person", lambda: _person(frames), _FETCH),
        _Test("voice", _spoken, _REINSTALL),
    )


def _watched(camera: str) -> list[Frame]:
    """What a camera shows for some seconds: some frames, the first and the last among them."""
    from formcheck.sources.live import open_live  # noqa: PLC0415  slow to import

    kept: list[Frame] = []
    with open_live(camera) as source:
        while not source.over and (not kept or kept[-1].t - kept[0].t < _WATCH_S):
            frame = source.read(timeout=1.0)
            if frame is None:
                if source.lost is not None:
                    raise SourceError(source.lost)
            elif len(kept) < 2 or kept[-1].t - kept[-2].t >= _APART_S:
                kept.append(frame)
            else:
                kept[-1] = frame
    return kept


def _size_and_pace(frames: list[Frame]) -> str:
    """Size and pace of the frames; a note if they are black."""
    height, width = frames[0].rgb.shape[:2]
    seconds = frames[-1].t - frames[0].t
    pace = f", {(frames[-1].index - frames[0].index) / seconds:.1f} pictures a second" if seconds else ""
    found_out = f"{width}x{height}{pace}"
    if max(float(frame.rgb.mean()) for frame in frames) < _BLACK:
        raise _Note(f"{found_out}, but black; uncover the lens, or turn on a light")
    return found_out


def _person(frames: list[Frame]) -> str:
    """Whether somebody is found in the frames, and what looking costs."""
    if not frames:
        raise _Note("not looked for, as there are no pictures")
    if not models.is_whole(LIVE):
        raise _Note(_NO_MODEL)
    found, costs_s = 0, []
    with estimators.load(LIVE).estimator() as estimator:
        for frame in frames:
            before = perf_counter()
            found += not np.isnan(estimator.estimate(frame).image).all()
            costs_s.append(perf_counter() - before)
    found_out = f"found in {found} of {len(frames)} pictures, {1000 * float(np.median(costs_s)):.0f} ms each"
    if not found:
        raise _Note(f"{found_out}; step into view, two to four metres away")
    return found_out


_REINSTALL = "Install formcheck again: pip install --force-reinstall formcheck"
_FETCH = "Run: formcheck models fetch --force"
_TESTS = (
    _Test("Python", _python, "Install Python 3.11 or newer."),
    _Test(LIBRARY.title, _library(LIBRARY.package), _REINSTALL),
    _Test("OpenCV", _library("cv2"), _REINSTALL + ", and remove opencv-python if it is there too"),
    _Test("PyAV", _library("av"), _REINSTALL),
    _Test("H.264 encoder", _h264, "Install av from its published wheel: pip install --force-reinstall av"),
    _Test("exercises", lambda: f"{len(catalog())} in the catalog", _REINSTALL),
    _Test("pose model", _model, _FETCH),
    _Test("landmarker", _landmarker, _FETCH),
)
_LIVE = (_Test("voice", _voice, _REINSTALL),)
