"""The field's words: what replaced private ones is not undone, in names, comments and docstrings."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [
    path
    for room in ("formcheck", "tests", "sample_videos", "validation", "benchmarks", "fuzz")
    for path in sorted((ROOT / room).rglob("*.py"))
    if path != Path(__file__)
]
#: Words of the first edition that had several meanings, or one that nobody else gives them.
RETIRED = re.compile(r"(?<![a-z])(un)?told(?![a-z])|(?<![a-z])(visits?|crew|easel|reel|untangled?)(?![a-z])")
#: What keeps the word is published: keys of session.json, of events and of the API.
PUBLISHED = {"told", "told_t"}
HAVE_IT = {"Condition", "UploadedVideo"}


def names_of(tree: ast.AST) -> Iterator[str]:
    """Every name in code, but for published keys where they are fields, read or given."""
    keys = {id(field.target) for field in fields_of(tree)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield from [] if name in PUBLISHED else [name]
            case ast.Name(id=name) if id(node) not in keys:
                yield name
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield from name.split(".") if other is None else [other]


def fields_of(tree: ast.AST) -> Iterator[ast.AnnAssign]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from (
                one for one in node.body if isinstance(one, ast.AnnAssign) and name_of(one) in PUBLISHED
            )


def name_of(field: ast.AnnAssign) -> str:
    return field.target.id if isinstance(field.target, ast.Name) else ""


def prose_of(code: str) -> Iterator[str]:
    """Comments and docstrings, without the published keys that they name."""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield re.sub(r"``[^`]*``|told_t", "", ast.get_docstring(node) or "")


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def left(code: str) -> list[str]:
    """Names and lines of prose that hold a retired word."""
    if not (RETIRED.search(code.lower()) or RETIRED.search(snake(code))):
        return []  # most files, which need not be parsed
    names = [name for name in names_of(ast.parse(code)) if RETIRED.search(snake(name))]
    return names + [text for text in prose_of(code) if RETIRED.search(text.lower())]


def test_no_name_comment_or_docstring_holds_a_retired_word():
    found = {str(path.relative_to(ROOT)): left(path.read_text(encoding="utf-8")) for path in FILES}
    assert {file: words for file, words in found.items() if words} == {}
    assert [path for path in FILES if RETIRED.search(path.stem)] == []


def test_the_published_key_has_no_new_owner():
    texts = [path.read_text(encoding="utf-8") for path in FILES if "formcheck" in path.parts]
    trees = [ast.parse(text) for text in texts if "told" in text]
    owners = {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for one in node.body
        if isinstance(one, ast.AnnAssign) and name_of(one) == "told"
    }
    assert owners == HAVE_IT


@pytest.mark.parametrize(
    "code",
    [
        "told = 1",
        "def f(told): ...",
        "def told_twice(): ...",
        "class Told: ...",
        "class ToldChange: ...",
        "print(f'{told}')",
        "x._told = 1",
        "from a import plan_told",
        "x = 1  # as it was told",
        '"""What was told."""',
        "visit = crew",
    ],
)
def test_it_would_be_found(code):
    assert left(code)


@pytest.mark.parametrize(
    "code", ["event.told_t", "class C:\n    told: str", "x = {'told': 1}", "stolen, revisited = 1, 2"]
)
def test_published_keys_and_other_words_may_stand(code):
    assert not left(code)


def test_no_two_public_classes_share_a_name():
    owners: dict[str, list[str]] = {}
    for path in sorted((ROOT / "formcheck").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                owners.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: files for name, files in owners.items() if len(files) > 1} == {}
