"""Forms of an exercise that people do under its name, though the catalogue's drawing shows another."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from formcheck.engine.recording import judge_recording
from formcheck.types.landmark import INDEX
from sample_videos.drawn.scene import Scene, Shot
from sample_videos.drawn.timeline import smooth
from tests.exercises import takes
from tests.figures import Span, figure


def half_turned(drawn):
    """Who turns round in the air of every jump."""
    t, lasts = drawn.poses.t, 0.35
    half = sum(smooth((t - rep["peak_s"]) / lasts + 0.5) for rep in drawn.truth["reps"])
    middle = (drawn.joints[:, INDEX["left_hip"]] + drawn.joints[:, INDEX["right_hip"]]) / 2
    yaw = Rotation.from_rotvec(np.outer(np.pi * half, [0, 0, 1]))
    joints = np.einsum("tij,tkj->tki", yaw.as_matrix(), drawn.joints - middle[:, None]) + middle[:, None]
    image, world = drawn.camera.project(joints), drawn.camera.world(joints, middle)
    return replace(drawn.poses, image=image, world=world)


def there_and_back(poses):
    """The clip, and after it the same clip backwards."""
    backwards = {name: getattr(poses, name)[::-1] for name in ("image", "world", "visibility")}
    return takes.joined(poses, replace(poses, **backwards))


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("variant", ["forearm", "hand"])
def test_hips_are_lifted_on_the_feet_too(side, variant):
    low = Span(-1.0, 2.5, 1.6)
    words = {"side": side, "variant": variant, "hips_low": low}
    lift = figure("side_plank_hold", view="front", duration_s=2.5, **words).poses
    session = judge_recording(takes.joined(there_and_back(lift), there_and_back(lift)), "low_side_plank_lift")
    assert (session.summary.attempts, session.summary.reps, session.faults) == (2, 2, ())


@pytest.mark.parametrize("lens_m", [0.4, 0.6, 1.1, 1.7])
def test_push_ups_toward_the_camera_count_whatever_its_height(lens_m):
    poses = figure("push_up", view="front", scene=Scene(shot=Shot(turn=8.0, lens_m=lens_m)), sway=1.0).poses
    session = judge_recording(poses, "push_up")
    assert (session.summary.attempts, session.summary.reps, session.faults) == (4, 4, ())


@pytest.mark.parametrize("turn", [-40.0, 40.0, 50.0])
def test_push_ups_count_before_a_near_camera_that_looks_down(turn):
    shot = Shot(turn=turn, lens_m=1.7, nearer=0.6)
    session = judge_recording(figure("push_up", scene=Scene(shot=shot)).poses, "push_up")
    assert session.summary.attempts == 4


@pytest.mark.parametrize("view", ["side", "front"])
def test_split_squats_are_lunges_whose_feet_stay_apart(view):
    poses = figure("lunge", view=view, variant="split", reps=3).poses
    session = judge_recording(poses, "split_squat")
    assert (session.exercise.id, session.summary.attempts, session.summary.reps) == ("lunge", 3, 3)
    assert session.faults == ()


@pytest.mark.parametrize("view", ["side", "front"])
def test_jumps_with_half_a_turn_are_jumps(view):
    session = judge_recording(half_turned(figure("jump_squat", view=view)), "jump_squat")
    assert (session.summary.attempts, session.summary.reps) == (4, 4)


@pytest.mark.parametrize("exercise", ["glute_bridge", "single_leg_bridge"])
def test_a_bridge_with_the_feet_far_too_far_away_is_one_done_wrongly(exercise):
    session = judge_recording(figure(exercise, foot_far=1.6, reps=2).poses, exercise)
    assert session.summary.attempts == 2
    assert {"foot_far": "error"}.items() <= {f.id: f.level for f in session.faults}.items()


@pytest.mark.parametrize("turn", [0.0, -20.0])
def test_a_squat_folds_from_the_front_too(turn):
    """A measure for each view, and one check that is seen in every repetition of it."""
    for fold, found in ((0.0, {}), (1.0, {"trunk_fold": "warn"})):
        poses = figure(
            "squat", view="front", scene=Scene(shot=Shot(turn=turn)), reps=2, trunk_fold=fold
        ).poses
        session = judge_recording(poses, "squat")
        assert {fault.id: fault.level for fault in session.faults} == found
        assert [check.reason for check in session.checks if check.id == "trunk_fold"] == [None]
