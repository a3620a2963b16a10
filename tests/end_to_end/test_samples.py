"""The whole way, pixels to verdict, with the real landmarker on every drawn sample."""

import pytest

from validation.samples import SAMPLES, judge_sample

CLIPS = sorted(path.stem for path in SAMPLES.glob("*.mp4"))


def test_there_are_samples():
    assert len(CLIPS) >= 8


@pytest.mark.parametrize("name", CLIPS)
def test_counts_are_exact_and_only_planted_faults_are_found(name, model_path):
    row = judge_sample(SAMPLES / f"{name}.mp4")

    assert row.count_exact
    assert row.cadence_error <= 0.01
    assert row.missed == []
    assert [fault for fault in row.invented if row.truth["faults"] == [] or "error" in fault] == []
