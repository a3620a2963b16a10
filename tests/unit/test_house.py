"""The house keeps its rules: sizes, documents that lead somewhere, and JSON in the rooms for it."""

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = sorted((ROOT / "formcheck").rglob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
#: Documents are the codec's; the others write lines of their own: keys of digests, a store's columns, what
#: workers say to each other, answers of commands.
JSON = {
    "codec",
    "files",
    "store",
    "apps",
    "exercises/pictures.py",
    "exercises/schema.py",
    "pose/spool.py",
}


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def test_files_and_functions_are_small():
    assert {f.name: len(lines(f)) for f in SOURCE if len(lines(f)) > 300} == {}
    sizes = [
        node.end_lineno - node.lineno + 1
        for file in SOURCE
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert statistics.quantiles(sizes, n=10)[-1] <= 20


def test_json_lives_in_the_rooms_for_it():
    found = {
        f.relative_to(ROOT / "formcheck")
        for f in SOURCE
        if re.search(r"^\s*import json\b", f.read_text("utf-8"), re.MULTILINE)
    }
    homeless = {f.as_posix() for f in found if f.parts[0] not in JSON and f.as_posix() not in JSON}
    assert homeless == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_a_page_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = {target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)}
    here = {t for t in targets if t and not re.match(r"[a-z]+:", t)}
    assert {t for t in here if not (page.parent / t).exists()} == set()
    assert not re.search(r"^(<{7}|={7}|>{7})", text, re.MULTILINE)


def test_the_table_of_changes_names_places_that_exist():
    table = (
        (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("## Where would I change")[1]
    )
    places = re.findall(r"`((?:formcheck|docs|tests|validation)/[^`]*)`", table)
    assert len(places) >= 15
    assert [p for p in places if not (ROOT / p).exists()] == []
