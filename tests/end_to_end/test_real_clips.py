"""A few short real clips, where they are present: counts by the labels of those who looked at them."""

import pytest

from formcheck.apps.estimate import estimate
from formcheck.engine.recording import judge_recording
from formcheck.pose.looks import looks_of
from formcheck.sources.video import open_source
from validation.real_clips import CLIPS

pytestmark = pytest.mark.skipif(not CLIPS.is_dir(), reason="the labelled clips are not on this machine")


def session_of(file, exercise):
    with open_source(CLIPS / file) as source:
        poses = estimate(source, looks_of())
    return judge_recording(poses, exercise)


@pytest.mark.parametrize(
    ("file", "exercise", "attempts"),
    [
        ("ForIRIS__fitness_gem__push_up.mp4", "push_up", 2),
        ("colemitchell__colemitchell.github.io__bird-dog.mp4", "bird_dog", 2),
    ],
)
def test_attempts_are_those_of_the_label_and_no_form_error_is_found(file, exercise, attempts, model_path):
    session = session_of(file, exercise)

    assert session.summary.attempts == attempts
    assert [fault.id for fault in session.faults if fault.level == "error"] == []


def test_a_straight_plank_is_held_all_the_time_without_a_fault(model_path):
    session = session_of("ForIRIS__fitness_gem__elbow_plank.mp4", "plank")

    assert session.summary.hold_s == pytest.approx(3.0, abs=0.2)
    assert session.faults == ()


def test_a_walker_is_no_runner(model_path):
    session = session_of("davidpagnon__Sports2D__demo.mp4", "running")

    assert session.gait.cadence_spm is None
    assert session.faults == ()
