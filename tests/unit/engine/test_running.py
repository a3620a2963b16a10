"""Rhythm, strides and blocks of running, from bounces and strides made by hand."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from formcheck.engine.body.track import Track
from formcheck.engine.body.view import View
from formcheck.engine.calibrate import Calibration
from formcheck.engine.gait.steps import BOUNCES
from formcheck.engine.gait.stride_judge import TOO_FEW
from formcheck.engine.gait.strides import Stride
from formcheck.engine.gait.tracker import GaitTracker
from formcheck.engine.judge.judge import WEAK, Judge
from formcheck.engine.tracker import Sighting
from formcheck.exercises import find_exercise
from formcheck.signals.rows import Rows

RUNNING = find_exercise("running")
SIDE = Calibration(100.0, 0.5, View("side"), 1.0, "left", RUNNING.cycle[0], fps=60.0)
WIDTHS = ("shoulder_width", "hip_width", "trunk_length", "trunk_tilt", "handedness")


NOBODY = (np.full(33, np.nan, complex), np.zeros(33, bool))
BACK = replace(SIDE, view=View("back"), facing=np.nan)


def a_run(calibration=SIDE):
    track = Track([WEAK + name for name in (*WIDTHS, *BOUNCES)])
    rows = Rows((m.signal for m in RUNNING.measure.values()), "left")
    return GaitTracker(RUNNING, calibration, Judge(RUNNING, calibration, rows), track), track


def ran(waves, seconds=15.0, fps=30.0):
    """A run fed with ``waves(t)`` -> the three bounces, nobody's body."""
    tracker, track = a_run()
    times = np.arange(round(seconds * fps)) / fps
    for t, row in zip(times, np.transpose(waves(times)), strict=True):
        track.append(t, [*np.full(len(WIDTHS), np.nan), *row], np.ones(33, bool))
        tracker.step(Sighting(t, True, None, NOBODY, 100.0))
    tracker.finish(times[-1])
    return tracker


def bounce(spm, noise=0.0, seed=0):
    """Shoulders and hips go up once a step, the feet part once a step; the left step is a little higher."""
    rng = np.random.default_rng(seed)

    def waves(t):
        step = 2 * np.pi * spm / 60 * t
        up = 10 * np.cos(step) + 1.5 * np.cos(step / 2)
        shown = np.stack([200 + up, 120 + up, 0.8 + 0.5 * np.cos(step - 0.8)])
        return shown + noise * rng.normal(size=shown.shape) * np.array([[10], [10], [0.5]])

    return waves


@pytest.mark.parametrize("fps", [24, 30, 60])
@pytest.mark.parametrize("spm", [150, 170, 190])
def test_the_cadence_is_within_one_percent(spm, fps):
    tracker = ran(bounce(spm, noise=0.1), fps=fps)
    assert tracker.run.cadence_spm == pytest.approx(spm, rel=0.01)
    assert len(tracker.run.steps) == pytest.approx(spm / 60 * 15, abs=2)
    assert not tracker.run.slow


def test_slow_motion_has_a_rhythm_but_no_cadence():
    tracker = ran(bounce(60), seconds=20)
    assert tracker.run.slow
    assert tracker.run.cadence_spm is None


@pytest.mark.parametrize("seed", range(6))
def test_noise_has_no_rhythm(seed):
    rng = np.random.default_rng(seed)
    tracker = ran(lambda t: rng.normal(size=(3, len(t))))
    assert tracker.run.cadence_spm is None
    assert tracker.judged == []


def test_standing_still_has_no_rhythm():
    tracker = ran(lambda t: np.full((3, len(t)), 100.0))
    assert (tracker.run.cadence_spm, tracker.run.steps) == (None, [])


def test_one_signal_alone_is_not_believed():
    rng = np.random.default_rng(0)

    def waves(t):
        return np.stack([200 + 10 * np.cos(2 * np.pi * 170 / 60 * t), *rng.normal(size=(2, len(t)))])

    assert ran(waves).run.cadence_spm is None


def test_a_signal_that_is_not_seen_is_done_without():
    def waves(t):
        shown = bounce(170)(t)
        shown[0] = np.nan
        return shown

    assert ran(waves).run.cadence_spm == pytest.approx(170, rel=0.01)


def test_a_rhythm_without_a_body_makes_no_stride():
    tracker = ran(bounce(170))
    assert len(tracker.run.steps) > 30
    assert (tracker.strides, tracker.judged) == ([], [])


# ------------------------------------------------------------------ blocks of strides, made by hand

LEAN = 16.0, 21.0


def strode(leans, landings=(), period=0.7, start=0.0, kind="run"):
    """Strides with these leans of the trunk (and these shank tilts at landing), nothing else seen."""
    tracker, track = a_run()
    for i in range(round((start + period * len(leans) + 1) * 30)):
        track.append(i / 30, np.full(len(WIDTHS) + 3, np.nan), np.ones(33, bool))
    landings = landings or [np.nan] * len(leans)
    nothing = dict.fromkeys(RUNNING.limited, np.nan)
    for i, (lean, tilt) in enumerate(zip(leans, landings, strict=True)):
        a = start + i * period
        values = nothing | {"lean": lean, "overstride": tilt, "cadence": 120 / period}
        tracker.add(
            Stride((a, a + period / 2, a + period), (None, None), kind, 0.1, values, np.ones(33, bool))
        )
    return tracker


def verdicts(tracker, check="lean_forward"):
    return [
        x.finding.verdict for block in tracker.judged for x in block.measurements if x.finding.check == check
    ]


def test_posture_is_judged_by_blocks_of_five_strides_moved_on_by_three():
    tracker = strode([5.0] * 17)
    spans = [(block.start_s, block.end_s) for block in tracker.judged]
    assert len(spans) == 4  # of five, the first could not be confirmed and gave way to the second
    for (start, end), (after, _) in pairwise(spans):
        assert end - start == pytest.approx(5 * 0.7)
        assert after - start == pytest.approx(3 * 0.7)


@pytest.mark.parametrize(
    ("leans", "confirmed"),
    [
        ([18] * 5 + [5] * 6, ["ok", "ok"]),
        ([5] * 5 + [18] * 6, ["ok", "warn"]),
        ([5] * 6 + [18] * 2 + [5] * 6, ["ok", "ok", "ok"]),
        ([18] * 5 + [25] * 6, ["warn", "error"]),
        ([25] * 5, ["error"]),
    ],
)
def test_a_fault_needs_most_of_two_blocks_in_a_row(leans, confirmed):
    assert verdicts(strode(leans)) == confirmed


def test_one_wild_stride_is_no_fault():
    tracker = strode([5.0] * 8 + [90.0] + [5.0] * 8)
    assert set(verdicts(tracker)) == {"ok"}


def test_a_fault_that_is_not_confirmed_costs_nothing_and_has_no_span():
    tracker = strode([25] * 3 + [5] * 8)
    taken = [x for block in tracker.judged for x in block.measurements if x.finding.check == "lean_forward"]
    assert {x.finding.verdict for x in taken} == {"ok"}
    assert all(x.spans == () for x in taken)


def test_what_a_foot_does_needs_seven_contacts():
    few = strode([5.0] * 11, [20.0] * 6 + [np.nan] * 5)
    enough = strode([5.0] * 11, [20.0] * 9 + [np.nan] * 2)
    assert set(verdicts(few, "overstride")) == {"not_assessable"}
    reasons = [x.finding.reason for x in few.judged[-1].measurements if x.finding.check == "overstride"]
    assert reasons == [TOO_FEW]
    assert verdicts(enough, "overstride")[-1] == "error"


def test_a_low_cadence_is_a_fault_only_together_with_overstride():
    slow = 120 / 150
    alone = strode([5.0] * 11, [0.0] * 11, period=slow)
    together = strode([5.0] * 11, [13.0] * 11, period=slow)
    assert set(verdicts(alone, "cadence")) == {"ok"}
    assert verdicts(together, "cadence")[-1] == "warn"


def test_nothing_is_judged_of_a_walk():
    tracker = strode([30.0] * 11, kind="walk")
    assert tracker.run.kind == "walk"
    assert set(verdicts(tracker)) == {"not_assessable"}


def test_on_the_spot_posture_is_judged_and_landing_is_not():
    tracker = strode([30.0] * 11, [20.0] * 11, kind="on_the_spot")
    assert verdicts(tracker)[-1] == "error"
    assert set(verdicts(tracker, "overstride")) == {"not_assessable"}


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("check", "value"), [("narrow_step", -0.1), ("pelvic_drop", 15.0), ("hip_knee_line", 25.0)]
)
def test_a_fault_of_one_leg_is_found_on_that_leg(check, value, side):
    calibration = replace(BACK, view=View("front"))
    tracker, track = a_run(calibration)
    for i in range(300):
        track.append(i / 30, np.full(len(WIDTHS) + 3, np.nan), np.ones(33, bool))
    sound = dict.fromkeys(RUNNING.limited, np.nan)
    for name in ("narrow_step", "pelvic_drop", "hip_knee_line"):
        sound |= {f"{name}_left": 0.1, f"{name}_right": 0.1}
    for i in range(11):
        a = 0.7 * i
        values = sound | {f"{check}_{side}": value}
        tracker.add(Stride((a, a + 0.35, a + 0.7), (None, None), "run", 0.1, values, np.ones(33, bool)))
    broken = [x for x in tracker.judged[-1].measurements if x.finding.verdict == "error"]
    assert [(x.finding.check, x.finding.value) for x in broken] == [(check, value)]
    assert f"the {side} " in broken[0].what
