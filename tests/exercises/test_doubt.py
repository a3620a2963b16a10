"""What may be far off carries no verdict, and counts all the same."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine.recording import judge_recording
from formcheck.sensor import profile_for, usual_profile
from formcheck.types import Model
from formcheck.types.landmark import COUNT, NAMES
from tests.figures import figure

BEARS = usual_profile().trust.verdict_within
HEAVY = Model("heavy", "")
KNOWN = profile_for(HEAVY).trust.judge_within
SQUAT = figure("squat", reps=3, trunk_fold=1.5).poses


def doubted(poses, joint, far):
    """The same with both of a joint said to be so far off, and nothing else."""
    doubt = np.zeros((len(poses), COUNT), np.float32)
    doubt[:, [i for i, name in enumerate(NAMES) if name.endswith(joint)]] = far
    return replace(poses, doubt=doubt)


def hidden(poses, joint, far):
    """The same as `heavy` sees them, both of a joint hidden and so far off."""
    visibility = poses.visibility.copy()
    visibility[:, [i for i, name in enumerate(NAMES) if name.endswith(joint)]] = 0.25
    return replace(doubted(poses, joint, far), visibility=visibility, model=HEAVY)


def checks(session):
    return {check.id: check for check in session.checks}


def test_a_joint_in_doubt_carries_no_verdict_and_is_named():
    sure, unsure = (judge_recording(doubted(SQUAT, "hip", BEARS * x), "squat") for x in (0.99, 1.01))
    assert checks(sure)["trunk_fold"].verdict != "not_assessable"
    check = checks(unsure)["trunk_fold"]
    assert (check.verdict, check.reason.code) == ("not_assessable", "unsure")
    assert all(joint.endswith("hip") for joint in dict(check.reason.params)["joints"])


@pytest.mark.parametrize("exercise", ["squat", "push_up", "single_leg_bridge"])
@pytest.mark.parametrize("joint", ["hip", "knee", "shoulder"])
def test_a_joint_in_doubt_counts_as_before(exercise, joint):
    poses = figure(exercise, reps=3).poses
    before, after = (judge_recording(doubted(poses, joint, x), exercise).summary for x in (0.0, 9.0))
    assert (after.attempts, after.reps) == (before.attempts, before.reps)


def test_what_is_hidden_is_called_hidden_though_it_is_in_doubt_too():
    poses = doubted(SQUAT, "hip", 9.0)
    visibility = poses.visibility.copy()
    visibility[:, [i for i, name in enumerate(NAMES) if name.endswith("hip")]] = 0.5
    check = checks(judge_recording(replace(poses, visibility=visibility), "squat"))["trunk_fold"]
    assert check.reason.code == "hidden"


def test_a_hidden_joint_that_is_hardly_in_doubt_warns_and_no_more():
    near, far = (checks(judge_recording(hidden(SQUAT, "hip", KNOWN * x), "squat")) for x in (0.99, 1.01))
    assert near["trunk_fold"].verdict == "warn"
    assert far["trunk_fold"].reason.code == "hidden"
    assert checks(judge_recording(replace(SQUAT, model=HEAVY), "squat"))["trunk_fold"].verdict == "error"


def test_a_hidden_limb_that_seems_to_rest_may_have_been_lifted():
    poses = figure("quadruped_limb_raise", reps=2, leg_low=1.0).poses
    seen, guessed = (
        checks(judge_recording(x, "quadruped_limb_raise"))["leg_low"]
        for x in (replace(poses, model=HEAVY), hidden(poses, "ankle", 0.0))
    )
    assert seen.verdict == "error"
    assert (guessed.verdict, guessed.reason.code) == ("not_assessable", "hidden")


def test_other_joints_go_on_being_judged():
    before, after = (checks(judge_recording(doubted(SQUAT, "wrist", x), "squat")) for x in (0.0, 9.0))
    assert {name: check.verdict for name, check in after.items()} == {
        name: check.verdict for name, check in before.items()
    }


def test_a_joint_that_shakes_wildly_is_not_judged_by_its_own_doubt():
    rng = np.random.default_rng(3)
    image = SQUAT.image.copy()
    hips = [i for i, name in enumerate(NAMES) if name.endswith("hip")]
    image[:, hips] += rng.normal(0, 15, image[:, hips].shape)
    check = checks(judge_recording(replace(SQUAT, image=image), "squat"))["trunk_fold"]
    assert check.reason.code == "unsure"


def test_strides_are_judged_by_their_neighbours_not_by_doubt():
    run = figure("running", duration_s=6.0, fps=60).poses
    before, after = (judge_recording(doubted(run, "knee", x), "running") for x in (0.0, 9.0))
    assert checks(after) == checks(before)
    assert after.gait == before.gait
