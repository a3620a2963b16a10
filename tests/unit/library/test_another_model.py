"""A pose model with 17 keypoints and no depth: it is judged by the same engine, or says what it lacks."""

from dataclasses import replace

import numpy as np
import pytest

import formcheck
from formcheck.engine.body import observe
from formcheck.messages import sentence
from formcheck.pose.keypoints import KeypointSet
from formcheck.sensor import profile_for
from formcheck.types import Model, PoseSequence, Session
from formcheck.types.landmark import INDEX
from tests.figures import figure
from tests.unit.live.people import set_of

COCO = KeypointSet(
    (
        *("nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder"),
        *("left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip"),
        *("left_knee", "right_knee", "left_ankle", "right_ankle"),
    )
)
AT = [INDEX[name] for name in COCO.names]
MODEL = Model("seventeen", "7" * 64)
FEET = ("left_heel", "left_toe", "right_heel", "right_toe")


def found_by_it(poses: PoseSequence, *, world: bool = False) -> PoseSequence:
    """What this model would give of the same body."""
    metres = poses.world[:, AT] if world else None
    arrays = (poses.t, poses.image[:, AT], poses.visibility[:, AT], metres)
    return COCO.sequence(*arrays, source=poses.source, model=MODEL)


def verdicts(session: Session) -> dict[str, str]:
    return {check.id: check.verdict for check in session.checks}


#: A fault, and what needs feet.
CLIPS = {
    "squat": ({"reps": 3, "trunk_fold": 1.0}, "trunk_fold", {"heels_up"}),
    "push_up": ({"reps": 3, "depth": [1.0, 0.6, 1.0]}, None, set()),
    "plank_hold": ({"hip_sag": 1.0}, "hip_sag", set()),
    "running": ({"lean_forward": 1.0}, "lean_forward", {"overstride", "low_knee_bend"}),
}


@pytest.mark.parametrize("world", [False, True], ids=["flat", "with depth"])
@pytest.mark.parametrize("exercise", CLIPS)
def test_it_gets_the_verdicts_of_the_full_model_or_a_reason(exercise, world):
    words, fault, needs_feet = CLIPS[exercise]
    full = figure(exercise, **words).poses
    usual, other = formcheck.judge(full, exercise), formcheck.judge(found_by_it(full, world=world), exercise)
    assert other.model == MODEL
    assert (other.summary.attempts, other.summary.reps) == (usual.summary.attempts, usual.summary.reps)
    assert other.summary.hold_s == pytest.approx(usual.summary.hold_s, abs=0.3)
    assert fault is None or fault in {f.id for f in other.faults}
    reasons = {check.id: check.reason for check in other.checks}
    for check, verdict in verdicts(usual).items():
        if verdict != "not_assessable" and verdicts(other)[check] == "not_assessable":
            assert reasons[check] is not None
    for check in needs_feet:
        assert verdicts(other)[check] == "not_assessable"
        assert reasons[check].code == "lacks"
        assert set(dict(reasons[check].params)["joints"]) <= set(FEET)


def test_the_reason_names_the_landmarks_in_words():
    session = formcheck.judge(found_by_it(figure("squat", reps=2).poses), "squat")
    (reason,) = {c.reason for c in session.checks if c.reason and c.reason.code == "lacks"}
    said = sentence(reason)
    assert said.startswith("this pose model does not find: ")
    assert "heel" in said
    assert "toe" in said


def test_the_full_model_lacks_nothing():
    session = formcheck.judge(figure("squat", reps=2).poses, "squat")
    assert "lacks" not in {c.reason.code for c in session.checks if c.reason}


def test_the_exercise_is_recognised():
    assert formcheck.judge(found_by_it(figure("squat", reps=3).poses)).exercise.id == "squat"


def test_it_counts_live_and_the_same_again():
    poses = found_by_it(set_of("squat", 2))
    live = formcheck.Live("squat", (poses.width_px, poses.height_px), model=MODEL)
    for pose in poses:
        update = live.update(pose)
    session = live.finish()
    assert update.reps == session.summary.reps == 2
    assert session.model == MODEL
    assert {c.reason.code for c in session.checks if c.id == "heels_up"} == {"lacks"}


def test_the_profile_of_the_model_is_used_while_it_is_judged_live(monkeypatch):
    asked = set()

    def recorded(model):
        asked.add(model)
        return profile_for(model)

    monkeypatch.setattr(observe, "profile_for", recorded)
    poses = found_by_it(set_of("squat", 1))
    live = formcheck.Live("squat", (poses.width_px, poses.height_px), model=MODEL)
    for pose in poses:
        live.update(pose)
    assert asked == {MODEL}


def test_a_landmark_that_flickers_is_bridged_and_one_that_lacks_is_not_made_up():
    full = figure("running", fps=60.0).poses
    image = np.array(full.image)
    image[::7, INDEX["left_wrist"]] = np.nan
    flickering = replace(full, image=image)
    usual, other = formcheck.judge(full, "running"), formcheck.judge(flickering, "running")
    assert other.gait.cadence_spm == pytest.approx(usual.gait.cadence_spm, rel=0.01)
    assert verdicts(other)["lean_forward"] == verdicts(usual)["lean_forward"] == "ok"
