"""What is apart from a set and unlike it is no repetition of it; what is only bad, short or late is one."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine.count.asides import ELSEWHERE, MOST_ASIDES, RHYTHM, Movements, asides
from formcheck.engine.count.segment import Attempt
from formcheck.engine.recording import judge_recording
from formcheck.types.landmark import COUNT, INDEX, MIRROR
from tests.exercises.comings import take

FPS, LASTS_S = 30.0, 2.0
RNG = np.random.default_rng(5)
STAND = RNG.normal(0.0, 1.0, COUNT) + 1j * RNG.normal(0.0, 1.0, COUNT)
SET, OTHER = (np.exp(2j * np.pi * RNG.random(COUNT)) for _ in range(2))
for way in (SET, OTHER):
    way[[INDEX["left_hip"], INDEX["right_hip"]]] = 0.0


def course(*moves, rest_s=0.5):
    """Times, signal, body and attempts of moves: which way joints go, how far, the rest before it."""
    q, body, attempts = [np.zeros(15)], [np.tile(STAND, (15, 1))], []
    for way, far, before_s in moves:
        still = round((rest_s if before_s is None else before_s) * FPS)
        out = far * (1 - np.cos(np.linspace(0.0, 2 * np.pi, round(LASTS_S * FPS)))) / 2
        start = sum(map(len, q)) + still
        q += [np.zeros(still), out]
        body += [np.tile(STAND, (still, 1)), STAND + out[:, None] * way]
        times = (start / FPS, (start + len(out) / 2) / FPS, (start + len(out) - 1) / FPS)
        attempts.append(Attempt(*times, 0.0, float(out.max())))
    q, body = np.concatenate(q), np.concatenate(body)
    return np.arange(len(q)) / FPS, q, body, attempts


def left_out(*moves):
    t, q, body, attempts = course(*moves)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = asides([Movements("any", t, q, body, attempts)])
    return [i for i, a in enumerate(attempts) if any(b.start_s == a.start_s for b in found)]


REP, APART = (SET, 1.0, None), 3.0


@pytest.mark.parametrize("before", [0, 1, 2])
@pytest.mark.parametrize("after", [0, 1])
def test_what_is_apart_and_unlike_is_left_out(before, after):
    first = [(OTHER, 1.0, None)] * before
    begin = [(SET, 1.0, APART)] if before else [REP]
    last = [(OTHER, 1.0, APART)] * after
    moves = [*first, *begin, *[REP] * 4, *last]
    expected = [*range(before), *range(before + 5, before + 5 + after)]
    assert left_out(*moves) == (expected if len(expected) <= MOST_ASIDES else [])


def test_a_drink_between_two_sets_is_left_out():
    assert left_out(REP, REP, REP, (OTHER, 1.0, APART), (SET, 1.0, APART), REP, REP) == [3]


@pytest.mark.parametrize(
    "last",
    [
        (SET, 0.5, APART),  # it stops short
        (SET, 1.4, APART),  # it goes farther
        (0.9 * SET + 0.1 * OTHER, 1.0, APART),  # it is a little bad
        (0.7 * SET + 0.3 * OTHER, 1.0, None),  # it is bad, in the rhythm of the set
        (SET[MIRROR], 1.0, None),  # the other side works
    ],
)
def test_a_repetition_stays_however_bad_short_or_late(last):
    assert left_out(*[REP] * 5, last) == []


@pytest.mark.parametrize(("which", "far", "gone"), [(0, 2.0, [0]), (2, 2.0, [2]), (1, 2.0, []), (2, 0.8, [])])
def test_who_first_or_last_ends_elsewhere_gets_into_position_or_out_of_it(which, far, gone):
    t, q, body, attempts = course(*[REP] * 3)
    body[t >= attempts[which].peak_s] += far * ELSEWHERE * OTHER
    with np.errstate(invalid="ignore", divide="ignore"):
        found = asides([Movements("any", t, q, body, attempts)])
    assert [i for i, a in enumerate(attempts) if any(a.start_s == b.start_s for b in found)] == gone
    assert {b.why.code for b in found} == ({"ends_elsewhere"} if gone else set())


def test_as_many_as_a_set_are_another_set():
    assert left_out(*[REP] * 8, (OTHER, 1.0, APART), *[(OTHER, 1.0, None)] * MOST_ASIDES) == []


def test_of_few_nobody_knows_which_is_the_set():
    assert left_out(REP, REP, (OTHER, 1.0, APART)) == []
    assert left_out() == left_out(REP) == []


def test_what_is_hidden_is_not_unlike():
    t, q, body, attempts = course(*[REP] * 4, (OTHER, 1.0, APART))
    body[t >= attempts[-1].start_s - APART] = np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        assert asides([Movements("any", t, q, body, attempts)]) == ()
        assert asides([Movements("any", t, q, np.full_like(body, np.nan), attempts)]) == ()


def elsewhere(*moves, reps=4, slower=1.0, signal="any"):
    """How many of other moves, seen later from another side and so many times slower, are left out."""
    there = Movements("any", *course(*[REP] * reps))
    t, q, body, attempts = course(*moves)
    later = [
        replace(
            a, start_s=slower * a.start_s + 60, peak_s=slower * a.peak_s + 60, end_s=slower * a.end_s + 60
        )
        for a in attempts
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        return len(asides([there, Movements(signal, slower * t + 60, q, body, later)]))


def test_another_view_tells_by_rhythm_and_extent():
    assert elsewhere((OTHER, 1.0, None), (OTHER, 1.0, None)) == 0
    assert elsewhere((SET, 1.0, None), slower=1.2 * RHYTHM) == 1
    assert elsewhere((SET, 0.8 / RHYTHM, None)) == 1
    assert elsewhere((SET, 0.8 / RHYTHM, None), signal="another") == 0


def test_two_are_a_set_where_one_in_another_view_is_slower():
    assert elsewhere((SET, 1.0, None), reps=2, slower=1.2 * RHYTHM) == 1
    assert elsewhere((SET, 1.0, None), reps=1, slower=1.2 * RHYTHM) == 0


@pytest.mark.parametrize(("slower", "gone"), [(1.2 * RHYTHM, [4]), (0.8 * RHYTHM, [])])
def test_what_is_apart_and_alike_but_much_slower_is_left_out(slower, gone):
    t, q, body, attempts = course(*[REP] * 4, (SET, 1.0, APART))
    start = attempts[-1].start_s
    t = np.where(t > start, start + slower * (t - start), t)
    attempts[-1] = replace(attempts[-1], end_s=start + slower * attempts[-1].seconds)
    attempts[-1] = replace(attempts[-1], peak_s=(start + attempts[-1].end_s) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = asides([Movements("any", t, q, body, attempts)])
    assert [i for i, a in enumerate(attempts) if any(a.start_s == b.start_s for b in found)] == gone


def test_a_stretch_of_the_arms_is_no_front_raise_and_is_said():
    poses = take("front_raise", ("reach",), seed=1118, reps=3, heading=-45.0, view="side")
    session = judge_recording(poses, "front_raise")
    assert session.summary.attempts == 3
    assert "unlike_the_set" in [advice.id for advice in session.capture]
