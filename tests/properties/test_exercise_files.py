"""Any change to an exercise file: refused in one line a mistake, or an exercise that judges a body."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.codec.session import session_to_json
from formcheck.engine.recognise.recognise import recognise
from formcheck.engine.session import judge
from formcheck.exercises import Exercise
from formcheck.exercises.files import shipped
from formcheck.exercises.loader import problems
from formcheck.outputs.guide.guide import guide
from formcheck.outputs.tables import reps_to_csv
from tests.figures import figure

LINES = [line for file in shipped().values() for line in file.read_text(encoding="utf-8").splitlines()]
NUMBER = re.compile(r"-?\d+(\.\d+)?")
NUMBERS = st.sampled_from(
    ["nan", "inf", "-inf", "0", "-0.0", "-1", "1e-9", "1e308", "0.001", "0.2", "3", "17", "90", "1e4", "1_0"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["true", "[]", "{}", "[0, 0]", "[-1, 1]", "[nan, 1]", '""', '"a\\nb"', '"\\u202Eabc"', '"=cmd()"',
     "1979-05-27", '"hold"', '"gait"', '"reps"', '"speed"', '"start"', '"stride"', '["contact"]', '["rest"]',
     '"oscillation"', '"trunk_lean"', '"knee_flexion.far"', '["squat", "sqat"]', "9" * 400, "9" * 5000,
     "[" * 2000]
)  # fmt: skip
EDITS = st.one_of(
    st.tuples(st.just("number"), st.integers(0, 999), NUMBERS),
    st.tuples(st.just("number"), st.integers(0, 999), NUMBERS),
    st.tuples(st.just("value"), st.integers(0, 999), VALUES),
    st.tuples(st.just("line"), st.integers(0, 999), st.sampled_from(LINES)),
    st.tuples(st.just("more"), st.integers(0, 999), st.sampled_from(LINES)),
    st.tuples(st.just("less"), st.integers(0, 999), st.just("")),
)


def edited(text, edits):
    lines = text.splitlines()
    for how, at, new in edits:
        i = at % max(1, len(lines))
        key, equals, value = lines[i].partition("=")
        if how == "number" and equals:
            lines[i] = key + "=" + NUMBER.sub(new, value, count=1 + at % 2)
        elif how == "value" and equals:
            lines[i] = f"{key}= {new}"
        elif how == "less" and len(lines) > 1:
            del lines[i]
        elif how in ("line", "more"):
            lines[i : i + (how == "line")] = [new]
    return "\n".join(lines)


@cache
def body(exercise):
    return figure(exercise, reps=1, duration_s=8.0).poses


@given(st.sampled_from(sorted(shipped())), st.lists(EDITS, min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_changed_file_is_refused_in_words_or_judged(exercise, edits):
    found = problems(edited(shipped()[exercise].read_text(encoding="utf-8"), edits), "mine.toml")
    if isinstance(found, Exercise):
        guide(found)
        poses = body("running" if found.kind == "gait" else "squat")
        recognise(poses, [found])
        session = judge(poses, found)
        assert session_to_json(session).encode()
        assert reps_to_csv(session).encode()
    else:
        assert all(line.startswith("mine.toml: ") and line.isprintable() for line in found)
        assert all(len(line) <= 500 for line in found)
