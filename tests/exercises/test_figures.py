"""Each exercise against a figure whose truth is known: clean, every dial, and other takes of the same."""

from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from formcheck.engine.body.restore import restored
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.signals.rows import Rows
from formcheck.types import PoseSequence, Session
from formcheck.types.landmark import INDEX
from sample_videos.drawn import EXERCISES, Drawn
from tests.exercises import takes
from tests.exercises.cases import CLEAN, COUPLED, DIALS, UNCHECKED, Case
from tests.figures import figure

#: What is clean but slow: two seconds each way, so that tempo is no topic.
SLOW = {"half_s": 2.4, "reps": 3}


def perform(exercise: str, view: str, **words: Any) -> Drawn:
    slow = SLOW if EXERCISES[exercise].tempo else {}
    return figure(exercise, view=view, **{**slow, **words})


def filmed(exercise: str, view: str, **words: Any) -> PoseSequence:
    return perform(exercise, view, **words).poses


def turned(case: Case) -> dict[str, Any]:
    return {case.dial: case.value, **dict(case.words)}


@cache
def clean(exercise: str, view: str) -> tuple[PoseSequence, Session]:
    poses = filmed(exercise, view)
    return poses, judge(poses, find_exercise(exercise))


def fault_levels(session: Session) -> dict[str, str]:
    return {fault.id: fault.level for fault in session.faults}


def counts(session: Session) -> tuple[object, ...]:
    s = session.summary
    return s.attempts, s.reps, None if s.hold_s is None else pytest.approx(s.hold_s, abs=0.2)


def cadence(session: Session) -> float:
    """Steps a minute; 0 where nobody runs."""
    return session.gait.cadence_spm or 0.0 if session.gait else 0.0


def test_every_dial_of_every_figure_is_tried_or_named():
    for exercise in EXERCISES:
        with pytest.raises(ValueError, match="no dial") as found:
            figure(exercise, no_such_dial=1.0)
        known = set(str(found.value).partition("choose from ")[2].strip("[]").replace("'", "").split(", "))
        tried = {c.dial for c in DIALS if c.exercise == exercise}
        assert known == tried | {dial for e, dial in UNCHECKED if e == exercise}


@pytest.mark.parametrize(("exercise", "view"), CLEAN)
def test_a_clean_performance_has_the_exact_count_and_no_fault(exercise, view):
    drawn = figure(exercise, view=view)
    session = judge(drawn.poses, find_exercise(exercise))
    assert session.view.name == view
    assert session.summary.reps == session.summary.attempts == drawn.truth["count"]
    assert [rep.side for rep in session.reps] == [rep["side"] for rep in drawn.truth["reps"]]
    for rep, true in zip(session.reps, drawn.truth["reps"], strict=True):
        assert true["start_s"] < rep.peak_s < true["end_s"]
    assert not session.faults
    seen_here = {c.id for c in session.checks if c.verdict != "not_assessable"}
    unseen = {"needs_view", "needs_fps", "experimental"}
    blocked = {c.id for c in session.checks if c.reason and c.reason.code in unseen}
    assert seen_here | blocked == {c.id for c in session.checks}


@pytest.mark.parametrize(("exercise", "view"), CLEAN)
def test_clean_and_slow_has_no_fault_from_either_side(exercise, view):
    session = clean(exercise, view)[1]
    assert not session.faults
    if EXERCISES[exercise].tempo:
        good = 3 if find_exercise(exercise).measure else 0  # what is only counted is never called good
        assert (session.summary.attempts, session.summary.reps, session.summary.good_reps) == (3, 3, good)
    if exercise == "plank_hold":
        assert session.summary.hold_s == pytest.approx(13.97, abs=0.1)
        assert session.summary.clean_hold_s == session.summary.hold_s
    if session.gait:
        assert cadence(session) == pytest.approx(170.0, rel=0.01)


@pytest.mark.parametrize("case", DIALS, ids=str)
def test_a_dial_raises_its_own_fault_and_no_other(case):
    poses = filmed(case.exercise, case.view, **turned(case))
    levels = fault_levels(judge(poses, find_exercise(case.exercise)))
    assert levels.get(case.fault) == case.level
    errors = {name for name, level in levels.items() if level == "error"}
    assert errors - {case.fault} <= COUPLED.get((case.exercise, case.dial), set())


def test_faults_of_single_repetitions_are_reported_of_those_repetitions():
    poses = filmed("squat", "side", reps=4, trunk_fold=[0.0, 1.0, 0.0, 1.0])
    session = judge(poses, find_exercise("squat"))
    fold = [next(f for f in rep.findings if f.check == "trunk_fold").verdict for rep in session.reps]
    assert fold == ["ok", "error", "ok", "error"]
    (fault,) = session.faults
    assert fault.count == 2
    second, fourth = session.reps[1], session.reps[3]
    assert len(fault.spans) == 2
    for (start, end), rep in zip(fault.spans, (second, fourth), strict=True):
        assert rep.start_s <= start < end <= rep.end_s
    assert (
        second.start_s <= fault.worst.t_s <= second.end_s or fourth.start_s <= fault.worst.t_s <= fourth.end_s
    )


def test_a_shallow_repetition_is_an_attempt_that_does_not_count():
    session = judge(filmed("squat", "side", reps=4, depth=[1.0, 1.0, 0.6, 1.0]), find_exercise("squat"))
    assert [rep.reason for rep in session.reps] == [None, None, "partial_range", None]
    assert (session.summary.attempts, session.summary.reps) == (4, 3)
    assert fault_levels(session) == {"partial_range": "warn"}


def test_a_full_cat_with_a_cow_below_the_line_of_the_trunk_counts():
    session = judge(filmed("cat_cow", "side", depth=0.5), find_exercise("cat_cow"))
    assert (session.summary.attempts, session.summary.reps) == (2, 2)  # slight: the first, from neutral


def test_a_shallow_cat_without_a_cow_is_an_attempt_that_does_not_count():
    session = judge(filmed("cat_cow", "side", depth=0.1), find_exercise("cat_cow"))
    assert {rep.reason for rep in session.reps} == {"partial_range"}
    assert (session.summary.attempts, session.summary.reps) == (3, 0)


#: The first dial of each exercise and view: something to be judged alike in other takes.
FAULTY = {(case.exercise, case.view): case for case in reversed(DIALS)}


@cache
def faulty(exercise: str, view: str) -> tuple[PoseSequence, Session]:
    poses = filmed(exercise, view, **turned(FAULTY[exercise, view]))
    return poses, judge(poses, find_exercise(exercise))


@pytest.mark.parametrize(("exercise", "view"), FAULTY)
def test_another_take_of_one_performance_is_judged_alike(exercise, view):
    """Mirrored, half the size, elsewhere in the picture, and later."""
    poses, first = faulty(exercise, view)
    other = takes.shifted(takes.scaled(takes.mirrored(poses), 0.5), 200, 90)
    again = judge(takes.delayed(other, 1000.0), find_exercise(exercise))
    assert fault_levels(first)
    assert fault_levels(again) == fault_levels(first)
    assert counts(again) == counts(first)
    assert cadence(again) == pytest.approx(cadence(first), rel=0.005)
    assert (
        again.summary.score == pytest.approx(first.summary.score or 0, abs=1) or first.summary.score is None
    )


@pytest.mark.parametrize(("exercise", "view"), CLEAN)
def test_mirror_images_swap_left_and_right_and_nothing_else(exercise, view):
    poses, session = clean(exercise, view)
    again = judge(takes.mirrored(poses), find_exercise(exercise))
    other = {"left": "right", "right": "left", "both": "both", None: None}
    assert fault_levels(again) == {}
    assert counts(again) == counts(session)
    assert [rep.side for rep in again.reps] == [other[rep.side] for rep in session.reps]
    assert again.view.facing == other[session.view.facing]
    assert again.view.near_side == other[session.view.near_side]


@pytest.mark.parametrize(("exercise", "view"), FAULTY)
def test_half_the_frames_give_the_same_counts_and_faults(exercise, view):
    poses, half = faulty(exercise, view)
    twice = filmed(exercise, view, fps=60.0, **turned(FAULTY[exercise, view]))
    assert takes.thinned(twice).t == pytest.approx(poses.t)
    all_frames = judge(twice, find_exercise(exercise))
    assert fault_levels(half).keys() == fault_levels(all_frames).keys()  # an error may be just sure enough
    assert fault_levels(half)
    assert counts(half) == counts(all_frames)
    assert cadence(half) == pytest.approx(cadence(all_frames), rel=0.02)


@pytest.mark.parametrize(("exercise", "view"), CLEAN[::2])
def test_noise_of_a_fiftieth_of_the_trunk_is_no_fault(exercise, view):
    poses = filmed(exercise, view, noise=0.02, seed=4)
    session = judge(restored(poses), find_exercise(exercise))
    assert fault_levels(session) == {}
    assert counts(session) == counts(clean(exercise, view)[1])
    assert cadence(session) == pytest.approx(cadence(clean(exercise, view)[1]), rel=0.01)


def test_a_clean_even_run_scores_full_marks():
    assert clean("running", "side")[1].summary.score == 100


@pytest.mark.parametrize(
    ("exercise", "view", "seed"), [(*c, i % 2) for i, c in enumerate(CLEAN) if c[0] != "running"]
)
def test_legs_exchanged_in_a_tenth_of_the_frames_change_no_count(exercise, view, seed):
    poses, session = clean(exercise, view)
    again = judge(takes.legs_exchanged(poses, 0.1, seed), find_exercise(exercise))
    assert counts(again) == counts(session)


@pytest.mark.parametrize(("exercise", "view"), [c for c in CLEAN if c[1] == "front"])
def test_front_taken_for_back_in_a_tenth_of_the_frames_changes_nothing(exercise, view):
    poses, session = clean(exercise, view)
    again = judge(takes.flipped(poses, 0.1), find_exercise(exercise))
    assert again.view.name == view
    assert counts(again) == counts(session)
    assert "error" not in fault_levels(again).values()


def test_legs_exchanged_in_a_tenth_of_the_frames_leave_the_cadence():
    poses, _ = clean("running", "side")
    again = judge(takes.legs_exchanged(poses, 0.1), find_exercise("running"))
    assert cadence(again) == pytest.approx(170.0, rel=0.01)


@pytest.mark.parametrize(("exercise", "view"), CLEAN[::3])
def test_nobody_for_longer_loses_at_most_the_repetition_he_was_in(exercise, view):
    poses, session = clean(exercise, view)
    again = judge(takes.dropped(poses, (7.0, 10.0)), find_exercise(exercise))
    assert fault_levels(again) == {}
    lost = session.summary.reps - again.summary.reps
    assert lost == (1 if EXERCISES[exercise].tempo else 0)


@pytest.mark.parametrize(("exercise", "view"), CLEAN[1::3])
def test_a_gap_of_two_seconds_gives_up_the_repetition_it_falls_into_and_short_ones_none(exercise, view):
    drawn = perform(exercise, view)
    poses, session = drawn.poses, clean(exercise, view)[1]
    middle = drawn.truth["reps"][1]["peak_s"] if drawn.truth["reps"] else 6.0
    gaps = (2.0, 2.1), (4.5, 5.0), (middle - 1.0, middle + 1.0)
    again = judge(takes.dropped(poses, *gaps), find_exercise(exercise))
    assert fault_levels(again) == {}
    lost = session.summary.attempts - again.summary.attempts
    assert lost == (1 if EXERCISES[exercise].tempo else 0)


HIDDEN = ("nose", "left_ear", "right_ear", "left_wrist", "right_wrist")
#: Ask the wrist only whether the arm is straight.
BY_SUPPORT = {"forearm_line.near", "forearm_pike.near", "hand_line.near"}


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
@pytest.mark.parametrize(("exercise", "view"), CLEAN)
def test_hidden_joints_make_no_fault_and_are_reported_as_not_assessable(exercise, view):
    poses, _ = clean(exercise, view)
    again = judge(takes.without(poses, *HIDDEN), find_exercise(exercise))
    assert fault_levels(again) == {}
    hidden = {INDEX[j] for j in HIDDEN}
    near = again.view.near_side or "left"
    found = find_exercise(exercise)
    read = defaultdict(list)
    for name, measure, _, _ in found.limits():
        # a number of strides looks at the feet alone
        read[name].append(measure.signal if measure in found.measure.values() else None)
    for check in again.checks:
        signals = read[check.id]
        if None in signals or not BY_SUPPORT.isdisjoint(signals):
            continue
        if all(hidden & set(Rows([s], near).joints(s)) for s in signals) and signals:
            assert check.verdict == "not_assessable"
            assert check.reason


def test_a_hidden_joint_makes_no_numpy_warning():
    poses, _ = clean("squat", "side")
    judge(takes.without(poses, "nose"), find_exercise("squat"))
