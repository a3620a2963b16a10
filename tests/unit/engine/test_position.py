"""Who stands beside what is done lying, goes on foot or only just arrives is not in position."""

import numpy as np
import pytest

from formcheck.engine.body.track import Track
from formcheck.engine.capture.activity import SIGNALS, STANDS_BY, stands
from formcheck.engine.count.position import Position, done_lying, in_place
from formcheck.engine.judge.judge import IN_POSE, WEAK
from formcheck.engine.tracker import Sighting
from formcheck.exercises import find_exercise
from tests.exercises.comings import take
from tests.figures import figure
from tests.unit.engine.test_activity import LIES, STANDS

FPS = 20.0
SITS_UP = {**LIES, "trunk_tilt": 80.0, "thigh_elevation.both": 40.0, "knee_flexion.left": 80.0}
HEADLESS = {**STANDS, "trunk_tilt": np.nan}


def reasons(*spells, lying=True, staying=True, **waves):
    """What is said, frame by frame, of spells: a posture, whether it is the start pose, seconds."""
    track = Track((*(WEAK + name for name in SIGNALS), IN_POSE))
    position, said = Position(track, lying, staying), []
    for posture, kept, seconds in spells:
        for _ in range(round(seconds * FPS)):
            t = len(track) / FPS
            numbers = dict.fromkeys(SIGNALS, 0.0) | posture
            numbers |= {name: wave(t) for name, wave in waves.items()}
            track.append(t, [*(numbers[name] for name in SIGNALS), kept], np.ones(33, np.bool_))
            seen = Sighting(t, True, bool(kept), (np.zeros(33, complex), np.ones(33, np.bool_)), 100.0)
            why = position.step(seen, rest_s=0.0)
            said.append(why and why.code)
    return said


@pytest.mark.parametrize(
    ("posture", "up"), [(STANDS, True), (HEADLESS, True), (LIES, False), (SITS_UP, False)]
)
def test_who_sits_up_does_not_stand(posture, up):
    assert stands({name: np.array([posture[name]]) for name in STANDS_BY}) == [up]


def test_what_is_done_lying():
    lying = {"push_up", "v_up", "sit_up", "glute_bridge", "low_side_plank_lift", "cat_cow"}
    upright = {"squat", "lunge", "front_raise", "jumping_jack", "single_leg_deadlift", "pull_up"}
    assert {name for name in lying | upright if done_lying(find_exercise(name))} == lying
    assert done_lying(find_exercise("low_side_plank_lift"), "front")
    assert not done_lying(find_exercise("push_up"), "front")


def test_who_gets_up_is_away_until_he_lies_still_in_the_start_pose():
    sinks = [({**LIES, "trunk_tilt": deg}, deg < 30, 0.1) for deg in (70.0, 50.0, 28.0, 18.0, 8.0)]
    said = reasons((LIES, 1, 2.0), (STANDS, 0, 2.0), (SITS_UP, 0, 1.0), *sinks, (LIES, 1, 2.0))
    at = dict(zip(np.arange(len(said)) / FPS, said, strict=True))
    assert {at[t] for t in (0.5, 1.5, 2.4)} == {None}  # a moment upright is none
    assert {at[t] for t in (2.6, 3.9, 4.9, 5.4)} == {"got_up_meanwhile"}
    assert {at[t] for t in (6.0, 7.0)} == {None}


def test_who_lies_without_a_start_pose_that_is_seen_does_not_stay_away():
    said = reasons((LIES, 1, 1.0), (STANDS, 0, 2.0), (LIES, 0, 5.0))
    assert said[round(5.0 * FPS)] == "got_up_meanwhile"
    assert said[-1] is None


def test_who_stands_is_not_away_from_what_is_done_standing():
    assert set(reasons((STANDS, 1, 2.0), (LIES, 0, 1.0), (STANDS, 1, 2.0), lying=False)) == {None}


def test_who_goes_is_away_only_where_feet_stay():
    def walk(t):
        return 0.6 * np.sin(np.pi * t / 0.5)

    assert reasons((STANDS, 1, 4.0), lying=False, front_foot_side=walk)[-1] == "steps_not_counted"
    assert set(reasons((STANDS, 1, 4.0), lying=False, staying=False, front_foot_side=walk)) == {None}


def test_the_first_look_passes_over_who_stands_beside():
    exercise = find_exercise("push_up")
    alone = figure("push_up", reps=2).poses
    beside = take("push_up", after=("talk", "sway"), reps=2)
    assert len(in_place(alone, exercise)) == len(alone)
    assert len(alone) <= len(in_place(beside, exercise)) < len(alone) + 0.5 * (len(beside) - len(alone))
    standing = take("squat", before=("talk",), reps=0, lead_s=0.2)
    assert in_place(standing, exercise) is standing
