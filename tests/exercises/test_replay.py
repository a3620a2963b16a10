"""The same poses give the same result, at once or pose by pose."""

import pytest

from formcheck.engine.analyser import Analyser
from formcheck.engine.calibrate import calibrate
from formcheck.engine.pieces import ClipPiece
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.types import PoseSequence, Update
from formcheck.types.event import AttemptFinished, FaultCleared, FaultSaid, Found, Lost, RepFinished
from sample_videos.drawn import EXERCISES, Span
from tests.exercises import takes
from tests.figures import figure


def live(poses: PoseSequence, exercise: str) -> list[Update]:
    wanted = find_exercise(exercise)
    analyser = Analyser(wanted, calibrate(poses, wanted), (poses.width_px, poses.height_px))
    return [analyser.update(pose) for pose in poses]


CLIPS = {
    "squat": {"reps": 3, "trunk_fold": [0.0, 1.0, 0.0], "depth": [1.0, 1.0, 0.6]},
    "plank_hold": {"hip_sag": Span(6.0)},
    "running": {"lean_forward": 1.0},
}


@pytest.mark.parametrize("exercise", CLIPS)
def test_judging_twice_and_judging_pose_by_pose_agree(exercise):
    poses = figure(exercise, sway=1.0, noise=0.01, **CLIPS[exercise]).poses
    wanted = find_exercise(exercise)
    session = judge(poses, wanted)
    assert judge(poses, wanted) == session
    assert judge(poses, wanted, [ClipPiece.whole(calibrate(poses, wanted))]) == session
    assert session.faults
    last = live(poses, exercise)[-1]
    assert (last.attempts, last.reps) == (session.summary.attempts, session.summary.reps)
    assert last.hold_s == session.summary.hold_s
    if session.gait:
        assert last.cadence_spm == pytest.approx(session.gait.cadence_spm, rel=0.01)


def test_events_tell_of_every_repetition_after_it_happened():
    poses = figure("squat", reps=3, half_s=2.4, depth=[1.0, 0.6, 1.0]).poses
    updates = live(poses, "squat")
    events = [e for u in updates for e in u.events]
    attempts = [e for e in events if isinstance(e, AttemptFinished)]
    assert [(e.n, e.counted, e.reason) for e in attempts] == [
        (1, True, None),
        (2, False, "partial_range"),
        (3, True, None),
    ]
    assert [e.n for e in events if isinstance(e, RepFinished)] == [1, 2]
    assert isinstance(events[0], Found)
    assert all(e.t <= e.told_t < e.t + 1.0 for e in attempts)
    reps = judge(poses, find_exercise("squat")).reps
    assert [e.t for e in attempts] == [rep.end_s for rep in reps]
    assert {u.state for u in updates[:20]} == {"waiting"}


def test_a_fault_is_said_while_it_lasts_and_cleared_after():
    poses = figure("squat", reps=2, half_s=2.4, trunk_fold=[1.0, 0.0]).poses
    updates = live(poses, "squat")
    events = [e for u in updates for e in u.events if isinstance(e, FaultSaid | FaultCleared)]
    assert [(type(e), e.id) for e in events] == [(FaultSaid, "trunk_fold"), (FaultCleared, "trunk_fold")]
    first = judge(poses, find_exercise("squat")).reps[0]
    assert first.start_s < events[0].t < first.peak_s < events[1].t < first.end_s + 0.5
    assert {f.level for u in updates for f in u.faults} == {"warn", "error"}


def test_who_leaves_is_lost_and_who_comes_back_is_found():
    poses = takes.dropped(figure("squat", reps=3, half_s=2.4).poses, (5.0, 8.0))
    updates = live(poses, "squat")
    changes = [(type(e), round(e.t, 1)) for u in updates for e in u.events if isinstance(e, Lost | Found)]
    assert changes == [(Found, 0.0), (Lost, 5.0), (Found, 8.0)]
    assert next(u for u in updates if u.t > 6.5).state == "searching"


def test_a_shrug_that_stays_is_shown_as_long_as_it_stays():
    poses = figure("plank_hold", shrugged=Span(5.0), duration_s=12.0).poses
    assert "shrugged" in {f.id for f in judge(poses, find_exercise("plank_hold")).faults}
    late = [u for u in live(poses, "plank_hold") if 10.0 < u.t < 12.0]
    assert all("shrugged" in {f.id for f in u.faults} for u in late)


def test_a_runner_hears_of_a_fault_while_running():
    updates = live(figure("running", lean_forward=1.0).poses, "running")
    assert any(u.faults for u in updates)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_clean_performance_hears_of_no_fault(exercise):
    # Each check in its own phase: a kneeling leg is low, and that is no fault of the bird dog.
    poses = takes.in_full_view(figure(exercise, reps=2).poses)
    assert [e for u in live(poses, exercise) for e in u.events if isinstance(e, FaultSaid)] == []
