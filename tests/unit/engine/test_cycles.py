"""By which of its cycles an exercise is counted: the first, or one that shows the person more clearly."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine.body.restore import restored
from formcheck.engine.recording import judge_recording
from formcheck.engine.session import outcome_of
from formcheck.exercises import find_exercise
from formcheck.types.landmark import INDEX
from tests.figures import figure

TIMES, DONE = np.arange(0.0, 1.0, 0.01), 4


def restless(poses, joint, far_px, hz):
    """The poses with both of a joint astray, swinging."""
    image = poses.image.copy()
    off = far_px * np.sin(2 * np.pi * hz * poses.t)
    for side in ("left", "right"):
        image[:, INDEX[f"{side}_{joint}"], 0] += off
    return replace(poses, image=image)


@pytest.mark.parametrize(
    ("exercise", "joint", "first"),
    [("push_up", "elbow", "elbow_flexion.near"), ("squat", "knee", "knee_flexion.near")],
)
@pytest.mark.parametrize("hz", [1.5, 2.0, 3.0])
def test_a_restless_joint_is_not_counted_by(exercise, joint, first, hz):
    poses = figure(exercise).poses
    for seen, by_first in ((poses, True), (restless(poses, joint, 25.0, hz), False)):
        outcome = outcome_of(seen, find_exercise(exercise))
        assert (outcome.calibration.cycle.signal == first) is by_first
        assert judge_recording(seen, exercise).summary.attempts == DONE


@pytest.mark.parametrize("seed", [1, 4])
def test_what_lies_between_the_repetitions_is_not_counted_instead_of_them(seed):
    poses = restored(figure("cat_cow", noise=0.02, seed=seed, half_s=2.4, reps=3).poses)
    assert outcome_of(poses, find_exercise("cat_cow")).calibration.cycle.signal == "head_raise"
