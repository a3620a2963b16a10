"""What all stamps of a clip say together, from readings made by hand; and clocks, whatever they are given."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.sources.clock import LEAP_S, PAUSE_S, RESTART_S, Clock
from formcheck.sources.stamps import survey


class Reading:
    """A reading of nothing but stamps: those as they are shown, and as they are decoded."""

    def __init__(self, shown, decoded=None, *, joined=False, seekable=True, late_s=0.0, track_duration=None):
        self._stamps = list(zip(shown, shown if decoded is None else decoded, strict=True))
        self.joined, self.seekable, self.late_s, self.track_duration = (
            joined,
            seekable,
            late_s,
            track_duration,
        )

    def stamps(self):
        return iter(self._stamps)


def surveyed(shown, spacing=0.1, origin=None, **words):
    return survey(Reading(shown, **words), shown[0] if origin is None else origin, spacing)


def test_a_plain_clip_is_as_long_as_its_last_picture_is_shown():
    found = surveyed([0.0, 0.1, 0.2, 0.3])
    assert found.length_s == pytest.approx(0.4)
    assert (found.near, found.exact) == (True, True)


@pytest.mark.parametrize("origin", [0.0, 5.0, 1e5])
def test_a_clip_that_starts_late_is_no_longer_for_it(origin):
    assert surveyed([origin, origin + 0.1, origin + 0.2]).length_s == pytest.approx(0.3)


def test_pictures_that_are_decoded_out_of_order_are_sought_all_the_same():
    found = surveyed([0.0, 0.3, 0.1, 0.2], decoded=[0.0, 0.1, 0.2, 0.3])
    assert found.length_s == pytest.approx(0.4)
    assert found.near


def test_what_the_track_claims_is_believed_unless_time_began_anew():
    assert surveyed([0.0, 0.1], track_duration=7.5).length_s == 7.5
    assert surveyed([0.0, 0.1], track_duration=7.5, late_s=0.2).length_s == pytest.approx(0.2)
    restarted = surveyed([50.0, 50.1, 0.0, 0.1], track_duration=7.5)
    assert restarted.length_s == pytest.approx(0.4)
    assert (restarted.near, restarted.exact) == (False, False)


def test_pictures_without_stamps_are_counted_and_lead_nowhere():
    found = surveyed([0.0, None, None, None])
    assert found.length_s == pytest.approx(0.4)
    assert not found.near


def test_an_animation_cannot_be_sought():
    assert not surveyed([0.0, 0.1], seekable=False).near


def test_joined_parts_lead_near_and_not_to_the_picture():
    found = surveyed([0.0, 0.1, 0.2], joined=True)
    assert (found.near, found.exact) == (True, False)


def test_a_clip_of_one_picture_is_as_long_as_one():
    assert surveyed([3.0], spacing=0.04).length_s == pytest.approx(0.04)


# --- the clock -------------------------------------------------------------------------------------------


def times(stamps, spacing=0.04, **words):
    clock = Clock(stamps[0], spacing, **words)
    return [clock.step(s) for s in stamps], clock


@given(st.floats(0.004, 0.1), st.integers(1, 60), st.floats(-1e5, 1e5))
def test_even_stamps_are_kept_at_every_rate_whatever_they_begin_with(spacing, n, origin):
    got, clock = times([origin + i * spacing for i in range(n)], spacing)
    assert got == pytest.approx([i * spacing for i in range(n)], abs=1e-6)
    assert clock.length == pytest.approx(n * spacing, abs=1e-6)
    assert not clock.restarted


@given(st.lists(st.none() | st.floats(-1e9, 1e9), min_size=1, max_size=40), st.booleans())
def test_no_stamp_makes_time_stand_still_go_back_or_leap_farther_than_a_pause(stamps, joined):
    clock = Clock(0.0, 0.04, joined=joined)
    kept = [t for t in map(clock.step, stamps) if t is not None]
    most = LEAP_S if joined else PAUSE_S
    assert all(a < b <= a + most + 1e-3 for a, b in pairwise(kept))
    assert clock.length == pytest.approx(kept[-1] + 0.04)


@pytest.mark.parametrize(("back_s", "anew"), [(RESTART_S, False), (RESTART_S + 0.01, True)])
def test_a_step_back_by_more_than_a_second_begins_anew_and_a_smaller_one_is_dropped(back_s, anew):
    got, clock = times([0.0, 8.0, 8.0 - back_s])
    assert clock.restarted == anew
    assert got[-1] == (pytest.approx(8.04) if anew else None)


@pytest.mark.parametrize(("joined", "most"), [(True, LEAP_S), (False, PAUSE_S)])
def test_a_step_forward_is_a_pause_up_to_its_bound(joined, most):
    assert times([0.0, most], joined=joined)[0][-1] == most
    got, clock = times([0.0, most + 0.5], joined=joined)
    assert (got[-1], clock.restarted) == (pytest.approx(0.04), True)


def test_before_the_first_picture_no_time_has_passed():
    assert Clock(3.0, 0.04).length == 0.0


def test_a_part_that_follows_keeps_its_own_steps():
    got, _ = times([10.0, 10.5, 2.0, 2.5, 3.5])
    assert got == pytest.approx([0.0, 0.5, 0.54, 1.04, 2.04])
