"""Films that are cut: what lies wholly in a shot counts, nothing across; no fault is added or lost."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from formcheck.engine.capture.cuts import shots
from formcheck.engine.recording import judge_recording
from formcheck.messages import sentence
from formcheck.types.landmark import INDEX
from tests.exercises.cutting import KINDS, Scene, empty, film, jump_within, zoom

#: An exercise for each kind; more are tried by hand.
SOME = {
    "jump_at_rest": ("push_up", "side"),
    "jump_within": ("squat", "side"),
    "zoom": ("glute_bridge", "side"),
    "close_up": ("lunge", "front"),
    "title": ("superman", "side"),
    "fade": ("single_leg_deadlift", "side"),
    "cross_fade": ("v_up", "side"),
    "other_angle": ("squat", "side"),
}


@cache
def judged(poses, exercise):
    return judge_recording(poses, exercise)


def errors(*sessions):
    return {fault.id for session in sessions for fault in session.faults if fault.level == "error"}


@pytest.mark.parametrize("kind", sorted(SOME))
def test_what_lies_wholly_in_a_shot_counts(kind):
    exercise, view = SOME[kind]
    film = KINDS[kind](Scene(exercise, view, 1))
    session = judged(film.poses, exercise)
    assert session.summary.attempts == film.truth
    assert errors(session) <= errors(*(judged(uncut, exercise) for uncut in film.uncut))


def test_a_hold_is_timed_over_a_cut():
    film = jump_within(Scene("plank_hold", "side", 1))
    session = judged(film.poses, "plank_hold")
    assert session.summary.hold_s == pytest.approx(film.truth, abs=2.5)
    assert len(session.result.holds) == 2


def test_a_repetition_that_was_cut_is_said():
    film = jump_within(Scene("squat", "side", 2))
    said = [sentence(a.advice) for a in judged(film.poses, "squat").capture]
    assert any("the film was cut" in one for one in said)


@pytest.mark.parametrize(
    ("exercise", "dial"), [("squat", "trunk_fold"), ("push_up", "hip_pike"), ("plank_hold", "hip_sag")]
)
def test_a_fault_is_found_in_another_framing(exercise, dial):
    film = zoom(Scene(exercise, "side", 2, words=((dial, 1.3),)))
    assert dial in errors(judged(film.poses, exercise))


@pytest.mark.parametrize("nearer", [1.3, 1.5, 1.7])
@pytest.mark.parametrize("seed", [1, 2])
def test_squats_count_in_a_nearer_shot_that_ends_at_the_knees(nearer, seed):
    scene = Scene("squat", "side", seed, marked=False)
    wide, near, last = (scene.take(i).poses for i in (1, 2, 3))
    whole = film(scene, [wide, to_the_knees(near, nearer), last])
    begins = np.flatnonzero(np.diff(shots(whole))) + 1
    assert begins.tolist() == [len(wide), len(wide) + len(near)]
    assert judge_recording(whole, "squat").summary.attempts == 9


def to_the_knees(poses, nearer):
    """The body that many times as large, its hips at first where they were: no landmark goes far."""
    hips = poses.image[0, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
    image = (poses.image - hips) * nearer + hips
    image[:, [i for name, i in INDEX.items() if name.endswith(("ankle", "heel", "toe"))]] = np.nan
    return replace(poses, image=image)


def test_a_body_whose_size_nobody_knows_changes_none():
    film = zoom(Scene("squat", "side", 1)).poses
    whole = replace(film, shot=np.zeros(len(film)))
    assert shots(whole).max() > 0
    assert shots(replace(whole, world=np.full_like(film.world, np.nan))).max() == 0


def test_looks_that_share_no_landmark_are_of_one_shot():
    poses = zoom(Scene("squat", "side", 1)).poses.between(0.0, 1.0)
    in_turn = (np.arange(len(poses)) % 2 == np.arange(poses.image.shape[1])[:, None] % 2).T
    assert not shots(replace(poses, image=np.where(in_turn[..., None], poses.image, np.nan))).any()


def test_a_title_is_no_person_who_was_lost():
    scene = Scene("squat", "side", 1)
    one, two = scene.take(1).poses, scene.take(2).poses

    def said(seconds):
        session = judge_recording(film(scene, [one, empty(one, seconds), two]), "squat")
        return {tip.id: sentence(tip.advice) for tip in session.capture}

    assert said(8.0)["shots_without_anybody"].startswith("21 % of the film are shots without a person")
    assert not {"often_lost", "shots_without_anybody"} & said(0.5).keys()
    assert "often_lost" not in said(8.0)
