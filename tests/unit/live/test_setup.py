"""What is asked for before it begins: one thing at a time, the right one, and nobody waits for ever."""

from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np
import pytest

from formcheck.exercises import find_exercise
from formcheck.live import words
from formcheck.live.lead_in import HOLD_S, LeadIn
from formcheck.live.setup import PATIENCE_S, SetUp
from formcheck.live.workout import Step
from formcheck.messages import sentence
from formcheck.types.pose import Pose
from tests.figures import EXERCISES
from tests.unit.live.people import (
    FPS,
    LEGS,
    far_away,
    hiding,
    joined,
    nobody,
    person,
    standing,
    task,
    thinned,
    walking_by,
    walking_in,
    watch,
    without_feet,
)


def look(poses, exercise, side=None, hold_s=HOLD_S):
    """A set-up over all of these poses, and (t, instruction, steady) with each."""
    setup = SetUp(find_exercise(exercise), side, (poses.width_px, poses.height_px), hold_s)
    seen = []
    for pose in poses:
        setup.step(pose)
        seen.append((pose.t, setup.instruction, setup.steady))
    return setup, seen


def instructions(seen, since_s=1.0):
    """Each instruction in order, without what comes of the very first frames."""
    return [text for text, _ in groupby(text for t, text, _ in seen if t >= since_s)]


def held_at(poses, exercise):
    """When the start pose was held long enough; None if never."""
    setup = SetUp(find_exercise(exercise), None, (poses.width_px, poses.height_px), HOLD_S)
    for pose in poses:
        setup.step(pose)
        if setup.calibration is not None:
            return pose.t
    return None


def test_who_stands_right_has_nothing_to_do_but_to_hold_it():
    setup, seen = look(standing(4.0), "squat")
    assert instructions(seen) == [None]
    assert setup.found
    assert setup.in_pose
    assert setup.steady
    assert setup.calibration.live
    assert held_at(standing(4.0), "squat") == pytest.approx(HOLD_S, abs=0.45)


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if find_exercise(e).kind != "gait"])
def test_every_start_pose_that_is_held_is_let_on(exercise):
    known = find_exercise(exercise)
    view = known.camera.views[0]
    poses = standing(5.0, exercise, view=view)
    setup, seen = look(poses, exercise, "left" if known.sides == "each" else None)
    assert setup.calibration is not None, instructions(seen)
    assert setup.calibration.view.name == view
    assert setup.calibration.cycle is not None


def test_nobody_is_asked_in():
    setup, seen = look(nobody(4.0), "squat")
    assert instructions(seen, 0.0) == [words.COME_IN]
    assert not setup.found
    assert setup.calibration is None


def test_another_start_pose_is_asked_for_with_its_name_and_view():
    setup, seen = look(standing(9.0), "push_up")
    (text,) = instructions(seen)
    assert sentence(text).startswith("Take the start position")
    assert "side to the camera" in sentence(text)
    assert setup.calibration is None
    _, sided = look(standing(3.0), "single_leg_v_up", "left")
    assert "left side" in sentence(instructions(sided)[-1])


def test_who_moves_is_asked_to_hold_still_and_never_let_on():
    setup, seen = look(person("squat", reps=5, half_s=0.8, rest_s=0.05, lead_s=0.05), "squat")
    assert words.HOLD_STILL in instructions(seen)
    assert setup.calibration is None


def test_who_walks_about_is_not_let_on():
    setup, _ = look(joined(walking_by(), walking_in(), nobody(1.0)), "squat")
    assert setup.calibration is None


def test_feet_beyond_the_edge_are_asked_for():
    _, seen = look(without_feet(standing(5.0)), "squat")
    (text,) = {text for t, text, _ in seen if 1.0 < t < 4.0}
    assert text == words.out_of_picture("feet", "bottom")
    assert "Step back" in sentence(text)
    assert "feet" in sentence(text)


def test_feet_behind_something_are_reported_as_hidden():
    _, seen = look(hiding(standing(5.0), *LEGS), "squat")
    (text,) = {text for t, text, _ in seen if 1.0 < t < 4.0}
    assert text == words.hidden("feet")


def test_who_is_small_is_asked_closer_but_let_on_after_a_while():
    poses = far_away(standing(12.0))
    setup, seen = look(poses, "squat")
    assert instructions(seen)[0] == words.COME_CLOSER
    assert setup.calibration is not None
    assert held_at(poses, "squat") == pytest.approx(PATIENCE_S + HOLD_S, abs=0.8)


def test_the_wrong_view_is_asked_to_turn_but_let_on_after_a_while():
    poses = standing(12.0, "jumping_jack", view="side")
    _, seen = look(poses, "jumping_jack")
    assert instructions(seen)[0] == words.turn("front")
    if held_at(poses, "jumping_jack") is not None:
        assert held_at(poses, "jumping_jack") > PATIENCE_S


@pytest.mark.parametrize(
    "poses", [without_feet(standing(12.0)), hiding(standing(12.0), *LEGS)], ids=["cut", "hidden"]
)
def test_what_only_limits_the_verdicts_does_not_keep_anybody(poses):
    """A squat can be counted by the hips: who cannot show the feet is let on."""
    assert held_at(poses, "squat") == pytest.approx(PATIENCE_S + HOLD_S, abs=0.8)


def test_what_counting_needs_is_insisted_on():
    """A push-up without arms and shoulders cannot be counted."""
    arms = [f"{s}_{j}" for s in ("left", "right") for j in ("shoulder", "elbow", "wrist")]
    setup, seen = look(hiding(standing(20.0, "push_up"), *arms), "push_up")
    assert setup.calibration is None
    assert {text for t, text, _ in seen if t > 1.0} != {None}


def test_what_is_mended_is_asked_for_no_more():
    poses = joined(far_away(standing(3.0)), standing(4.0))
    setup, seen = look(poses, "squat")
    assert instructions(seen)[0] == words.COME_CLOSER
    assert instructions(seen)[-1] is None
    assert setup.calibration is not None


def test_walking_in_then_standing():
    poses = joined(nobody(2.0), walking_in(), standing(5.0))
    setup, seen = look(poses, "squat")
    texts = instructions(seen)
    assert texts[0] == words.COME_IN
    assert texts[-1] is None
    assert setup.calibration is not None
    start = float(poses.t[-1]) - 5.0
    assert held_at(poses, "squat") > start


def noisy(poses, share=0.004, seed=0):
    rng = np.random.default_rng(seed)
    return replace(poses, image=poses.image + rng.normal(0, share * poses.height_px, poses.image.shape))


SITUATIONS = {
    "right": standing,
    "without feet": lambda s: without_feet(standing(s)),
    "hidden feet": lambda s: hiding(standing(s), *LEGS),
    "small": lambda s: far_away(standing(s)),
    "front": lambda s: standing(s, view="front"),
    "oblique": lambda s: standing(s, view="oblique"),
    "nobody": nobody,
}


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("exercise", ["squat", "lunge", "jumping_jack"])
def test_no_instruction_flickers_while_nothing_changes(situation, exercise):
    """One instruction, and one change at most: patience, then nothing is left to do."""
    _, seen = look(SITUATIONS[situation](11.0), exercise)
    assert len(instructions(seen)) <= 2, instructions(seen)
    assert len(instructions([x for x in seen if x[0] < 5.0])) == 1, instructions(seen)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_landmarks_that_tremble_make_no_instruction_flicker(situation):
    """At the limit of a view it may come and go, but never faster than it can be read."""
    for exercise in ("squat", "jumping_jack"):
        _, seen = look(noisy(SITUATIONS[situation](5.0)), exercise)
        texts = groupby(text for t, text, _ in seen if t >= 1.0)
        stood = [(text, len(list(same)) / FPS) for text, same in texts]
        assert len(stood) <= 3
        assert all(s >= 0.6 for text, s in stood[1:-1] if text is not None)


@pytest.mark.parametrize("every", [2, 3, 5])
def test_few_frames_are_enough(every):
    assert held_at(thinned(standing(6.0), every), "squat") is not None


def test_single_lost_frames_do_not_flicker():
    setup = SetUp(find_exercise("squat"), None, (640, 480), HOLD_S)
    texts = set()
    for i, pose in enumerate(standing(6.0)):
        setup.step(Pose.nobody(pose.t) if i % 5 == 0 else pose)
        if pose.t > 1.0:
            texts.add(setup.instruction)
    assert texts == {None}
    assert setup.calibration is not None


def test_a_gap_in_time_is_no_hold():
    """Two glimpses far apart are not a start pose that was held between them."""
    poses = standing(8.0)
    setup = SetUp(find_exercise("squat"), None, (640, 480), HOLD_S)
    for pose in poses:
        if pose.t < 0.5 or pose.t > 7.0:
            setup.step(pose)
        if 7.0 < pose.t < 7.4:
            assert setup.calibration is None


def test_with_nothing_to_hold_it_begins_at_once_and_still_in_the_start_pose():
    squat = person("squat", reps=2, lead_s=0.7)
    setup, _ = look(squat.between(0.0, 0.6), "squat", hold_s=0.0)
    assert setup.calibration is not None
    setup, _ = look(squat, "push_up", hold_s=0.0)
    assert setup.calibration is None


def leads(poses, exercise, countdown_s=None, **words_):
    step = Step(task(exercise, **words_), 1, None)
    lead = LeadIn(step, (poses.width_px, poses.height_px), countdown_s)
    seen = []
    for pose in poses:
        lead.step(pose)
        seen.append((pose.t, lead.state, lead.instruction, lead.seconds_left))
        if lead.state == "go":
            break
    return lead, seen


def test_the_lead_in_goes_from_an_empty_picture_to_go():
    lead, seen = leads(joined(nobody(2.0), standing(8.0)), "squat")
    assert [s for s, _ in groupby(state for _, state, _, _ in seen)] == [
        *("searching", "ready", "countdown", "go"),
    ]
    left = [s for _, state, _, s in seen if state == "countdown"]
    assert left == sorted(left, reverse=True)
    assert 0 < left[-1] <= 0.1
    assert left[0] == pytest.approx(3.0)
    assert all(s is None for _, state, _, s in seen if state != "countdown")
    assert lead.calibration is not None


def test_what_is_held_needs_no_countdown():
    _, seen = leads(standing(4.0, "plank_hold"), "plank_hold")
    assert "countdown" not in {state for _, state, _, _ in seen}
    assert seen[-1][1] == "go"


def test_leaving_in_the_countdown_is_early_once_and_begins_anew():
    lead, seen = leads(joined(standing(2.5), nobody(2.0), standing(6.0)), "squat")
    assert [s for s, _ in groupby(state for _, state, _, _ in seen)].count("countdown") == 2
    assert lead.state == "go"


def test_only_one_instruction_is_ever_spoken_at_a_time():
    poses = joined(nobody(3.0), far_away(standing(3.0)), without_feet(standing(4.0)), standing(8.0))
    seen = watch(poses, task("squat", reps=1), finish=False)
    spoken = [(t, text) for t, text in seen.spoken if t < seen.when("countdown")]
    assert [text for _, text in spoken if text in (sentence(words.COME_IN), sentence(words.COME_CLOSER))]
    for (a, _), (b, _) in pairwise(spoken):
        assert b - a >= 2.4
    shown = {sentence(u.instruction) for u in seen.updates if u.instruction}
    assert all(text in shown for _, text in spoken)
