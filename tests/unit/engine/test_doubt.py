"""What may be wrong is doubted: what shakes, what is hidden, who lies; whatever the size, place and rate."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.body.doubt import APART_S, FAST, WINDOW_S, doubt_of, shaking, signs_of
from formcheck.engine.body.restore import order_of, restored, with_doubt
from formcheck.sensor import profile_for
from formcheck.types.landmark import COUNT, INDEX, MIRROR
from formcheck.types.pose import Model
from tests.figures import figure

SQUAT = figure("squat", reps=2, seed=3).poses
KNEE, WRIST = INDEX["left_knee"], INDEX["left_wrist"]
HEAVY = Model("heavy", "")


def shaken(poses, px, seed=0):
    """The same with errors of every look and landmark of its own."""
    return replace(poses, image=poses.image + np.random.default_rng(seed).normal(0, px, poses.image.shape))


NOISY = shaken(SQUAT, 2.0)


def looks(poses, kept):
    """The same with nobody in the other frames, as nobody looked."""
    arrays = {name: getattr(poses, name).copy() for name in ("image", "world", "visibility")}
    for array in arrays.values():
        array[~kept] = np.nan
    return replace(poses, **arrays, looked=kept.astype(np.uint8))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_what_moves_smoothly_does_not_shake_at_uneven_times_either(seed):
    rng = np.random.default_rng(seed)
    t = np.cumsum(rng.uniform(0.02, 0.1, 40))
    smooth = np.polyval(rng.normal(size=4), t)[:, None] + 1j * t[:, None] ** 5
    assert shaking(t, smooth) == pytest.approx(np.zeros((40, 1)), abs=1e-8)


@pytest.mark.parametrize("rate", [12, 30, 60])
def test_shaking_is_the_size_of_the_errors_at_every_rate(rate):
    t = np.arange(0, 60, 1 / rate)
    errors = np.random.default_rng(rate).normal(0, 1e-3, (2, len(t), COUNT))
    slow = 0.05 * np.sin(t)[:, None] * np.ones(COUNT)
    found = shaking(t, slow + errors[0] + 1j * errors[1])
    assert np.sqrt((found**2).mean()) == pytest.approx(1e-3 * np.sqrt(2), rel=0.05)


def test_of_a_fast_limb_half_of_the_shaking_counts():
    t = np.arange(0, 3, 1 / 30)
    errors = np.random.default_rng(1).normal(0, 1e-3, (len(t), 1))
    still, fast = (shaking(t, errors + 1j * speed * t[:, None]) for speed in (0.0, FAST))
    assert fast == pytest.approx(still / 2, rel=0.03)


def test_a_joint_that_jumps_is_doubted_and_no_other():
    image = NOISY.image.copy()
    jump = len(SQUAT) // 2
    image[jump, KNEE] += 60
    before, after = doubt_of(NOISY), doubt_of(replace(NOISY, image=image))
    assert after[jump, KNEE] > 1.4 * before[jump, KNEE]
    others = np.arange(COUNT) != KNEE
    np.testing.assert_array_equal(after[:, others], before[:, others])
    far = np.abs(SQUAT.t - SQUAT.t[jump]) > WINDOW_S
    np.testing.assert_allclose(after[far, KNEE], before[far, KNEE], rtol=1e-5)


def test_what_is_less_visible_is_doubted_more():
    visibility = NOISY.visibility.copy()
    visibility[:, WRIST] = 0.2
    before, after = doubt_of(NOISY), doubt_of(replace(NOISY, visibility=visibility))
    assert (after[:, WRIST] > before[:, WRIST]).all()
    np.testing.assert_array_equal(np.delete(after, WRIST, axis=1), np.delete(before, WRIST, axis=1))


def test_who_lies_is_doubted_more_than_who_stands():
    turned = replace(SQUAT, image=SQUAT.image[..., ::-1])
    table, lies, stands = profile_for(SQUAT.model).doubt, signs_of(turned).lying, signs_of(SQUAT).lying
    assert (lies[:10] > 0.95).all()
    assert (stands[:10] < 0.3).all()
    more = (table.smoothed * table.lying) ** 2 * (lies**2 - stands**2)
    assert doubt_of(turned) ** 2 - doubt_of(SQUAT) ** 2 == pytest.approx(more * np.ones(COUNT), abs=1e-4)


@settings(max_examples=10, deadline=None)
@given(st.floats(0.3, 4), st.floats(-500, 500), st.floats(-500, 500))
def test_size_and_place_do_not_matter(size, right, down):
    moved = replace(NOISY, image=NOISY.image * size + np.array([right, down]))
    assert doubt_of(moved) == pytest.approx(doubt_of(NOISY), rel=1e-3)


def test_a_mirrored_body_is_doubted_alike():
    mirrored = {name: getattr(NOISY, name)[:, MIRROR].copy() for name in ("image", "world", "visibility")}
    mirrored["image"][..., 0] *= -1
    mirrored["world"][..., 0] *= -1
    assert doubt_of(replace(NOISY, **mirrored)) == pytest.approx(doubt_of(NOISY)[:, MIRROR], rel=1e-3)


def test_half_of_the_looks_are_doubted_about_as_all():
    kept = np.arange(len(NOISY)) % 2 == 0
    some = doubt_of(looks(NOISY, kept))
    assert np.isnan(some[~kept]).all()
    assert np.median(some[kept] / doubt_of(NOISY)[kept]) == pytest.approx(1.0, abs=0.1)


def test_too_few_looks_tell_nothing_and_no_gap_is_looked_across():
    assert np.isnan(doubt_of(NOISY.rows(slice(0, 6)))).all()
    assert np.isfinite(doubt_of(NOISY.rows(slice(0, 7)))).all()
    late = NOISY.t + np.where(np.arange(len(NOISY)) >= 4, 1.1 * APART_S, 0.0)
    assert np.isnan(shaking(late[:10], NOISY.image[:10, :, 0] + 0j)).all()


def test_nobody_and_a_landmark_that_is_never_found_are_not_doubted():
    assert np.isnan(doubt_of(looks(NOISY, np.zeros(len(NOISY), np.bool_)))).all()
    image = NOISY.image.copy()
    image[:, WRIST] = np.nan
    doubt = doubt_of(replace(NOISY, image=image))
    assert np.isnan(doubt[:, WRIST]).all()
    assert np.isfinite(np.delete(doubt, WRIST, axis=1)).all()


def test_each_look_is_doubted_as_its_own_model_errs():
    looked = np.where(np.arange(len(NOISY)) % 2, 2, 1).astype(np.uint8)
    both = doubt_of(replace(NOISY, looked=looked, others=(HEAVY,)))
    np.testing.assert_array_equal(both[::2], doubt_of(NOISY)[::2])
    np.testing.assert_array_equal(both[1::2], doubt_of(replace(NOISY, model=HEAVY))[1::2])
    assert profile_for(HEAVY).doubt != profile_for(NOISY.model).doubt


def test_what_the_model_smoothed_itself_is_doubted_more():
    factor = profile_for(NOISY.model).doubt.smoothed
    raw, smoothed = (doubt_of(replace(NOISY, clock=clock)) for clock in ("raw", "smoothed"))
    assert smoothed == pytest.approx(factor * raw, rel=1e-5)
    np.testing.assert_array_equal(
        doubt_of(NOISY), smoothed
    )  # so did MediaPipe where nobody said how it was asked


def test_a_body_that_stands_still_shakes_not_at_all_and_is_doubted_all_the_same():
    still = replace(SQUAT, image=np.repeat(SQUAT.image[:1], len(SQUAT), axis=0))
    assert signs_of(still).shaking.max() < 1e-6
    assert doubt_of(still).min() > 0.03


def test_a_restored_recording_carries_doubt_into_every_frame():
    kept = np.arange(len(NOISY)) % 3 == 0
    kept[-1] = True
    some = looks(NOISY, kept)
    whole = restored(some).doubt
    assert np.isfinite(whole).all()
    assert whole[kept] == pytest.approx(doubt_of(some)[kept])


def test_looks_are_doubted_as_they_will_be_once_left_and_right_are_put_right():
    lunge = shaken(figure("lunge", reps=2, duration_s=8.0).poses, 1.0)
    ankles = lunge.image[:, INDEX["left_ankle"], 0] - lunge.image[:, INDEX["right_ankle"], 0]
    apart = int(np.abs(ankles[10:-10]).argmax()) + 10
    exchanged, rows = lunge.image.copy(), slice(apart, apart + 5)
    legs = [
        INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("knee", "ankle", "heel", "toe")
    ]
    exchanged[rows, legs] = exchanged[rows, MIRROR[legs]]
    raw = with_doubt(replace(lunge, image=exchanged))
    moved = order_of(raw) != np.arange(COUNT)
    assert moved[rows][:, legs].all()
    assert raw.doubt[~moved] == pytest.approx(doubt_of(lunge)[~moved], rel=0.01)
    np.testing.assert_allclose(raw.doubt[rows, legs], doubt_of(lunge)[rows, MIRROR[legs]], rtol=0.01)
    np.testing.assert_array_equal(raw.image, exchanged.astype(np.float32))


def test_doubt_that_came_with_the_recording_is_kept():
    known = replace(NOISY, doubt=np.full((len(NOISY), COUNT), 0.123))
    assert restored(known).doubt == pytest.approx(np.full((len(NOISY), COUNT), 0.123))
