"""Rhythm and steps of running, from bounces made by hand."""

from itertools import pairwise

import numpy as np
import pytest

from formcheck.engine.gait import BOUNCES, Run
from formcheck.engine.judge import WEAK, Judge
from formcheck.engine.measure import Check, Taken, take
from formcheck.engine.rhythm import Rhythm
from formcheck.engine.track import Track
from formcheck.exercises import find_exercise
from formcheck.exercises.schema import Limit, Measure

LEAN = "trunk_lean"


class Mean(Judge):
    """Judges the mean of one column against 10 / 20, safety."""

    def __init__(self):
        wrong = Limit(warn=10, error=20, say="Say it", why="It was wrong.", safety=True)
        measure = Measure(what="What it is.", signal=LEAN, take="mean", basis="Here.", high=wrong)
        self.check = Check("it", measure, wrong, True)

    def __call__(self, track, phases, baselines) -> list[Taken]:
        rows = track.between(*phases["hold"])
        return [take(self.check, track.t[rows], track.values("lean", rows))]


def ran(waves, lean=lambda t: 0.0 * t, seconds=15.0, fps=30.0):
    """A run fed with ``waves(t)`` -> the three bounces."""
    track = Track(["lean", *(WEAK + name for name in BOUNCES)])
    run = Run(find_exercise("running"), Mean(), track)
    times = np.arange(round(seconds * fps)) / fps
    for t, x, row in zip(times, lean(times), np.transpose(waves(times)), strict=True):
        track.append(t, [x, *row], np.ones(33, bool))
        run.step(t)
    run.finish(times[-1])
    return run


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
    run = ran(bounce(spm, noise=0.1), fps=fps)
    assert run.cadence_spm == pytest.approx(spm, rel=0.01)
    assert len(run.steps) == pytest.approx(spm / 60 * 15, abs=2)
    assert not run.slow


def test_slow_motion_has_a_rhythm_but_no_cadence():
    run = ran(bounce(60), seconds=20)
    assert run.slow
    assert run.cadence_spm is None


@pytest.mark.parametrize("seed", range(6))
def test_noise_has_no_rhythm(seed):
    rng = np.random.default_rng(seed)
    run = ran(lambda t: rng.normal(size=(3, len(t))))
    assert run.cadence_spm is None
    assert run.closed == []


def test_standing_still_has_no_rhythm():
    run = ran(lambda t: np.full((3, len(t)), 100.0))
    assert (run.cadence_spm, run.steps) == (None, [])


def test_one_signal_alone_is_not_believed():
    rng = np.random.default_rng(0)

    def waves(t):
        return np.stack([200 + 10 * np.cos(2 * np.pi * 170 / 60 * t), *rng.normal(size=(2, len(t)))])

    assert ran(waves).cadence_spm is None


def test_a_signal_that_is_not_seen_is_done_without():
    def waves(t):
        shown = bounce(170)(t)
        shown[0] = np.nan
        return shown

    assert ran(waves).cadence_spm == pytest.approx(170, rel=0.01)


def verdicts(run):
    return [block.taken[0].finding.verdict for block in run.closed]


def test_posture_is_judged_by_blocks_of_ten_steps_moved_on_by_five():
    run = ran(bounce(180), seconds=12)
    spans = [(block.start_s, block.end_s) for block in run.closed]
    assert len(spans) >= 5
    for (start, end), (after, _) in pairwise(spans):
        assert end - start == pytest.approx(10 / 3, abs=0.15)
        assert after - start == pytest.approx(5 / 3, abs=0.15)


def test_a_fault_that_stays_is_confirmed():
    assert verdicts(ran(bounce(180), lambda t: np.where(t > 6, 30.0, 0.0)))[-1] == "error"
    assert set(verdicts(ran(bounce(180), lambda t: 15.0 + 0 * t))) == {"warn"}


class Levels(Mean):
    """Finds one level after the other."""

    def __init__(self, levels):
        super().__init__()
        self.levels = iter(levels)

    def __call__(self, track, phases, baselines, only=None):
        return [take(self.check, np.arange(3.0), np.full(3, float(next(self.levels))))]


def blocks(*levels):
    """A run whose blocks had these means."""
    run = Run(find_exercise("running"), Levels(levels), Track(["lean"]))
    steps = np.arange(10 + 5 * (len(levels) - 1) + 1) / 3
    run._take(steps, Rhythm(1 / 3, 1.0), np.inf)
    return run


@pytest.mark.parametrize(
    ("levels", "confirmed"),
    [
        ((0, 15, 0), ["ok", "ok"]),
        ((0, 15, 15), ["ok", "warn"]),
        ((15, 25, 25), ["warn", "error"]),
        ((25, 15, 0), ["warn", "ok"]),
        ((25,), ["error"]),
    ],
)
def test_each_block_is_no_worse_than_the_one_before(levels, confirmed):
    run = blocks(*levels)
    assert verdicts(run) == confirmed
    for block in run.closed:
        if block.taken[0].finding.verdict == "ok":
            assert block.taken[0].spans == ()


def test_a_fault_that_is_not_confirmed_costs_nothing():
    run = blocks(0, 25, 0)
    assert verdicts(run) == ["ok", "ok"]
    assert [block.score for block in run.closed] == [100, 100]
