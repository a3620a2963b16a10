"""What a form says of a document, on types made up for it."""

import json
import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from formcheck.codec.described import described
from formcheck.codec.form import PLAIN, Form
from formcheck.codec.schema import adapter, first_mistake


@dataclass(frozen=True, slots=True)
class Leg:
    """A limb."""

    unit: str
    length: float
    spans: tuple[tuple[float, float], ...] = ()
    secret: int = 0


@dataclass(frozen=True, slots=True)
class Dog:
    """A body."""

    name: str
    legs: tuple[Leg, ...]
    weight: float | None = None
    breed: str = "mixed"


@dataclass(frozen=True, slots=True)
class Snake:
    """Another body."""

    length: float


FORM = Form(
    decimals=lambda kind, name, unit: None if kind is Snake else 0 if unit == "mm" else 2,
    left_out={Leg: frozenset({"secret"})},
    last={Dog: ("name",)},
    since={(Dog, "breed"): "unknown"},
    tag="kind",
    tags={Dog: "dog", Snake: "snake"},
)
ANIMALS = adapter(tuple[Dog | Snake, ...], FORM)

numbers = st.floats(-1e9, 1e9) | st.just(math.nan)
legs = st.builds(Leg, st.sampled_from(["mm", "m"]), numbers, st.lists(st.tuples(numbers, numbers)).map(tuple))
words = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=9)
dogs = st.builds(Dog, words, st.lists(legs, max_size=4).map(tuple), st.none() | numbers, words)


def test_order_rounding_and_tag():
    dog = Dog("Rex", (Leg("mm", 412.6, ((1, 2.345),), secret=7), Leg("m", -0.001)), weight=np.float32(3))
    (data,) = ANIMALS.dump_python((dog,), mode="json")
    assert [*data] == ["kind", "legs", "weight", "breed", "name"]
    assert data["legs"] == [
        {"unit": "mm", "length": 413.0, "spans": [[1.0, 2.0]]},
        {"unit": "m", "length": 0.0, "spans": []},
    ]
    assert math.copysign(1, data["legs"][1]["length"]) == 1  # no "-0.0"
    assert json.dumps(data["weight"]) == "3.0"
    assert ANIMALS.dump_python((Snake(1.23456),), mode="json") == [{"kind": "snake", "length": 1.23456}]


@given(st.lists(dogs | st.builds(Snake, numbers)).map(tuple))
def test_what_is_written_is_described_read_and_written_again(animals):
    text = json.dumps(ANIMALS.dump_python(animals, mode="json"), allow_nan=False)
    Draft202012Validator(described(ANIMALS)).validate(json.loads(text))
    again = ANIMALS.validate_json(text)
    assert [type(one) for one in again] == [type(one) for one in animals]
    assert json.dumps(ANIMALS.dump_python(again, mode="json")) == text


def test_what_may_be_missing():
    (dog,) = ANIMALS.validate_json('[{"kind": "dog", "name": "Rex", "legs": [], "tail": 1}]')
    assert dog == Dog("Rex", (), None, "unknown")
    (plain,) = adapter(tuple[Dog, ...], PLAIN).validate_json('[{"name": "Rex", "legs": []}]')
    assert plain.breed == "mixed"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "not JSON"),
        ('[{"kind": "cat"}]', "0: Input tag 'cat'"),
        ('[{"kind": "dog", "name": "Rex"}]', "0.dog.legs: Field required"),
        ('[{"kind": "snake", "length": true}]', "0.snake.length: Input should be a valid number"),
        ('[{"kind": "snake", "length": 1e13}]', "0.snake.length: Input should be less"),
    ],
)
def test_the_first_mistake_is_one_line_that_says_where(text, says):
    with pytest.raises(ValidationError) as caught:
        ANIMALS.validate_json(text)
    line = first_mistake(caught.value)
    assert line.startswith(says)
    assert len(line.splitlines()) == 1
    if says.startswith("0."):
        assert first_mistake(caught.value, skip=2) == line.split(".", 2)[2]
