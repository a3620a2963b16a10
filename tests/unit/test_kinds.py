"""What kind of exercise it is, is asked in one place; everything else asks what was done, or a property."""

import ast
from pathlib import Path
from typing import get_args

import pytest

import formcheck
from formcheck.exercises import catalog
from formcheck.exercises.schema import Cycle
from formcheck.types.kind import Kind, is_gait, is_hold, is_reps

PACKAGE = Path(formcheck.__file__).parent
KINDS = {*get_args(Kind), *get_args(Cycle.model_fields["kind"].annotation)}
#: The words themselves, what they mean, and the grammar of the files they stand in.
ASKED_IN = {"types/kind.py", "exercises/schema.py", "exercises/relations.py"}
#: Where an item of a plan, which has kinds of its own, may be a stretch.
OF_PLANS = {"plan/words.py"}


def compared(source):
    """The lines that compare a ``kind`` with the word for a kind of exercise or cycle, or match it."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if _compares(node)]


def _compares(node):
    if isinstance(node, ast.Match):
        words = {
            w.value for case in node.cases for w in ast.walk(case.pattern) if isinstance(w, ast.Constant)
        }
        return _is_kind(node.subject) and bool(words & KINDS)
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    return any(map(_is_kind, sides)) and any(_words(side) & KINDS for side in sides)


def _words(node):
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}


def _is_kind(node):
    name = {ast.Attribute: "attr", ast.Name: "id"}.get(type(node))
    return name is not None and getattr(node, name).lstrip("_") == "kind"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("if exercise.kind == 'gait': pass", [1]),
        ("x = 1\ny = self._kind in {'hold', 'gait'}", [2]),
        ("any(c.kind != 'excursion' for c in cycles)", [1]),
        ("match cycle.kind:\n    case 'hold' | 'oscillation': pass", [1]),
        ("if gait.kind == 'walk': pass", []),
        ("if kind == other.kind: pass", []),
        ("IDLE_S = {'hold': 6.0}", []),
    ],
)
def test_comparisons_are_found(source, lines):
    assert compared(source) == lines


def test_kinds_are_compared_in_one_place():
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if compared(file.read_text(encoding="utf-8"))
    }
    assert found - OF_PLANS == ASKED_IN


def test_every_kind_is_one_thing():
    for kind in get_args(Kind):
        assert is_reps(kind) + is_gait(kind) + is_hold(kind) == (kind != "stretch")


@pytest.mark.parametrize("exercise", catalog().values(), ids=lambda e: e.id)
def test_every_cycle_of_the_catalogue_is_counted_in_one_way(exercise):
    ways = {(c.is_held, c.is_rhythm, c.is_excursion) for c in exercise.cycle}
    assert [sum(way) for way in ways] == [1]
    assert exercise.is_gait == ways.issubset({(False, True, False)})
    assert exercise.is_held == ways.issubset({(True, False, False)})
