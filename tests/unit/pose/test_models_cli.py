import pytest
import typer
from typer.testing import CliRunner

from formcheck.apps.cli import models as models_cli
from formcheck.apps.cli.models import app, ready_looks
from formcheck.errors import ModelError
from formcheck.pose import manifest, models
from formcheck.pose.looks import USUAL, looks_of

run = CliRunner().invoke


def test_list_shows_what_is_there(model_path):
    result = run(app, ["list"])
    assert result.exit_code == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert {"lite", "full", "heavy"} <= set(lines)
    assert "ready" in lines["full"]
    assert str(model_path.parent) in result.stdout


def test_path_and_fetch_of_a_model_that_is_there(model_path):
    assert run(app, ["path", "full"]).stdout.strip() == str(model_path)
    result = run(app, ["fetch", "full"])
    assert result.exit_code == 0
    assert manifest.entries()["full"].sha256 in result.stdout


@pytest.mark.parametrize("content", [None, b"damaged"])
def test_path_of_a_model_that_is_not_usable_says_how_to_fetch_it(tmp_path, monkeypatch, content):
    monkeypatch.setenv(models.FOLDER_VARIABLE, str(tmp_path))
    if content is not None:
        (tmp_path / "full.task").write_bytes(content)
    result = run(app, ["path", "full"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "formcheck models fetch full" in result.stderr


def test_without_a_name_all_models_that_are_used_are_fetched(model_path):
    found = run(app, ["fetch"]).stdout.splitlines()
    assert [line.split()[0] for line in found] == [str(model_path), str(model_path.with_stem("heavy"))]


@pytest.fixture
def offline(tmp_path, monkeypatch, model_path):
    """A folder of models with full alone, and no network."""
    (tmp_path / "full.task").symlink_to(model_path)
    monkeypatch.setenv(models.FOLDER_VARIABLE, str(tmp_path))

    def fetch(name, **_):
        raise ModelError(f"{name}: could not be downloaded")

    monkeypatch.setattr(models_cli, "fetch_with_bar", fetch)
    return tmp_path


def test_full_takes_the_place_of_the_usual_model_and_it_is_said(offline, capsys):
    assert ready_looks(USUAL) == looks_of("full")
    why = "formcheck: heavy: could not be downloaded; full looks instead, which is less exact\n"
    assert capsys.readouterr().err == why


@pytest.mark.parametrize(
    "looks", [looks_of("heavy"), looks_of(careful=True), looks_of(every_frame=True)], ids=str
)
def test_what_was_asked_for_by_name_is_not_replaced(offline, looks):
    with pytest.raises(ModelError, match="heavy: could not be downloaded"):
        ready_looks(looks)


def test_nothing_takes_the_place_of_a_damaged_model_or_is_there_to(offline):
    (offline / "heavy.task").write_bytes(b"damaged")
    with pytest.raises(ModelError, match=r"heavy.*is damaged"):
        ready_looks(USUAL)
    for name in ("heavy", "full"):
        (offline / f"{name}.task").unlink()
    with pytest.raises(ModelError, match="heavy: could not be downloaded"):
        ready_looks(USUAL)


def test_the_words_of_a_command_are_checked():
    with pytest.raises(typer.BadParameter, match="full: careful looks choose the model themselves"):
        models_cli.looks_said("full", careful=True, every_frame=False)
    with pytest.raises(typer.BadParameter, match="medium: no such pose model"):
        models_cli.looks_said("medium", careful=False, every_frame=False)
    assert models_cli.looks_said("auto", careful=True, every_frame=False).model == "heavy"
