"""What is hidden invents no attempt and no fault, what is seen is counted, and what is neither is said."""

import pytest

from formcheck.engine.recording import judge_recording
from formcheck.exercises import find_exercise
from formcheck.messages import sentence
from tests.exercises.cases import CLEAN
from tests.exercises.obstructed import KINDS, REPS, suits, variant

PAIRS = sorted(pair for pair in set(CLEAN) if find_exercise(pair[0]).cycle[0].is_excursion)
#: Of each kind every so manieth pair is tried.
EVERY = 18
TRIED = [
    (kind, *pair)
    for k, kind in enumerate(KINDS)
    for pair in [pair for pair in PAIRS if suits(kind, pair[0])][k % 3 :: EVERY]
]


def errors(session):
    return {fault.id for fault in session.faults if fault.level == "error"}


def reasons(session):
    return [a for a in session.capture if sentence(a.advice).startswith("Not counted")]


@pytest.mark.parametrize(("kind", "exercise", "view"), TRIED)
def test_what_is_seen_is_counted_and_what_is_hidden_is_said(kind, exercise, view):
    one = variant(kind, exercise, view, seed=1)
    session = judge_recording(one.poses, exercise)
    assert one.least <= session.summary.attempts <= one.most, one.what
    assert errors(session) <= errors(judge_recording(one.clean, exercise)), one.what
    if session.summary.attempts < REPS and kind not in ("begun", "one_arm"):
        assert reasons(session), one.what


@pytest.mark.parametrize("kind", ["gap", "rest", "pause", "begun"])
@pytest.mark.parametrize(
    ("exercise", "view", "dial"), [("squat", "side", "heels_up"), ("push_up", "side", "hip_sag")]
)
def test_a_planted_fault_is_found_beside_what_is_hidden_and_rested(kind, exercise, view, dial):
    one = variant(kind, exercise, view, seed=2, **{dial: 1.3})
    assert dial in errors(judge_recording(one.poses, exercise)), one.what
