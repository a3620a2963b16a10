"""The drawn figure tells the truth about itself."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from formcheck.types.landmark import INDEX, MIRROR
from sample_videos.drawn import EXERCISES, play
from sample_videos.drawn.camera import Camera
from sample_videos.drawn.clips import CLIPS, Clip, find
from sample_videos.drawn.film import truth_of, write
from sample_videos.drawn.rig import Foot, Posture, Rig, Swing
from sample_videos.drawn.truth import Plane, side_angles
from tests.figures import figure

CLIP_FOLDER = Path(__file__).parents[3] / "sample_videos"
CHAINS = ("shoulder elbow wrist", "hip knee ankle heel toe", "ankle toe")

#: Side view: a dial, what it moves, how far, and what else may move with it.
DIALS = [
    ("squat", "trunk_fold", "trunk_minus_shin", 38, {"lean"}),
    ("squat", "heels_up", "heel_rise", 0.14, set()),
    ("squat", "neck_up", "head_pitch", 50, set()),
    ("push_up", "hip_sag", "body_line", -20, set()),
    ("push_up", "hip_pike", "body_line", 26, set()),
    ("push_up", "neck_up", "head_pitch", 50, set()),
    ("push_up", "head_dive", "head_pitch", -60, set()),
    ("plank_hold", "hip_sag", "body_line", -20, {"trunk_elevation"}),
    ("plank_hold", "hip_pike", "body_line", 26, {"trunk_elevation"}),
    ("plank_hold", "knee_sag", "knee_flexion", 40, set()),
    ("plank_hold", "neck_up", "head_pitch", 50, set()),
    ("plank_hold", "head_hang", "head_pitch", -65, set()),
    ("plank_hold", "shrugged", "neck_length", 0.25, set()),
    ("quadruped_limb_raise", "over_arch", "raised_line", -20, {"leg_elevation"}),
    ("quadruped_limb_raise", "leg_low", "leg_elevation", -25, {"raised_line"}),
    ("quadruped_limb_raise", "arm_low", "arm_elevation", -35, set()),
    ("quadruped_limb_raise", "neck_up", "head_pitch", 50, set()),
    ("running", "lean_forward", "lean", 21, set()),
    ("running", "lean_back", "lean", -6, set()),
    ("running", "head_forward", "head_offset", 0.32, set()),
    ("running", "head_tilt", "head_pitch", -58, set()),
    ("running", "shoulders_up", "neck_length", 0.21, set()),
    ("running", "arms_tight", "elbow_flexion", 130, {"hand_height"}),
    ("running", "arms_long", "elbow_flexion", 35, {"hand_height"}),
    ("running", "arms_high", "hand_height", 0.98, set()),
]


def angles_of(exercise, **dials):
    """Projected angles at the first peak, or over the hold or run."""
    truth = figure(exercise, reps=2, duration_s=5, **dials).truth
    return truth["reps"][0]["angles"] if truth["reps"] else truth["angles"]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_bones_keep_their_length_and_both_sides_are_equal(exercise):
    joints = figure(exercise, reps=2, duration_s=3, sway=1.0).joints
    for chain in CHAINS:
        for a, b in zip(chain.split(), chain.split()[1:], strict=False):
            lengths = [
                np.linalg.norm(joints[:, INDEX[f"{side}_{a}"]] - joints[:, INDEX[f"{side}_{b}"]], axis=-1)
                for side in ("left", "right")
            ]
            assert np.ptp(lengths) < 1e-3, (a, b)


@pytest.mark.parametrize("exercise", ["squat", "push_up", "plank_hold"])
def test_seen_from_the_other_side_labels_are_exchanged(exercise):
    right, left = (figure(exercise, reps=1, duration_s=2, facing=side).poses for side in ("right", "left"))
    mirrored = left.image[:, MIRROR] * [-1, 1] + [left.width_px, 0]
    np.testing.assert_allclose(mirrored, right.image, atol=0.01)
    np.testing.assert_allclose(left.visibility[:, MIRROR], right.visibility)


@pytest.mark.parametrize("facing", ["right", "left"])
def test_labels_are_the_persons(facing):
    front = figure("squat", view="front", reps=0).poses.image[0]
    back = figure("squat", view="back", reps=0).poses.image[0]
    side = figure("squat", facing=facing, reps=0).poses
    assert front[INDEX["left_hip"], 0] > front[INDEX["right_hip"], 0]
    assert back[INDEX["left_hip"], 0] < back[INDEX["right_hip"], 0]
    near, far = INDEX[f"{facing}_hip"], INDEX[f"{'left' if facing == 'right' else 'right'}_hip"]
    assert side.world[0, near, 2] < side.world[0, far, 2]
    assert (side.image[0, INDEX["nose"], 0] > side.image[0, near, 0]) == (facing == "right")


@pytest.mark.parametrize("flat", [True, False])
def test_a_right_angle_at_the_knee_is_projected_as_one(flat):
    leg = Swing(90.0, 0.0, 90.0)
    posture = Posture(
        np.array([[0.0, 0.0, 0.5]]),
        arms={"left": Swing(0.0), "right": Swing(0.0, 0.0, 90.0)},
        legs={"left": leg, "right": leg},
        lean=30.0,
        feet={"left": Foot(), "right": Foot()},
    )
    camera = Camera(-90.0, 0.8, 4.0, 900.0, (640, 480), flat=flat)
    angles = side_angles(Plane(camera.project(Rig(posture).joints()), "right", 1.0), "right")
    assert angles["knee_flexion"] == pytest.approx(90, abs=0.01)
    assert angles["elbow_flexion"] == pytest.approx(90, abs=0.01)
    assert angles["lean"] == pytest.approx(30, abs=0.1)
    assert angles["head_pitch"] == pytest.approx(-20, abs=0.1)
    assert angles["head_offset"] == pytest.approx(0.12, abs=0.001)


@pytest.mark.parametrize("cadence", [150, 172, 200])
def test_feet_land_at_the_asked_cadence(cadence):
    drawn = figure("running", cadence_spm=cadence, duration_s=8, fps=120)
    times = [step["t_s"] for step in drawn.truth["steps"]]
    assert 60 / np.diff(times) == pytest.approx(cadence, rel=0.01)
    for step in drawn.truth["steps"]:
        foot = drawn.joints[:, [INDEX[f"{step['side']}_{part}"] for part in ("heel", "toe")], 2].min(axis=1)
        at = round(step["t_s"] * 120)
        # Just before landing the foot is in the air, afterwards it stays on the belt.
        assert foot[at - 6] > foot[at + 2] + 0.005
        assert foot[at + 2 : at + 8] == pytest.approx(0.02, abs=0.001)


@pytest.mark.parametrize(("exercise", "dial", "moves", "limit", "also"), DIALS)
def test_a_dial_moves_its_own_quantity_beyond_the_limit(exercise, dial, moves, limit, also):
    clean, turned = angles_of(exercise), angles_of(exercise, **{dial: 1.0})
    assert (clean[moves] < limit) != (turned[moves] < limit)
    for name in set(clean) - {moves, *also}:
        size = 0.02 if abs(clean[name]) < 2 and "head_pitch" not in name and "line" not in name else 1.0
        assert turned[name] == pytest.approx(clean[name], abs=size), name


def test_valgus_and_shift_show_from_the_front():
    clean, valgus, shift = (
        angles_of("squat", view="front", **d) for d in ({}, {"knee_valgus": 1}, {"hip_shift": 1})
    )
    assert -15 < clean["knee_in_left"] < 5
    assert min(valgus["knee_in_left"], valgus["knee_in_right"]) > 25
    assert abs(clean["hip_shift"]) < 0.01
    assert abs(shift["hip_shift"]) > 0.18


def test_depth_and_haste_are_reported_per_repetition():
    truth = figure("squat", reps=3, depth=[1, 0.55, 1], too_fast=[0, 0, 1]).truth
    assert [rep["full"] for rep in truth["reps"]] == [True, False, True]
    assert truth["count"] == 2
    assert [fault["id"] for fault in truth["faults"]] == ["too_fast"]
    last = truth["reps"][2]
    assert last["end_s"] - last["start_s"] < 2.0


def test_an_unknown_dial_is_refused():
    with pytest.raises(ValueError, match=r"squat has no dial \['hip_sagg'\]"):
        figure("squat", hip_sagg=1.0)


def test_a_clip_is_written_with_the_same_bytes_again(tmp_path):
    script = dataclasses.replace(find("squat_side_clean").script, reps=0, lead_s=0.1, size=(160, 120))
    clip = Clip("short", "a moment of standing", script)
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        write(clip, folder)
    assert (first / "short.mp4").read_bytes() == (second / "short.mp4").read_bytes()
    assert (first / "short.truth.json").read_text() == (second / "short.truth.json").read_text()


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_committed_clips_are_small_and_named_as_generated(clip):
    committed = json.loads((CLIP_FOLDER / f"{clip.name}.truth.json").read_text(encoding="utf-8"))
    generated = json.loads(json.dumps(truth_of(clip, play(clip.script))))
    assert leaves(committed) == pytest.approx(leaves(generated), abs=0.002)
    assert (CLIP_FOLDER / f"{clip.name}.mp4").stat().st_size < 600_000


def leaves(value, path=""):
    """Nested lists and dictionaries as one flat dictionary, which pytest.approx can compare."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {k: v for name, item in items for k, v in leaves(item, f"{path}/{name}").items()}
    return {path: value}
