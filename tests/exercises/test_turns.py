"""Who turns to face the other way in mid-clip: each stretch is judged by what it shows, one tally in all."""

from functools import cache

import pytest

from formcheck.engine.body.observe import observe
from formcheck.engine.capture.turns import turns
from formcheck.engine.recording import judge_recording
from formcheck.exercises import find_exercise
from tests.exercises import takes
from tests.exercises.cases import CLEAN
from tests.figures import figure

#: Drawn from the side, where a body faces left or right; a run is judged whole.
SIDE = sorted(exercise for exercise, view in CLEAN if view == "side" and not find_exercise(exercise).is_gait)


@cache
def filmed(exercise: str):
    words = {"duration_s": 6.0} if find_exercise(exercise).kind in ("hold", "stretch") else {"reps": 2}
    return figure(exercise, view="side", **words).poses


def turned(poses):
    """The clip, and after it its mirror image."""
    return takes.joined(poses, takes.mirrored(poses))


def errors(session):
    return {fault.id for fault in session.faults if fault.level == "error"}


@pytest.mark.parametrize("exercise", SIDE[::3])
def test_both_halves_are_counted_alike(exercise):
    once = judge_recording(filmed(exercise), exercise)
    both = judge_recording(turned(filmed(exercise)), exercise)
    assert both.summary.attempts == 2 * once.summary.attempts
    assert both.summary.reps == 2 * once.summary.reps
    assert errors(both) == errors(once)
    if once.summary.hold_s is not None:
        assert both.summary.hold_s == pytest.approx(2 * once.summary.hold_s, abs=0.6)


@pytest.mark.parametrize(
    ("exercise", "dial"), [("plank_hold", "hip_sag"), ("squat", "trunk_fold"), ("push_up", "hip_pike")]
)
def test_a_fault_is_found_on_both_sides_of_the_turn(exercise, dial):
    poses = figure(exercise, view="side", **{dial: 1.3}).poses
    (once, both) = (judge_recording(clip, exercise) for clip in (poses, turned(poses)))
    (fault,), (twice,) = ([f for f in s.faults if f.id == dial] for s in (once, both))
    assert (twice.level, twice.count) == (fault.level, 2 * fault.count)
    assert max(end for _, end in twice.spans) > poses.t[-1]


@pytest.mark.parametrize("exercise", SIDE)
def test_who_does_not_turn_makes_no_turn(exercise):
    assert turns(observe(filmed(exercise)), ("side", "front", "back")) == []
