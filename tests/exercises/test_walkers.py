"""Who walks by, or stands beside, never becomes the subject; one person alone is always the subject."""

import pytest

from formcheck.engine.capture.subject import somebody_else, spans_of_others, subject_alone
from formcheck.engine.recording import judge_recording
from formcheck.messages import sentence
from sample_videos.drawn.motions import EXERCISES
from sample_videos.drawn.scene import Scene, Shot
from tests.exercises import takes
from tests.exercises.comings import take
from tests.exercises.walkers import Walker, at_rest, followed, right_of, standing, walking
from tests.figures import figure

WIDE = Scene(shot=Shot(larger=0.8))


def alone(exercise, **words):
    """Two repetitions, four seconds of rest, two more; and when the rest begins."""
    drawn = figure(exercise, view=EXERCISES[exercise].view, reps=4, noise=0.004, scene=WIDE, **words)
    second, third = drawn.truth["reps"][1:3]
    at = (second["end_s"] + third["start_s"]) / 2
    return drawn, at_rest(drawn.poses, round(30 * at), 4.0, 30.0, 0), at


def passed(exercise, nearer_m=1.0, **words):
    """The same, but that in the rest somebody walks by, and is followed for 2.5 s."""
    drawn, poses, at = alone(exercise, **words)
    right_m = right_of(drawn.camera, poses, at, nearer_m)
    other = walking(drawn.camera, 2.5, 30.0, right_m, Walker(nearer_m))
    return followed(poses, drawn.camera, other, at + 0.5)


@pytest.mark.parametrize("exercise", ["squat", "push_up", "jumping_jack", "v_up"])
@pytest.mark.parametrize("nearer_m", [1.0, -1.2])
def test_who_walks_by_is_not_judged(exercise, nearer_m):
    *_, at = alone(exercise)
    ((start, end),) = spans_of_others(subject_alone(passed(exercise, nearer_m)))
    assert start == pytest.approx(at + 0.5, abs=0.5)
    assert end == pytest.approx(at + 3.0, abs=0.3)


def test_what_is_counted_and_found_is_that_of_the_subject_alone():
    _, poses, _ = alone("squat", heels_up=[0, 0, 1.3, 1.3])
    without, between = (
        judge_recording(p, "squat") for p in (poses, passed("squat", heels_up=[0, 0, 1.3, 1.3]))
    )
    assert (between.summary.attempts, between.summary.reps) == (4, without.summary.reps)
    assert [(f.id, f.level, f.count) for f in between.faults] == [
        (f.id, f.level, f.count) for f in without.faults
    ]


def test_when_somebody_else_was_followed_is_said():
    (note,) = (a for a in judge_recording(passed("squat"), "squat").capture if a.id == "somebody_else")
    assert sentence(note.advice).startswith("Somebody else came between and was followed from ")
    assert sentence(note.advice).endswith(" s; not judged.")
    assert not [a for a in judge_recording(passed("squat"), "squat").capture if a.id == "often_lost"]


def test_who_is_followed_longest_is_the_subject_where_two_take_turns():
    drawn, poses, at = alone("squat", lead_s=2.5)
    right_m, turns = right_of(drawn.camera, poses, 0.0, 0.0) + 1.1, (0.0, at + 0.5, poses.t[-1] - 1.6)
    for start in turns:
        trainer = standing(drawn.camera, 1.0, 30.0, right_m, 0.0, 0)
        poses = followed(poses, drawn.camera, trainer, start, over_s=0.0, lost_s=0.1)
    session = judge_recording(poses, "squat")
    assert session.summary.attempts == 4
    assert len(spans_of_others(subject_alone(poses))) == 3
    (note,) = (a for a in session.capture if a.id == "somebody_else")
    assert sentence(note.advice).startswith("People took turns: somebody else was followed 3 times, ")


def test_who_is_followed_of_several_and_why_is_said():
    poses = figure("squat", reps=2).poses
    for clip in (takes.remade(poses, people=2), takes.remade(poses.between(0.0, 1.0), people=2)):
        (note,) = (a for a in judge_recording(clip).capture if a.id == "people_in_view")
        assert sentence(note.advice).startswith(
            "2 people in view; one was followed, by default who exercises"
        )
    assert not [a for a in judge_recording(poses).capture if a.id == "people_in_view"]


@pytest.mark.parametrize("exercise", sorted(EXERCISES))
def test_who_is_alone_is_always_the_subject(exercise):
    poses = figure(exercise, view=EXERCISES[exercise].view, reps=3, sway=1.0, noise=0.01).poses
    wild = takes.joined(poses, takes.mirrored(poses))
    for clip in (
        poses,
        wild,
        takes.dropped(poses, (2.0, 2.4), (3.0, 4.2)),
        takes.thinned(takes.thinned(poses)),
    ):
        assert not somebody_else(clip).any()


@pytest.mark.parametrize("heading", [0.0, 45.0, 90.0, 135.0])
@pytest.mark.parametrize("exercise", ["squat", "push_up"])
def test_who_walks_in_or_jogs_off_is_the_subject(exercise, heading):
    poses = take(
        exercise, ["walk", "phone"], ["turn", "jog"], again=True, heading=heading, reps=2, noise=0.004
    )
    assert not somebody_else(poses).any()


@pytest.mark.parametrize("filming", ["panning", "outdoors"])
def test_a_runner_whom_the_camera_follows_or_sees_pass_is_the_subject(filming):
    assert not somebody_else(figure("running", filming=filming, noise=0.01).poses).any()
