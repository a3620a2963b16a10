"""The lab: strangers' truth is exact, and what the simulated sensor adds is what was fitted."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine.recording import judge_recording
from formcheck.types.landmark import INDEX
from sample_videos.drawn.rig import THIGH, Rig
from validation.lab.distractors import on_floor
from validation.lab.fit import figures
from validation.lab.others import OTHERS
from validation.lab.report import folded, share, source_of
from validation.lab.sensor import Errors, Fitted, fitted, group_of, seen
from validation.lab.strangers import KINDS, NONE, stranger
from validation.learn.varied import varied


def _only(**words: float) -> Fitted:
    """A sensor that makes these errors alone, of seen and hidden landmarks alike."""
    none = dict.fromkeys(
        ("offset", "noise", "noise_spread", "bursts", "speed_s", "follows", "pull", "depth"), 0.0
    )
    one = Errors(**none | {"lasts_s": 0.1, "visibility": 5.0, "visibility_sd": 0.0} | words)
    groups = dict.fromkeys({group_of(f"left_{g}") for g in fitted().errors["seen"]} | {"head", "hand"}, one)
    return replace(fitted(), spread=0.0, exchanged=0.0, lost=0.0, errors={"seen": groups, "hidden": groups})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_whole_looks_and_a_truth_that_lies_in_them(kind):
    poses, truth = stranger(kind, 3)
    assert np.isfinite(poses.image[poses.found]).all()
    assert np.isfinite(poses.world[poses.found]).all()
    assert 0 <= truth.start_s < truth.end_s <= poses.t[-1] + 1e-6
    assert all(truth.start_s <= start < end <= truth.end_s for start, end, _ in truth.reps)
    assert (truth.exercise == NONE) == (kind == NONE)


def test_a_seed_is_always_the_same_stranger():
    (first, truth), (again, same) = stranger("squat", 5), stranger("squat", 5)
    assert truth == same
    np.testing.assert_array_equal(first.image, again.image)


@pytest.mark.parametrize("play", OTHERS, ids=lambda play: play.__name__)
def test_exercises_of_others_move_a_whole_body_on_the_floor(play):
    t = np.arange(90) / 30
    joints = on_floor(Rig(play(np.random.default_rng(4), t)).joints())
    thigh = np.linalg.norm(joints[:, INDEX["left_knee"]] - joints[:, INDEX["left_hip"]], axis=1)
    np.testing.assert_allclose(thigh, THIGH, atol=1e-6)
    np.testing.assert_allclose(joints[..., 2].min(axis=1), 0.0, atol=1e-9)


def test_a_camera_anywhere_sees_the_same_movement_from_elsewhere():
    (near, truth), (far, same) = (stranger("squat", 2, perfect=True, anywhere=a) for a in (False, True))
    assert [end - start for start, end, _ in truth.reps] == [end - start for start, end, _ in same.reps]
    assert np.abs(near.image[: len(far)] - far.image[: len(near)]).max() > 1


def test_a_varied_take_hides_what_was_hidden_and_keeps_the_order_of_time():
    poses, _ = stranger("squat", 4)
    other = varied(poses, np.random.default_rng(1))
    np.testing.assert_array_equal(np.isnan(other.image), np.isnan(poses.image))
    assert (np.diff(other.t) > 0).all()
    assert np.nanmax(np.abs(other.image - poses.image)) > 1


@pytest.mark.parametrize("kind", ["squat", "lunge", "push_up"])
def test_a_perfect_sensor_counts_right(kind):
    poses, truth = stranger(kind, 2, perfect=True)
    assert judge_recording(poses, kind).summary.attempts == truth.attempts


def test_a_sensor_without_errors_changes_no_place():
    true, _ = stranger("squat", 1, perfect=True)
    np.testing.assert_allclose(seen(true, np.random.default_rng(0), by=_only()).image, true.image, atol=1e-3)


def test_what_is_constant_is_no_unrest_and_the_other_way_round():
    true, _ = stranger("front_raise", 1, perfect=True)
    rng = np.random.default_rng(0)
    constant = figures(true, seen(true, rng, by=_only(offset=0.1)))
    restless = figures(true, seen(true, rng, by=_only(noise=0.1)))
    # The mean length of two normal numbers is 1.25 standard deviations.
    assert constant["offset's share"] == pytest.approx(1.0, abs=0.01)
    assert constant["mean"] == pytest.approx(0.125, rel=0.35)
    assert restless["offset's share"] < 0.1
    assert restless["mean"] == pytest.approx(0.125, rel=0.1)
    assert restless["fades in, s"] == pytest.approx(0.1, rel=0.3)


def test_what_follows_goes_astray_with_its_joint():
    true, _ = stranger("calf_raise", 1, perfect=True)

    def apart(follows: float) -> float:
        by, heel = _only(noise=0.1), _only(noise=0.1, follows=follows).errors["seen"]["heel"]
        kinds = {kind: groups | {"heel": heel} for kind, groups in by.errors.items()}
        error = seen(true, np.random.default_rng(0), by=replace(by, errors=kinds)).image - true.image
        return float(np.std(error[:, INDEX["left_heel"]] - error[:, INDEX["left_ankle"]]))

    assert apart(1.0) < 1e-3 * apart(0.0)
    assert apart(0.8) == pytest.approx(np.sqrt(1 - 0.8) * apart(0.0), rel=0.1)


def test_sources_are_never_in_both_halves():
    names = [f"corpus/owner{k}__repo__{clip}" for k in range(5) for clip in range(3)]
    halves = [set(map(source_of, folded(names, fold))) for fold in (0, 1)]
    assert not halves[0] & halves[1]
    assert len(halves[0] | halves[1]) == 5


def test_a_share_has_wilsons_interval():
    assert share([True] * 9 + [False]) == "9 of 10 (60% to 98%)"
    assert share([]) == ""
