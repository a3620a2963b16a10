"""What must not be counted, and what must not be blamed, though it looks alike."""

import numpy as np
import pytest

from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from tests.exercises import takes
from tests.figures import figure

REPS = ["squat", "push_up", "quadruped_limb_raise"]


def turned(poses: PoseSequence, degrees: float) -> PoseSequence:
    """The person turned in a picture large enough: a push-up becomes an elbow bend while standing."""
    side = 3 * max(poses.width_px, poses.height_px)
    centre = np.nanmean(poses.image, axis=(0, 1))
    a = np.radians(degrees)
    spin = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    image = (poses.image - centre) @ spin + side / 2
    return takes.remade(poses, image=image, width_px=side, height_px=side)


@pytest.mark.parametrize("exercise", REPS)
def test_the_movement_without_the_position_is_no_attempt(exercise):
    poses = figure(exercise, reps=3).poses
    sign = -1 if exercise == "squat" else 1
    assert judge(poses, find_exercise(exercise)).summary.attempts >= 3
    assert judge(turned(poses, 75 * sign), find_exercise(exercise)).summary.attempts == 0


def test_elbow_bends_after_a_set_of_push_ups_do_not_count():
    done = turned(figure("push_up", reps=3).poses, 0)
    standing = turned(figure("push_up", reps=4).poses, 75)
    session = judge(takes.joined(done, standing), find_exercise("push_up"))
    assert (session.summary.attempts, session.summary.reps) == (3, 3)


def test_getting_into_position_is_no_fault():
    poses = figure("push_up", reps=3).poses
    image = np.array(poses.image)
    trunk = np.linalg.norm(image[0, INDEX["left_shoulder"]] - image[0, INDEX["left_hip"]])
    for joint, lift in (("hip", 1.6), ("knee", 0.8)):
        for side in ("left", "right"):
            image[:15, INDEX[f"{side}_{joint}"], 1] -= lift * trunk
    session = judge(takes.remade(poses, image=image), find_exercise("push_up"))
    assert session.summary.good_reps == 3
    assert session.faults == ()


def test_a_knee_push_up_is_not_called_sagging():
    poses = figure("push_up", reps=3).poses
    image = np.array(poses.image)
    for side in ("left", "right"):
        knee = image[:, INDEX[f"{side}_knee"]]
        hip = image[:, INDEX[f"{side}_hip"]]
        up = (knee - hip)[:, ::-1] * [1, -1]
        up *= np.where(up[:, 1:] > 0, -1, 1)
        for joint, share in (("ankle", 0.95), ("heel", 1.0), ("toe", 1.1)):
            image[:, INDEX[f"{side}_{joint}"]] = knee + share * up
    session = judge(takes.remade(poses, image=image), find_exercise("push_up"))
    assert session.summary.reps == 3
    assert [f.id for f in session.faults if f.id in ("hip_sag", "hip_pike")] == []
    assert {c.id: c.verdict for c in session.checks}["hip_sag"] == "ok"


def test_a_stop_in_a_run_is_judged_as_no_stride():
    run = figure("running", duration_s=9.0).poses
    stand = takes.remade(
        run,
        **{name: np.repeat(getattr(run, name)[:1], 240, axis=0) for name in takes.PER_FRAME},
        t=np.arange(240) / 30,
    )
    session = judge(takes.joined(takes.joined(run, stand), run), find_exercise("running"))
    assert session.gait.cadence_spm == pytest.approx(170, rel=0.01)
    assert session.faults == ()
