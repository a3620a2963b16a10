"""The rhythm of steps, from waves whose period is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.body.track import Track
from formcheck.engine.gait.rhythm import (
    AGREE,
    RATE_HZ,
    SLOWEST_S,
    Rhythm,
    agreed,
    cadence,
    find_rhythms,
    step_times,
    uniform,
)
from formcheck.engine.gait.steps import BOUNCES, StepFinder
from formcheck.engine.judge.judge import WEAK

EVERYTHING = np.ones(33, bool)


def wave(period_s, seconds=8.0, phase_s=0.0, stride=0.0):
    """A bounce of one step; every second one is lower by ``stride``."""
    t = np.arange(0, seconds, 1 / RATE_HZ) - phase_s
    return np.cos(2 * np.pi * t / period_s) + stride * np.cos(np.pi * t / period_s)


@given(st.floats(0.25, 1.5))
@settings(max_examples=40, deadline=None)  # scipy loads in the first
def test_the_shortest_rhythm_of_a_wave_is_its_period(period_s):
    found = find_rhythms(wave(period_s))
    assert found[0].period_s == pytest.approx(period_s, rel=0.02)
    assert [r.period_s for r in found] == sorted(r.period_s for r in found)


@given(st.floats(0.26, 0.54), st.floats(0.001, 1000), st.floats(-1e4, 1e4))
@settings(max_examples=40, deadline=None)  # scipy loads in the first
def test_unit_and_level_of_a_bounce_change_no_rhythm(period_s, scale, level):
    plain, other = find_rhythms(wave(period_s)), find_rhythms(level + scale * wave(period_s))
    assert [r.period_s for r in other] == pytest.approx([r.period_s for r in plain], rel=1e-4)
    assert [r.r for r in other] == pytest.approx([r.r for r in plain], abs=1e-4)


def test_an_upside_down_bounce_has_the_same_rhythm():
    x = wave(0.35, stride=0.3)
    assert find_rhythms(-x) == find_rhythms(x)


@pytest.mark.parametrize("x", [np.zeros(800), np.full(800, 5.0)], ids=["nothing", "a level"])
def test_what_does_not_move_has_no_rhythm(x):
    assert find_rhythms(x) == []


def test_a_wave_quicker_than_any_step_is_none():
    assert all(r.period_s >= 0.24 for r in find_rhythms(wave(0.1)))


def test_a_window_of_fewer_than_four_periods_shows_no_rhythm():
    assert find_rhythms(wave(1.0, seconds=5.0))[0].period_s == pytest.approx(1.0, rel=0.02)
    assert find_rhythms(wave(1.0, seconds=3.5)) == []


def test_slower_than_the_slowest_is_no_rhythm_at_all():
    assert all(r.period_s <= SLOWEST_S for r in find_rhythms(wave(4.0, seconds=40.0)))


def test_uneven_steps_have_the_rhythm_of_the_step_and_that_of_the_stride():
    periods = [r.period_s for r in find_rhythms(wave(0.35, stride=0.4))]
    assert periods[0] == pytest.approx(0.35, rel=0.03)
    assert any(p == pytest.approx(0.70, rel=0.03) for p in periods)


def test_what_only_a_stride_repeats_is_no_step():
    periods = [r.period_s for r in find_rhythms(wave(0.7))]
    assert periods[0] == pytest.approx(0.7, rel=0.02)


# --- agreement -------------------------------------------------------------------------------------------


def rhythms(*periods):
    return [Rhythm(p, 0.9) for p in periods]


def test_two_of_three_signals_are_enough_and_one_is_not():
    assert agreed([rhythms(0.35), rhythms(0.36), rhythms(0.5)]).period_s == 0.35
    assert agreed([rhythms(0.35), [], rhythms(0.5)]) is None
    assert agreed([rhythms(0.35), [], []]) is None
    assert agreed([]) is None


def test_one_signal_does_not_agree_with_itself():
    assert agreed([rhythms(0.35, 0.36), []]) is None


def test_the_shortest_period_that_is_shared_is_the_step():
    assert agreed([rhythms(0.30, 0.7), rhythms(0.35, 0.7), rhythms(0.35, 0.7)]).period_s == 0.35


@given(st.floats(0.25, 2.0), st.floats(0.5, 1.5))
def test_rhythms_are_near_within_a_share_of_the_period(period_s, ratio):
    if abs(abs(ratio - 1) - AGREE) < 1e-6:
        return
    one, other = Rhythm(period_s, 1.0), Rhythm(period_s * ratio, 1.0)
    assert one.near(other) == (abs(ratio - 1) < AGREE)


# --- steps and cadence -----------------------------------------------------------------------------------


@pytest.mark.parametrize("period_s", [0.28, 0.36, 0.53])
@pytest.mark.parametrize("phase_s", [0.0, 0.1])
def test_steps_are_timed_finer_than_the_grid(period_s, phase_s):
    grid = 3.0 + np.arange(0, 8, 1 / RATE_HZ)
    found = step_times(grid, wave(period_s, phase_s=phase_s), Rhythm(period_s, 1.0))
    inner = found[1:-1]
    off = (inner - 3.0 - phase_s) / period_s
    assert np.abs(off - off.round()).max() * period_s < 0.01
    assert np.diff(inner) == pytest.approx(period_s, abs=0.005)


def test_who_stands_before_the_run_makes_no_steps():
    x = wave(0.36)
    x[:300] *= 0.02
    found = step_times(np.arange(0, 8, 1 / RATE_HZ), x, Rhythm(0.36, 1.0))
    assert found.min() > 2.7


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_fewer_than_four_steps_have_no_cadence(n):
    assert cadence(0.35 * np.arange(n)) is None


@given(st.integers(4, 60), st.floats(0.25, 2.0), st.floats(0, 1e4))
def test_even_steps_have_the_cadence_of_their_interval_whenever_they_begin(n, every_s, start_s):
    assert cadence(start_s + every_s * np.arange(n)) == pytest.approx(60 / every_s, rel=1e-4)


def test_a_gap_between_bouts_changes_no_cadence():
    bouts = np.concatenate((0.4 * np.arange(10), 60 + 0.4 * np.arange(10)))
    assert cadence(bouts) == pytest.approx(150)


def test_one_step_that_was_timed_late_changes_little():
    late = 0.4 * np.arange(20)
    late[7] += 0.1
    assert cadence(late) == pytest.approx(150, rel=1e-6)


# --- an even clock ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", [10, 24, 25, 30, 60, 120, 240])
def test_any_rate_of_pictures_becomes_the_same_clock(fps):
    t = np.arange(2 * fps + 1) / fps
    grid, x = uniform(t, 3 * t + 1)
    assert len(grid) == pytest.approx(2 * RATE_HZ, abs=1)
    assert np.diff(grid) == pytest.approx(1 / RATE_HZ)
    assert x == pytest.approx(3 * grid + 1)


def test_what_was_not_seen_is_bridged_straight():
    t = np.array([0.0, 0.1, 0.2, 0.9, 1.0])
    grid, x = uniform(t, np.array([0.0, np.nan, 2.0, 9.0, 10.0]))
    assert x == pytest.approx(10 * grid)


# --- the finder ------------------------------------------------------------------------------------------


#: A body that comes no nearer: seconds and px.
SIZES = np.array([0.0, 8.0]), np.array([100.0, 100.0])


def finder(waves, seconds=8.0, fps=30.0):
    """A finder on a track fed with ``waves(t)``, the three bounces."""
    track = Track([WEAK + name for name in BOUNCES])
    t = np.arange(round(seconds * fps)) / fps
    for now, row in zip(t, np.transpose(waves(t)), strict=True):
        track.append(now, row, EVERYTHING)
    return StepFinder(track), float(t[-1]) if len(t) else 0.0


def bounces(spm):
    def waves(t):
        step = 2 * np.pi * spm / 60 * t
        return np.stack([np.cos(step), np.cos(step), np.cos(step - 0.8)])

    return waves


@pytest.mark.parametrize("fps", [15, 30, 60, 240])
def test_steps_are_found_at_every_rate_of_pictures(fps):
    found, now = finder(bounces(170), fps=fps)
    assert found.look(now, now, SIZES)
    assert found.cadence_spm == pytest.approx(170, rel=0.02)
    assert found.period_s == pytest.approx(60 / 170, rel=0.02)
    assert not found.slow


def test_looking_twice_finds_no_step_twice():
    found, now = finder(bounces(170))
    found.look(now, now, SIZES)
    before = list(found.steps)
    found.look(now, now, SIZES)
    assert found.steps == before
    assert np.diff(before) == pytest.approx(60 / 170, abs=0.02)


def test_no_step_is_added_later_than_asked():
    found, now = finder(bounces(170))
    found.look(now, 4.0, SIZES)
    assert 3.5 < found.steps[-1] <= 4.0
    found.look(now, now, SIZES)
    assert found.steps[-1] > 7.0


@pytest.mark.parametrize("seconds", [0.0, 0.1, 1.9])
def test_less_than_two_seconds_show_no_rhythm(seconds):
    found, now = finder(bounces(170), seconds=seconds)
    assert not found.look(now, now, SIZES)
    assert (found.steps, found.cadence_spm, found.slow) == ([], None, False)
    assert np.isnan(found.period_s)


@pytest.mark.parametrize(
    ("hidden", "rhythm"), [((0,), True), ((2,), True), ((0, 2), False), ((0, 1, 2), False)]
)
def test_one_bounce_may_be_hidden_and_not_two(hidden, rhythm):
    def waves(t):
        shown = bounces(170)(t)
        shown[list(hidden)] = np.nan
        return shown

    found, now = finder(waves)
    assert found.look(now, now, SIZES) == rhythm


def test_a_rhythm_too_slow_to_be_running_has_no_cadence():
    found, now = finder(bounces(60))
    assert found.look(now, now, SIZES)
    assert found.slow
    assert found.cadence_spm is None
    assert len(found.steps) >= 6


@pytest.mark.parametrize("nearest", [8.0, 0.125])
def test_who_comes_or_goes_has_as_many_steps_far_away_as_near_by(nearest):
    times = np.linspace(0.0, 8.0, 200)
    sizes = 100.0 * nearest ** (times / 8.0)
    found, now = finder(lambda t: [w * nearest ** (t / 8.0) for w in bounces(170)(t)])
    assert found.look(now, now, (times, sizes))
    assert np.diff(found.steps) == pytest.approx(60 / 170, abs=0.03)
    assert len(found.steps) >= 21
