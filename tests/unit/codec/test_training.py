"""Answers and logged exercises as JSON: read back as they were, and nothing else is read."""

import json
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.codec.training import FORM, done_from_json, done_to_json, entry_from_json, entry_to_dict
from formcheck.types.training import Done, Entry, PainReport, SetDone, Start

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
PAINS = st.sampled_from(["none", "pain", "numb"])
COUNTS = st.none() | st.integers(0, 10**6)
SECONDS = st.none() | st.floats(0, 1e6)
SETS = st.builds(
    SetDone,
    reps=COUNTS,
    good=COUNTS,
    left=COUNTS,
    right=COUNTS,
    seconds=SECONDS,
    clean_s=SECONDS,
    side=st.sampled_from([None, "left", "right"]),
    coverage=st.floats(0, 1),
)
STARTS = st.builds(
    Start,
    when=MOMENTS,
    pain=PAINS,
    place=st.sampled_from(["indoors", "outdoors"]),
    equipment=st.lists(st.sampled_from(["mat", "wall"])).map(tuple),
    days=st.integers(1, 7),
)
PAINFUL = st.builds(PainReport, when=MOMENTS, exercise=st.none() | WORDS, pain=PAINS)
DONE = st.builds(
    Done,
    when=MOMENTS,
    exercise=WORDS,
    sets=st.lists(SETS, max_size=3).map(tuple),
    session=COUNTS,
    faults=st.lists(WORDS, max_size=3).map(tuple),
    train=st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=2).map(tuple)), max_size=2).map(tuple),
    pain=st.none() | PAINS,
)
START = entry_to_dict(Start(NOON, "none"))


@given(STARTS | PAINFUL | DONE)
def test_an_entry_is_read_back_as_it_was(entry):
    data = entry_to_dict(entry)
    assert next(iter(data)) == "kind"
    assert entry_from_json(json.dumps(data, allow_nan=False)) == entry


@given(st.lists(DONE, max_size=3).map(tuple))
def test_what_was_done_is_read_back_as_it_was(done):
    assert done_from_json(done_to_json(done)) == done


def test_each_kind_of_entry_has_a_word_of_its_own():
    assert set(FORM.tags) == set(get_args(Entry))
    assert len(set(FORM.tags.values())) == len(FORM.tags)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "end"}, "kind"),
        ({"kind": None}, "kind"),
        ({"kind": "done"}, "exercise"),
        ({"pain": "some"}, "start.pain"),
        ({"when": "yesterday"}, "start.when"),
        ({"when": 0}, "start.when"),
        ({"when": "0001-01-01T00:00:00+00:00"}, "start.when"),
        ({"equipment": "mat"}, "start.equipment"),
        ({"equipment": ["rope"]}, "start.equipment.0"),
        ({"days": 0}, "start.days: 0 is not between 1 and 7"),
        ({"days": 8}, "start.days: 8 is not between 1 and 7"),
        ({"days": 2.5}, "start.days"),
        ({"days": True}, "start.days"),
        ({"place": "x\u0000"}, "start.place"),
    ],
)
def test_a_wrong_entry_is_refused_in_one_line_that_says_where(change, says):
    with pytest.raises(ValueError, match=says) as caught:
        entry_from_json(json.dumps(START | change))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"kind": "start"', b"\xff", "1" * 5000])
def test_what_is_no_entry_is_refused_in_one_line(text):
    for read in (entry_from_json, done_from_json):
        if (read, text) != (done_from_json, "[]"):
            with pytest.raises(ValueError) as caught:  # noqa: PT011  the words are pydantic's
                read(text)
            assert "\n" not in str(caught.value)


def test_keys_of_later_versions_are_passed_over_and_what_has_a_default_may_be_missing():
    small = {"kind": "start", "when": START["when"], "pain": "none", "mood": "good"}
    assert entry_from_json(json.dumps(small)) == Start(NOON, "none")
