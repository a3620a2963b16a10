"""Events as JSON: each kind with its own fields, finite and rounded, and read back as what was written."""

import json
import math
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.codec.events import AnyEvent, document, event_to_dict
from formcheck.messages import sentence
from formcheck.types.event import (
    AttemptFinished,
    BlockFinished,
    FaultCleared,
    FaultSaid,
    Found,
    Lost,
    RepFinished,
    Spoken,
    StateChanged,
    ViewChanged,
)
from formcheck.types.reason import Reason
from formcheck.types.result import Tempo

SECONDS = st.floats(0, 1e5)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)
COUNTS, SIDES = st.integers(0, 10**6), st.sampled_from(["left", "right", "both", "unknown"])
TEMPOS = st.none() | st.builds(Tempo, **{f.name: st.floats(0, 100) for f in fields(Tempo)})
TIMES = {"t": SECONDS, "told_t": SECONDS}
EVENTS = st.one_of(
    st.builds(StateChanged, state=WORDS, **TIMES),
    st.builds(
        AttemptFinished,
        n=COUNTS,
        side=SIDES,
        counted=st.booleans(),
        reason=st.none() | WORDS,
        tempo=TEMPOS,
        clean=st.lists(WORDS, max_size=2).map(tuple),
        **TIMES,
    ),
    st.builds(RepFinished, n=COUNTS, side=SIDES, score=st.none() | st.integers(0, 100), **TIMES),
    st.builds(BlockFinished, faults=st.just(()), clean=st.just(("neck_up",)), **TIMES),
    st.builds(FaultSaid, id=WORDS, cue=WORDS, **TIMES),
    st.builds(FaultCleared, id=WORDS, **TIMES),
    st.builds(ViewChanged, view=WORDS, **TIMES),
    st.builds(Lost, reason=st.just(Reason("said", text="out of the picture")), **TIMES),
    st.builds(Found, **TIMES),
    st.builds(Spoken, text=WORDS.map(lambda text: Reason("said", text=text)), **TIMES),
)


def rounded(value):
    """A value as three decimals keep it."""
    if isinstance(value, float):
        return round(value, 3) + 0.0
    if isinstance(value, Tempo):
        return Tempo(*(rounded(getattr(value, f.name)) for f in fields(Tempo)))
    return value


def kept(event):
    """What a file keeps of an event."""
    parts = {f.name: rounded(getattr(event, f.name)) for f in fields(event)}
    return replace(event, **parts | ({"clean": ()} if hasattr(event, "clean") else {}))


@given(EVENTS)
def test_an_event_is_read_back_to_the_thousandth(event):
    text = json.dumps(event_to_dict(event), allow_nan=False)
    if not isinstance(event, BlockFinished):  # what was clean serves the voice, and is not written
        assert document().validate_json(text) == kept(event)


@given(EVENTS)
def test_its_name_and_times_come_first_and_the_rest_are_its_own_fields(event):
    data = event_to_dict(event)
    assert list(data)[:3] == ["event", "t", "told_t"]
    assert data["event"] == type(event).__name__
    assert set(data) - {"event"} == {f.name for f in fields(event)} - {"clean"}


@given(EVENTS, SECONDS)
def test_a_real_clock_may_only_delay_when_it_was_known(event, clock):
    data = event_to_dict(event, clock)
    assert data["told_t"] == round(max(event.told_t, clock), 3) + 0.0
    assert {**data, "told_t": None} == {**event_to_dict(event), "told_t": None}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_time_that_is_no_number_is_null(value):
    assert event_to_dict(Found(t=value, told_t=value)) == {"event": "Found", "t": None, "told_t": None}


def test_codes_become_sentences():
    lost = Lost(t=1.0, told_t=1.0, reason=Reason("no_steady_rhythm"))
    assert event_to_dict(lost)["reason"] == sentence(lost.reason) != "no_steady_rhythm"


def test_every_kind_is_tried_here_but_the_set_which_has_a_summary():
    tried = {StateChanged, AttemptFinished, RepFinished, BlockFinished, FaultSaid, FaultCleared}
    tried |= {ViewChanged, Lost, Found, Spoken}
    assert {kind.__name__ for kind in set(AnyEvent.__args__) - tried} == {"SetFinished"}


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        '{"event": "Nothing", "t": 1, "told_t": 1}',
        '{"event": "Found", "t": 1}',
        '{"event": "Found", "t": "1", "told_t": 1}',
        '{"event": "RepFinished", "t": 1, "told_t": 1, "n": -1, "side": "left", "score": null}',
        '{"event": "RepFinished", "t": 1, "told_t": 1, "n": 1, "side": "up", "score": null}',
    ],
)
def test_what_is_no_event_is_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011  the words are pydantic's
        document().validate_json(line)
