"""The figures of the sensor bench on errors that are known."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.types.landmark import COUNT, INDEX, MIRROR
from sample_videos.drawn import motion
from validation.sensor.rows import Scored
from validation.sensor.score import JOINTS, Run, exchanged, lags, score
from validation.sensor.sights import OLD
from validation.sensor.signal_table import _entry
from validation.sensor.suite import FAMILIES, TAKES
from validation.sensor.table import Of

LEGS = ("knee", "ankle")


@pytest.fixture(scope="module")
def run():
    return motion("running", fps=60.0, duration_s=4.0, facing="right")


def figures(run, image, doubt=np.nan):
    true, doubts = run.poses.image.astype(float), np.broadcast_to(doubt, image.shape[:2])
    return score(run.poses.t, image, true, 100.0, run=Run("right", 1.0, 1.5, 3.5), doubt=doubts)


def test_truth_has_no_error(run):
    row = figures(run, run.poses.image.astype(float))
    assert (row.mean, row.p95, row.fast, row.own, row.legs, row.arms, row.trunk, row.knee) == (0,) * 8
    assert row.found == 1
    assert np.abs(row.lags).max() < 1e-6


def test_constant_offset_is_error_but_not_its_own(run):
    row = figures(run, run.poses.image + np.array([3.0, 4.0]))
    assert row.mean == pytest.approx(0.05, abs=1e-5)
    assert row.own == pytest.approx(0, abs=1e-5)
    assert row.knee == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("late_s", [-0.03, 0.042])
def test_late_bodies_lag_by_as_much(run, late_s):
    t, true = run.poses.t, run.poses.image.astype(float)
    late = np.stack([np.interp(t - late_s, t, column) for column in true.reshape(len(t), -1).T], axis=-1)
    found = lags(t, late.reshape(true.shape), true, 100.0)
    assert len(found) >= 4
    np.testing.assert_allclose(found, 1000 * late_s, atol=2.5)


def test_still_joints_say_nothing_of_lag(run):
    still = np.broadcast_to(run.poses.image[60].astype(float), run.poses.image.shape)
    assert lags(run.poses.t, still, still, 100.0) == ()


def test_exchanged_legs_are_counted_where_they_are_apart(run):
    true = run.poses.image.astype(float)
    image = true.copy()
    image[100:150] = true[100:150][:, MIRROR]
    shows = np.zeros(len(true), bool)
    for name in LEGS:
        left, right = (true[:, INDEX[f"{side}_{name}"]] for side in ("left", "right"))
        shows |= np.linalg.norm(left - right, axis=1) > 25
    expected = shows[100:150].sum() / shows.sum()
    assert 0 < expected < 1
    assert exchanged(image, true, 100.0, LEGS) == pytest.approx(expected)


def test_knee_is_read_between_the_first_landing_and_the_last(run):
    before, while_running = (run.poses.image.astype(float).copy() for _ in range(2))
    t = run.poses.t
    before[t < 1.4] = run.poses.image[0] * 1.1
    while_running[(t > 2) & (t < 3)] = run.poses.image[0]
    assert figures(run, before).knee == pytest.approx(0, abs=0.01)
    assert figures(run, while_running).knee > 10


def test_missing_bodies_are_found_less_often_and_bring_no_error(run):
    image = run.poses.image.astype(float).copy()
    image[: len(image) // 4] = np.nan
    row = figures(run, image)
    assert row.found == pytest.approx(0.75, abs=0.01)
    assert row.mean == 0


def test_doubt_is_kept_where_landmarks_said_to_be_near_are(run):
    image = run.poses.image.astype(float).copy()
    image[: len(image) // 2] += 20.0  # .28 trunk lengths
    doubt = np.full((len(image), COUNT), 0.05)
    doubt[:, INDEX["left_wrist"]] = 0.3
    row = figures(run, image, doubt=doubt)
    assert row.said == len(image) * (len(JOINTS) - 1)
    assert row.kept / row.said == pytest.approx(0.5, abs=0.01)


def test_unknown_doubt_says_nothing(run):
    assert figures(run, run.poses.image.astype(float)).said == 0


def scored(clip, sight, row, mean, cpu_ms=20.0):
    kept = replace(row, mean=mean)
    return Scored(
        clip, sight, "running", "model", "studio", "phone", "side", 60.0, cpu_ms, cpu_ms / 20.0, kept
    )


def test_ratio_compares_the_same_clips(run):
    row = figures(run, run.poses.image.astype(float))
    rows = [scored("a", OLD, row, 0.1), scored("b", OLD, row, 0.2), scored("c", OLD, row, 9.0)]
    rows += [scored("a", "new", row, 0.05, 10.0), scored("b", "new", row, 0.10, 30.0)]
    of = Of(rows, "new")
    assert of.n == 2
    assert of.mean("mean") == pytest.approx(0.075)
    assert of.ratio("mean").value == pytest.approx(0.5)
    assert of.ratio("mean").low == pytest.approx(0.5)
    price = of.price()
    assert price.value == pytest.approx(1.0)
    assert (price.low, price.high) == pytest.approx((0.5, 1.5))


def test_entry_of_a_signal_finds_gain_bias_and_rest():
    rng = np.random.default_rng(0)
    pairs = []
    for offset in (-2.0, 0.0, 2.0, 4.0):
        true = 40 + 30 * np.sin(np.linspace(0, 12, 400))
        pairs.append((0.9 * (true - true.mean()) + true.mean() + offset + rng.normal(0, 1.5, 400), true))
    entry = _entry("knee_flexion.near", "side", "squat", pairs)
    assert entry.gain == pytest.approx(0.9, abs=0.01)
    assert entry.bias == pytest.approx(1.0, abs=0.1)
    assert entry.between == pytest.approx(np.std([-2, 0, 2, 4], ddof=1), abs=0.1)
    assert entry.sd == pytest.approx(1.5, abs=0.1)


def test_suite_covers_every_family_with_people_and_scenes_to_split_by():
    assert len(TAKES) >= 60
    assert len({take.name for take in TAKES}) == len({take.key for take in TAKES}) == len(TAKES)
    assert sum(take.clip.script.fps == 60 for take in TAKES) >= 12
    exercises = {exercise for family in FAMILIES.values() for exercise in family}
    assert {take.clip.script.exercise for take in TAKES} == exercises
    for family in FAMILIES:
        own = [take for take in TAKES if take.family == family]
        assert len({take.person for take in own}) >= 3
        assert len({take.scene for take in own}) >= 3
