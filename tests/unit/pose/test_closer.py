"""People who are small in the picture: found in a part of it, in pixels of the whole."""

from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.apps import estimate as looking
from formcheck.apps.estimate import estimate
from formcheck.errors import NobodyError
from formcheck.pose import models
from formcheck.pose.closer import CropWindow, WindowEstimator, find_small
from formcheck.pose.looks import looks_of
from formcheck.pose.mediapipe import MediaPipeEstimator
from formcheck.sources.video import open_source
from formcheck.types import Frame
from tests.clips import write_clip

SAMPLE = Path(__file__).parents[3] / "sample_videos" / "running_clean.mp4"
SHRUNK, CANVAS = 0.25, (480, 854)


@pytest.fixture(scope="module")
def full(model_path):
    return models.load(model_path)


@pytest.fixture(scope="module")
def large():
    with open_source(SAMPLE) as source:
        return list(islice(source, 8))


def small(frame, at):
    """The frame as a small box, its corner ``at``, in a large grey picture."""
    rgb = cv2.resize(frame.rgb, None, fx=SHRUNK, fy=SHRUNK, interpolation=cv2.INTER_AREA)
    canvas = np.full((*CANVAS, 3), 60, np.uint8)
    canvas[at[1] : at[1] + rgb.shape[0], at[0] : at[0] + rgb.shape[1]] = rgb
    return Frame(canvas, frame.t, frame.index)


@pytest.mark.parametrize("at", [(0, 0), (310, 170), (694, 359)])
def test_a_small_runner_is_found_where_he_is(full, large, at):
    frames = [small(frame, at) for frame in large]
    with MediaPipeEstimator(full) as whole, MediaPipeEstimator(full) as reference:
        assert not any(whole.estimate(frame).found for frame in frames)  # else this proves nothing
        expected = [reference.estimate(frame).image * SHRUNK + at for frame in large]
    window = find_small(frames[::4], full)
    assert window is not None
    with WindowEstimator(MediaPipeEstimator(full), window) as estimator:
        poses = [estimator.estimate(frame) for frame in frames]
    body = [0, 11, 12, 23, 24, 27, 28]
    off = [
        np.linalg.norm(p.image[body] - e[body], axis=1).mean() for p, e in zip(poses, expected, strict=True)
    ]
    assert np.mean(off) < 4  # of a body of 80 pixels


def test_nobody_and_one_glimpse_are_no_window(full, large):
    blank = [Frame(np.full((*CANVAS, 3), 60, np.uint8), i / 30, i) for i in range(1)]
    assert find_small([], full) is None
    assert find_small(blank, full) is None
    assert find_small([*blank, small(large[0], (310, 170))], full) is None


def test_whoever_is_large_is_not_looked_at_closer(full, large):
    assert find_small(large[:2], full) is None


def test_one_who_is_seen_and_cannot_be_followed_gets_the_reason(tmp_path, model_path, monkeypatch):
    clip = write_clip(tmp_path / "far.mp4", frames=4)
    monkeypatch.setattr(looking, "find_small", lambda *_: CropWindow(8, 8, 40, 40))
    with (
        open_source(clip) as source,
        pytest.raises(NobodyError, match=r"far\.mp4: somebody is there, but too"),
    ):
        estimate(source, looks_of(str(model_path)))


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (640, 8), (60, 640)])
def test_what_is_too_small_to_be_cut_holds_nobody(full, size):
    assert find_small([Frame(np.full((*size, 3), 60, np.uint8), i / 30, i) for i in range(2)], full) is None
