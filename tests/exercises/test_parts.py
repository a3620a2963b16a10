"""Clips of several parts: what one part shows must not be judged by what another does."""

import pytest

from formcheck.engine.calibrate import calibrate
from formcheck.engine.parts import Unsure, judge_parts, parts_of
from formcheck.engine.pieces import ClipPiece
from formcheck.engine.recognise.recognise import recognise
from formcheck.engine.session import judge
from formcheck.exercises import catalog, find_exercise
from formcheck.outputs.verdict import section_done
from tests.exercises import takes
from tests.figures import figure


def judged(poses):
    recognition = recognise(poses, catalog().values())
    return judge_parts(poses, parts_of(poses, recognition), Unsure(recognition.near))


def test_who_talks_to_the_camera_first_is_still_seen_from_the_side_when_he_exercises():
    talk = figure("squat", view="front", reps=0, lead_s=12.0, sway=1.0).poses
    session = judged(takes.joined(talk, figure("push_up", reps=4).poses))
    assert (session.exercise.id, session.view.name, session.summary.attempts) == ("push_up", "side", 4)
    assert session.summary.score == 100


def test_a_run_does_not_eat_the_first_repetition_after_it():
    session = judged(takes.joined(figure("running").poses, figure("squat", reps=4).poses))
    assert [s.exercise.id for s in session.sections] == ["running", "squat"]
    assert section_done(session.sections[0]) == "170 steps a minute"
    assert section_done(session.sections[1]) == "4 of 4 attempts"


def test_the_view_that_somebody_named_is_not_overruled():
    poses = figure("squat", view="front").poses
    exercise = find_exercise("squat")
    session = judge(poses, exercise, [ClipPiece.whole(calibrate(poses, exercise, view="side"))])
    assert not any(c.reason and c.reason.code == "turned_to" for c in session.checks)


@pytest.mark.parametrize("view", [None, "side"])
def test_a_hidden_shoulder_makes_no_warning(view):
    poses = takes.without(figure("push_up").poses, "right_shoulder")
    calibrate(poses, find_exercise("push_up"), view=view)
