"""What all charts share: planes, ticks, lines, dots."""

import math
import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formcheck.outputs.chart import Plane, PlotArea, band, dots, known, path, reach, tick_label, ticks, times

FRAME = PlotArea(width=300, height=100, left=40, top=10, right=290, bottom=80, inset=5.0)
numbers = st.floats(-1e4, 1e4).map(lambda x: round(x, 3))
gappy = st.lists(st.none() | numbers | st.just(math.nan), max_size=20)


def array(*values):
    return np.array(values, float)


@given(gappy)
def test_all_that_is_known_is_within_the_frame_and_higher_is_higher(values):
    plane = Plane.around(FRAME, 0.0, 1.0, values)
    heights = [float(plane.y(v)) for v in sorted(known(values))]
    assert all(FRAME.top < y < FRAME.bottom for y in heights)
    assert heights == sorted(heights, reverse=True)


def test_nothing_known_reaches_from_0_to_1():
    assert reach([None, math.nan]) == (0.0, 1.0)


@given(numbers, st.floats(0.01, 1e6))
def test_the_sides_keep_their_inset(start, span):
    plane = Plane.around(FRAME, start, start + span, [1.0])
    assert float(plane.x(start)) == pytest.approx(45.0)
    assert float(plane.x(plane.x1)) == pytest.approx(285.0)


def test_a_single_moment_is_in_the_middle():
    plane = Plane.around(FRAME, 7.0, 7.0, [1.0])
    assert float(plane.x(7.0)) == 165.0
    assert plane.x(array(7.0, 7.0)).tolist() == [165.0, 165.0]


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-71, 12), (0.012, 0.013), (1e4, 3e4)])
def test_ticks_are_few_and_within(low, high):
    found = ticks(low, high)
    assert 2 <= len(found) <= 5
    assert low <= found[0]
    assert found[-1] <= high + 1e-9


@given(gappy, st.sampled_from([1.0, 100.0, 1000.0]))
def test_ticks_stand_where_their_labels_say(values, factor):
    plane = Plane.around(FRAME, 0.0, 1.0, values)
    assume(plane.high - plane.low > 1e-3 * abs(plane.high))
    for y, label in plane.ticks_y(factor):
        value = float(label.replace("−", "-")) / factor
        assert y == pytest.approx(float(plane.y(value)), abs=0.5)
        assert FRAME.top - 1 <= y <= FRAME.bottom + 1


def test_a_minus_is_as_wide_as_a_plus():
    assert [tick_label(v) for v in (-2.5, 0.0, 30.0)] == ["−2.5", "0", "30"]


def test_times_are_round():
    assert times(1.2, 57.2) == [15, 30, 45]
    assert times(0.0, 3600.0) == [0, 900, 1800, 2700, 3600]


def test_a_line_is_broken_where_nothing_was_seen():
    assert path(array(0, 1, 2, 3), array(5, 6, math.nan, 7)) == "M0.0 5.0L1.0 6.0M3.0 7.0"
    assert path(array(), array()) == ""


def test_a_band_goes_there_above_and_back_below():
    drawn = band(array(0, 1, 2), array(1, 2, math.nan), array(3, 4, 5))
    assert drawn == "M0.0 3.0L1.0 4.0L1.0 2.0L0.0 1.0z"


@given(st.lists(st.tuples(numbers, numbers), max_size=9), st.integers(0, 2))
def test_dots_are_lines_of_no_length(places, decimals):
    x, y = (array(*(p[i] for p in places)) for i in (0, 1))
    found = re.findall(r"M(-?[\d.]+) (-?[\d.]+)h0", dots(x, y, decimals))
    assert len(found) == len(places)
    for drawn, place in zip(found, places, strict=True):
        assert [float(v) for v in drawn] == pytest.approx(place, abs=0.51)
