"""Which exercises explain a clip: chains of candidates made by hand, no body at all."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.recognise import recognise as recognition
from formcheck.engine.recognise.candidates import Candidate
from formcheck.engine.recognise.recognise import LEAST_CONFIDENCE, OVERLAP_S, PAUSE_S, recognise
from formcheck.exercises import find_exercise
from tests.unit.types.made_up import nobody

SQUAT, LUNGE, PLANK, RUN = (find_exercise(name) for name in ("squat", "lunge", "plank", "running"))


def claim(exercise, start_s, end_s, weight=None, seen=1.0):
    return Candidate(exercise, start_s, end_s, end_s - start_s if weight is None else weight, seen)


def reps(exercise, *starts, lasts=3.0, **words):
    return [claim(exercise, s, s + lasts, **words) for s in starts]


@pytest.fixture
def recognised(monkeypatch):
    """What is recognised of a clip of so many seconds in which these candidates were found."""

    def of(found, seconds=60.0):
        monkeypatch.setattr(recognition, "posture_parts", lambda *_: [None])
        monkeypatch.setattr(recognition, "candidates", lambda e, _: [c for c in found if c.exercise is e])
        exercises = {c.exercise.id: c.exercise for c in found}.values()
        return recognise(nobody(np.array([0.0, seconds])), exercises)

    return of


def named(result):
    return [(s.exercise.id, s.start_s, s.end_s) for s in result.stretches]


def test_where_nothing_was_found_nothing_is_recognised(recognised):
    result = recognised([])
    assert (result.stretches, result.near) == ((), ())


def test_repetitions_that_follow_each_other_are_one_stretch(recognised):
    result = recognised(reps(SQUAT, 5, 9, 13, 17))
    assert named(result) == [("squat", 5, 20)]
    assert result.stretches[0].confidence == 1.0


def test_a_long_pause_parts_two_sets_and_a_shorter_one_does_not(recognised):
    first, pause = reps(SQUAT, 0, 3), PAUSE_S
    assert named(recognised(first + reps(SQUAT, 6 + pause, 9 + pause))) == [("squat", 0, 12 + pause)]
    later = reps(SQUAT, 6.1 + pause, 9.1 + pause)
    assert named(recognised(first + later)) == [("squat", 0, 6), ("squat", 6.1 + pause, 12.1 + pause)]


def test_one_movement_of_another_exercise_makes_no_change(recognised):
    result = recognised([*reps(SQUAT, 0, 3, 9, 12), *reps(LUNGE, 6)])
    assert [name for name, _, _ in named(result)] == ["squat"]


def test_a_whole_set_of_another_exercise_does(recognised):
    result = recognised([*reps(SQUAT, 0, 3, 6), *reps(LUNGE, 20, 23, 26)])
    assert named(result) == [("squat", 0, 9), ("lunge", 20, 29)]


def test_of_two_that_explain_the_same_the_one_that_explains_more_is_named_and_less_sure(recognised):
    alone = recognised(reps(SQUAT, 0, 3, 6)).stretches[0]
    both = recognised([*reps(SQUAT, 0, 3, 6), *reps(LUNGE, 0.5, 3.5, 6.5, lasts=2.0, weight=1.0)])
    assert [s.exercise.id for s in both.stretches] == ["squat"]
    assert both.stretches[0].confidence == pytest.approx(9 / 12)
    assert both.stretches[0].confidence < alone.confidence


def test_where_two_explain_alike_neither_is_named_and_both_came_near(recognised):
    result = recognised([*reps(SQUAT, 0, 3, 6), *reps(LUNGE, 0, 3, 6)])
    assert result.stretches == ()
    assert {e.id for e in result.near} == {"squat", "lunge"}


@pytest.mark.parametrize(("seen", "sure"), [(LEAST_CONFIDENCE, True), (LEAST_CONFIDENCE - 0.01, False)])
def test_with_too_little_seen_nothing_is_named(recognised, seen, sure):
    result = recognised(reps(SQUAT, 0, 3, 6, seen=seen))
    assert bool(result.stretches) == sure
    assert [e.id for e in result.near] == ([] if sure else ["squat"])


@pytest.mark.parametrize(("seconds", "enough"), [(6.0, True), (6.1, False)])
def test_a_single_repetition_must_be_half_of_its_clip(recognised, seconds, enough):
    assert bool(recognised(reps(SQUAT, 1), seconds).stretches) == enough


def test_a_single_hold_need_not_be(recognised):
    assert named(recognised([claim(PLANK, 20, 23)], 600.0)) == [("plank_hold", 20, 23)]


def test_what_is_shorter_than_chance_is_nothing(recognised):
    assert recognised(reps(SQUAT, 0, 1, lasts=1.0)).stretches == ()
    assert named(recognised(reps(SQUAT, 0, 1, lasts=1.0), 5.0)) == [
        ("squat", 0, 2)
    ]  # but two fifths of a short clip


def test_during_a_run_there_are_no_repetitions(recognised):
    result = recognised(
        [claim(RUN, 10, 40), *reps(SQUAT, 12, 15, 18, 21, weight=30.0), *reps(SQUAT, 45, 48, 51)]
    )
    assert named(result) == [("running", 10, 40), ("squat", 45, 54)]


@pytest.mark.parametrize(("overlap_s", "reps_kept"), [(OVERLAP_S, 2), (OVERLAP_S + 0.1, 1)])
def test_one_ends_as_the_next_begins_and_hardly_later(overlap_s, reps_kept):
    found = [claim(SQUAT, 0.0, 3.0), claim(SQUAT, 3.0 - overlap_s, 6.0)]
    assert len(recognition._chain(found)) == reps_kept


CLAIMS = st.lists(
    st.builds(
        lambda e, start, lasts, share: claim(e, start, start + lasts, lasts * share),
        st.sampled_from([SQUAT, LUNGE, PLANK]),
        st.floats(0, 50),
        st.floats(0.5, 9),
        st.floats(0.1, 1),
    ),
    max_size=7,
)


def worth(chain):
    changes = sum(a.exercise is not b.exercise for a, b in pairwise(chain))
    return sum(c.weight for c in chain) - recognition.CHANGE_S * changes


def every_chain(found, chain=()):
    yield chain
    for c in found:
        if not chain or (c.end_s > chain[-1].end_s and c.start_s + OVERLAP_S >= chain[-1].end_s):
            yield from every_chain(found, (*chain, c))


@given(CLAIMS)
@settings(max_examples=60, deadline=None)
def test_no_other_chain_explains_more(found):
    chain = recognition._chain(found)
    assert worth(chain) == pytest.approx(max(map(worth, every_chain(found))))
