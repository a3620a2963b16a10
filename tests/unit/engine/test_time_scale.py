"""Slow motion by how bodies fall and how long movements take: proposed where it is sure, never in life."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.body.observe import observe
from formcheck.engine.calibrate import calibrate
from formcheck.engine.capture.time_scale import FACTORS, nearest, slow_movements, slow_run, slower_than_life
from formcheck.engine.gait.run import Run
from formcheck.engine.gait.strides import Stride
from formcheck.engine.pieces import ClipPiece
from formcheck.engine.recording import judge_recording
from formcheck.engine.session import judge
from formcheck.exercises import catalog, find_exercise
from formcheck.messages import sentence
from formcheck.types.kind import is_reps
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script
from tests.exercises import takes
from tests.exercises.cases import CLEAN

RUNNING = find_exercise("running")
LEAPS = ("jump_squat", "forward_jump_squat", "single_leg_jump_squat")
REPS = [(e, view) for e, view in CLEAN if is_reps(catalog()[e].kind)]
#: At eight times it takes as long as somebody may who climbs slowly, or as a repetition of several parts.
UNSURE = {"mountain_climber", "burpee"}


@cache
def drawn(exercise, **words):
    return play(Script(exercise, **{"sway": 1.0, **words})).poses


def slow_in(poses, exercise):
    return slow_movements(observe(poses), find_exercise(exercise))


def slow_run_in(poses):
    return slower_than_life(poses, RUNNING, calibrate(poses, RUNNING))


def hints(poses, exercise="auto"):
    found = judge_recording(poses, exercise)
    return found, [sentence(a.advice) for a in found.capture if a.id == "slow_motion"]


# --- repetitions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("exercise", "view"), REPS)
def test_no_repetition_of_life_is_slow(exercise, view):
    assert slow_in(drawn(exercise, view=view, reps=3), exercise) is None


@pytest.mark.parametrize(("exercise", "view"), [(e, view) for e, view in REPS if e not in UNSURE])
def test_repetitions_played_eight_times_slower_are_slow(exercise, view):
    life = drawn(exercise, view=view, reps=3)
    slow = slow_in(takes.slowed(life, 8), exercise)
    assert slow is not None
    assert slow.n == 3
    assert slow.factor in (4, 6, 8, 10)


@pytest.mark.parametrize("exercise", LEAPS)
@pytest.mark.parametrize("by", [2.0, 4.0, 8.0])
def test_a_leap_tells_how_many_times_too_slowly_it_falls(exercise, by):
    slow = slow_in(takes.slowed(drawn(exercise, reps=3), by), exercise)
    assert slow.factor == pytest.approx(by, rel=0.35)


@pytest.mark.parametrize("exercise", ["squat", "push_up", "lunge", "glute_bridge", "pull_up", "superman"])
@settings(max_examples=8, deadline=None)
@given(half_s=st.floats(0.6, 3.0), rest_s=st.floats(0.3, 3.0), peak_s=st.floats(0.0, 1.0))
def test_repetitions_of_up_to_six_seconds_are_training_and_no_slow_motion(exercise, half_s, rest_s, peak_s):
    peak_s = min(peak_s, 6.0 - 2 * half_s)
    poses = play(Script(exercise, half_s=half_s, rest_s=rest_s, peak_s=peak_s, reps=3)).poses
    assert slow_in(poses, exercise) is None


@pytest.mark.parametrize("exercise", ["squat", "superman", "glute_bridge"])
@pytest.mark.parametrize("peak_s", [5.0, 10.0])
def test_a_rest_within_a_repetition_is_no_slow_motion(exercise, peak_s):
    assert slow_in(drawn(exercise, peak_s=peak_s, reps=3), exercise) is None


@given(st.floats(0.5, 30.0))
def test_the_nearest_factor_is_one_that_is_known(factor):
    assert nearest(factor) in FACTORS
    assert nearest(nearest(factor)) == nearest(factor)


def test_what_is_too_slow_to_be_counted_is_said_with_its_number():
    slow = takes.slowed(drawn("squat", reps=5), 10)
    session, said = hints(slow, "squat")
    assert session.summary.attempts == 0
    (said,) = said
    assert said.startswith("5 movements of about 33 s each were seen, slower than this exercise is done.")
    assert "give --slowmo 10;" in said


def test_a_set_that_was_filmed_live_is_never_slow_motion():
    slow = takes.slowed(drawn("squat", reps=3), 6)
    known = calibrate(slow, find_exercise("squat"))
    live = judge(slow, find_exercise("squat"), [ClipPiece.whole(takes.remade(known, live=True))])
    assert not [a for a in live.capture if a.id == "slow_motion"]


# --- by the phone's tag ----------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", ["squat", "push_up", "auto"])
def test_slow_motion_that_a_tag_took_out_is_said(exercise):
    life = drawn("squat", reps=3)
    tagged = takes.remade(life, source=takes.remade(life.source, tagged_slowmo=4.0))
    session = judge_recording(tagged, exercise)
    (said,) = [sentence(a.advice) for a in session.capture if a.id == "slow_motion_taken_out"]
    assert "4 times slower" in said
    assert "--slowmo 1" in said


# --- without a name --------------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", ["squat", "push_up", "superman"])
def test_an_exercise_in_slow_motion_is_recognised_or_proposed_and_the_slow_motion_said(exercise):
    session, said = hints(takes.slowed(drawn(exercise, reps=4), 10))
    (said,) = said
    assert session.exercise.id == exercise or find_exercise(exercise).name in said
    assert "--slowmo" in said


@pytest.mark.parametrize(("exercise", "view"), [("plank_hold", "side"), ("side_plank_hold", "front")])
def test_who_keeps_still_is_not_taken_for_slow(exercise, view):
    session, said = hints(takes.slowed(drawn(exercise, view=view), 8))
    assert (session.exercise.id, said) == (exercise, [])


# --- runs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["side", "front", "back"])
@pytest.mark.parametrize("by", [2.0, 4.0, 8.0, 10.0])
def test_a_run_tells_how_slowly_it_plays_by_its_steps_and_its_fall(view, by):
    slow = slow_run_in(takes.slowed(drawn("running", view=view, fps=60.0), by))
    assert slow.factor == pytest.approx(by, rel=0.35)


@pytest.mark.parametrize("exercise", ["running", "running_on_the_spot", "walking"])
@pytest.mark.parametrize("view", ["side", "front", "back", "oblique"])
@pytest.mark.parametrize("pace", [0.85, 1.0, 1.1])
def test_nobody_who_runs_or_walks_in_real_time_is_slow(exercise, view, pace):
    usual = {"running": 170.0, "running_on_the_spot": 167.0, "walking": 97.0}[exercise]
    assert slow_run_in(drawn(exercise, view=view, cadence_spm=pace * usual)) is None


def test_a_rhythm_that_is_not_sure_to_be_slow_is_no_rhythm():
    walk = drawn("walking", view="front", cadence_spm=80.0)
    said = [sentence(c.told) for c in judge(walk, RUNNING).conditions if c.id == "real_time"]
    assert "slow" not in said[0]


def test_strides_whose_hips_were_not_seen_tell_nothing():
    life = drawn("running")
    strides = [Stride((a, a + 0.8, a + 1.6), (None, None), "run") for a in np.arange(0.0, 8.0, 1.6)]
    run = Run("run", [s.at_s for s in strides], strides, None, True, ())
    assert slow_run(life, RUNNING, calibrate(life, RUNNING), run) is None


@pytest.mark.parametrize("shrinks_to", [0.6, 0.3])
def test_who_runs_away_from_the_camera_is_not_slow(shrinks_to):
    life = drawn("running", view="back")
    share = np.linspace(1.0, shrinks_to, len(life.t))[:, None, None]
    middle = np.array([life.width_px / 2, life.height_px / 3])
    assert slow_run_in(takes.remade(life, image=middle + share * (life.image - middle))) is None
