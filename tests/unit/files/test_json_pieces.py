"""A large JSON object in pieces: the same values as when it is read at once, or one plain reason why not."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.files import json_pieces
from formcheck.files.json_pieces import DEEPEST, pieces

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.text(max_size=10)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=4)


class Trickle(io.BytesIO):
    """A file that never gives more than a few bytes at once, as a pipe may."""

    def __init__(self, data, at_once):
        super().__init__(data)
        self._at_once = at_once

    def read(self, size=-1):
        return super().read(min(size, self._at_once) if size >= 0 else self._at_once)


def read(data, lists=(), most=10**6, at_once=10**6):
    data = data if isinstance(data, bytes) else data.encode()
    return [(key, json.loads(text)) for key, text in pieces(Trickle(data, at_once), lists, most)]


@given(OBJECTS, st.integers(1, 40), st.sampled_from([None, 0, 3]), st.booleans())
def test_the_values_are_those_of_a_reader_that_takes_all_at_once(data, at_once, indent, ascii_only):
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    assert dict(read(text.encode("utf-8", "surrogatepass"), at_once=at_once)) == data


@given(st.lists(VALUES, max_size=5), st.integers(1, 40))
def test_a_list_gives_its_items_one_by_one(items, at_once):
    text = json.dumps({"head": 1, "items": items, "foot": [2]})
    found = read(text, lists={"items"}, at_once=at_once)
    assert found == [("head", 1), *(("items", item) for item in items), ("foot", [2])]


@given(OBJECTS.filter(bool), st.data())
def test_what_is_cut_off_anywhere_is_refused(data, cut):
    text = json.dumps(data)
    with pytest.raises(ValueError):  # noqa: PT011  the words differ with the place
        read(text[: cut.draw(st.integers(0, len(text) - 1))])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is cut off"),
        ("[1]", "{ is missing"),
        ('{"a": 1} {', "something follows its end"),
        ('{"a" 1}', ": is missing"),
        ('{"a": 1 "b": 2}', ", is missing"),
        ("{a: 1}", "it is not JSON"),
        ('{"a": }', "it is not JSON"),
        ('{"a": [1, 2', "it is cut off"),
        ('{"a": "half', "it is cut off"),
        (json.dumps({"k" * 200: 1}), "it is not JSON"),
        ('{"a": ' + "[" * (DEEPEST + 1), "nested deeper than 100"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(text, says):
    with pytest.raises(ValueError, match=says):
        read(text)


def test_as_deep_as_is_allowed_is_read():
    deep = json.loads("[" * DEEPEST + "]" * DEEPEST)
    assert read(json.dumps({"a": deep})) == [("a", deep)]


def test_a_byte_order_mark_is_no_part_of_it():
    assert read(b"\xef\xbb\xbf" + b'{"a": 1}') == [("a", 1)]


def test_what_is_no_utf_8_is_refused():
    with pytest.raises(UnicodeDecodeError):
        read(b'{"a": "\xff"}')


def test_no_more_than_one_piece_is_in_memory(monkeypatch):
    """Neither a long list nor a long value is read on beyond what a piece may be."""
    monkeypatch.setattr(json_pieces, "_CHUNK", 64)
    long = json.dumps({"items": ["x" * 50] * 200})
    assert len(read(long, lists={"items"}, most=200)) == 200
    with pytest.raises(ValueError, match="longer than 200 letters"):
        read(long, most=200)


def test_pieces_come_before_the_end_is_known():
    found = pieces(io.BytesIO(b'{"items": [1, 2' + b" " * 10), {"items"}, 100)
    assert next(found) == ("items", "1")
    with pytest.raises(ValueError, match="cut off"):
        list(found)
