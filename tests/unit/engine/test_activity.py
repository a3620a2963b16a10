"""Steps and changes of posture, from made-up bodies over time."""

import numpy as np
import pytest

from formcheck.engine.capture.activity import ACROSS, AHEAD, LIFTED, SIDE_ON, SIGNALS, STEPPED, BodyOverTime
from formcheck.signals.rows import Rows
from sample_videos.drawn import motion

FPS = 30.0
T = np.arange(0, 6, 1 / FPS)
STANDS = {
    "trunk_tilt": 88.0,
    "thigh_elevation.both": -85.0,
    "knee_flexion.left": 5.0,
    "knee_flexion.right": 5.0,
}
LIES = {**STANDS, "trunk_tilt": 3.0, "thigh_elevation.both": 2.0}
SITS = {**LIES, "trunk_tilt": 55.0}
KNEELS = {**LIES, "thigh_elevation.both": -88.0, "knee_flexion.left": 92.0, "knee_flexion.right": 95.0}


def body(first=STANDS, last=None, kept=(1, 1), **waves):
    """A body in one posture for three seconds and in another from then on, ankles as given."""
    later = T >= 3.0
    numbers = {n: np.where(later, (last or first)[n], first[n]) for n in first}
    still = {AHEAD: np.zeros_like(T), LIFTED: np.zeros_like(T), ACROSS: np.ones_like(T)}
    return BodyOverTime(T, {**numbers, **still, **waves}, np.where(later, kept[1], kept[0]).astype(float))


def alternating(step_s, size):
    return size * np.sin(np.pi * T / step_s)


@pytest.mark.parametrize("name", ["front_foot_side", "foot_lift_side"])
@pytest.mark.parametrize("step_s", [0.35, 0.5, 0.8])
def test_feet_that_pass_one_another_in_the_rhythm_of_steps_go(name, step_s):
    said = body(**{name: alternating(step_s, 0.6)}).walked(3.0, 5.0)
    assert dict(said.params)["spm"] == pytest.approx(60 / step_s, rel=0.1)


@pytest.mark.parametrize("step_s", [0.1, 1.5])
def test_what_is_quicker_or_slower_is_no_step(step_s):
    assert body(front_foot_side=alternating(step_s, 0.6)).walked(3.0, 5.0) is None


def test_a_step_that_an_exercise_may_take_is_its_own():
    going = body(front_foot_side=alternating(0.7, 0.6))
    assert going.walked(3.0, 5.0)
    assert going.walked(3.0, 5.0, longest_s=0.6) is None


@pytest.mark.parametrize("posture", [LIES, KNEELS])
def test_only_who_is_upright_goes(posture):
    assert body(posture, front_foot_side=alternating(0.5, 0.6)).walked(3.0, 5.0) is None


@pytest.mark.parametrize(("left_deg", "right_deg", "squats"), [(100, 100, True), (50, 100, False)])
def test_who_squats_bends_both_knees(left_deg, right_deg, squats):
    bent = np.abs(T - 4.0) < 0.3
    moving = body(**{"knee_flexion.left": left_deg * bent, "knee_flexion.right": right_deg * bent})
    assert moving.squats(3.0, 5.0) == squats
    assert not moving.squats(5.0, 6.0)


def test_a_swaying_foot_passes_nobody():
    assert body(front_foot_side=alternating(0.5, 0.1)).walked(3.0, 5.0) is None


def test_feet_that_are_read_unsteadily_make_no_steps():
    assert body(front_foot_side=alternating(0.5, 0.5 * STEPPED[AHEAD])).walked(3.0, 5.0) is None
    aside = alternating(0.5, 2 * STEPPED[LIFTED])
    assert body(foot_lift_side=aside).walked(3.0, 5.0)
    assert body(foot_lift_side=aside, shoulder_width=np.full_like(T, 0.9 * SIDE_ON)).walked(3.0, 5.0) is None


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (STANDS, LIES, "got_down"),
        (LIES, STANDS, "got_up"),
        (KNEELS, LIES, "knees_changed"),
        (SITS, LIES, "trunk_changed"),
    ],
)
def test_a_change_of_posture_into_the_pose_or_out_of_it_is_named(first, last, code):
    assert body(first, last, (0, 1)).moved_on(2.5, 4.0).code == code
    assert body(first, last, (1, 0)).moved_on(2.5, 4.0).code == code
    assert body(first, last, (1, 1)).moved_on(2.5, 4.0) is None
    assert body(first, last, (0, 0)).moved_on(2.5, 4.0) is None


def test_who_ends_as_he_began_has_not_moved_on():
    assert body(STANDS, LIES, (0, 1)).moved_on(3.5, 5.0) is None


def test_a_body_is_still_before_and_after_a_change_and_not_during_it():
    changing = body(STANDS, LIES)
    assert [changing.moves_on(t) for t in (2.5, 3.1, 4.0)] == [False, True, False]


@pytest.mark.parametrize("view", ["side", "front"])
@pytest.mark.parametrize("name", ["walking", "running"])
def test_drawn_ways_on_foot_are_seen_and_drawn_squats_are_none(name, view):
    def seen(exercise):
        drawn = motion(exercise, view=view, duration_s=6.0, reps=2, lead_s=0.5)
        rows = Rows(SIGNALS, "left")
        points = drawn.poses.image[..., 0] - 1j * drawn.poses.image[..., 1]
        signals = dict(zip(rows.names, rows(points, 1.0, 100.0), strict=True))
        return BodyOverTime(drawn.poses.t, signals, np.ones(len(drawn.poses)))

    assert seen(name).walked(2.5, 4.5)
    assert seen("squat").walked(1.0, 4.0) is None
