import pytest
from typer.testing import CliRunner

from formcheck.apps.cli.models import app
from formcheck.pose import manifest, models

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
