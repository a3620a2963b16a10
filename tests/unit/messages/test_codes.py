"""Every code that is handed out has a message with the parameters it is given; no message is idle."""

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from string import Formatter

import pytest

import formcheck
from formcheck.messages import load_catalogue

ROOT = Path(formcheck.__file__).parent
LANGUAGES = [
    f.name.removesuffix(".toml") for f in resources.files("formcheck.messages").joinpath("locale").iterdir()
]


def handed_out() -> Iterator[tuple[str, ast.Call]]:
    """Where a `Reason` is made, and the call that makes it."""
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def codes() -> dict[str, list[tuple[str, frozenset[str]]]]:
    found = defaultdict(list)
    for where, call in handed_out():
        names = frozenset(k.arg for k in call.keywords)
        found[call.args[0].value].append((where, names))
    return found


def test_codes_and_parameters_are_written_out():
    for where, call in handed_out():
        assert len(call.args) == 1, where
        assert isinstance(call.args[0], ast.Constant), f"{where}: a code is written where it is handed out"
        assert all(k.arg for k in call.keywords), f"{where}: parameters are named"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_message_with_its_parameters(language):
    messages = load_catalogue(language)
    for code, places in codes().items():
        assert code in messages.codes, f"{code}: no message in {language}.toml ({places[0][0]})"
        for where, names in places:
            assert names == messages.parameters(code), f"{where}: {code} in {language}.toml"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_used(language):
    assert load_catalogue(language).codes == set(codes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_of_terms_and_every_join_is_named_by_a_message(language):
    text = resources.files("formcheck.messages").joinpath("locale", f"{language}.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    templates = [t for m in tables["message"].values() for t in ([m] if isinstance(m, str) else m.values())]
    specs = [spec.partition("|") for t in templates for _, _, spec, _ in Formatter().parse(t) if spec]
    assert tables["term"].keys() <= {table for table, _, _ in specs}
    assert (
        {join for _, _, join in specs if join} <= tables["join"].keys() <= {"list"} | {j for *_, j in specs}
    )
