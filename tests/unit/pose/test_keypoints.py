"""Points of another pose model become the engine's landmarks: each in its place, what lacks is missing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.pose.keypoints import KeypointSet
from formcheck.types import Model, SourceInfo
from formcheck.types.landmark import COUNT, INDEX, NAMES

SOURCE, MODEL = SourceInfo("clip", "video", 640, 480), Model("mine", "0" * 64)
THREE = KeypointSet(("left_hip", "neck", "nose"))


@given(st.integers(1, COUNT), st.integers(0, 2**32 - 1))
def test_every_point_comes_to_its_landmark_and_nothing_else_does(k, seed):
    names = tuple(np.random.default_rng(seed).permutation(NAMES)[:k].tolist())
    points = KeypointSet(names)
    image = np.arange(2 * 2 * k, dtype=np.float32).reshape(2, k, 2)
    visibility, world = image[..., 0] / 100, np.arange(2 * 3 * k, dtype=np.float32).reshape(2, k, 3)
    poses = points.sequence(np.array([0.0, 1.0]), image, visibility, world, source=SOURCE, model=MODEL)
    at = [INDEX[name] for name in names]
    np.testing.assert_array_equal(poses.image[:, at], image)
    np.testing.assert_array_equal(poses.world[:, at], world)
    np.testing.assert_array_equal(poses.visibility[:, at], visibility)
    assert poses.lacks == points.lacks == tuple(name for name in NAMES if name not in names)
    others = [INDEX[name] for name in points.lacks]
    assert np.isnan(poses.image[:, others]).all()
    assert np.isnan(poses.world[:, others]).all()
    assert (poses.visibility[:, others] == 0).all()
    for i, pose in enumerate(poses):
        alone = points.pose(pose.t, image[i], visibility[i], world[i])
        for name in ("image", "world", "visibility"):
            np.testing.assert_array_equal(getattr(alone, name), getattr(pose, name))


def test_without_visibility_what_was_found_is_sure():
    image = np.array([[1.0, 2.0], [3.0, 4.0], [np.nan, np.nan]])
    pose = THREE.pose(0.5, image)
    assert pose.found
    assert pose.visibility[INDEX["left_hip"]] == 1
    assert pose.visibility[INDEX["nose"]] == 0
    assert np.isnan(pose.world).all()


def test_nobody_is_nobody():
    pose = THREE.pose(0.0, np.full((3, 2), np.nan), np.zeros(3))
    assert not pose.found
    assert np.isnan(pose.visibility).all()
    poses = THREE.sequence(np.zeros(1), np.full((1, 3, 2), np.nan), source=SOURCE, model=MODEL)
    assert poses.found.tolist() == [False]
    assert poses.lacks == ()  # where nobody is, nothing is known of the model


def test_somebody_without_a_nose_is_somebody():
    headless = KeypointSet(("left_hip",))
    image = np.array([[[1.0, 2.0]], [[np.nan, np.nan]]])
    poses = headless.sequence(np.array([0.0, 1.0]), image, source=SOURCE, model=MODEL)
    assert poses.found.tolist() == [True, False] == [pose.found for pose in poses]


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("nose", "left_hip", "nose"), "nose stands there twice"),
        (("head",), "none is a landmark"),
    ],
)
def test_a_set_that_says_nothing_is_refused(names, why):
    with pytest.raises(ValueError, match=why):
        KeypointSet(names)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"image": np.zeros((2, 4, 2))}, "image"),
        ({"image": np.zeros((2, 3, 3))}, "image"),
        ({"visibility": np.zeros((2, 4))}, "visibility"),
        ({"world": np.zeros((2, 3, 2))}, "world"),
    ],
)
def test_what_does_not_fit_is_named(changed, name):
    arrays = {"image": np.zeros((2, 3, 2)), "visibility": np.ones((2, 3)), **changed}
    with pytest.raises(ValueError, match=f"^{name}: expected shape"):
        THREE.sequence(np.array([0.0, 1.0]), **arrays, source=SOURCE, model=MODEL)
