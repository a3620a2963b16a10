"""Who walks in, gets down, gets up and goes adds nothing to what is counted; what is left out is said."""

import pytest

from formcheck.engine.recording import judge_recording
from formcheck.messages import sentence
from sample_videos.drawn.motions import EXERCISES
from tests.exercises import takes
from tests.exercises.comings import take
from tests.figures import figure

#: One of each way to begin: standing, on the feet in turn, on hands, prone, supine, on a side.
SOME = (
    "squat",
    "push_up",
    "high_plank_leg_lift",
    "superman",
    "v_up",
    "low_side_plank_lift",
)


def judged(exercise, **words):
    poses = take(exercise, view=EXERCISES[exercise].view, reps=3, sway=1.0, noise=0.004, seed=1, **words)
    return judge_recording(poses, exercise)


def errors(session):
    return {fault.id for fault in session.faults if fault.level == "error"}


@pytest.mark.parametrize("exercise", SOME)
@pytest.mark.parametrize(("before", "after"), [("walk", "jog"), ("jog", "drink"), ("phone", "sway")])
def test_ways_in_and_out_are_no_attempts_and_no_faults(exercise, before, after):
    session = judged(exercise, before=(before,), after=(after,))
    assert (session.summary.attempts, session.summary.reps) == (3, 3)
    assert not errors(session)


def test_a_planted_fault_is_found_between_ways_in_and_out():
    words = {"before": ("walk",), "after": ("walk",)}
    assert "hip_pike" in errors(judged("push_up", hip_pike=1.3, **words))
    assert "heels_up" in errors(judged("squat", heels_up=1.3, **words))


@pytest.mark.parametrize("exercise", ["plank_hold", "side_plank_hold", "single_leg_stability_hold"])
def test_nothing_is_held_on_the_way_in(exercise):
    def held_s(**words):
        return judged(exercise, duration_s=8.0, **words).summary.hold_s

    assert held_s(before=("walk",)) == pytest.approx(held_s(), abs=0.8)


@pytest.mark.parametrize(
    ("exercise", "seed", "words"),
    [
        ("plank_hold", 1625, {"after": ("sit",), "heading": 180.0, "noise": 0.004}),
        ("single_leg_stability_hold", 302, {"before": ("jog",), "heading": -45.0, "noise": 0.008}),
    ],
)
def test_who_sits_for_long_or_jogs_in_holds_no_more_and_no_less(exercise, seed, words):
    words |= {"view": EXERCISES[exercise].view, "seed": seed, "reps": 3, "sway": 1.0, "duration_s": 8.0}
    held = judge_recording(take(exercise, facing="right", **words), exercise)
    alone = judge_recording(take(exercise, facing="right", view=words["view"], duration_s=8.0), exercise)
    assert held.summary.hold_s == pytest.approx(alone.summary.hold_s, abs=0.8)


@pytest.mark.parametrize("exercise", ["lunge", "mountain_climber", "jumping_jack", "beetle"])
def test_feet_that_go_by_turns_in_an_exercise_are_no_way_on_foot(exercise):
    quick = figure(exercise, view=EXERCISES[exercise].view, reps=6, half_s=0.5, peak_s=0.0, rest_s=0.0)
    session = judge_recording(quick.poses, exercise)
    assert session.summary.attempts == 6
    assert not [a for a in session.capture if a.id == "steps_not_counted"]


@pytest.mark.parametrize("exercise", sorted(set(EXERCISES) - {"running", "front_raise", "bench_press"}))
def test_who_only_stands_and_talks_learns_why_nothing_counts(exercise):
    talk = take("squat", before=("talk",), reps=0, lead_s=0.2, view=EXERCISES[exercise].view)
    session = judge_recording(talk, exercise)
    assert not session.summary.attempts
    assert not session.summary.hold_s
    assert any(sentence(a.advice).startswith("Not counted") for a in session.capture)


def test_what_is_not_counted_is_said_with_the_nearest_number():
    session = judge_recording(figure("squat", reps=3, depth=0.2).poses, "squat")
    assert session.summary.attempts == 0
    (first, *_) = session.capture
    assert sentence(first.advice) == (
        "Not counted, once: the largest movement (bend of the knee) was 20 degrees,"
        " where an attempt takes at least 35 degrees."
    )


def test_a_limb_out_of_sight_is_said():
    poses = takes.without(figure("push_up").poses, "left_elbow", "right_elbow", "left_wrist", "right_wrist")
    hidden = takes.without(poses, "left_shoulder", "right_shoulder", "nose")
    session = judge_recording(hidden, "push_up")
    assert session.summary.attempts == 0
    assert "40 % of the clip" in sentence(session.capture[0].advice)
