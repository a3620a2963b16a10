import io
import zipfile
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import ModelError
from formcheck.pose import bundle, models
from formcheck.pose.estimator import Estimator
from formcheck.pose.mediapipe import MediaPipeEstimator
from formcheck.pose.subject import count_people
from formcheck.sources.video import open_source
from formcheck.types import Frame
from formcheck.types.landmark import COUNT

SAMPLE = Path(__file__).parents[3] / "sample_videos" / "running_clean.mp4"


@pytest.fixture(scope="module")
def full(model_path):
    return models.load(model_path)


@pytest.fixture(scope="module")
def frames():
    with open_source(SAMPLE) as source:
        return list(islice(source, 12))


def blank(t, size=(48, 64)):
    return Frame(np.full((*size, 3), 90, np.uint8), t, 0)


def test_a_person_is_found_in_pixels_and_metres(full, frames, capfd):
    with MediaPipeEstimator(full) as estimator:
        poses = [estimator.estimate(frame) for frame in frames]
    assert isinstance(estimator, Estimator)
    assert estimator.model == full.model
    assert [pose.t for pose in poses] == [frame.t for frame in frames]
    pose = poses[-1]
    height, width = frames[0].rgb.shape[:2]
    assert pose.found
    assert pose.image.shape == (COUNT, 2)
    assert pose.world.shape == (COUNT, 3)
    assert {a.dtype for a in (pose.image, pose.world, pose.visibility)} == {np.dtype(np.float32)}
    middle = pose.image[[11, 12, 23, 24]].mean(axis=0)
    assert (middle > [0.1 * width, 0.1 * height]).all()
    assert (middle < [0.9 * width, 0.9 * height]).all()
    assert (
        pose.image[0, 1] < pose.image[23, 1] < pose.image[[29, 30], 1].max()
    )  # y runs down: head, hip, heel
    assert np.abs(pose.world[[23, 24]].mean(axis=0)).max() < 0.05
    assert pose.visibility.min() >= 0
    assert pose.visibility.max() <= 1
    assert capfd.readouterr().err == ""


def test_nobody_is_nan_and_chatter_is_kept_away(full, capfd):
    with MediaPipeEstimator(full, people=2) as estimator:
        poses = [estimator.estimate(blank(i / 30)) for i in range(3)]
    assert not any(pose.found for pose in poses)
    assert all(np.isnan(a).all() for p in poses for a in (p.image, p.world, p.visibility))
    assert capfd.readouterr().err == ""


def test_frames_closer_than_a_millisecond_are_taken(full):
    with MediaPipeEstimator(full) as estimator:
        poses = [estimator.estimate(blank(i * 1e-4)) for i in range(12)]
    assert [pose.t for pose in poses] == [i * 1e-4 for i in range(12)]


def covered(frame):
    """The same picture without the legs."""
    rgb = frame.rgb.copy()
    rgb[rgb.shape[0] * 5 // 8 :] = 128
    return replace(frame, rgb=rgb)


def seen(full, pictures, **how):
    """(n, L) visibility of one picture after the other."""
    with MediaPipeEstimator(full, **how) as estimator:
        poses = [estimator.estimate(replace(picture, t=i / 30)) for i, picture in enumerate(pictures)]
    return np.array([pose.visibility for pose in poses])


def test_what_is_hidden_is_so_at_once_where_nothing_is_smoothed(full, frames):
    pictures = [frames[0]] * 4 + [covered(frames[0])] * 4
    at_once, late = (seen(full, pictures, smoothing=smoothing)[:, 28] for smoothing in (False, True))
    assert at_once[3] == pytest.approx(late[3], abs=0.05)
    assert at_once[4] < at_once[3] - 0.3
    assert late[4] > late[3] - 0.1
    assert ((at_once >= 0) & (at_once <= 1)).all()


def test_movement_comes_late_only_where_it_is_smoothed(full, frames):
    aside = replace(frames[0], rgb=np.roll(frames[0].rgb, 24, axis=1))
    moved = {}
    for smoothing in (False, True):
        with MediaPipeEstimator(full, smoothing=smoothing) as estimator:
            pictures = enumerate([frames[0]] * 4 + [aside] * 3)
            poses = [estimator.estimate(replace(picture, t=i / 30)) for i, picture in pictures]
        moved[smoothing] = np.diff([pose.image[[11, 12, 23, 24], 0].mean() for pose in poses])[3:]
    assert moved[False] == pytest.approx([24, 0, 0], abs=2)
    assert moved[True][0] < moved[False][0] - 0.5
    assert moved[True].sum() == pytest.approx(24, abs=2)


def test_odd_sizes_and_views_of_arrays_are_taken(full):
    rgb = np.zeros((66, 98, 3), np.uint8)[1:, ::-1][:, 1:]
    with MediaPipeEstimator(full) as estimator:
        assert not estimator.estimate(Frame(rgb, 0.0, 0)).found


def test_closing_twice_is_fine_and_using_it_then_is_not(full):
    estimator = MediaPipeEstimator(full)
    estimator.close()
    estimator.close()
    with pytest.raises(ValueError, match="closed"):
        estimator.estimate(blank(0.0))


def test_people_are_counted(full, frames):
    assert count_people([]) == 1
    assert count_people(full.people_in([blank(0.0)])) == 1
    assert count_people(full.people_in(frames[::6])) == 1


def test_of_two_people_the_larger_one_is_followed(full, frames):
    """The same runner twice, once smaller: MediaPipe's detector has to find both for that."""
    pairs = []
    for frame in frames:
        height, width = frame.rgb.shape[:2]
        canvas = np.full((height, 2 * width, 3), frame.rgb[2, 2], np.uint8)
        canvas[:, :width] = frame.rgb
        small = frame.rgb[::2, ::2]
        canvas[height // 4 : height // 4 + small.shape[0], width + width // 4 :][:, : small.shape[1]] = small
        pairs.append(Frame(canvas, frame.t, frame.index))
    with MediaPipeEstimator(full, people=2) as estimator:
        poses = [estimator.estimate(frame) for frame in pairs]
    middles = [pose.image[[23, 24], 0].mean() for pose in poses if pose.found]
    assert len(middles) >= 8
    assert max(middles) < frames[0].rgb.shape[1]


@pytest.mark.parametrize("damage", ["rubbish", "no note"])
def test_a_bundle_mediapipe_refuses_is_one_line(full, tmp_path, damage, capfd):
    path = tmp_path / "mine.task"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            bundle.DETECTOR, b"rubbish" if damage == "rubbish" else _member(full, bundle.DETECTOR)
        )
        archive.writestr(bundle.LANDMARKS, b"rubbish" if damage == "rubbish" else _bare(full))
    with pytest.raises(ModelError, match="mine: MediaPipe cannot use this pose model") as error:
        MediaPipeEstimator(models.load(path))
    assert "\n" not in str(error.value)
    assert capfd.readouterr().err == ""


def _member(full, name):
    with zipfile.ZipFile(io.BytesIO(full.data)) as archive:
        return archive.read(name)


def _bare(full):
    """The landmark network without the note that was put in front of it."""
    data = _member(full, bundle.LANDMARKS)
    return data[data.index(b"TFL3", 8) - 4 :]


def test_a_landmarker_that_fails_at_its_end_is_not_ended_again_when_it_is_forgotten(full, monkeypatch):
    """MediaPipe's own clean-up then waits for ever for a thread that is gone."""
    ends = []

    class Failing:
        _handle = 1

        def close(self):
            if self._handle:
                ends.append(self)
                raise RuntimeError("graph has errors")

    monkeypatch.setattr("formcheck.pose.mediapipe._landmarker", lambda *_, **__: Failing())
    with MediaPipeEstimator(full):
        pass
    ends[0].close()  # as its __del__ does
    assert len(ends) == 1
