"""What every tracker obeys, whatever it counts."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.analyser import Analyser
from formcheck.engine.calibrate import calibrate
from formcheck.engine.count.hold import HoldTimer
from formcheck.engine.count.reps import RepCounter
from formcheck.engine.count.unseen import Unseen
from formcheck.engine.gait.tracker import GaitTracker
from formcheck.engine.tracker import TrackerState
from formcheck.exercises import find_exercise
from formcheck.types.result import GaitResult, HoldResult, RepResult
from tests.figures import figure

SIZE = (640, 480)
DRAWN = {
    "squat": figure("squat", reps=2, fps=15.0).poses,
    "plank_hold": figure("plank_hold", duration_s=8.0, fps=15.0).poses,
    "running": figure("running", duration_s=8.0, fps=30.0).poses,
}
TRACKERS = {"squat": RepCounter, "plank_hold": HoldTimer, "running": GaitTracker}
RESULTS = {"squat": RepResult, "plank_hold": HoldResult, "running": GaitResult}
CALIBRATIONS = {name: calibrate(poses, find_exercise(name)) for name, poses in DRAWN.items()}


def played(name, poses):
    """The tracker, closed, and what was known frame by frame."""
    analyser = Analyser(find_exercise(name), CALIBRATIONS[name], SIZE)
    updates = [analyser.update(pose) for pose in poses]
    return analyser.finish().tracker, updates


@st.composite
def glimpses(draw):
    """A drawn exercise of which only some of the frames arrive, from some moment to another."""
    name = draw(st.sampled_from(sorted(DRAWN)))
    first, last = sorted(draw(st.tuples(*[st.integers(0, len(DRAWN[name]))] * 2)))
    dropped = draw(st.sets(st.integers(first, max(first, last)), max_size=20))
    poses = list(DRAWN[name])
    return name, [poses[i] for i in range(first, last) if i not in dropped]


@given(glimpses())
@settings(max_examples=25, deadline=None)
def test_a_tracker_obeys_whatever_it_sees(glimpse):
    name, poses = glimpse
    tracker, updates = played(name, poses)
    assert type(tracker) is TRACKERS[name]
    result, state = tracker.result(), tracker.state
    assert result is None or type(result) is RESULTS[name]
    assert all(a.attempts <= b.attempts and a.reps <= b.reps for a, b in pairwise(updates))
    for span in tracker.judged:
        assert poses[0].t <= span.start_s <= span.end_s <= poses[-1].t
        assert 0.0 <= span.grade.coverage <= 1.0
    if isinstance(result, RepResult):
        assert len(result.reps) == len(tracker.judged) == state.attempts
        assert sum(rep.counted for rep in result.reps) == state.reps
    if isinstance(result, HoldResult):
        assert sum(hold.total_s for hold in result.holds) == pytest.approx(state.hold_s)


@given(glimpses())
@settings(max_examples=10, deadline=None)
def test_finished_twice_is_finished_once_and_a_replay_is_the_same(glimpse):
    name, poses = glimpse
    tracker, updates = played(name, poses)
    once = (tracker.result(), list(tracker.judged))
    assert tracker.finish(poses[-1].t if poses else 0.0) == []
    assert (tracker.result(), list(tracker.judged)) == once
    again, replayed = played(name, poses)
    assert (again.result(), list(again.judged)) == once
    assert [u.events for u in replayed] == [u.events for u in updates]


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_is_found(name):
    tracker, updates = played(name, DRAWN[name])
    assert type(tracker.result()) is RESULTS[name]
    assert updates[len(updates) // 2].state == "exercising"
    if name == "running":
        assert tracker.run.steps
    else:
        assert tracker.judged


@pytest.mark.parametrize("name", DRAWN)
def test_where_no_cycle_is_seen_nothing_is_found(name):
    exercise = find_exercise(name)
    nobody = calibrate(DRAWN[name].between(-2.0, -1.0), exercise)
    analyser = Analyser(exercise, nobody, SIZE)
    for pose in DRAWN[name]:
        analyser.update(pose)
    tracker = analyser.finish().tracker
    assert isinstance(tracker, Unseen)
    assert (tracker.result(), list(tracker.judged), tracker.baseline) == (None, [], None)
    state = tracker.state
    assert np.isnan(state.progress)
    assert (state.active, state.watched, state.attempts) == (False, None, 0)
    assert type(state) is TrackerState
