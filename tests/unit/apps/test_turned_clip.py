"""A clip on its side, from its file to its results: pixels, landmarks, what is said, and judged again."""

from dataclasses import replace

import av
import numpy as np
import pytest

from formcheck.apps import analysis
from formcheck.apps.analysis import Options, analyse_file
from formcheck.pose.store import load_poses
from tests.clips import picture, quarters, write_clip
from tests.exercises.takes import scaled
from tests.figures import figure


@pytest.fixture(scope="module")
def squats():
    """Small pictures of 25 frames a second, as `write_clip` makes them."""
    return scaled(figure("squat", reps=2, fps=25.0).poses, 0.25)


@pytest.fixture
def aside(tmp_path, squats, monkeypatch):
    """The clip, filmed by a camera that was turned; its landmarks as a model finds them."""
    turned = replace(squats.turned(90), turned_deg=0)
    size = (turned.width_px, turned.height_px)

    def looked_at(source, *_, **__):
        looked = turned.turned(source.info.rotation_deg or 0)
        return replace(looked, source=source.info, turned_deg=0)

    monkeypatch.setattr(analysis, "estimate", looked_at)
    lying = np.ascontiguousarray(np.rot90(picture(*size[::-1]), -1))
    return write_clip(tmp_path / "aside.mp4", frames=len(turned), size=size, rgb=lying)


def first_frame(path):
    with av.open(path) as made:
        return next(made.decode(video=0)).to_ndarray(format="rgb24")


def test_everything_of_it_comes_upright(tmp_path, aside):
    done = analyse_file(aside, "squat", tmp_path / "out", Options(save_poses=True))
    assert (done.session.source.width_px, done.session.source.height_px) == (160, 120)
    assert done.session.summary.reps == 2
    assert "picture_turned" in [advice.id for advice in done.session.capture]
    drawn = first_frame(done.folder / "annotated.mp4")
    assert drawn.shape[:2] == (120, 160)
    assert quarters(drawn) == [0, 1, 2, 3]
    kept = load_poses(done.folder / "poses.npz")
    assert (kept.width_px, kept.height_px) == (120, 160)
    again = analyse_file(done.folder / "poses.npz", "squat", tmp_path / "again", Options(report=False))
    assert again.session == done.session


def test_what_somebody_says_is_done_before_anybody_looks(tmp_path, aside):
    said = Options(rotation_deg=270, video=False, report=False, save_poses=True)
    done = analyse_file(aside, "squat", tmp_path / "out", said)
    assert done.session.summary.reps == 2
    assert "picture_turned" not in [advice.id for advice in done.session.capture]
    kept = load_poses(done.folder / "poses.npz")
    assert (kept.width_px, kept.height_px, kept.source.rotation_deg) == (160, 120, 270)
    again = analyse_file(done.folder / "poses.npz", "squat", tmp_path / "again", Options(report=False))
    assert again.session == done.session
    left = analyse_file(aside, "squat", tmp_path / "left", replace(said, rotation_deg=0))
    assert left.session.summary.reps == 0


def test_saved_poses_are_turned_as_somebody_says(tmp_path, aside):
    kept = Options(video=False, report=False, save_poses=True)
    poses = analyse_file(aside, "squat", tmp_path / "out", kept).folder / "poses.npz"
    right, wrong = (
        analyse_file(poses, "squat", tmp_path / str(turn), replace(kept, rotation_deg=turn))
        for turn in (270, 180)
    )
    assert (right.session.summary.reps, wrong.session.summary.reps) == (2, 0)
