"""Adapters of made-up types: what they read, write, round and refuse."""

import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from formcheck.codec.form import PLAIN as AS_IT_STANDS
from formcheck.codec.form import Form
from formcheck.codec.schema import (
    MOST_COUNT,
    MOST_LETTERS,
    MOST_NUMBER,
    adapter,
    annotated,
    first_mistake,
    schema_of,
)
from formcheck.messages import sentence
from formcheck.types.reason import Reason


@dataclass(frozen=True)
class Part:
    value: float
    unit: str = "deg"


@dataclass(frozen=True)
class Other:
    word: str


@dataclass(frozen=True)
class Whole:
    name: str
    count: int
    level: float = math.nan
    on: bool = False
    side: Literal["left", "right"] | None = None
    pair: tuple[float, float] = (0.0, 0.0)
    parts: tuple[Part, ...] = ()
    by_name: dict[str, Part] = field(default_factory=dict)
    why: Reason | None = None
    when: datetime | None = None
    secret: str = ""


NUMBERS = st.floats(-MOST_NUMBER, MOST_NUMBER)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
PARTS = st.builds(Part, value=NUMBERS, unit=TEXTS)
WHOLES = st.builds(
    Whole,
    name=TEXTS,
    count=st.integers(0, MOST_COUNT),
    level=NUMBERS,
    on=st.booleans(),
    side=st.sampled_from(["left", "right", None]),
    pair=st.tuples(NUMBERS, NUMBERS),
    parts=st.lists(PARTS, max_size=3).map(tuple),
    by_name=st.dictionaries(TEXTS, PARTS, max_size=3),
    why=st.none() | TEXTS.map(lambda text: Reason("said", text=text)),
    when=st.none() | st.just(datetime(2026, 3, 1, 12, tzinfo=UTC)),
)
MADE = Whole("Ana", 2)
PLAIN = adapter(Whole)
BY_UNIT = Form(decimals=lambda _kind, _name, unit: {"deg": 1, "m": 3}.get(unit))
TAGGED = Form(tag="kind", tags={Part: "part", Other: "other"})
EITHER = adapter(Part | Other, TAGGED)


def written(value, form=AS_IT_STANDS):
    return json.loads(adapter(type(value), form).dump_json(value))


@given(WHOLES)
def test_what_is_written_is_read_back(whole):
    assert PLAIN.validate_json(PLAIN.dump_json(whole)) == whole


@given(WHOLES)
def test_python_and_json_are_written_alike(whole):
    assert PLAIN.dump_python(whole, mode="json") == written(whole)


def test_nothing_is_null_and_null_is_nan():
    assert written(MADE)["level"] is None
    assert math.isnan(PLAIN.validate_json('{"name": "Ana", "count": 2, "level": null}').level)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.float32("nan")])
def test_no_number_that_json_lacks_is_written(value):
    assert written(Part(value))["value"] is None


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (62, "deg", 62.0),
        (62.04, "deg", 62.0),
        (-0.04, "deg", 0.0),
        (0.12345, "m", 0.123),
        (0.12345, "x", 0.12345),
    ],
)
def test_a_number_has_the_decimals_of_its_unit(value, unit, shown):
    text = adapter(Part, BY_UNIT).dump_json(Part(value, unit)).decode()
    assert json.loads(text)["value"] == shown
    assert "-0.0" not in text


def test_numbers_of_numpy_are_plain_ones():
    whole = Whole("Ana", np.int64(3), np.float32(0.5), np.True_, pair=(np.float64(1), np.float64(2)))
    data = written(whole)
    assert (data["count"], data["level"], data["on"], data["pair"]) == (3, 0.5, True, [1.0, 2.0])


def test_a_form_leaves_out_and_puts_last():
    form = Form(left_out={Whole: frozenset({"secret"})}, last={Whole: ("name",)})
    keys = list(written(Whole("Ana", 1, secret="x"), form))
    assert "secret" not in keys
    assert keys[0] == "count"
    assert keys[-1] == "name"
    assert adapter(Whole, form).validate_json('{"name": "Ana", "count": 1, "secret": 5}').secret == ""


def test_what_is_younger_than_the_schema_has_the_value_it_had_before():
    form = Form(since={(Other, "word"): "draft"})
    assert adapter(Other, form).validate_json("{}") == Other("draft")
    with pytest.raises(ValidationError):
        adapter(Other).validate_json("{}")


@given(PARTS | st.builds(Other, word=TEXTS))
def test_a_tag_says_which_of_several_it_is(value):
    data = json.loads(EITHER.dump_json(value))
    assert next(iter(data)) == "kind"
    assert EITHER.validate_python(data) == value


@pytest.mark.parametrize(
    "data", [{}, {"kind": "third"}, {"kind": ["part"]}, {"value": 1, "unit": "m"}, [], None]
)
def test_without_a_known_tag_it_is_none_of_them(data):
    with pytest.raises(ValidationError):
        EITHER.validate_python(data)


def test_a_reason_is_written_as_its_sentence_and_read_as_said():
    why = Reason("no_steady_rhythm")
    data = written(Whole("Ana", 1, why=why))
    assert data["why"] == sentence(why)
    assert PLAIN.validate_json(json.dumps(data)).why == Reason("said", text=sentence(why))


@pytest.mark.parametrize(
    "change",
    [
        {"name": None},
        {"name": 5},
        {"name": "a\0b"},
        {"name": "x" * (MOST_LETTERS + 1)},
        {"count": -1},
        {"count": 1.5},
        {"count": True},
        {"count": MOST_COUNT + 1},
        {"level": "1"},
        {"level": True},
        {"level": 1.1 * MOST_NUMBER},
        {"on": 1},
        {"on": None},
        {"side": "both"},
        {"pair": [1]},
        {"pair": [1, 2, 3]},
        {"pair": {"0": 1}},
        {"parts": {}},
        {"parts": [{"unit": "m"}]},
        {"by_name": []},
        {"by_name": {"a": 1}},
        {"when": "2026-03-01"},
        {"when": 1.7e9},
    ],
)
def test_nothing_is_converted_and_nothing_beyond_measure_is_read(change):
    with pytest.raises(ValidationError) as caught:
        PLAIN.validate_json(json.dumps({"name": "Ana", "count": 2} | change))
    line = first_mistake(caught.value)
    assert line.startswith(next(iter(change)))
    assert "\n" not in line


def test_keys_of_others_are_passed_over():
    assert PLAIN.validate_json('{"name": "Ana", "count": 2, "level": 1, "zzz": [1]}') == Whole("Ana", 2, 1.0)


def test_a_mistake_says_where_and_not_what_was_given():
    with pytest.raises(ValidationError) as caught:
        PLAIN.validate_json('{"name": "Ana", "count": 2, "parts": [{"value": 1}, {"value": "secret"}]}')
    assert first_mistake(caught.value).startswith("parts.1.value: ")
    assert first_mistake(caught.value, skip=2).startswith("value: ")
    assert "secret" not in first_mistake(caught.value)
    with pytest.raises(ValidationError) as caught:
        PLAIN.validate_json("{")
    assert first_mistake(caught.value).startswith("not JSON")


def test_a_schema_is_a_type_for_whoever_describes_itself_by_types():
    described = TypeAdapter(annotated(schema_of(Part))).json_schema(mode="serialization")
    assert set(described["properties"]) == {"value", "unit"}
