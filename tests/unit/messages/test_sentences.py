"""Nothing compares sentences: codes and ids are compared, and what is said stays at the edge."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import formcheck

ROOT = Path(formcheck.__file__).parent
#: Where codes travel and no sentence is compared or looked up.
ROOMS = ("engine", "live", "plan", "progress", "signals", "types")
#: Fields that hold words for people.
WORDS = {"advice", "cue", "doc", "say", "setup", "text", "told", "what", "why"}

#: Files with words of another kind: names of what is timed, and parts of what an error says.
NAMED = {"engine/count/tempo.py", "engine/analyser.py", "engine/recording.py"}


def nodes(room: str) -> Iterator[tuple[str, ast.AST]]:
    for file in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if hasattr(node, "lineno"):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def compared(node: ast.AST) -> list[ast.expr]:
    """What is held against something else: sides of a comparison, members of what is searched, keys."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        listed = [s for s in sides if isinstance(s, ast.Tuple | ast.List | ast.Set)]
        return sides + [part for one in listed for part in one.elts]
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.match_case) and isinstance(node.pattern, ast.MatchValue):
        return [node.pattern.value]
    return []


def is_sentence(part: ast.expr) -> bool:
    literal = isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value
    return literal or (isinstance(part, ast.JoinedStr) and " " in ast.unparse(part))


def is_words(part: ast.expr) -> bool:
    return isinstance(part, ast.Attribute) and part.attr in WORDS


def of_none(node: ast.AST) -> bool:
    """``x is None`` asks whether there are words, not which."""
    return isinstance(node, ast.Compare) and all(isinstance(op, ast.Is | ast.IsNot) for op in node.ops)


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_is_compared_or_a_key(room):
    found = [where for where, node in nodes(room) for part in compared(node) if is_sentence(part)]
    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_words_are_compared_or_a_key(room):
    found = [
        where
        for where, node in nodes(room)
        for part in compared(node)
        if is_words(part) and not of_none(node)
    ]
    assert found == []


def unsaid(node: ast.AST) -> bool:
    """Docstrings, and what an error says."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    error = isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("Error", "warn"))
    return error or isinstance(node, ast.Raise)


@pytest.mark.parametrize("room", ["engine", "live", "plan"])
def test_no_sentence_is_made_where_codes_travel(room):
    found, passed_over = {}, set()
    for where, node in nodes(room):
        if unsaid(node):
            passed_over |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(" ") > 1:
            found[id(node)] = where
    made = {where.partition(":")[0] for i, where in found.items() if i not in passed_over}
    assert made <= NAMED


def test_the_search_finds_what_it_looks_for():
    code = 'x.reason == "nobody in view"\ny.what in told\nseen = {"too few strides": 1}\nx.cue is None'
    tree = list(ast.walk(ast.parse(code)))
    assert sum(is_sentence(part) for node in tree for part in compared(node)) == 2
    assert sum(is_words(part) and not of_none(node) for node in tree for part in compared(node)) == 1
