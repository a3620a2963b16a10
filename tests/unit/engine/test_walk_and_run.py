"""Runs with a walk, a turn, gaps or an end: what is reported is the run's, and no longer than it lasts."""

from functools import cache

import numpy as np
import pytest

from formcheck.engine.analyser import Analyser
from formcheck.engine.calibrate import calibrate
from formcheck.engine.gait.tracker import EVERY_S, STOP_S
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.messages import sentence
from formcheck.types.event import FaultCleared, FaultSaid
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script
from tests.exercises import takes

RUNNING = find_exercise("running")
ARRAYS = ("image", "world", "visibility", "camera", "looked", "doubt", "exchanged", "another", "shot")


@cache
def drawn(exercise="running", lean=0.0, **words):
    dials = {"lean_forward": lean} if lean else {}
    return play(Script(exercise, dials=dials, **{"duration_s": 14.0, **words})).poses


def judged(poses):
    return judge(poses, RUNNING)


def faults(session):
    return {f.id: f.level for f in session.faults}


def standing_after(poses, seconds):
    """The poses, and then the last one for so long."""
    frames = round(seconds * 30)
    t = np.concatenate((poses.t, poses.t[-1] + np.arange(1, frames + 1) / 30))
    still = {
        name: np.concatenate((getattr(poses, name), np.repeat(getattr(poses, name)[-1:], frames, axis=0)))
        for name in ARRAYS
    }
    return takes.remade(poses, t=t, **still)


# --- walking ---------------------------------------------------------------------------------------------


def test_after_a_long_walk_the_run_alone_is_judged():
    walk = drawn("walking", duration_s=30.0)
    session = judged(takes.joined(walk, drawn(lean=1.0)))
    assert session.gait.kind == "run"
    assert session.gait.cadence_spm == pytest.approx(170, rel=0.01)
    assert session.gait.strides < 14 / (120 / 170)
    assert session.gait.metrics["lean"].value == pytest.approx(
        judged(drawn(lean=1.0)).gait.metrics["lean"].value, abs=1.0
    )
    assert faults(session) == {"lean_forward": "error"}
    assert all(start > walk.t[-1] for f in session.faults for start, _ in f.spans)


@pytest.mark.parametrize("walk_first", [True, False])
def test_a_walk_beside_a_clean_run_is_no_fault(walk_first):
    parts = [drawn("walking", duration_s=10.0), drawn()]
    session = judged(takes.joined(*(parts if walk_first else parts[::-1])))
    assert session.gait.kind == "run"
    assert session.gait.cadence_spm == pytest.approx(170, rel=0.01)
    assert faults(session) == {}


@pytest.mark.parametrize("spm", [100.0, 112.0, 120.0])
def test_a_walk_however_slow_is_a_walk_and_no_slow_motion(spm):
    session = judged(drawn("walking", cadence_spm=spm))
    assert session.gait.kind == "walk"
    assert faults(session) == {}
    assert {c.verdict for c in session.checks} == {"not_assessable"}
    found = {c.id: sentence(c.told) for c in session.conditions}["real_time"]
    assert "walking" in found
    assert "slow motion" not in found


# --- turning round, and out of sight ---------------------------------------------------------------------


@pytest.mark.parametrize("facing", ["right", "left"])
def test_who_turns_round_has_no_fault_and_is_judged_the_way_he_mostly_faces(facing):
    back = "left" if facing == "right" else "right"
    session = judged(takes.joined(drawn(facing=facing), drawn(facing=back, duration_s=10.0)))
    assert faults(session) == {}
    assert session.view.facing == facing
    assert session.gait.cadence_spm == pytest.approx(170, rel=0.01)
    assert session.gait.metrics["lean"].value == pytest.approx(6.5, abs=1.0)


@pytest.mark.parametrize(("lean", "expected"), [(0.0, {}), (1.0, {"lean_forward": "error"})])
def test_half_a_second_lost_every_three_is_bridged(lean, expected):
    gaps = [(a, a + 0.5) for a in range(3, 15, 3)]
    session = judged(takes.dropped(drawn(lean=lean), *gaps))
    assert session.gait.cadence_spm == pytest.approx(170, rel=0.01)
    assert {c.id: c.verdict for c in session.checks}["lean_forward"] == ("error" if lean else "ok")
    assert session.gait.metrics["lean"].value == pytest.approx(6.5 + 20 * lean, abs=1.0)
    assert faults(session) == expected


# --- the end ---------------------------------------------------------------------------------------------


def test_a_fault_is_cleared_once_the_runner_has_stopped():
    run = drawn(lean=1.0)
    stop_s = 15.0
    poses = standing_after(run, 8.0)
    analyser = Analyser(RUNNING, calibrate(run, RUNNING), (run.width_px, run.height_px))
    updates = [analyser.update(pose) for pose in poses]
    events = [e for u in updates for e in u.events if isinstance(e, FaultSaid | FaultCleared)]
    assert [(type(e), e.id) for e in events] == [(FaultSaid, "lean_forward"), (FaultCleared, "lean_forward")]
    said, cleared = events
    assert said.told_t < stop_s - STOP_S
    assert stop_s - 1.0 + STOP_S < cleared.told_t <= stop_s + STOP_S + EVERY_S
    assert {f.id for u in updates if said.told_t <= u.t < cleared.told_t for f in u.faults} == {
        "lean_forward"
    }
    assert {u.faults for u in updates if u.t >= cleared.told_t} == {()}
    assert (updates[-1].state, updates[300].state) == ("waiting", "exercising")
