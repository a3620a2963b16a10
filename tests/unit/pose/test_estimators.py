"""Pose models by name: what comes with formcheck, what other packages name, and what cannot be loaded."""

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import formcheck
from formcheck.apps.cli import models as models_cli
from formcheck.errors import ModelError
from formcheck.pose import estimators, manifest
from formcheck.pose.estimator import Estimator
from formcheck.pose.manifest import entries
from formcheck.types import Frame, Model, Pose
from tests.clips import write_clip
from tests.figures import figure

POSES = figure("squat", reps=1).poses


class Elsewhere:
    """A pose model that knows the answer, as a package of somebody else would bring it."""

    model = Model("elsewhere", "e" * 64)
    data = b""

    def __init__(self, *given: object, **more: object) -> None:
        self.given, self.closed = (given, more), False

    def estimator(self, **more: object) -> "Elsewhere":
        return Elsewhere(**more)

    def people_in(self, frames):
        return ([] for _ in frames)

    def estimate(self, frame: Frame) -> Pose:
        known = list(POSES)[frame.index % len(POSES)]
        return Pose(frame.t, known.image, known.world, known.visibility)

    def close(self) -> None:
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@pytest.fixture
def elsewhere(monkeypatch):
    """Installed as ``elsewhere``."""
    found = EntryPoint("elsewhere", f"{__name__}:Elsewhere", manifest.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda self: Elsewhere)
    monkeypatch.setattr(manifest, "entry_points", lambda group: [found] if group == manifest.GROUP else [])


def test_those_that_come_with_formcheck_are_entry_points():
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    named = project["project"]["entry-points"][manifest.GROUP]
    assert set(named) == set(entries())
    for name, where in named.items():
        loader = EntryPoint(name, where, manifest.GROUP).load()
        assert loader is estimators.models.load


def test_a_model_that_comes_with_formcheck(model_path):
    for word in ("full", model_path, str(model_path)):
        loaded = estimators.load(word)
        assert loaded.model.name == "full"
        with loaded.estimator() as estimator:
            assert isinstance(estimator, Estimator)
    estimators.try_out(loaded)


def test_a_model_of_another_package_is_loaded_by_its_name(elsewhere):
    assert estimators.is_known("elsewhere")
    loaded = estimators.load("elsewhere", print)
    assert loaded.given == (("elsewhere", print), {})
    estimators.try_out(loaded)


def test_a_model_of_another_package_finds_the_poses_of_a_clip(elsewhere, tmp_path):
    clip = write_clip(tmp_path / "squat.mp4", frames=len(POSES), size=(POSES.width_px, POSES.height_px))
    poses = formcheck.estimate(clip, "elsewhere")
    assert poses.model == Elsewhere.model
    np.testing.assert_array_equal(poses.image, POSES.image)
    assert formcheck.judge(poses, "squat").model.name == "elsewhere"


def test_a_model_of_another_package_is_listed_and_needs_no_trial(elsewhere, monkeypatch):
    shown = CliRunner().invoke(models_cli.app, ["list"]).stdout
    assert [line.split()[1] for line in shown.splitlines() if line.startswith("elsewhere")] == ["installed"]
    monkeypatch.setattr(estimators, "try_out", lambda _: pytest.fail("tried"))
    models_cli.check_model("elsewhere")
    models_cli.ready_model("elsewhere")


def test_a_name_that_leads_nowhere_says_which_package_to_install_again(monkeypatch):
    broken = EntryPoint("broken", "no_such_package.poses:load", manifest.GROUP)
    monkeypatch.setattr(manifest, "entry_points", lambda group: [broken])
    with pytest.raises(
        ModelError, match=r"^broken: cannot be imported \(No module named 'no_such_package'\);"
    ):
        estimators.load("broken")


@pytest.mark.parametrize("word", ["fuller", "none.task"])
def test_what_is_no_model_is_said_to_be_none(word):
    assert not estimators.is_known(word)
    with pytest.raises(ModelError, match="no such pose model; choose one of"):
        estimators.load(word)


def test_a_misspelt_name_gets_the_names_of_all_there_are(elsewhere):
    with pytest.raises(ModelError, match="choose one of lite, full, heavy, elsewhere, or give"):
        estimators.load("elsewhere2")
