"""Counting where clocks, cameras and people misbehave: ties, gaps, slow cameras, nothing at all."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.body.track import Track
from formcheck.engine.count.full_range import TIMED
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.count.segment import HIDDEN_S, LOST_S, Excursions
from formcheck.engine.count.sides import balance, working_side
from formcheck.engine.count.typical_rom import (
    MOST_LEARNT,
    NEIGHBOURS,
    STILL,
    LearnedRom,
    TypicalRom,
    attempts,
    typical_rom,
)
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.exercises.schema import StartPose
from formcheck.types.result import Rep, Rom
from tests.figures import figure

RANGE, LEAST, MIN_S, MAX_S = 80.0, 25.0, 1.0, 12.0
STEADY = TypicalRom.steady(RANGE)


def course(*points, fps=30.0):
    """(t, q) along straight lines through (second, value) points."""
    t = np.arange(round(points[-1][0] * fps) + 1) / fps
    return t, np.interp(t, *np.transpose(points))


def waves(n, period=3.0, fps=30.0, height=RANGE):
    t = np.arange(round(n * period * fps) + 1) / fps
    return t, height / 2 * (1 - np.cos(2 * np.pi * t / period))


def found(t, q, usual=STEADY):
    return attempts(np.asarray(t, float), np.asarray(q, float), usual, LEAST, MIN_S, MAX_S)


def closed(times, values, *, present=True):
    """Attempts of a finder fed by hand; the end of the clip closes nothing."""
    finder = Excursions(STEADY, LEAST, MIN_S, MAX_S)
    return [a for t, q in zip(times, values, strict=True) if (a := finder.step(t, q, present=present))]


# --- attempts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("t", "q"), [([], []), ([0.0], [50.0]), ([0.0], [np.nan])], ids=["none", "one", "unseen"]
)
def test_nothing_and_a_single_picture_hold_no_attempt(t, q):
    assert found(t, q) == []


@pytest.mark.parametrize("fps", [10, 12.5, 24, 30, 60, 120, 240])
def test_the_rate_of_pictures_moves_no_attempt(fps):
    got = found(*waves(4, fps=fps))
    assert [a.peak_s for a in got] == pytest.approx([1.5, 4.5, 7.5, 10.5], abs=0.5 / fps + 1e-6)
    assert [a.excursion for a in got] == pytest.approx([RANGE] * 4, rel=0.05)


def test_a_movement_of_exactly_the_threshold_is_an_attempt():
    # 40 % of 80 is 32.
    assert len(found(*course((0, 0), (1, 0), (2, 32), (3, 0), (4, 0)))) == 1
    assert len(found(*course((0, 0), (1, 0), (2, 31.9), (3, 0), (4, 0)))) == 0


@given(st.integers(1, 5), st.floats(1.5, 6.0), st.integers(0, 1000))
@settings(max_examples=40)
def test_attempts_follow_each_other_in_time_and_go_up_and_down(n, period, seed):
    t, q = waves(n, period)
    q = q + np.random.default_rng(seed).normal(0, 1.0, len(t))
    got = found(t, q)
    assert len(got) == n
    for a in got:
        assert a.start_s < a.peak_s < a.end_s
        assert a.top == pytest.approx(q[t == a.peak_s])
        assert a.excursion >= LEAST
    assert all(a.peak_s < b.start_s + period / 2 for a, b in pairwise(got))


def test_the_same_movement_counts_the_same_at_any_time_of_the_clock():
    t, q = waves(4)
    for later in (1e3, 1e6, -1e3):
        moved = found(t + later, q)
        assert [a.peak_s - later for a in moved] == pytest.approx([a.peak_s for a in found(t, q)], abs=1e-6)


def test_an_upward_only_movement_is_none_however_far():
    assert found(*course((0, 0), (1, 0), (8, 400))) == []


def test_a_clock_that_stands_still_makes_no_attempt():
    assert closed([5.0] * 60, np.tile([0.0, 80.0, 0.0], 20)) == []


@pytest.mark.parametrize(("gap_s", "counts"), [(LOST_S, 1), (LOST_S + 0.1, 0)])
def test_a_camera_that_stalls_for_longer_than_a_second_abandons_the_movement(gap_s, counts):
    times = [0.0, 0.5, 1.0, 1.0 + gap_s, 1.5 + gap_s, 2.0 + gap_s]
    assert len(closed(times, [0, 0, 80, 80, 0, 0])) == counts


@pytest.mark.parametrize(("present", "patience_s"), [(True, HIDDEN_S), (False, LOST_S)])
def test_a_hidden_limb_is_waited_for_as_long_as_is_said(present, patience_s):
    for hidden_s, counts in ((patience_s - 0.15, 1), (patience_s + 0.15, 0)):
        t, q = course((0, 0), (1, 0), (2, 80), (2.2 + hidden_s, 80), (3.2 + hidden_s, 0), (4.2 + hidden_s, 0))
        q[(t > 2.0) & (t < 2.0 + hidden_s)] = np.nan
        assert len(closed(t, q, present=present)) == counts


def test_who_stops_short_of_the_start_is_counted_once_settled_and_on_turning_round():
    settled = course((0, 0), (1, 0), (2, 80), (3, 20), (4, 20), (5, 20))
    assert len(closed(*settled)) == 1
    turned = course((0, 0), (1, 0), (2, 80), (3, 20), (4, 80), (5, 20), (6, 20))
    assert len(closed(*turned)) == 2
    high = course((0, 0), (1, 0), (2, 80), (3, 30), (8, 30))
    assert closed(*high) == []


def test_the_farthest_point_and_the_rest_are_known_while_it_runs():
    finder = Excursions(STEADY, LEAST, MIN_S, MAX_S)
    assert finder.rest_until_s == 0.0
    for t, q in zip(*course((0, 10), (1, 10), (2, 90)), strict=True):
        finder.step(t, q)
    assert finder.state == "out"
    assert finder.reached == pytest.approx(1.0, abs=0.01)
    assert 0.9 <= finder.rest_until_s <= 1.2
    finder.step(2.1, 120.0)
    assert finder.progress == 1.0  # never more than all of it


def test_the_end_of_a_clip_that_was_never_seen_closes_nothing():
    finder = Excursions(STEADY, LEAST, MIN_S, MAX_S)
    assert finder.finish() is None
    for t in (0.0, 0.1, 9.0):
        assert finder.step(t, np.nan) is None
    assert finder.finish() is None


# --- what somebody usually does --------------------------------------------------------------------------


def test_who_does_not_move_has_no_typical_range_and_who_does_has():
    assert not STILL.moves
    assert STILL.at(17.0) == (0.0, 0.0)
    assert typical_rom(*waves(3), LEAST, MIN_S, MAX_S).moves


@given(st.floats(0.01, 100), st.floats(-500, 500))
@settings(max_examples=30)
def test_the_typical_range_has_the_unit_of_the_signal_and_no_level(scale, level):
    t, q = waves(4)
    plain = typical_rom(t, q, LEAST, MIN_S, MAX_S)
    other = typical_rom(t, level + scale * q, scale * LEAST, MIN_S, MAX_S)
    assert other.range == pytest.approx(scale * plain.range, rel=1e-6)
    assert other.seconds == pytest.approx(plain.seconds)


def test_small_movements_of_a_pause_are_held_to_a_share_of_the_clips_usual():
    t, large = waves(8, height=100.0)
    _, small = waves(8, height=30.0)
    usual = typical_rom(np.arange(2 * len(t)) / 30, np.concatenate((large, small)), LEAST, MIN_S, MAX_S)
    assert usual.at(1e9)[0] == pytest.approx(0.4 * 100.0, abs=0.5)


def test_what_is_learnt_live_begins_after_two_and_forgets_the_oldest():
    learnt = LearnedRom(expected=100.0)
    assert learnt.at(0.0) == (100.0, 0.0)
    learnt.learn(60.0, 2.0)
    assert learnt.at(0.0) == (100.0, 0.0)
    learnt.learn(70.0, 2.0)
    assert learnt.at(0.0) == (65.0, 2.0)
    for _ in range(2 * NEIGHBOURS + 1):
        learnt.learn(30.0, 1.0)
    assert learnt.at(0.0) == (30.0, 1.0)


def test_wild_swings_at_the_start_are_not_what_is_expected_later():
    learnt = LearnedRom(expected=100.0)
    for _ in range(3):
        learnt.learn(1000.0, 2.0)
    assert learnt.at(0.0)[0] == MOST_LEARNT * 100.0


# --- the pose to start from ------------------------------------------------------------------------------

POSES = (
    StartPose(name="standing", pose={"knee_flexion.near": (0.0, 20.0), "trunk_lean": (-10.0, 10.0)}),
    StartPose(name="sitting", pose={"knee_flexion.near": (80.0, 100.0)}),
)


def kept_now(check, knee, lean=0.0):
    (kept,) = check.over({"knee_flexion.near": np.array([knee]), "trunk_lean": np.array([lean])})
    return None if np.isnan(kept) else bool(kept)


@pytest.mark.parametrize(
    ("knee", "lean", "kept"),
    [
        (0.0, 10.0, True),
        (20.0, -10.0, True),
        (20.1, 0.0, False),
        (80.0, 50.0, True),  # the other pose
        (50.0, 0.0, False),
        (np.nan, 0.0, True),  # half of the first is seen
        (np.nan, 11.0, False),
        (np.nan, np.nan, None),
        (10.0, np.nan, True),
    ],
)
def test_a_pose_is_kept_within_its_bounds_and_at_them(knee, lean, kept):
    assert kept_now(PoseCheck(POSES), knee, lean) is kept


def test_once_kept_a_pose_gives_way_by_a_tenth_of_its_width_and_no_more():
    check = PoseCheck(POSES)
    assert kept_now(check, 22.0) is False
    kept_now(check, 10.0)
    assert kept_now(check, 22.0) is True
    assert kept_now(check, 22.1) is False
    assert kept_now(check, 22.0) is False  # it has to be taken anew
    assert check.signals == ("knee_flexion.near", "trunk_lean")


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 21, 22.5, 50, 79, 90, 101, np.nan]), st.sampled_from([0, 10.5, 13, np.nan])
        ),
        min_size=1,
        max_size=40,
    )
)
def test_a_whole_clip_is_checked_as_its_pictures_one_by_one(values):
    knees, leans = (np.array(x, float) for x in zip(*values, strict=True))
    steps = PoseCheck(POSES)
    one_by_one = [kept_now(steps, k, lean) for k, lean in zip(knees, leans, strict=True)]
    whole = PoseCheck(POSES).over({"knee_flexion.near": knees, "trunk_lean": leans})
    assert [None if x != x else bool(x) for x in whole.tolist()] == one_by_one


# --- sides -----------------------------------------------------------------------------------------------


def side_of(values, declared=None, column="side", span=(0.0, 100.0)):
    track = Track(["side"])
    for i, x in enumerate(values):
        track.append(i / 10, [x], np.ones(33, bool))
    return working_side(track, column, span, declared)


@pytest.mark.parametrize(
    ("left_of_ten", "side"),
    [(10, "left"), (8, "left"), (7, "unknown"), (5, "unknown"), (3, "unknown"), (2, "right"), (0, "right")],
)
def test_labels_must_agree_in_four_of_five_pictures(left_of_ten, side):
    assert side_of([1.0] * left_of_ten + [-1.0] * (10 - left_of_ten)) == side


def test_what_was_said_wins_and_exercises_without_sides_work_both():
    assert side_of([-1.0] * 10, declared="left") == "left"
    assert side_of([-1.0] * 10, column=None) == "both"
    assert side_of([-1.0] * 10, declared="left", column=None) == "both"


def test_hidden_pictures_have_no_vote_and_without_any_the_side_is_unknown():
    assert side_of([np.nan] * 8 + [1.0, 1.0]) == "left"
    assert side_of([np.nan] * 10) == "unknown"
    assert side_of([]) == "unknown"
    assert side_of([1.0] * 10, span=(50.0, 60.0)) == "unknown"


def rep(side, rom=60.0, lasted=3.0):
    return Rep(1, side, 0.0, lasted / 2, lasted, True, None, Rom(rom, "deg"), None, 90, ())


@given(st.floats(1, 200), st.floats(1, 200), st.floats(0.5, 9), st.floats(0.5, 9))
def test_exchanging_the_sides_turns_every_difference_round(far, other_far, long, other_long):
    band = {"deg": 5.0, "s": 0.3}
    there = balance([rep("left", far, long)] * 4 + [rep("right", other_far, other_long)] * 4, band)
    back = balance([rep("left", other_far, other_long)] * 4 + [rep("right", far, long)] * 4, band)
    assert there.range_percent == pytest.approx(-back.range_percent)
    assert there.time_percent == pytest.approx(-back.time_percent)
    assert there.verdict == back.verdict
    assert {there.weaker, back.weaker} in ({None}, {"left", "right"})


@pytest.mark.parametrize(
    ("right", "verdict"),
    [(185.0, "ok"), (172.1, "ok"), (172.0, "warn"), (171.8, "warn"), (155.6, "warn"), (155.4, "error")],
)
def test_sides_differ_from_fifteen_and_badly_from_twenty_five_percent(right, verdict):
    # Of 200 and r: 200 (200 - r) / (200 + r) is 15 at 172.1 and 25 at 155.6.
    assert (
        balance([rep("left", 200.0)] * 4 + [rep("right", right)] * 4, {"deg": 0.0, "s": 0.3}).verdict
        == verdict
    )


def test_ranges_of_nothing_do_not_differ():
    assert (
        balance([rep("left", 0.0)] * 4 + [rep("right", 0.0)] * 4, {"deg": 0.0, "s": 0.3}).range_percent == 0.0
    )


@pytest.mark.parametrize(("frames", "reason"), [(0.5, None), (1.5, "too_fast")])
def test_a_repetition_is_timed_no_finer_than_by_a_frame(frames, reason):
    poses, squat = figure("squat", reps=1, fps=10.0).poses, find_exercise("squat")
    (rep,) = judge(poses, squat).reps
    least = (rep.end_s - rep.start_s + frames / 10.0) / TIMED
    slower = [cycle.model_copy(update={"min_s": least}) for cycle in squat.cycle]
    (again,) = judge(poses, squat.model_copy(update={"cycle": tuple(slower)})).reps
    assert rep.counted
    assert again.reason == reason
