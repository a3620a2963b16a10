"""The clock of a hold, by a judge that says what the test wants."""

import numpy as np
import pytest

from formcheck.engine.body.track import Track
from formcheck.engine.capture.activity import SIGNALS
from formcheck.engine.count.hold import HoldTimer
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.count.tally import Tally
from formcheck.engine.judge.judge import Judge
from formcheck.engine.judge.measure import PreparedCheck, measured
from formcheck.engine.judge.measurement import Measurement
from formcheck.engine.tracker import Sighting
from formcheck.exercises.schema import StartPose
from formcheck.exercises.sources import Basis
from formcheck.exercises.tables import Limit, Measure

FPS = 20.0
#: Columns of the track beside what is judged: the pose, and what tells whether somebody goes.
POSE = PoseCheck((StartPose(name="level", pose={"belly_up": (-0.2, 0.2)}),))
OTHERS = tuple(f"~{name}" for name in (*SIGNALS, *POSE.signals))
UNSEEN = (np.nan,) * len(OTHERS)


class Line(Judge):
    """Judges one column of the track against 10 / 20, lasting half a second."""

    def __init__(self):
        wrong = Limit(warn=10, error=20, say="Say it", why="It was wrong.")
        measure = Measure(
            what="What it is.",
            signal="trunk_lean",
            take="max",
            for_s=0.5,
            basis=Basis(kind="judgement"),
            high=wrong,
        )
        self.check = PreparedCheck("it", measure, wrong, True)

    def __call__(self, track, phases, baselines, only=None) -> list[Measurement]:
        rows = track.between(*phases["hold"])
        kept = track.values(only["hold"], rows) != 0
        return [measured(self.check, track.t[rows][kept], track.values("x", rows)[kept])]


def seen(t, in_pose):
    """A frame of which a hold only asks whether it is in the pose."""
    nobody = (np.full(33, np.nan, complex), np.zeros(33, bool))
    return Sighting(t, True, in_pose, nobody, 1.0)


def held(*parts, x=()):
    """Play (seconds, in pose) parts; ``x`` are (from, to, value) of the judged number."""
    track = Track(["x", "in_pose", *OTHERS])
    holds = HoldTimer(Line(), track, POSE, Tally())
    i = 0
    for seconds, in_pose in parts:
        for _ in range(round(seconds * FPS)):
            t = i / FPS
            value = next((v for a, b, v in x if a <= t < b), 0.0)
            track.append(t, [value, np.nan if in_pose is None else in_pose, *UNSEEN], np.ones(33, bool))
            holds.step(seen(t, in_pose))
            i += 1
    holds.finish(i / FPS)
    return holds


def test_a_plain_hold():
    (hold,) = held((2, False), (8, True), (3, False)).result().holds
    assert (hold.start_s, hold.total_s) == (pytest.approx(2.0), pytest.approx(7.95))
    assert (hold.clean_s, hold.breaks) == (hold.total_s, 0)


@pytest.mark.parametrize("out", [False, None])
def test_a_blink_is_bridged_and_counts(out):
    (hold,) = held((4, True), (0.4, out), (4, True)).result().holds
    assert (hold.total_s, hold.breaks) == (pytest.approx(8.35), 0)


@pytest.mark.parametrize("out", [False, None])
def test_a_break_stops_the_clock(out):
    (hold,) = held((4, True), (1.5, out), (4, True)).result().holds
    assert hold.total_s == pytest.approx(3.95 + 3.95)
    assert hold.breaks == 1
    assert hold.end_s - hold.start_s == pytest.approx(9.45)


@pytest.mark.parametrize(("parts", "said"), [(((1.5, None),), True), (((1.0, None), (0.5, False)), False)])
def test_a_break_in_which_nothing_was_seen_is_said_with_its_length(parts, said):
    passed = held((4, True), *parts, (4, True)).passed_over
    assert [p.reason.code for p in passed] == ["unseen_meanwhile"] * said
    assert all(p.end_s - p.start_s == pytest.approx(1.55) for p in passed)


def test_a_longer_break_ends_the_hold_and_is_none_of_its_breaks():
    first, second = held((4, True), (2.5, False), (5, True), (1.0, False)).result().holds
    assert (first.total_s, second.total_s) == (pytest.approx(3.95), pytest.approx(4.95))
    assert (first.breaks, second.breaks) == (0, 0)


def test_getting_into_position_is_no_hold():
    assert held((0.8, True), (3, False)).result().holds == ()


def test_an_error_is_taken_off_the_clean_seconds():
    (hold,) = held((10, True), x=[(6.0, 8.0, 30.0)]).result().holds
    assert hold.total_s == pytest.approx(9.95)
    assert hold.clean_s == pytest.approx(8.0, abs=0.1)


def test_a_warning_takes_nothing_off():
    (hold,) = held((10, True), x=[(6.0, 8.0, 15.0)]).result().holds
    assert hold.clean_s == hold.total_s


def test_only_the_error_is_taken_off_where_a_warning_went_before():
    (hold,) = held((5, True), x=[(1.0, 3.0, 15.0), (3.0, 4.0, 30.0)]).result().holds
    assert hold.clean_s == pytest.approx(hold.total_s - 1.0, abs=0.1)


def test_what_happens_during_a_break_is_no_fault_of_the_hold():
    holds = held((2, True), (1.5, False), (4, True), x=[(2.0, 3.5, 30.0)])
    assert [t.finding.verdict for block in holds.judged for t in block.measurements] == ["ok"] * len(
        holds.judged
    )


def test_blocks_of_five_seconds_are_judged_and_the_rest_too():
    holds = held((12.1, True), x=[(6.0, 8.0, 30.0)])
    assert [(round(c.start_s), round(c.end_s)) for c in holds.judged] == [(0, 5), (5, 10), (10, 12)]
    assert [c.measurements[0].finding.verdict for c in holds.judged] == ["ok", "error", "ok"]
    assert [c.grade.points for c in holds.judged] == [100, 90, 100]  # 40 % of 60 for 2 of 5 seconds: 9.6


def test_held_so_far_is_the_sum():
    track = Track(["x", "in_pose", *OTHERS])
    holds = HoldTimer(Line(), track, POSE, Tally())
    found = []
    for i in range(int(14 * FPS)):
        t = i / FPS
        track.append(t, [0.0, t < 6 or t >= 9, *UNSEEN], np.ones(33, bool))
        holds.step(seen(t, t < 6 or t >= 9))
        found.append((holds.state.hold_s, holds.state.active))
    assert found[int(5 * FPS)] == (pytest.approx(5.0), True)
    assert found[int(8.5 * FPS)] == (pytest.approx(5.95), False)
    assert found[-1] == (pytest.approx(5.95 + 4.95), True)
