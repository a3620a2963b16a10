"""Drawn runs: cadence from every side and at every rate, drift, labels exchanged, a camera that moves."""

from dataclasses import replace
from functools import reduce

import numpy as np
import pytest

from formcheck.engine.body.restore import restored
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.types.landmark import NAMES
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script, Span
from tests.exercises import takes
from tests.exercises.cases.running import CASES

RUNNING = find_exercise("running")
SIDES = [("side", "left"), ("side", "right"), ("front", "right"), ("back", "right")]
#: What a number may differ by when left and right are exchanged, by unit: the dead bands of the limits.
DEAD_BAND = {"deg": 4.0, "S": 0.03, "spm": 1.7, "s": 0.03, "%": 4.0}


def run(**words):
    return play(Script("running", **{"duration_s": 14.0, **words})).poses


def faults(session):
    return {f.id: f.level for f in session.faults}


RATES = [(24, 150), (24, 200), (30, 165), (60, 180), (120, 150)]


@pytest.mark.parametrize(
    ("fps", "spm", "view", "facing", "filming"),
    [  # every two of rate, side and filming meet
        (*rate, *side, ("fixed", "panning")[(i + j) % 2])
        for i, rate in enumerate(RATES)
        for j, side in enumerate(SIDES)
    ],
)
def test_the_cadence_is_within_one_percent_and_nothing_is_wrong(fps, spm, view, facing, filming):
    session = judge(run(view=view, facing=facing, fps=fps, cadence_spm=spm, filming=filming), RUNNING)
    assert session.gait.cadence_spm == pytest.approx(spm, rel=0.01)
    assert session.gait.kind == "run"
    assert session.gait.camera == {"fixed": "fixed", "panning": "moving"}[filming]
    assert faults(session) == {}


def shown(case, fps, filming):
    """Whether a clip of this rate, from this camera, can show the fault at all."""
    limited = RUNNING.limited.items()
    about = [m for n, m in limited if case.fault in {n, *(x.id for x in (m.low, m.high) if x)}]
    moving = filming == "panning" and case.dial == "bounce"
    return not moving and all(fps >= 0.95 * (m.least_fps or 0) for m in about)


#: Each dial at the slowest rate, and in turn at a higher one and beside a camera that pans.
SLOWEST, FASTER = (24, "fixed"), [(120, "fixed"), (60, "panning"), (60, "fixed")]
TRIED = [
    (case, fps, filming)
    for i, case in enumerate(CASES.dials)
    for fps, filming in (SLOWEST, FASTER[i % 3])
    if shown(case, fps, filming)
]


@pytest.mark.parametrize(("case", "fps", "filming"), TRIED, ids=str)
def test_a_dial_raises_its_fault_and_only_it_at_every_rate(case, fps, filming):
    words = {k: v for k, v in case.words if k != "fps"}
    facing = "left" if fps == 24 else "right"
    dials = {case.dial: case.value}
    poses = run(
        **{"view": case.view, "facing": facing, "fps": fps, "filming": filming, "duration_s": 9.0} | words,
        dials=dials,
    )
    assert faults(judge(poses, RUNNING)) == {case.fault: case.level}


@pytest.mark.parametrize(("view", "facing"), SIDES[1:])
@pytest.mark.parametrize("exchanged", [takes.legs_exchanged, takes.flipped])
def test_left_and_right_exchanged_in_a_tenth_of_the_frames_change_nothing_much(view, facing, exchanged):
    poses = run(view=view, facing=facing, fps=60)
    first, again = (judge(restored(p), RUNNING) for p in (poses, exchanged(poses, 0.1, 1)))
    assert again.gait.cadence_spm == pytest.approx(first.gait.cadence_spm, rel=0.01)
    assert faults(again) == {}
    for name, metric in first.gait.metrics.items():
        if metric.value is not None:
            assert again.gait.metrics[name].value == pytest.approx(
                metric.value, abs=DEAD_BAND[metric.unit]
            ), name


@pytest.mark.parametrize(
    ("dial", "value", "view", "changed"),
    [
        ("lean_forward", 0.35, "side", {"lean"}),
        ("shoulders_up", 0.4, "side", {"neck"}),
        ("trunk_sway", 0.4, "back", {"trunk_sway"}),
        (None, 0.0, "side", set()),
        (None, 0.0, "back", set()),
    ],
)
def test_what_drifts_from_half_time_on_is_reported_and_nothing_else(dial, value, view, changed):
    dials = {dial: Span(26.0, value=value)} if dial else {}
    poses = run(view=view, fps=30, duration_s=50.0, sway=1.0, noise=0.01, dials=dials)
    gait = judge(poses, RUNNING).gait
    assert {name for name, drift in gait.drift.items() if drift.clear} == changed
    assert all(gait.drift[name].why for name in changed)
    assert len(gait.drift_spans) == 2


@pytest.mark.parametrize("view", ["side", "front", "back"])
@pytest.mark.parametrize(
    ("exercise", "kind", "spm"), [("walking", "walk", 112), ("running_on_the_spot", "on_the_spot", 165)]
)
def test_who_does_not_run_gets_the_reason_and_has_no_fault_of_running(exercise, kind, spm, view):
    session = judge(play(Script(exercise, view=view, duration_s=14.0)).poses, RUNNING)
    assert session.gait.kind == kind
    assert session.gait.cadence_spm == pytest.approx(spm, rel=0.01)
    assert faults(session) == {}


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_run_past_a_camera_that_stands_has_a_cadence(facing):
    session = judge(run(facing=facing, filming="outdoors", fps=60), RUNNING)
    assert session.gait.cadence_spm == pytest.approx(170, rel=0.02)
    assert faults(session) == {}


def to_and_fro(passes, **words):
    """Past a camera that stands, each time the other way, out of sight between."""
    every = [run(facing=("right", "left")[n % 2], filming="outdoors", **words) for n in range(passes)]
    return reduce(takes.joined, every)


def arm(side):
    return {f"{side}_{joint}" for joint in ("shoulder", "elbow", "wrist")}


def test_who_runs_to_and_fro_is_judged_by_all_passes_and_mirrored_alike():
    poses = to_and_fro(4, fps=24, duration_s=4.0, dials={"arms_tight": 1.0})
    there, mirrored = (judge(p, RUNNING) for p in (poses, takes.mirrored(poses)))
    assert faults(there) == faults(mirrored) == {"arms_tight": "error"}
    assert there.gait.strides == mirrored.gait.strides > 7  # of both ways
    one_way = judge(run(fps=24, duration_s=9.0, dials={"arms_tight": 1.0}), RUNNING).gait
    for name, metric in there.gait.metrics.items():
        if metric.value is not None:
            slack = DEAD_BAND[metric.unit]
            assert metric.value == pytest.approx(one_way.metrics[name].value, abs=slack), name
            assert metric.value == pytest.approx(mirrored.gait.metrics[name].value, abs=slack / 4), name
    (fault,), (again,) = there.faults, mirrored.faults
    assert fault.worst.t_s == pytest.approx(again.worst.t_s, abs=0.05)
    away = int(fault.worst.t_s / poses.t[-1] * 4) % 2  # in a pass to the left
    assert {NAMES[i] for i in fault.joints} == arm(("right", "left")[away])
    assert {NAMES[i] for i in again.joints} == arm(("left", "right")[away])


def on_the_road(view, far_m, near_m, **words):
    """Straight toward the camera, or away from it, seen from the front or from behind."""
    poses = run(view=view, fps=24, duration_s=5.0, lead_s=0.05, size=(640, 720), **words)
    nearness = near_m / np.linspace(*((near_m, far_m) if view == "back" else (far_m, near_m)), len(poses))
    middle = np.array([320, 324])
    return replace(poses, image=(poses.image - middle) * nearness[:, None, None] + middle)


@pytest.mark.parametrize(("dial", "fault"), [(None, None), ("narrow_step", "narrow_step")])
def test_who_runs_away_and_comes_back_is_judged_as_on_a_treadmill(dial, fault):
    dials = {dial: 1.2} if dial else {}
    ways = [on_the_road(view, 15.0, 3.0, dials=dials) for view in ("back", "front")]
    both = judge(takes.joined(*ways), RUNNING)
    assert faults(both) == ({fault: "error"} if fault else {})
    assert both.gait.cadence_spm == pytest.approx(170, rel=0.01)
    treadmill = judge(run(view=both.view.name, fps=24, duration_s=6.0, dials=dials), RUNNING).gait
    for name, metric in both.gait.metrics.items():
        if metric.value is not None:
            slack = 1.5 * DEAD_BAND[metric.unit]
            assert metric.value == pytest.approx(treadmill.metrics[name].value, abs=slack), name


@pytest.mark.parametrize("view", ["side", "back"])
def test_a_runner_whose_bounce_is_hidden_is_not_judged_and_no_mistake(view):
    poses = run(view=view, fps=24.0, duration_s=5.0)
    visibility = poses.visibility.copy()
    visibility[np.arange(len(poses)) % 3 > 0, 11:13] = 0.3  # the shoulders, in two of three frames
    session = judge(replace(poses, visibility=visibility), RUNNING)
    assert session.view.name == view
    assert session.gait is None
    assert session.traces == ()
    assert {check.verdict for check in session.checks} == {"not_assessable"}


@pytest.mark.parametrize("view", ["side", "front", "back"])
def test_no_number_is_shown_that_the_view_cannot_show(view):
    session = judge(run(view=view, fps=30), RUNNING)
    for name, metric in session.gait.metrics.items():
        limited = RUNNING.limited[name]
        if view not in limited.seen_from:
            assert metric.value is None
            assert metric.reason
        if metric.value is not None and metric.unit == "s":
            assert metric.error >= 1 / 30
