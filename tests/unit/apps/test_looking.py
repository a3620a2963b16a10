"""One reading of a clip: who looks at which frame, and what becomes of it in the poses."""

from contextlib import nullcontext
from types import SimpleNamespace

import numpy as np
import pytest

from formcheck.apps.looking import looked_at, silent
from formcheck.errors import SourceError
from formcheck.pose.looks import AGAIN_S, Schedule, looks_of
from formcheck.types import Frame, Model, Pose, SourceInfo
from tests.figures import figure

FPS = 30.0
RGB = np.zeros((48, 64, 3), np.uint8)


class FilmSource(list):
    info = SourceInfo("clip.mp4", "video", 64, 48)

    def frames_at(self, moments):
        return (frame for frame in self if frame.t in set(moments))


def film(seconds, fps):
    return FilmSource(Frame(RGB, i / fps, i) for i in range(round(seconds * fps)))


class Estimators(list):
    """Makes estimators that know the answer, and remembers what each of them saw."""

    def __init__(self, poses):
        self._poses = list(poses)

    def __call__(self, model):
        self.append(Knowing(self._poses, Model(model, "")))
        return self[-1]


class Knowing(nullcontext, SimpleNamespace):
    def __init__(self, poses, model):
        self.poses, self.model, self.saw, self.closed = poses, model, [], False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.closed = True

    def estimate(self, frame):
        assert not self.saw or frame.t > self.saw[-1]
        self.saw.append(frame.t)
        known = self.poses[min(frame.index, len(self.poses) - 1)]
        return Pose(frame.t, known.image, known.world, known.visibility)


def looked(poses, seconds, schedule, fps=FPS):
    fresh = Estimators(poses)
    found = looked_at(film(seconds, fps), fresh, schedule, silent)
    assert all(estimator.closed for estimator in fresh)
    return found, fresh


def test_a_row_a_frame_and_nothing_where_nobody_looked():
    known = figure("squat", fps=FPS, reps=1).poses
    found, (only,) = looked(known, 4.0, Schedule(looks_of()))
    assert found.t.tolist() == [i / FPS for i in range(120)]
    assert (found.model.name, found.others) == ("heavy", ())
    rows = np.flatnonzero(found.looked)
    assert rows.tolist() == [*range(0, 118, 3), 119]
    assert found.t[rows].tolist() == only.saw
    np.testing.assert_array_equal(found.image[rows], known.image[rows])
    assert not found.found[found.looked == 0].any()
    assert np.isnan(found.visibility[found.looked == 0]).all()


def test_every_frame_of_a_named_model_at_thirty_frames_a_second():
    found, _ = looked(figure("squat", fps=FPS, reps=1).poses, 3.0, Schedule(looks_of("full")))
    assert found.looked.all()


def test_what_was_kept_is_looked_at_by_another_estimator_in_its_place():
    squat = list(figure("squat", fps=FPS, reps=1).poses)
    known = [Pose.nobody(0.0)] * 100 + squat[30:]  # somebody comes at 3.33 s
    found, (passing, later) = looked(known, 5.0, Schedule(looks_of()))
    assert later.saw
    assert max(later.saw) < min(t for t in passing.saw if t >= 100 / FPS)
    assert found.t[found.looked > 0].tolist() == sorted({*passing.saw, *later.saw})
    first = found.t[found.found][0]
    assert 0 <= first - 100 / FPS < 0.15


def test_the_beginning_of_a_run_is_looked_at_once_more():
    known = figure("running", fps=FPS, duration_s=6.0).poses
    found, (usual, runs, again) = looked(known, 6.0, Schedule(looks_of()))
    assert again.saw[0] == 0.0
    assert again.saw[-1] == usual.saw[-1] < runs.saw[0]
    assert found.looked.all()
    np.testing.assert_array_equal(found.image, known.image[: len(found)])
    assert {found.model, *found.others} == {Model("heavy", ""), Model("full", "")}


def test_a_run_after_a_rest_is_looked_at_by_another_model_than_the_rest():
    poses = figure("running", fps=60.0, duration_s=6.0).poses
    known = [next(iter(poses))] * 480 + list(poses)
    found, _ = looked(known, len(known) / 60, Schedule(looks_of()), fps=60.0)
    names = np.array(["", found.model.name, *(other.name for other in found.others)])[found.looked]
    first = int(np.argmax(names == "full"))
    assert found.model.name == "full"
    assert set(names[:first]) == {"", "heavy"}
    assert set(names[first:]) == {"", "full"}
    gaps = np.diff(found.t[first:][names[first:] == "full"])
    assert np.median(gaps) == pytest.approx(2 / 60)
    assert gaps.max() < 3.5 / 60  # where one estimator leaves off and the other begins
    assert 8.0 - AGAIN_S < found.t[first] < 8.0 + 0.5
    assert not found.found[found.looked == 0].any()


def test_a_run_that_was_named_is_looked_at_by_its_model_alone():
    poses = figure("running", fps=FPS, duration_s=3.0).poses
    found, (only,) = looked(poses, 3.0, Schedule(looks_of().named(runs=True), runs=True))
    assert (found.model.name, found.others, only.model.name) == ("full", (), "full")
    assert found.looked.all()


@pytest.mark.parametrize("frames", [0, 1, 2])
def test_short_clips_are_looked_at_from_end_to_end(frames):
    found, _ = looked(figure("squat", fps=FPS, reps=1).poses, frames / FPS, Schedule(looks_of()))
    assert found.looked.tolist() == [1] * frames


def test_frames_that_are_twelve_days_apart_are_refused_in_one_line():
    frames = FilmSource(Frame(RGB, t, i) for i, t in enumerate((0.0, 2e6)))
    poses = figure("squat", fps=FPS, reps=1).poses
    with pytest.raises(SourceError, match=r"^clip\.mp4: t: spans 2e\+06 s; times must be seconds; convert"):
        looked_at(frames, Estimators(poses), Schedule(looks_of()), silent)
