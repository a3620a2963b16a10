"""Telling the exercise, on figures whose exercise is known."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine.body.restore import restored
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.parts import NAMELESS, Unsure, judge_parts, parts_of
from formcheck.engine.recognise.recognise import recognise
from formcheck.exercises import catalog, find_exercise
from tests.exercises import takes
from tests.exercises.cases import CLEAN
from tests.figures import figure

#: (exercise, view) -> what it may be taken for besides, because this camera cannot show the difference.
ALIKE = {
    ("jump_squat", "front"): {"unknown"},
    ("forward_jump_squat", "side"): {"unknown"},
    ("forward_jump_squat", "front"): {"jump_squat", "unknown"},  # forward is toward the camera
    ("single_leg_stability_reach", "front"): {"unknown"},  # so is the leg that a deadlift stretches back
    ("lunge", "front"): {"unknown"},
}


def recognised(poses):
    return [s.exercise.id for s in recognise(restored(poses), catalog().values()).stretches]


def judged(poses):
    recognition = recognise(poses, catalog().values())
    return judge_parts(poses, parts_of(poses, recognition), Unsure(recognition.near))


@pytest.mark.parametrize(("exercise", "view"), CLEAN)
def test_a_clean_performance_is_recognised_for_what_it_is(exercise, view):
    (found,) = recognised(figure(exercise, view=view, reps=4, sway=1.0).poses) or ["unknown"]
    assert found in {exercise, *ALIKE.get((exercise, view), ())}


@pytest.mark.parametrize("exercise", ["squat", "push_up", "beetle", "running"])
def test_the_mirror_image_is_recognised_alike(exercise):
    poses = figure(exercise, reps=4, sway=1.0).poses
    assert recognised(takes.mirrored(poses)) == recognised(poses) == [exercise]


def test_a_recognised_exercise_is_marked_so_and_judged_like_a_chosen_one():
    session = judged(figure("squat", reps=3).poses)
    assert (session.exercise.id, session.exercise.chosen_by) == ("squat", "recognised")
    assert session.exercise.confidence > 0.6
    assert (session.summary.attempts, session.sections) == (3, None)


def test_two_exercises_in_one_clip_become_two_sections():
    poses = takes.joined(figure("squat", reps=3).poses, figure("push_up", reps=4).poses)
    session = judged(poses)
    assert [(s.exercise.id, s.summary.attempts) for s in session.sections] == [("squat", 3), ("push_up", 4)]
    assert session.sections[0].end_s < session.sections[1].start_s
    assert session.exercise.id == "push_up"
    assert session.source.duration_s == pytest.approx(float(poses.t[-1]), abs=0.1)


def test_who_only_stands_does_no_exercise():
    poses = figure("squat", reps=0, lead_s=5.0, sway=1.0).poses
    session = judged(poses)
    assert session.exercise == NAMELESS
    assert session.summary.attempts == 0
    assert [a.id for a in session.capture] == ["exercise_unknown"]


@pytest.mark.parametrize("exercise", ["plank_hold", "low_side_plank_lift", "squat"])
def test_a_clip_is_in_pose_where_its_frames_are(exercise):
    check, rng = PoseCheck.of(find_exercise(exercise), "axial"), np.random.default_rng(0)
    steps = rng.uniform(-0.15, 0.15, (len(check.signals), 3000))
    rows = {}
    for name, wandering in zip(check.signals, np.cumsum(steps, axis=1), strict=True):
        lows, highs = zip(*(pose.pose[name] for pose in check.poses if name in pose.pose), strict=True)
        middle, width = (min(lows) + max(highs)) / 2, max(highs) - min(lows)
        shown = rng.random(3000) > 0.4
        rows[name] = np.where(shown, middle + width * 0.6 * np.sin(wandering), np.nan)
    answers = [check.over({name: x[i : i + 1] for name, x in rows.items()})[0] for i in range(3000)]
    assert {0, 1} <= set(answers)
    assert np.isnan(answers).any()
    whole = PoseCheck.of(find_exercise(exercise), "axial").over(rows)
    np.testing.assert_array_equal(whole, answers)


def test_nobody_is_no_exercise():
    poses = figure("squat", reps=1).poses
    gone = takes.remade(poses, image=np.full_like(poses.image, np.nan))
    assert recognised(gone) == []


def test_a_gap_of_days_costs_nothing_and_changes_nothing():
    poses = figure("squat", view="side", reps=3, fps=15.0).poses
    apart = [np.concatenate((poses.t, poses.t + gap)) for gap in (100.0, 9e5)]
    names = ("image", "world", "visibility", "looked", "doubt", "exchanged", "another", "shot")
    arrays = {name: np.concatenate([getattr(poses, name)] * 2) for name in names}
    short, long = (
        recognise(replace(poses, t=t, camera=None, **arrays), [find_exercise("squat")]).stretches
        for t in apart
    )
    assert len(short) == len(long) == 2
    assert [s.confidence for s in short] == pytest.approx([s.confidence for s in long])
    assert [s.end_s - s.start_s for s in short] == pytest.approx([s.end_s - s.start_s for s in long])
