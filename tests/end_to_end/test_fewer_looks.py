"""Fewer looks find what a look at every frame finds; real models on drawn clips."""

import numpy as np
import pytest

import formcheck
from tests.end_to_end.clips import SAMPLES


def judged(clip, exercise, seconds, **how):
    poses = formcheck.estimate(SAMPLES / f"{clip}.mp4", end=seconds, **how)
    return poses, formcheck.judge(poses, exercise)


def test_a_hold_lasts_as_long_by_few_looks_as_by_one_at_every_frame(model_path):
    every, all_looked = judged("plank_clean", "plank_hold", 4.0, model="full", every_frame=True)
    some, few_looked = judged("plank_clean", "plank_hold", 4.0)
    assert every.looked.all()
    assert np.count_nonzero(some.looked) < len(some) / 4
    assert few_looked.summary.hold_s == pytest.approx(all_looked.summary.hold_s, abs=0.2)
    assert not few_looked.faults


def test_a_squat_is_counted_by_ten_looks_a_second(model_path):
    poses, session = judged("squat_side_clean", "squat", 4.4)
    assert poses.model.name == session.model.name == "heavy"
    assert np.count_nonzero(poses.looked) == pytest.approx(45, abs=2)
    assert (session.summary.attempts, session.summary.reps) == (1, 1)


def test_a_run_that_nobody_named_is_looked_at_by_full_from_its_beginning(model_path):
    poses, session = judged("running_clean", "auto", 5.0)
    assert (poses.model.name, session.model.name, poses.clock) == ("full", "full", "raw")
    assert poses.looked.tolist() == [1] * len(poses)
    assert session.exercise.id == "running"
    assert session.gait.cadence_spm == pytest.approx(165, abs=2)
