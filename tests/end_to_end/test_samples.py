"""The whole way, pixels to verdict, with the real landmarker: each planted fault, each way of moving once.

`make validate` judges all samples; from landmarks on, tests/exercises tries every exercise and every fault.
"""

import json

import pytest

from validation.samples import SAMPLES, judge_sample

FAULTY = (
    "bird_dog_arch",
    "plank_sag",
    "push_up_pike",
    "running_head_forward",
    "squat_front_valgus",
    "squat_side_shallow",
)
#: Of the rest, one for each way of moving that none of the faulty ones shows.
OTHERS = (
    "jumping_jack",
    "mountain_climber",
    "pull_up",
    "side_plank_hold",
    "single_leg_bridge",
    "supine_twist",
)


def test_every_planted_fault_is_among_them():
    planted = {
        path.name.removesuffix(".truth.json")
        for path in SAMPLES.glob("*.truth.json")
        if json.loads(path.read_text())["faults"]
    }
    assert planted <= set(FAULTY)


@pytest.mark.parametrize("name", [*FAULTY, *OTHERS])
def test_counts_are_exact_and_only_planted_faults_are_found(name, model_path):
    row = judge_sample(SAMPLES / f"{name}.mp4")

    assert row.count_exact
    assert row.cadence_error <= 0.01
    assert row.missed == []
    assert row.invented == []
