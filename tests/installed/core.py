"""`make library`: the wheel with the core's packages alone, in an environment of its own.

It is no part of `make test`, as it installs packages. What the guides for Python users show is run as it
stands there.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", GUIDE, flags=re.DOTALL)
#: pip and setuptools come with the environment, the others with pydantic.
CORE = {"formcheck", "numpy", "scipy", "pydantic"}
BROUGHT = {"pip", "setuptools", "pydantic-core", "annotated-types", "typing-extensions", "typing-inspection"}
#: Every command, with words that are right.
COMMANDS = (
    *("--version", "analyze a.mp4", "live", "batch a.mp4", "serve", "compare a b", "history", "plan", "data"),
    *("exercises", "models", "doctor"),
)


@dataclass(frozen=True)
class Installed:
    """An environment that has formcheck and what its core needs."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / "python"

    def run(self, *words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        env = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "MYPYPATH", "VIRTUAL_ENV"}}
        command = [str(self.python), *map(str, words)]
        return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("core")
    made = Installed(folder / "env")
    venv.create(made.folder, with_pip=True)
    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet")
    for words in (
        ("wheel", "--no-deps", "-w", folder, ROOT),
        ("install", "--find-links", folder, "formcheck"),
    ):
        done = made.run(*pip, *words, cwd=folder)
        if done.returncode:
            reason = done.stderr.strip().splitlines()[-1]
            if "No matching distribution" in done.stderr or "onnection" in done.stderr:
                pytest.skip(f"the packages cannot be fetched ({reason})")
            pytest.fail(done.stderr)
    return made


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a recording in it."""
    shutil.copy(ROOT / "tests" / "golden" / "squat_side_shallow.npz", tmp_path / "poses.npz")
    return tmp_path


def test_nothing_else_is_installed(core):
    listed = core.run("-m", "pip", "list", "--format=freeze", "--disable-pip-version-check").stdout.split()
    names = {line.partition("==")[0].lower().replace("_", "-") for line in listed}
    assert CORE <= names <= CORE | BROUGHT


@pytest.mark.parametrize(
    ("text", "said"), [(PROGRAMS[0], "4 of 5 counted, score 100"), (PROGRAMS[1], "4")], ids=["judge", "live"]
)
def test_the_programs_of_the_guide_run_and_are_typed(core, place, text, said):
    program = place / "program.py"
    program.write_text(text, encoding="utf-8")
    done = core.run(program, cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout.splitlines()
    types = ("-m", "mypy", "--strict", "--config-file=", f"--python-executable={core.python}", program)
    checked = subprocess.run([sys.executable, *types], cwd=place, capture_output=True, text=True, check=False)
    assert checked.stdout.strip() == "Success: no issues found in 1 source file"


def test_what_needs_more_says_what_to_install(core, place):
    done = core.run("-c", PROGRAMS[2], cwd=place)
    last = done.stderr.strip().splitlines()[-1]
    assert last.endswith("MissingExtraError: av is not installed; run: pip install 'formcheck[video]'")


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_says_in_one_line_what_to_install(core, place, words):
    done = core.run("-m", "formcheck", *words.split(), cwd=place)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "formcheck: typer is not installed; run: pip install 'formcheck[cli]'\n"


def test_poses_of_another_model_are_judged(core, place):
    pages = (ROOT / "docs" / "extend" / "add-a-pose-model.md").read_text(encoding="utf-8")
    program = re.findall(r"```python\n(.*?)```", pages, flags=re.DOTALL)[0]
    done = core.run("-c", program, cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    assert "this pose model does not find: " in done.stdout
