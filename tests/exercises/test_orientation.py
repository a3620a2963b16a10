"""Pictures on their side or upside down: turned where the movement shows it, never wrongly, and said."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from formcheck.engine.capture.orientation import orientation
from formcheck.engine.recognise.recognise import recognise
from formcheck.engine.recognise.upright import upright
from formcheck.engine.recording import judge_recording
from formcheck.exercises import catalog
from formcheck.messages import sentence
from formcheck.types.landmark import COUNT, INDEX
from tests.figures import EXERCISES, figure

#: What shows which way is up.
SHOWN = (
    *("squat", "lunge", "jump_squat", "forward_jump_squat", "single_leg_jump_squat", "running"),
    *("glute_bridge", "single_leg_bridge", "hip_thrust", "sit_to_stand", "side_lunge"),
)
TURNS = (90, 180, 270)
#: What turned exercises are still taken for, by the turn and as what; most look so.
TAKEN_FOR = {
    "bench_press": {(180, "knee_push_up")},
    "beetle": {(180, "quadruped_limb_raise")},
    "low_side_plank_lift": {(270, "low_side_plank_lift")},
    "quadruped_limb_raise": {(180, "beetle")},
    "superman_pull": {(270, "wall_lat_pulldown")},
}


@cache
def performance(exercise):
    return figure(exercise).poses


@cache
def upright_session(exercise):
    return judge_recording(performance(exercise), exercise)


def filmed(exercise, turn):
    """The same performance by a camera that was turned, and whose file does not say so."""
    return replace(performance(exercise).turned(turn), turned_deg=0)


def verdicts(session):
    """What is said of the movement, whatever is said of the picture."""
    return (
        [(rep.n, rep.side, rep.counted, rep.score) for rep in session.reps],
        session.gait and session.gait.steps,
        [(fault.id, fault.level, fault.count) for fault in session.faults],
        [(check.id, check.verdict, check.reason) for check in session.checks],
        session.view,
        [advice.id for advice in session.capture if advice.id != "picture_turned"],
    )


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_picture_is_turned_wrongly(exercise):
    poses = performance(exercise)
    assert orientation(poses).turn_deg == 0
    assert not orientation(poses).doubtful
    back = {turn: orientation(filmed(exercise, turn)).turn_deg for turn in TURNS}
    right = {turn: 360 - turn for turn in TURNS}
    assert back == (right if exercise in SHOWN else dict.fromkeys(TURNS, 0))


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_body_that_lies_along_the_view_turns_nothing(exercise):
    views = ("front", "back", "oblique")
    takes = [figure(exercise, view=view, fps=10.0, reps=3, sway=1.0, noise=0.01).poses for view in views]
    assert [orientation(take).turn_deg for take in takes] == [0, 0, 0]


def test_squats_from_the_front_are_turned_back():
    front = figure("squat", view="front", fps=10.0).poses
    assert [orientation(front.turned(turn)).turn_deg for turn in TURNS] == [270, 180, 90]


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("exercise", SHOWN[::2])
def test_a_turned_picture_is_judged_as_the_upright_one(exercise, turn):
    session = judge_recording(filmed(exercise, turn), exercise)
    upright = upright_session(exercise)
    assert verdicts(session) == verdicts(upright)
    assert (session.source.width_px, session.source.height_px) == (
        upright.source.width_px,
        upright.source.height_px,
    )


def test_it_is_said_that_the_picture_was_turned():
    def said(turn):
        session = judge_recording(filmed("squat", turn), "squat")
        return [sentence(a.advice) for a in session.capture if a.id == "picture_turned"]

    assert [len(said(turn)) for turn in (0, *TURNS)] == [0, 1, 1, 1]
    assert "upside down" in said(180)[0]
    assert "clockwise by 90 degrees" in said(270)[0]


@pytest.mark.parametrize("exercise", ["front_raise", "single_leg_stability_hold"])
def test_of_a_body_upside_down_it_is_asked(exercise):
    session = judge_recording(filmed(exercise, 180))
    assert session.source.height_px == performance(exercise).height_px
    assert "picture_perhaps_turned" in [advice.id for advice in session.capture]


@pytest.mark.parametrize("exercise", sorted(catalog()))
def test_a_named_exercise_is_turned_as_it_is_done(exercise):
    named = catalog()[exercise]
    poses = figure(exercise, view=named.camera.views[0], fps=15.0, reps=3, duration_s=6.0).poses
    found = [upright(poses.turned(turn), named) for turn in (0, *TURNS)]
    assert [way.turn_deg for way in found] == [0, 270, 180, 90]
    assert not found[0].doubtful


@pytest.mark.parametrize("exercise", sorted(catalog()))
def test_an_exercise_in_a_turned_picture_is_taken_for_no_other(exercise):
    known = catalog()
    poses = figure(exercise, view=known[exercise].camera.views[0], fps=15.0, reps=3, duration_s=6.0).poses
    taken = {
        (turn, span.exercise.id)
        for turn in TURNS
        if not orientation(poses.turned(turn)).sure
        for span in recognise(poses.turned(turn), known.values()).stretches
    }
    assert taken == TAKEN_FOR.get(exercise, set())


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("exercise", ["front_raise", "push_up", "plank_hold"])
def test_a_named_exercise_is_judged_as_the_upright_one(exercise, turn):
    assert orientation(filmed(exercise, turn)).turn_deg == 0  # else the name helps nothing
    assert verdicts(judge_recording(filmed(exercise, turn), exercise)) == verdicts(upright_session(exercise))


@pytest.mark.parametrize("turn", TURNS)
def test_of_a_start_pose_that_is_kept_only_in_a_turned_picture_it_is_asked(turn):
    squat = catalog()["squat"]
    standing = filmed("single_leg_stability_hold", turn)
    found = upright(standing, squat)
    assert found.turn_deg == 0
    assert found.doubtful
    assert not upright(performance("single_leg_stability_hold"), squat).doubtful


def test_of_a_body_on_its_side_whose_exercise_nobody_knows_it_is_asked():
    def asked(turn):
        return [a.id for a in judge_recording(filmed("front_raise", turn)).capture]

    assert "picture_perhaps_turned" not in asked(0)
    assert asked(90) == asked(270) == ["exercise_unknown", "picture_perhaps_turned"]


def test_what_somebody_says_counts_for_more_than_the_movement():
    def spoken_of(session):
        return {"picture_turned", "picture_perhaps_turned"} & {advice.id for advice in session.capture}

    aside = filmed("squat", 90)
    left = judge_recording(aside, "squat", rotation_deg=0)
    assert not spoken_of(left)
    assert left.summary.reps == 0
    looked_at = replace(aside, source=replace(aside.source, rotation_deg=90))
    assert judge_recording(looked_at, "squat").summary == left.summary
    asked = judge_recording(filmed("squat", 180), "squat", rotation_deg=180)
    assert verdicts(asked) == verdicts(upright_session("squat"))
    assert not spoken_of(asked)


def carried(knees_bend):
    """A body that a sled moves along its own length, feet against a bar."""
    poses = performance("squat").between(0, 8).turned(90)
    image = np.repeat(poses.image[:1], len(poses), axis=0)
    travel = 0.3 * poses.width_px * (1 - np.cos(2 * np.pi * poses.t / 3)) / 4
    legs = [INDEX[f"{side}_{j}"] for side in ("left", "right") for j in ("knee", "ankle", "heel", "toe")]
    image[:, np.setdiff1d(np.arange(COUNT), legs), 0] -= travel[:, None]
    for side in ("left", "right"):
        image[:, INDEX[f"{side}_knee"]] -= np.stack((travel / 2, knees_bend * travel), axis=1)
    return replace(poses, image=image, turned_deg=0)


def test_a_body_on_a_sled_is_left_lying():
    assert orientation(carried(knees_bend=0.0)).likely_deg != 0  # else this shows nothing
    assert np.isnan(orientation(carried(knees_bend=1.0)).confidence)


def test_swimming_on_the_belly_is_no_run():
    runner = filmed("running", 90)
    hands = [INDEX[f"{side}_wrist"] for side in ("left", "right")]
    image = runner.image.copy()
    shoulders = image[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]]]
    image[:, hands] = 2 * shoulders - image[:, hands]
    overhead = replace(runner, image=image)
    assert orientation(runner).turn_deg == 270
    assert np.isnan(orientation(overhead).confidence)


def test_two_ways_up_in_one_clip_turn_nothing():
    poses = performance("squat")
    half = poses.between(0, float(poses.t[-1]) / 2)
    middle = np.array([poses.width_px, poses.height_px], np.float32) / 2
    over = 2 * middle - half.image
    both = replace(
        half,
        t=np.concatenate((half.t, half.t + half.t[-1] + 0.1)),
        **{
            name: np.concatenate((getattr(half, name), later))
            for name, later in {
                "image": over,
                "world": half.world * [-1, -1, 1],
                "visibility": half.visibility,
                "camera": half.camera,
                "looked": half.looked,
                "doubt": half.doubt,
                "exchanged": half.exchanged,
                "shot": half.shot,
            }.items()
        },
    )
    assert orientation(both).turn_deg == 0


def test_too_little_to_see_turns_nothing():
    poses = filmed("squat", 90)
    assert orientation(poses.between(0, 0.1)).turn_deg == 0
    nobody = replace(poses, image=np.full_like(poses.image, np.nan))
    assert np.isnan(orientation(nobody).confidence)
    assert np.isnan(orientation(poses.rows(slice(0, 0))).confidence)
