"""Counting: attempts found in signals whose course is known."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.engine.count.phases import split, timed
from formcheck.engine.count.segment import Attempt, Excursions
from formcheck.engine.count.typical_rom import STILL, TypicalRom, typical_rom

FPS = 30.0


def course(*points, fps=FPS):
    """(t, q) along straight lines through (second, value) points."""
    t = np.arange(round(points[-1][0] * fps) + 1) / fps
    return t, np.interp(t, *np.transpose(points))


def reps(n, period=3.0, rest=0.0, height=80.0, fps=FPS):
    """``n`` sine-shaped repetitions of ``period`` seconds with ``rest`` seconds before, between and after."""
    t = np.arange(round((n * (period + rest) + rest) * fps) + 1) / fps
    phase = np.clip((t - rest) % (period + rest), 0, period) / period
    phase = np.where(t < rest, 0.0, phase)
    return t, height / 2 * (1 - np.cos(2 * np.pi * phase))


def attempts(t, q, *, person_range=80.0, rom=None, min_range=25.0, min_s=1.0, max_s=12.0, present=True):
    found = Excursions(rom or TypicalRom.steady(person_range), min_range, min_s, max_s)
    closed = [found.step(float(a), float(b), present=present) for a, b in zip(t, q, strict=True)]
    closed.append(found.finish())
    return [a for a in closed if a is not None]


def peaks(t, q, **words):
    return [a.peak_s for a in attempts(t, q, **words)]


@pytest.mark.parametrize("fps", [15, 24, 60])
@pytest.mark.parametrize("rest", [0.0, 1.0])
def test_clean_repetitions_are_counted_at_their_peaks(fps, rest):
    t, q = reps(5, rest=rest, fps=fps)
    expected = [rest + 1.5 + k * (3 + rest) for k in range(5)]
    assert peaks(t, q) == pytest.approx(expected, abs=1.5 / fps)
    assert all(a.excursion == pytest.approx(80, abs=4) for a in attempts(t, q))


def test_attempts_are_reported_in_order_and_do_not_overlap():
    found = attempts(*reps(4))
    assert all(a.start_s < a.peak_s < a.end_s for a in found)
    assert all(a.end_s <= b.start_s + 0.5 for a, b in pairwise(found))


def test_a_shallow_one_counts_as_an_attempt_by_the_persons_own_range():
    # 40 % of the range of 80 is 32: 36 is an attempt, 28 is none.
    t, q = course((0, 0), (1, 0), (2, 36), (3, 0), (4, 0), (5, 28), (6, 0), (7, 0))
    assert peaks(t, q) == [pytest.approx(2.0, abs=0.05)]
    # Who moves less is counted more finely, but never below the least of the exercise.
    assert len(peaks(t, q, person_range=40.0)) == 2
    assert len(peaks(t, q, person_range=0.0, min_range=30.0)) == 1


def test_beginning_and_ending_in_mid_movement():
    t, q = reps(4)
    inside = (t >= 1.5) & (t <= 10.5)  # from the first peak to the last
    assert peaks(t[inside], q[inside]) == pytest.approx([4.5, 7.5], abs=0.05)
    nearly = (t >= 1.5) & (t <= 11.5)  # the last one is all but back
    assert len(attempts(t[nearly], q[nearly])) == 3


@pytest.mark.parametrize(("back_to", "counts"), [(10, 1), (30, 1), (40, 0)])
def test_the_end_of_the_clip_closes_what_is_mostly_back(back_to, counts):
    assert len(attempts(*course((0, 0), (1, 0), (2, 80), (3, back_to)))) == counts


def test_a_pause_at_the_top_is_one_repetition_and_a_wobble_there_too():
    assert len(attempts(*course((0, 0), (1, 0), (2, 80), (7, 80), (8, 0), (9, 0)))) == 1
    assert len(attempts(*course((0, 0), (1, 0), (2, 80), (3, 60), (4, 80), (5, 0), (6, 0)))) == 1


def test_drift_is_no_movement_and_does_not_hide_any():
    assert attempts(*course((0, 0), (60, 120), (61, 120))) == []
    # 35 in ten seconds is beyond the threshold of 32, but never within four seconds.
    assert attempts(*course((0, 0), (10, 35), (11, 0), (12, 0))) == []
    t, q = reps(10, rest=1.0)
    assert len(attempts(t, q + 1.0 * t)) == 10


@pytest.mark.parametrize(("gap_s", "counted"), [(0.1, 4), (0.5, 4), (1.5, 4), (2.0, 3), (5.0, 2)])
def test_a_short_gap_keeps_the_movement_a_long_one_abandons_it(gap_s, counted):
    t, q = reps(4, rest=0.5)
    hole = (t >= 2.2) & (t < 2.2 + gap_s)  # on the way back of the first
    q[hole] = np.nan
    assert len(attempts(t, q, present=False)) == counted


def test_a_hidden_limb_of_someone_present_is_waited_for_longer():
    t, q = course((0, 0), (1, 0), (2, 80), (4, 80), (5, 0), (6, 0))
    q[(t > 1.8) & (t < 3.8)] = np.nan
    assert len(attempts(t, q, present=True)) == 1
    assert len(attempts(t, q, present=False)) == 0


def test_a_movement_out_that_takes_too_long_is_given_up():
    t, q = course((0, 0), (1, 0), (2, 80), (30, 80), (31, 0), (32, 0))
    assert attempts(t, q, max_s=12.0) == []
    assert len(attempts(t, q, max_s=16.0)) == 1


def test_a_rest_at_the_peak_is_part_of_the_repetition_and_one_on_the_way_is_not():
    t, q = course((0, 0), (1, 0), (2, 80), (15, 80), (16, 0), (17, 0))
    assert len(attempts(t, q, max_s=12.0)) == 1
    t, q = course((0, 0), (1, 0), (2, 60), (15, 60), (16, 80), (17, 0), (18, 0))
    assert len(attempts(t, q, max_s=12.0)) == 1
    t, q = course((0, 0), (1, 0), (2, 80), (3, 50), (15, 50), (16, 0), (17, 0))
    assert attempts(t, q, max_s=12.0) == []


def test_a_twitch_is_ignored():
    t, q = course((0, 0), (0.05, 0), (0.1, 80), (0.15, 0), (3, 0))
    assert attempts(t, q) == []


@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_a_twitch_after_rest_is_ignored_too(noise):
    t, q = course((0, 0), (3.0, 0), (3.07, 80), (3.14, 0), (5, 0))
    assert attempts(t, q + np.random.default_rng(0).normal(0, noise, len(t))) == []


@pytest.mark.parametrize(("height", "lasts", "counts"), [(0.5, 2.4, 1), (0.4, 1.3, 0), (0.4, 0.9, 0)])
def test_beside_a_set_a_movement_counts_by_its_range_and_its_time(height, lasts, counts):
    t, q = course((0, 0), (2, 0), (2 + lasts / 2, 80 * height), (2 + lasts, 0), (8, 0))
    rom = TypicalRom(np.zeros(1), np.array([80.0]), np.array([2.0]))
    assert len(attempts(t, q, rom=rom)) == counts


def test_of_two_movements_neither_is_the_usual_one():
    t, q = course((0, 0), (2, 0), (4, 80), (6, 0), (9, 0), (9.6, 32), (10.2, 0), (12, 0))
    assert len(attempts(t, q, rom=typical_rom(t, q, 25.0, 1.0, 12.0))) == 2


def test_a_return_that_takes_too_long_is_given_up():
    t, q = course((0, 0), (1, 0), (2, 80), (3, 30), (40, 30), (41, 0), (42, 0))
    assert attempts(t, q, max_s=12.0) == []


def test_a_stalled_camera_abandons_the_movement():
    t, q = course((0, 0), (1, 0), (2, 80), (3, 80), (9, 80), (10, 0), (11, 0))
    kept = (t < 2.5) | (t > 8.5)
    assert attempts(t[kept], q[kept]) == []


def test_progress_follows_the_persons_own_range():
    found = Excursions(TypicalRom.steady(80.0), 25.0, 1.0, 12.0)
    t, q = course((0, 10), (1, 10), (3, 90))
    shown = []
    for a, b in zip(t, q, strict=True):
        found.step(float(a), float(b))
        shown.append(found.progress)
    assert shown[30] == 0.0
    assert shown[60] == pytest.approx(0.5)
    assert shown[90] == pytest.approx(1.0)
    found.step(3.1, float("nan"))
    assert np.isnan(found.progress)


@pytest.mark.parametrize(
    ("heights", "expected"),
    [([80, 80, 80], 80), ([80, 20, 20], 80), ([10, 12, 8], 0), ([60, 80, 100, 200], 140)],
)
def test_the_usual_range_is_a_high_percentile(heights, expected):
    points = [(0.0, 0.0)]
    for k, height in enumerate(heights):
        points += [(4 * k + 2.0, height), (4 * k + 4.0, 0.0)]
    # The 80th percentile of four excursions lies four tenths of the way from the third to the fourth.
    rom = typical_rom(*course(*points), 25.0, 1.0, 12.0)
    assert rom.at(2.0)[0] == pytest.approx(expected, abs=0.01)


def test_who_stays_still_has_no_usual():
    assert typical_rom(np.arange(50) / FPS, np.full(50, np.nan), 25.0, 1.0, 12.0) is STILL
    assert typical_rom(np.array([0.0, 1.0]), np.array([0.0, 80.0]), 25.0, 1.0, 12.0) is STILL


def test_the_usual_follows_a_clip_that_is_cut_to_another_view():
    t, large = reps(8, height=90.0)
    _, small = reps(8, height=45.0)
    t, q = np.arange(2 * len(t)) / FPS, np.concatenate((large, small))
    rom = typical_rom(t, q, 25.0, 1.0, 12.0)
    assert rom.at(t[0])[0] == pytest.approx(90.0, abs=0.5)
    assert rom.at(t[-1])[0] == pytest.approx(45.0, abs=0.5)
    assert rom.at(t[0])[1] == pytest.approx(3.0, abs=0.4)


def test_the_usual_time_is_that_of_most_of_the_way():
    t, q = reps(3, period=4.0)
    q[:90] += np.where(np.arange(90) % 15 < 7, 30.0, 0.0)
    assert typical_rom(t, q, 25.0, 1.0, 12.0).at(8.0)[1] == pytest.approx(4.0, abs=0.6)


def test_quick_and_small_is_no_attempt_but_quick_and_full_is():
    for height, counted in ((80.0, 3), (40.0, 2)):
        points = [(0.0, 0.0), (1.5, 80.0), (3.0, 0.0), (4.0, 0.0), (4.45, height), (4.9, 0.0), (5.9, 0.0)]
        points += [(7.4, 80.0), (8.9, 0.0), (9.5, 0.0)]
        t, q = course(*points)
        assert len(attempts(t, q, rom=TypicalRom.steady(80.0, 1.7))) == counted


#: Rest to 2 s, out to 4 s, hold to 5 s, back to 6 s; 100 high.
TRAPEZOID = ((0, 0), (2, 0), (4, 100), (5, 100), (6, 0), (7, 0))


def test_the_phases_and_the_tempo_of_a_trapezoid():
    t, q = course(*TRAPEZOID, fps=100)
    phases, parts = split(t, q, Attempt(1.0, 4.5, 6.0, 0.0, 100.0))
    lasted = timed(t, q, parts)
    # 5 % at 2.1 s, 90 % at 3.8 s; back at 90 % at 5.1 s, at 5 % at 5.95 s.
    assert phases["rest"] == pytest.approx((0.0, 2.1), abs=0.02)
    assert phases["out"] == pytest.approx((2.1, 3.8), abs=0.02)
    assert phases["hold"] == pytest.approx((3.8, 5.1), abs=0.02)
    assert phases["back"] == pytest.approx((5.1, 5.95), abs=0.02)
    # 5 to 95 % of two seconds out and one back; the hold is what is left of 2.1 to 5.95.
    assert lasted == pytest.approx({"out": 1.8, "hold": 1.15, "back": 0.9}, abs=0.03)


@pytest.mark.parametrize(
    ("gap", "seen"), [((2.5, 3.0), {"back"}), ((4.2, 4.6), {"out", "back"}), ((5.0, 5.3), {"out"})]
)
def test_a_part_that_was_seen_all_the_way_is_timed_beside_one_that_was_not(gap, seen):
    t, q = course(*TRAPEZOID, fps=100)
    q = np.where((t > gap[0]) & (t < gap[1]), np.nan, q)
    _, parts = split(t, q, Attempt(1.0, 4.1, 6.0, 0.0, 100.0))
    assert timed(t, q, parts).keys() == seen


def test_both_halves_of_an_even_repetition_take_equally_long():
    t, q = course((0, 0), (2, 0), (4, 100), (5, 100), (7, 0), (9, 0), fps=100)
    (attempt,) = attempts(t, q, person_range=100.0)
    upto = t <= attempt.end_s  # as Reps does
    lasted = timed(t[upto], q[upto], split(t[upto], q[upto], attempt)[1])
    assert lasted["out"] == pytest.approx(1.8, abs=0.03)
    assert lasted["back"] == pytest.approx(lasted["out"], abs=0.05)


def test_an_attempt_that_ends_higher_than_it_began_is_split_by_its_own_return():
    t, q = course((0, 0), (1, 0), (2, 100), (3, 20), fps=100)
    phases, parts = split(t, q, Attempt(0.0, 2.0, 3.0, 0.0, 100.0))
    assert phases["back"] == pytest.approx((2.1, 2.95), abs=0.02)  # 90 % and 5 % of the way from 100 to 20
    assert timed(t, q, parts)["back"] == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("peak", [[(4, 100), (6, 82)], [(4, 86), (4.2, 100), (4.4, 88), (6, 85)]])
def test_who_sinks_a_little_while_he_holds_the_peak_or_first_goes_beyond_it_holds_it(peak):
    t, q = course((0, 0), (2, 0), *peak, (7, 0), (8, 0), fps=100)
    _, parts = split(t, q, Attempt(1.0, float(t[np.argmax(q)]), 7.0, 0.0, 100.0))
    assert timed(t, q, parts)["hold"] > 1.3


@given(st.integers(1, 12), st.integers(0, 1000))
def test_the_usual_looked_up_for_a_whole_clip_is_the_usual_of_each_moment(n, seed):
    rng = np.random.default_rng(seed)
    rom = TypicalRom(np.cumsum(rng.uniform(0.1, 3.0, n)), rng.uniform(0, 90, n), rng.uniform(0, 5, n))
    t = np.sort(np.concatenate((rng.uniform(-2, 40, 50), rom.t)))
    sampled = rom.over(t)
    assert all(sampled.at(s) == rom.at(s) for s in t.tolist())
