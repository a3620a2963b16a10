"""The whole way, pixels to verdict, with the real landmarker: each planted fault, each way of moving once.

`make validate` judges all samples to their ends; from landmarks on, tests/exercises tries every exercise and
every fault.
"""

import json

import pytest

from validation.samples import SAMPLES, judge_sample

#: The second up to which each clip is looked at: until its fault has been seen; None is all of it.
FAULTY = {
    "bird_dog_arch": 13.6,
    "plank_sag": 11.5,
    "push_up_pike": 10.2,
    "running_head_forward": None,
    "squat_front_valgus": 8.2,
    "squat_side_shallow": 15.6,
}
#: Of the rest, one for each way of moving that none of the faulty ones shows.
OTHERS = {
    "jumping_jack": None,
    "mountain_climber": None,
    "pull_up": 7.4,
    "side_plank_hold": 6.0,
    "single_leg_bridge": 10.4,
    "supine_twist": 6.0,
}


def test_every_planted_fault_is_among_them():
    planted = {
        path.name.removesuffix(".truth.json")
        for path in SAMPLES.glob("*.truth.json")
        if json.loads(path.read_text())["faults"]
    }
    assert planted <= set(FAULTY)


@pytest.mark.parametrize(("name", "end"), [*FAULTY.items(), *OTHERS.items()])
def test_counts_are_exact_and_only_planted_faults_are_found(name, end, model_path):
    row = judge_sample(SAMPLES / f"{name}.mp4", end)

    assert row.truth["faults"] or name not in FAULTY or row.truth["count"] < len(row.truth["reps"])
    assert row.count_exact
    assert row.cadence_error <= 0.01
    assert row.missed == []
    assert row.invented == []
