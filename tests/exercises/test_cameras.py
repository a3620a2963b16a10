"""One performance from many places: from above and below, and from beside the ideal view."""

import pytest

from formcheck.engine.body.observe import observe
from formcheck.engine.recording import judge_recording
from formcheck.messages import sentence
from tests.exercises.cameras import Place, filmed, places
from tests.figures import figure

#: Exercises with a knee that falls inward, shown from the front.
KNEES = ("squat", "lunge", "single_leg_stability_hold", "single_leg_jump_squat", "jump_squat")


def performed(exercise, place, view="front", **words):
    return filmed(figure(exercise, view=view, reps=2, duration_s=5.0, sway=1.0, noise=0.004, **words), place)


def errors(session):
    return {fault.id for fault in session.faults if fault.level == "error"}


@pytest.mark.parametrize("yaw", [-50.0, 0.0, 25.0])
@pytest.mark.parametrize("view", ["front", "back"])
def test_how_far_a_standing_body_is_turned_is_known(view, yaw):
    seen = observe(performed("squat", Place(15.0, yaw, 3.0), view))
    assert seen.turned_deg == pytest.approx(-yaw, abs=10.0)


@pytest.mark.parametrize("exercise", KNEES)
@pytest.mark.parametrize("yaw", [-35.0, 35.0])
def test_knees_of_a_body_that_is_turned_aside_are_not_judged_and_it_is_said(exercise, yaw):
    session = judge_recording(performed(exercise, Place(0.0, yaw, 3.0)), exercise)
    (check,) = (c for c in session.checks if c.id == "knee_valgus")
    assert check.verdict == "not_assessable"
    assert "stand square to the camera" in sentence(check.reason)
    assert not errors(session)


@pytest.mark.parametrize("exercise", KNEES)
def test_a_knee_that_falls_inward_is_found_from_a_little_above(exercise):
    poses = performed(exercise, Place(8.0, 0.0, 3.0), knee_valgus=1.3)
    assert "knee_valgus" in errors(judge_recording(poses, exercise))


@pytest.mark.parametrize("exercise", ["squat", "lunge"])
def test_counts_are_the_same_from_everywhere_and_no_fault_is_added(exercise):
    for place in places(3, seed=3, pitch=20.0):
        session = judge_recording(performed(exercise, place), exercise)
        assert (session.summary.attempts, session.summary.reps) == (2, 2), place
        assert not errors(session), place


def recognised(poses):
    return judge_recording(poses).exercise.id


@pytest.mark.parametrize("view", ["front", "side"])
@pytest.mark.parametrize("pitch", [15.0, 30.0])
def test_feet_apart_in_depth_are_no_lifted_foot(view, pitch):
    stance = figure("lunge", view=view, reps=1, depth=0.3, peak_s=6.0, sway=1.0, noise=0.004)
    assert recognised(filmed(stance, Place(pitch, 25.0, 2.5))) != "single_leg_stability_hold"


@pytest.mark.parametrize(("exercise", "view"), [("push_up", "side"), ("plank_hold", "side")])
@pytest.mark.parametrize("yaw", [-20.0, 20.0])
def test_who_lies_on_the_belly_below_the_camera_does_not_lie_on_a_side(exercise, view, yaw):
    poses = performed(exercise, Place(30.0, yaw, 3.5), view)
    assert recognised(poses) in {exercise, "plank_hold", "unknown"}


@pytest.mark.parametrize("exercise", ["single_leg_stability_hold", "side_plank_hold", "low_side_plank_lift"])
def test_a_lifted_foot_and_a_body_on_its_side_are_known_from_a_little_above(exercise):
    assert recognised(performed(exercise, Place(15.0, 10.0, 3.0))) == exercise
