"""How many people are in view, and that following one depends on nobody's order, place or size."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.pose.subject import MOST_PEOPLE, Subject, count_people, overlap, who_exercises
from formcheck.types.pose import box_of
from tests.unit.pose.bodies import body

SIDES = st.floats(0.1, 500)
BOXES = st.tuples(st.floats(-500, 500), st.floats(-500, 500), SIDES, SIDES).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)


@given(BOXES, BOXES)
def test_overlap_is_a_share_the_same_from_either_side(a, b):
    shared = overlap(a, b)
    assert 0.0 <= shared <= 1.0 + 1e-9
    assert shared == pytest.approx(overlap(b, a))
    assert overlap(a, a) == pytest.approx(1.0)


@given(BOXES, BOXES, st.floats(0.1, 10), st.floats(-100, 100))
def test_overlap_has_no_unit_and_no_origin(a, b, scale, shift):
    moved = [tuple(scale * x + shift for x in box) for box in (a, b)]
    assert overlap(*moved) == pytest.approx(overlap(a, b), abs=1e-6)


def test_a_box_without_an_inside_overlaps_nothing():
    assert overlap((1, 1, 1, 1), (0, 0, 2, 2)) == 0.0
    assert overlap((0, 0, 0, 5), (0, 0, 0, 5)) == 0.0


ONE, TWO = [body(100)], [body(100), body(500)]


@pytest.mark.parametrize(
    ("frames", "people"),
    [
        ([], 1),
        ([[]], 1),
        ([[], [], []], 1),
        ([ONE, ONE], 1),
        ([TWO], 2),  # the only frame is believed
        ([TWO, ONE, ONE], 1),  # one of several is not
        ([TWO, ONE, TWO], 2),
        ([[], TWO, TWO, []], 2),
    ],
)
def test_a_number_counts_that_two_frames_show(frames, people):
    assert count_people(frames) == people


def test_one_person_found_twice_is_one():
    assert count_people([[body(100), body(104)]] * 2) == 1
    assert count_people([[body(100), body(190)]] * 2) == 2


def test_a_crowd_is_counted_whole():
    crowd = [body(60 + 110 * i) for i in range(MOST_PEOPLE + 1)]
    assert count_people([crowd, crowd[::-1]]) == len(crowd)


@given(st.permutations(range(4)), st.floats(0.5, 3.0))
@settings(max_examples=40)
def test_the_same_person_is_chosen_whatever_the_order_and_the_size_of_the_picture(order, scale):
    people = [body(60, height=200), body(250, height=380), body(420, height=150), body(600, height=300)]
    shuffled = [scale * people[i] for i in order]
    first = Subject(round(640 * scale), round(400 * scale)).choose(0.0, shuffled)
    assert order[first] == 1


def test_of_equals_the_one_in_the_middle_is_largest_and_most_central():
    row = [body(120), body(330), body(560)]
    for rule in ("largest", "central"):
        assert Subject(640, 400, rule).choose(0.0, row) == 1


def test_the_central_one_may_be_the_smallest():
    assert Subject(640, 400, "central").choose(0.0, [body(120, height=390), body(320, height=60)]) == 1


@pytest.mark.parametrize("fps", [10, 30, 60, 240])
def test_who_moves_is_found_after_the_same_time_at_every_rate(fps):
    subject = Subject(640, 400, "moving")
    rng = np.random.default_rng(2)
    chosen = [
        subject.choose(i / fps, [body(120), body(450) + rng.normal(0, 15, (33, 1))]) for i in range(fps)
    ]
    first = next(i for i, who in enumerate(chosen) if who is not None)
    assert set(chosen[:first]) == {None}
    assert set(chosen[first:]) == {1}
    assert first / fps == pytest.approx(0.5, abs=1 / fps)


def bending(k, x, height=250.0, by=0.5):
    """Somebody whose upper half comes down every second frame."""
    image = body(x, height=height)
    image[2:18, 1] += by * height * (k % 2)
    return image


def test_who_bends_exercises_beside_a_larger_one_who_stands():
    frames = [[body(450, height=380), bending(k, 120)] for k in range(6)]
    assert who_exercises(frames) == box_of(bending(0, 120))
    assert who_exercises([pair[::-1] for pair in frames]) == box_of(bending(0, 120))


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [[body(120), body(450)]] * 6,
        [[bending(k, 120), bending(k, 450)] for k in range(6)],
        [[bending(k, 120)] for k in range(6)],
        [[body(450, height=380), bending(k, 120)] for k in range(2)],
    ],
    ids=["nobody", "two who hold still", "two who exercise", "one alone", "too few frames"],
)
def test_nobody_stands_out(frames):
    assert who_exercises(frames) is None
