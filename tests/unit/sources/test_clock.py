from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.sources.clock import Clock

stamps = st.lists(st.none() | st.floats(-5, 100, allow_nan=False), max_size=60)


@given(stamps)
def test_whatever_the_stamps_time_only_rises(given_stamps):
    clock = Clock(origin_s=0.0, spacing_s=0.04)
    times = [t for t in map(clock.step, given_stamps) if t is not None]
    assert all(a < b for a, b in pairwise(times))


def test_first_frame_is_zero_whatever_its_stamp():
    assert Clock(origin_s=12.5, spacing_s=0.04).step(12.5) == 0.0


def test_missing_stamps_get_the_nominal_spacing():
    clock = Clock(0.0, 0.04)
    assert [clock.step(s) for s in (0.0, None, None)] == pytest.approx([0.0, 0.04, 0.08])


def test_stray_frames_are_dropped():
    clock = Clock(0.0, 0.04)
    assert [clock.step(s) for s in (0.0, 0.04, 0.04, 0.02, 0.08)] == [0.0, 0.04, None, None, 0.08]


def test_a_new_time_line_goes_on_from_the_old_one():
    clock = Clock(0.0, 0.04)
    assert [clock.step(s) for s in (0.0, 5.0, 0.0, 0.1)] == pytest.approx([0.0, 5.0, 5.04, 5.14])


def test_nobody_pauses_for_hours_so_that_is_a_damaged_stamp():
    clock = Clock(0.0, 0.04)
    assert [clock.step(s) for s in (0.0, 0.04, 1e7, 1e7 + 0.04)] == pytest.approx([0.0, 0.04, 0.08, 0.12])
    assert clock.restarted


def test_a_leap_forward_is_a_pause_unless_the_format_joins_clips():
    stamps = (0.0, 5.0, 100.0, 100.1, 109.0)
    paused, joined = Clock(0.0, 0.04), Clock(0.0, 0.04, joined=True)
    assert [paused.step(s) for s in stamps] == pytest.approx(list(stamps))
    assert [joined.step(s) for s in stamps] == pytest.approx([0.0, 5.0, 5.04, 5.14, 14.04])
    assert (paused.restarted, joined.restarted) == (False, True)
