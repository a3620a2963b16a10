"""Clips of every shape, through every way in: all pictures that come of them are upright and unstretched.

The landmarker looks at each shape once; where only drawing and writing differ, known poses stand in for it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.apps.analysis import Options
from formcheck.apps.jobs.task import JobTask, judge
from formcheck.apps.web import app as app_module
from formcheck.pose import estimators
from formcheck.pose.mediapipe import Bundle
from formcheck.pose.store import load_poses
from formcheck.types import Frame, Model, Pose
from tests.end_to_end.clips import Command
from tests.end_to_end.shapes import CLIPS, check_landmarks, check_results, true_poses
from tests.unit.web.judges import Judges, NoLengths, client_of

#: Those at which the landmarker looks: each kind once.
LOOKED_AT = ("240p", "1080p_tall", "2160p", "odd", "turned_90", "wide_pixels_turned")
#: Those that are sent to the service: what judges them is what judges a batch.
SENT = ("1080p", "1080p_tall", "odd", "turned_270", "wide_pixels")


class Knowing:
    """An estimator that knows where the body is, if the picture is upright and unstretched."""

    model = Model("known", "0" * 64)

    def __init__(self, *_: object, **__: object) -> None: ...

    def close(self) -> None: ...

    def __enter__(self) -> "Knowing":
        return self

    def __exit__(self, *_: object) -> None: ...

    def estimate(self, frame: Frame) -> Pose:
        height, width = frame.rgb.shape[:2]
        known = true_poses((width, height))[frame.index]
        return Pose(frame.t, known.image, known.world, known.visibility)


@pytest.fixture
def knowing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimators, "load", lambda *_: Bundle(Knowing.model, b""))
    monkeypatch.setattr(Bundle, "estimator", Knowing)
    monkeypatch.setattr(Bundle, "people_in", lambda *_: [[]])


@pytest.fixture(scope="module")
def clip_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a shape, written once."""
    folder = tmp_path_factory.mktemp("shapes")

    def written(name: str) -> Path:
        path = folder / f"{name}.mp4"
        return path if path.exists() else CLIPS[name].write(path)

    return written


@pytest.mark.parametrize("name", CLIPS)
def test_analyze(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    clip_of: Callable[[str], Path],
    tmp_path: Path,
    request: pytest.FixtureRequest,
    name: str,
) -> None:
    request.getfixturevalue("model_path" if name in LOOKED_AT else "knowing")
    words = ("analyze", clip_of(name), "-e", "plank_hold", "--save-poses", "--quiet", "-o", tmp_path)
    ran = Command(monkeypatch, capfd)(*words)

    assert (ran.code, ran.err) == (0, "")
    check_landmarks(load_poses(tmp_path / name / "poses.npz"), CLIPS[name])
    check_results(tmp_path / name, CLIPS[name], video=True, thumbnail=False)


@pytest.mark.parametrize("name", CLIPS)
def test_batch(knowing: None, clip_of: Callable[[str], Path], tmp_path: Path, name: str) -> None:
    place, options = tmp_path / "out", Options(video=False, thumbnail=True)
    outcome = judge(JobTask("0" * 32, str(clip_of(name)), "plank_hold", str(place), str(tmp_path), options))

    assert (outcome.status, outcome.reason) == ("ok", None)
    check_results(place, CLIPS[name], video=False, thumbnail=True)


def test_upload(
    knowing: None, clip_of: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "Lengths", NoLengths)
    with client_of(tmp_path, workers=Judges(judge)) as client:
        known: set[Path] = set()
        for name in SENT:
            video = client.sent(f"{name}.mp4", clip_of(name).read_bytes(), exercise="plank_hold")
            found = client.judged(video)
            assert (found["status"], found["outcome"]) == ("done", "ok"), found
            (folder,) = set((client.data / "videos").iterdir()) - known
            known.add(folder)
            check_results(folder, CLIPS[name], video=True, thumbnail=True)
