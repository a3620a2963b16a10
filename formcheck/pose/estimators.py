"""Pose models by name: those that come with formcheck, and those that other packages bring."""

from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np

from formcheck.errors import ModelError
from formcheck.pose import models
from formcheck.pose.estimator import PoseModel
from formcheck.pose.manifest import entries, installed
from formcheck.pose.packages import Progress
from formcheck.types.frame import Frame

#: What the entry point of a pose model leads to: called with its name, and with what hears of a download.
Loader = Callable[[str, Progress | None], PoseModel]


def source_of(name: str) -> str:
    """The package that brings an installed pose model."""
    found = installed()[name]
    return found.dist.name if found.dist else found.module


def is_known(word: str) -> bool:
    """Whether it is the name of a pose model, not the path of one."""
    return word in entries() or word in installed()


def load(which: str | Path, progress: Progress | None = None) -> PoseModel:
    """A pose model by name (fetched first if need be), or from its file.

    Raises
    ------
    ModelError
        If it is unknown, cannot be fetched or imported, is damaged, or is no pose model.
    """
    found = None if isinstance(which, Path) or which in entries() else installed().get(which)
    return models.load(which, progress) if found is None else _loader(found)(found.name, progress)


def _loader(found: EntryPoint) -> Loader:
    try:
        loader: Loader = found.load()
    except (ImportError, AttributeError) as error:
        whose = source_of(found.name)
        raise ModelError(f"{found.name}: cannot be imported ({error}); install {whose} again") from error
    return loader


def try_out(pose_model: PoseModel) -> None:
    """Look at a grey picture with a model, even if it finds nobody there.

    Raises
    ------
    ModelError
        If the model cannot be used.
    """
    with pose_model.estimator() as estimator:
        estimator.estimate(Frame(np.full((240, 320, 3), 128, np.uint8), 0.0, 0))
