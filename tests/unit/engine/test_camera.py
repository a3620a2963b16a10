"""How the camera was held, from shifts of the background made by hand."""

import numpy as np
import pytest

from formcheck.engine.capture.camera import CAMERA_UNKNOWN, CameraMotion, camera_motion, seen_by_ground

SCALE_PX = 100.0
T = np.arange(300) / 30.0


def shift(right=0.0, down=0.0):
    """(T, 2) px a frame, from the background's way in trunk lengths over time."""
    way = np.stack([right + 0 * T, down + 0 * T], axis=-1) * SCALE_PX
    return np.diff(way, axis=0, prepend=way[:1])


def held(moved):
    return camera_motion(T, moved, SCALE_PX)


def test_a_background_that_stays_is_a_fixed_camera():
    assert held(shift()) == CameraMotion("fixed")


def test_noise_of_less_than_a_pixel_is_a_fixed_camera():
    noise = np.random.default_rng(0).normal(0.0, 0.002, (2, len(T)))
    assert held(shift(*noise)) == CameraMotion("fixed")


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize(("s_per_s", "name"), [(0.04, "fixed"), (0.06, "moving"), (3.0, "moving")])
def test_a_pan_however_slow_moves_once_it_has_gone_half_a_trunk(s_per_s, name, sign):
    assert held(shift(right=sign * s_per_s * T)).name == name
    assert held(shift(down=sign * s_per_s * T)).name == name


def test_a_camera_that_goes_to_and_fro_fast_moves_though_it_never_gets_far():
    assert held(shift(right=0.2 * np.sin(2 * np.pi * T))).name == "moving"


def test_one_knock_is_no_pan():
    knocked = shift()
    knocked[150] = (0.3 * SCALE_PX, 0.0)
    assert held(knocked).name == "fixed"


@pytest.mark.parametrize(("height", "shakes"), [(0.02, True), (0.01, False)])
def test_only_up_and_down_is_a_shake(height, shakes):
    bounce = height * np.sin(2 * np.pi * 3.0 * T)
    assert held(shift(down=bounce)) == CameraMotion("fixed", shakes)
    assert held(shift(right=bounce)) == CameraMotion("fixed")


def test_a_slow_drift_is_no_shake():
    assert held(shift(down=0.03 * T)) == CameraMotion("fixed")


def test_of_a_clip_shorter_than_a_drift_the_shake_is_reported():
    down = shift(down=0.02 * np.sin(2 * np.pi * 3.0 * T))
    assert camera_motion(T[:20], down[:20], SCALE_PX) == CameraMotion("fixed", shakes=True)


def test_pixels_count_by_the_size_of_the_body():
    down = shift(down=0.02 * np.sin(2 * np.pi * 3.0 * T))
    assert not camera_motion(T, down, 10 * SCALE_PX).shakes


@pytest.mark.parametrize(("every", "name"), [(3, "moving"), (1, "unknown")])
def test_rows_that_are_not_known_are_passed_over_until_most_are(every, name):
    pan = shift(right=1.0 * T)
    pan[::every, 0] = np.nan
    assert held(pan).name == name


def test_a_fixed_camera_stays_fixed_where_a_third_is_not_known():
    moved = shift()
    moved[::3] = np.nan
    assert held(moved) == CameraMotion("fixed")


@pytest.mark.parametrize("scale", [np.nan, 0.0])
def test_without_a_body_nothing_is_reported(scale):
    assert camera_motion(T, shift(), scale) == CAMERA_UNKNOWN


@pytest.mark.parametrize("frames", [0, 1])
def test_a_single_picture_tells_nothing(frames):
    assert camera_motion(T[:frames], shift()[:frames], SCALE_PX) == CAMERA_UNKNOWN


def ground(moved):
    """Feet that are lifted by .3 trunks between steps of .36 s, ``moved`` (T,) by the camera."""
    return seen_by_ground(T, moved + 0.3 * np.abs(np.sin(np.pi * T / 0.36)))


def test_ground_that_keeps_its_height_shows_a_camera_that_stands():
    noise = np.random.default_rng(0).normal(0.0, 0.01, len(T))
    assert ground(noise) == CameraMotion("fixed")
    hidden = np.where(np.arange(len(T)) % 4 == 0, np.nan, noise)
    assert ground(hidden) == CameraMotion("fixed")


@pytest.mark.parametrize("moved", [0.2 * np.sin(T), 0.05 * T, np.nan * T, np.where(T < 2.0, 0.0, np.nan)])
def test_ground_that_moves_or_is_hardly_seen_shows_nothing(moved):
    assert ground(moved) == CAMERA_UNKNOWN
