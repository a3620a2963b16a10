"""The noise model: what a standard error and a detectable change come from."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.progress.noise import LEAST_NEIGHBOURS, measurement_error, standard_error

values = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=12)
errors = st.lists(st.tuples(st.floats(0.0, 100.0), st.integers(2, 200)), max_size=12)


def test_nothing_known_of_the_noise_is_no_error_of_nought():
    assert measurement_error([1.0, 2.0], [], 0.0) == (None, None)
    assert measurement_error([1.0, 2.0], [], 3.0) == (None, 3.0)


def test_errors_within_sessions_are_pooled_by_their_squares():
    sem, mdc = measurement_error([1.0, 2.0], [(3.0, 10_000), (4.0, 10_000)], 0.0)
    assert sem == pytest.approx(math.sqrt(12.5))
    assert mdc == pytest.approx(1.96 * math.sqrt(2) * sem, rel=1e-3)


@given(values, errors, st.floats(0.0, 50.0))
def test_a_detectable_change_is_never_below_the_sensors_own_nor_below_the_error(values, errors, least):
    sem, mdc = measurement_error(values, errors, least)
    assert (mdc or 0.0) >= max(least, 1.96 * math.sqrt(2) * (sem or 0.0) - 1e-9)


@given(errors.filter(bool), st.floats(1.1, 10.0))
def test_twice_the_error_is_twice_the_detectable_change(errors, times):
    sem, mdc = measurement_error([0.0], errors, 0.0)
    more = measurement_error([0.0], [(times * e, n) for e, n in errors], 0.0)
    assert more == (pytest.approx(times * sem), pytest.approx(times * mdc) if mdc else None)


@pytest.mark.parametrize("count", [LEAST_NEIGHBOURS - 1, LEAST_NEIGHBOURS, 40])
def test_days_that_differ_are_noise_once_there_are_enough(count):
    days = [10.0 * (i % 2) for i in range(count)]
    sem, _ = measurement_error(days, [(0.5, 50)] * count, 0.0)
    assert sem == pytest.approx(0.5 if count < LEAST_NEIGHBOURS else 1.48 * 10 / math.sqrt(2))


def test_the_standard_error_of_a_mean():
    many = np.random.default_rng(3).normal(size=(20_000, 9))
    assert standard_error([1.0, 3.0]) == 1.0
    squares = [standard_error(row) ** 2 for row in many]
    assert np.mean(squares) == pytest.approx(np.var(many.mean(axis=1)), rel=0.05)


SERIES = st.lists(st.floats(-1e3, 1e3), min_size=LEAST_NEIGHBOURS, max_size=12)
SESSIONS = st.lists(st.tuples(st.floats(0.01, 10), st.integers(2, 50)), min_size=1, max_size=6)


@given(SERIES, SESSIONS, st.floats(-1e3, 1e3))
def test_where_the_numbers_lie_does_not_matter(values, errors, by):
    moved = measurement_error([x + by for x in values], errors, 0.0)
    assert moved == pytest.approx(measurement_error(values, errors, 0.0), rel=1e-6, abs=1e-6)


@given(SERIES, SESSIONS, st.floats(0.01, 100))
def test_the_unit_does_not_matter(values, errors, times):
    other = measurement_error([x * times for x in values], [(e * times, n) for e, n in errors], 0.3 * times)
    assert other == pytest.approx([times * x for x in measurement_error(values, errors, 0.3)], rel=1e-6)


@given(SERIES, SESSIONS)
def test_time_may_run_backwards_and_sessions_stand_in_any_order(values, errors):
    there, back = measurement_error(values, errors, 0.0), measurement_error(values[::-1], errors[::-1], 0.0)
    assert back == pytest.approx(there)


@given(SESSIONS, st.integers(1, 50))
def test_more_observations_of_one_error_make_smaller_changes_detectable(errors, more):
    _, few = measurement_error([], errors, 0.0)
    _, many = measurement_error([], [(error, n + more) for error, n in errors], 0.0)
    assert many <= few


@given(SERIES.filter(lambda v: len(set(v)) > 1), SESSIONS)
def test_days_that_differ_never_make_more_detectable(values, errors):
    assert measurement_error(values, errors, 0.0)[1] >= measurement_error([], errors, 0.0)[1]
