"""What is installed on demand: the list and the package agree, and what is missing is named in one line."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import formcheck
from formcheck.errors import FormcheckError, MissingExtraError
from formcheck.extras import PACKAGES, explained, require

PROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: These are never imported by formcheck: pip fetches models, and is run as a program.
PROGRAMS = {"pip"}
NAMES = {"python_multipart": "python-multipart", "cv2": "opencv-contrib-python"}


def distributions(requirements: list[str]) -> set[str]:
    names = {re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower() for requirement in requirements}
    return names - PROGRAMS - {"formcheck"}


@pytest.mark.parametrize("extra", PACKAGES)
def test_an_extra_brings_what_it_is_named_for(extra):
    known = {NAMES.get(package, package) for package in PACKAGES[extra]}
    brought = distributions(PROJECT["optional-dependencies"][extra])
    assert known <= brought
    assert brought - known <= {"platformdirs"}  # also brought with `video`, and named there


def test_the_import_names_are_those_of_the_packages():
    brings = packages_distributions()
    for package in {p for extra in PACKAGES.values() for p in extra} & brings.keys():
        assert NAMES.get(package, package) in {name.lower() for name in brings[package]}, package


def test_the_core_is_what_judging_needs():
    assert distributions(PROJECT["dependencies"]) == {"numpy", "scipy", "pydantic"}


def test_all_is_all():
    def brought(extra: str) -> set[str]:
        listed = PROJECT["optional-dependencies"][extra]
        inner = [re.match(r"formcheck\[(.*)\]", requirement) for requirement in listed]
        return {extra}.union(*(brought(name) for found in inner if found for name in found[1].split(",")))

    assert set(PACKAGES) <= brought("all") <= brought("dev")


def test_what_is_there_is_not_refused():
    require("video")


def test_what_is_missing_is_named_with_what_installs_it(monkeypatch):
    monkeypatch.setitem(PACKAGES, "web", ("numpy", "no_such_package"))
    with pytest.raises(MissingExtraError, match=r"^no_such_package is not .* install 'formcheck\[web\]'$"):
        require("web")
    assert issubclass(MissingExtraError, FormcheckError)
    assert issubclass(MissingExtraError, ImportError)


def test_a_part_of_a_package_belongs_to_its_extra():
    found = explained(ModuleNotFoundError("No module named 'alembic.x'", name="alembic.x"))
    assert str(found) == "alembic is not installed; run: pip install 'formcheck[store]'"


@pytest.mark.parametrize("name", ["formcheck.nonsense", "somebody_elses", None])
def test_what_belongs_to_no_extra_stays_as_it_is(name):
    error = ModuleNotFoundError("No module", name=name)
    assert explained(error) is error


def without(package: str, code: str) -> subprocess.CompletedProcess[str]:
    """Run code where a package is not installed."""
    hidden = f"import sys; sys.modules[{package!r}] = None\n"  # its import then fails as if it were not there
    return subprocess.run([sys.executable, "-c", hidden + code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("package", "words", "extra"),
    [
        ("typer", "exercises list", "cli"),
        ("rich", "analyze x.mp4", "cli"),
        ("sqlalchemy", "history", "store"),
    ],
)
def test_a_command_says_in_one_line_what_to_install(package, words, extra):
    argv = ["formcheck", *words.split()]
    done = without(package, f"sys.argv = {argv}\nfrom formcheck.__main__ import main; main()")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"formcheck: {package} is not installed; run: pip install 'formcheck[{extra}]'\n"


def test_debug_shows_where_it_was_missed():
    argv = ["formcheck", "--debug", "history"]
    done = without("sqlalchemy", f"sys.argv = {argv}\nfrom formcheck.__main__ import main; main()")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_library_function_says_it_too():
    done = without("av", "import formcheck; formcheck.estimate")
    last = done.stderr.splitlines()[-1]
    assert last.endswith("MissingExtraError: av is not installed; run: pip install 'formcheck[video]'")
    assert formcheck.estimate


def test_the_history_needs_no_workers(tmp_path):
    code = "import formcheck.apps.history, formcheck.apps.person, formcheck.apps.plan"
    for package in PACKAGES["batch"]:
        assert without(package, code).returncode == 0, package
