"""The page on adding an exercise teaches one that works, and quotes mistakes as they are reported."""

import re
from pathlib import Path

import pytest

from formcheck.exercises.loader import problems
from formcheck.exercises.schema import Exercise
from formcheck.exercises.sources import Kind
from formcheck.exercises.tables import REP_PHASES, STRIDE_PHASES, Statistic

PAGE = (Path(__file__).parents[3] / "docs" / "extend" / "add-an-exercise.md").read_text(encoding="utf-8")
TAUGHT = "\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
SAID = re.findall(r"^chair_stand\.toml: .*$", PAGE, re.MULTILINE)


def test_the_taught_file_is_fine():
    exercise = problems(TAUGHT, "chair_stand.toml")
    assert isinstance(exercise, Exercise)
    assert [name for name, *_ in exercise.limits()] == ["trunk_fold"]
    assert {basis.kind for basis in exercise.bases()} == {"judgement", "study"}


@pytest.mark.parametrize(
    ("good", "wrong"),
    [
        ("knee_flexion.near", "knee_flexion"),
        ('basis  = { kind = "judgement", note = "Nose', 'basis  = "I read it somewhere."\n# {'),
        ("trunk_lean", "trunk_leen"),
    ],
)
def test_the_page_shows_each_mistake_as_it_is_reported(good, wrong):
    assert good in TAUGHT
    found = problems(TAUGHT.replace(good, wrong), "chair_stand.toml")
    assert isinstance(found, list)
    assert len(found) == 1
    assert any(found[0].startswith(said.removesuffix("...").rstrip()) for said in SAID)


def test_the_page_names_every_kind_phase_and_statistic():
    for word in (*Kind.__args__, *REP_PHASES, *STRIDE_PHASES, *Statistic.__args__):
        assert re.search(rf"`[^`]*\b{word}\b[^`]*`", PAGE), word
