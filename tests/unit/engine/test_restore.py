"""Raw looks become one body a frame: no lag, nothing invented, uneven looks and gaps as they are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.body.restore import BRIDGE_S, CUTOFF_HZ, restored, smoothed
from formcheck.types import Model
from formcheck.types.landmark import INDEX
from tests.figures import motion

SQUAT = motion("squat", reps=2, seed=3).poses
KNEE = INDEX["right_knee"]


def _only_looked(poses, looked):
    """What is left where just some frames were looked at."""
    rest = {name: getattr(poses, name).copy() for name in ("image", "world", "visibility")}
    for array in rest.values():
        array[~looked] = np.nan
    return replace(poses, **rest, looked=looked.astype(np.uint8))


def _away(a, b):
    """Largest distance of two sequences' landmarks, px."""
    return float(np.nanmax(np.linalg.norm(a.image - b.image, axis=-1)))


@pytest.mark.parametrize("hz", [0.5, 3.0, 6.0, 12.0])
def test_a_wave_keeps_the_share_that_is_promised_and_its_phase(hz):
    t = np.arange(0, 8, 1 / 120)
    wave = np.exp(2j * np.pi * hz * t)
    kept = smoothed(t, np.stack([wave.real, wave.imag], axis=-1), t) @ [1, 1j]
    middle = slice(240, -240)  # the ends know one side alone
    ratio = kept[middle] / wave[middle]
    assert np.abs(ratio.imag).max() < 0.01
    assert ratio.real == pytest.approx(1 / (1 + (hz / CUTOFF_HZ) ** 4), abs=0.01)


def test_what_moves_evenly_stays_at_uneven_times_too():
    t = np.sort(np.random.default_rng(1).uniform(0, 3, 60))
    x = np.stack([2 * t - 1, -t, 0 * t], axis=-1)
    assert smoothed(t, x, t) == pytest.approx(x, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_backward_is_the_same_as_forward(seed):
    rng = np.random.default_rng(seed)
    t = np.cumsum(rng.uniform(0.02, 0.1, 40))
    x = rng.normal(size=(40, 2))
    assert smoothed(-t[::-1], x[::-1], -t[::-1])[::-1] == pytest.approx(smoothed(t, x, t), abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(st.floats(0.2, 5), st.floats(-500, 500), st.floats(-500, 500))
def test_size_and_place_of_the_body_do_not_matter(size, right, down):
    moved = replace(SQUAT, image=SQUAT.image * size + np.array([right, down]))
    wanted = restored(SQUAT).image.astype(float) * size + np.array([right, down])
    assert restored(moved).image == pytest.approx(wanted, abs=0.01)


def test_noise_goes_and_the_movement_stays():
    noise = np.random.default_rng(5).normal(0, 3.0, SQUAT.image.shape)
    noisy = replace(SQUAT, image=SQUAT.image + noise)
    before, after = (np.std(poses.image - SQUAT.image) for poses in (noisy, restored(noisy)))
    assert after < 0.7 * before
    assert _away(restored(SQUAT), SQUAT) < 1.0


@pytest.mark.parametrize("every", [2, 3])
def test_frames_between_looks_are_filled_in(every):
    looked = np.arange(len(SQUAT)) % every == 0
    looked[-1] = True
    whole = restored(_only_looked(SQUAT, looked))
    assert whole.found.all()
    assert (whole.looked == 1).all()
    assert _away(whole, SQUAT) < 2.0


def test_what_is_filled_in_counts_as_the_nearest_looks():
    looked = np.zeros(len(SQUAT), np.uint8)
    looked[::3], looked[60::3] = 1, 2
    two = replace(_only_looked(SQUAT, looked > 0), looked=looked, others=(Model("heavy", ""),))
    assert restored(two).looked.tolist() == [1] * 59 + [2] * (len(SQUAT) - 59)


def test_what_is_filled_in_is_no_other_exchange_of_the_legs():
    run = motion("running", fps=60.0, duration_s=4.0).poses
    legs = [INDEX[f"{side}_{joint}"] for joint in ("knee", "ankle", "toe") for side in ("left", "right")]
    mixed = {name: getattr(run, name).copy() for name in ("image", "world", "visibility")}
    for array in mixed.values():
        array[100:112, legs] = array[100:112, np.roll(np.reshape(legs, (-1, 2)), 1, axis=1).ravel()]
    whole = restored(_only_looked(replace(run, **mixed), np.arange(len(run)) % 2 == 0))
    assert np.flatnonzero(np.diff(whole.exchanged.astype(int))).tolist() == [99, 111]


def test_the_frame_rate_does_not_matter():
    fast = motion("squat", reps=2, seed=3, fps=60.0).poses
    looked = np.arange(len(fast)) % 2 == 0
    slow = fast.only(looked)
    assert _away(restored(_only_looked(fast, looked)).only(looked), restored(slow)) < 0.1


def test_nobody_is_invented():
    t, n = SQUAT.t, len(SQUAT)
    lost = (t > 1.0) & (t < 1.3)
    gone = _only_looked(SQUAT, ~lost)
    nobody = restored(replace(gone, looked=np.ones(n, np.uint8)))  # looked at, and nobody there
    assert (nobody.found == ~lost).all()
    flicker = np.arange(n) % 2 == 0  # every other look finds nobody: what is left is still one movement
    half = restored(replace(_only_looked(SQUAT, flicker), looked=np.ones(n, np.uint8)))
    assert (half.found == flicker).all()
    assert half.image[flicker] == pytest.approx(restored(SQUAT).image[flicker], abs=0.5)
    assert restored(gone).found.all()  # not looked at
    long = (t > 1.0) & (t < 1.1 + BRIDGE_S)
    assert (restored(_only_looked(SQUAT, ~long)).found == ~long).all()
    ends = (t > 0.5) & (t < 2.0)
    assert (restored(_only_looked(SQUAT, ends)).found == ends).all()


def test_a_single_look_stays_as_it_is():
    one = np.arange(len(SQUAT)) == 7
    whole = restored(_only_looked(SQUAT, one))
    assert (whole.found == one).all()
    assert whole.image[7] == pytest.approx(SQUAT.image[7])


def test_a_landmark_that_is_missing_for_a_while_is_not_filled_in():
    image = SQUAT.image.copy()
    image[20:30, KNEE] = np.nan
    image[:, INDEX["left_pinky"]] = np.nan
    whole = restored(replace(SQUAT, image=image)).image
    assert (np.isnan(whole) == np.isnan(image)).all()
    seen = ~np.isnan(image)
    assert whole[seen] == pytest.approx(SQUAT.image[seen], abs=2.0)


def test_a_clip_without_anybody_stays_without():
    nobody = SQUAT.image * np.nan
    assert not restored(replace(SQUAT, image=nobody)).found.any()
