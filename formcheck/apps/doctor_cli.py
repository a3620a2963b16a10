"""`formcheck doctor`: is everything there, and how to mend what is not."""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import typer

from formcheck.errors import FormcheckError
from formcheck.exercises import catalog
from formcheck.pose import models

HELP = "Check the installation, and say how to mend each thing that fails."


@dataclass(frozen=True, slots=True)
class _Test:
    """``run`` returns what it found, or raises; ``mend`` says what to do then."""

    name: str
    run: Callable[[], str]
    mend: str


def doctor() -> None:
    """Run every test; exit code 1 if one fails."""
    bad = 0
    for test in _TESTS:
        try:
            typer.echo(f"ok    {test.name}: {test.run()}")
        except (FormcheckError, ImportError, OSError, RuntimeError) as error:
            bad += 1
            typer.echo(f"FAIL  {test.name}: {' '.join(str(error).split())}\n      {test.mend}")
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
    if not models.is_whole("full"):
        raise RuntimeError("the pose model 'full' is not there or damaged")
    return str(models.model_path("full"))


def _landmarker() -> str:
    """The model must load and look at a picture, even if it finds nobody in grey."""
    from formcheck.pose.mediapipe import MediaPipeEstimator  # noqa: PLC0415  slow to import
    from formcheck.types import Frame  # noqa: PLC0415

    if not models.is_whole("full"):
        raise RuntimeError("needs the pose model")
    grey = Frame(np.full((240, 320, 3), 128, np.uint8), 0.0, 0)
    with MediaPipeEstimator(models.load("full")) as estimator:
        estimator.estimate(grey)
    return "looks at pictures"


_REINSTALL = "Install formcheck again: pip install --force-reinstall formcheck"
_FETCH = "Run: formcheck models fetch full --force"
_TESTS = (
    _Test("Python", _python, "Install Python 3.11 or newer."),
    _Test("MediaPipe", _library("mediapipe"), _REINSTALL),
    _Test("OpenCV", _library("cv2"), _REINSTALL + ", and remove opencv-python if it is there too"),
    _Test("PyAV", _library("av"), _REINSTALL),
    _Test("H.264 encoder", _h264, "Install av from its published wheel: pip install --force-reinstall av"),
    _Test("exercises", lambda: f"{len(catalog())} in the catalog", _REINSTALL),
    _Test("pose model", _model, _FETCH),
    _Test("landmarker", _landmarker, _FETCH),
)
