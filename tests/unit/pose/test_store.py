import io
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formcheck.errors import OutputError, SourceError
from formcheck.pose import npz
from formcheck.pose.store import load_poses, save_poses
from formcheck.types import Model, PoseSequence, SourceInfo
from formcheck.types.text import plain

#: Labelled landmark sets, beside the repository or where the variable says; never part of it.
YARDSTICKS = Path(os.environ.get("FORMCHECK_YARDSTICKS", Path(__file__).parents[4] / "shared" / "yardsticks"))


def sequence(n=5, people=None, **info):
    rng = np.random.default_rng(2)
    image = rng.uniform(0, 640, (n, 33, 2))
    image[2:3] = np.nan
    source = SourceInfo("clip.mp4", "video", 640, 480, **info)
    return PoseSequence(
        np.arange(n) / 30, image, rng.normal(size=(n, 33, 3)), rng.uniform(size=(n, 33)), 640, 480, source,
        Model("full", "ab" * 32), rng.normal(size=(n, 2)), people,
    )  # fmt: skip


@pytest.mark.parametrize(
    "info",
    [
        {},
        {
            "nominal_fps": 30000 / 1001,
            "duration_s": 1.23456789,
            "sha256": "cd" * 32,
            "people": 2,
            "tagged_slowmo": 8.0,
            "rotation_deg": 270,
        },
    ],
)
def test_round_trip(tmp_path, info):
    before = sequence(**info)
    after = load_poses(save_poses(tmp_path / "new folder" / "poses.npz", before))
    for name in ("t", "image", "world", "visibility", "camera"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))
        assert getattr(after, name).dtype == getattr(before, name).dtype
    assert after.model == before.model
    assert after.people == info.get("people")
    assert (after.width_px, after.height_px) == (640, 480)
    assert after.source.kind == "poses"
    assert after.source.name == "clip.mp4"
    assert (after.source.nominal_fps, after.source.duration_s) == (
        info.get("nominal_fps"),
        info.get("duration_s"),
    )
    assert after.source.tagged_slowmo == info.get("tagged_slowmo")
    assert after.source.rotation_deg == info.get("rotation_deg")
    assert after.source.sha256 == info.get("sha256", after.source.sha256)
    assert len(after.source.sha256) == 64


def test_who_looked_how_and_with_what_doubt_is_kept(tmp_path):
    looked = np.array([1, 2, 0, 1, 1], np.uint8)
    doubt = np.linspace(0.0, 0.3, 165).reshape(5, 33).astype(np.float32)
    other = Model("lite", "cd" * 32)
    shot = np.array([0, 0, 1, 1, 4], np.int32)
    before = replace(sequence(), looked=looked, doubt=doubt, others=(other,), clock="raw", shot=shot)
    after = load_poses(save_poses(tmp_path / "poses.npz", before))
    np.testing.assert_array_equal(after.looked, looked)
    np.testing.assert_array_equal(after.shot, shot)
    np.testing.assert_allclose(after.doubt, doubt, rtol=1e-3)
    assert (after.others, after.clock) == ((other,), "raw")


def test_older_files_and_those_of_others_say_less(tmp_path):
    np.savez(tmp_path / "poses.npz", **arrays())
    poses = load_poses(tmp_path / "poses.npz")
    assert poses.looked.tolist() == [1] * 4
    assert poses.shot.tolist() == [0] * 4
    assert np.isnan(poses.doubt).all()
    assert (poses.others, poses.clock) == ((), "")


def test_the_file_is_as_the_contract_says(tmp_path):
    with np.load(save_poses(tmp_path / "poses.npz", sequence()), allow_pickle=False) as file:
        assert file["t"].dtype == np.float64
        for name in ("image", "world", "visibility", "camera"):
            assert file[name].dtype == np.float32
        assert (int(file["width_px"]), int(file["height_px"])) == (640, 480)
        assert (str(file["source"]), str(file["model"])) == ("clip.mp4", "full")


def test_same_poses_make_the_same_file_and_no_rubbish(tmp_path):
    a, b = (save_poses(tmp_path / name, sequence()).read_bytes() for name in ("a.npz", "b.npz"))
    assert a == b
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.npz", "b.npz"]


def test_no_frames_at_all(tmp_path):
    empty = PoseSequence.from_poses([], SourceInfo("x.mp4", "video", 64, 48), Model("full", ""))
    assert len(load_poses(save_poses(tmp_path / "poses.npz", empty))) == 0


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        save_poses(tmp_path / "file" / "poses.npz", sequence())


def arrays(**changes):
    n = 4
    good = {
        "t": np.arange(n) / 30, "image": np.zeros((n, 33, 2)), "world": np.full((n, 33, 3), np.nan),
        "visibility": np.ones((n, 33)), "width_px": 640, "height_px": 480, "source": "x.mp4", "model": "full",
    }  # fmt: skip
    return {k: v for k, v in (good | changes).items() if v is not None}


TAKE = {"exercise": "squat", "digest": "", "spans": [[0.0, 1.0]], "calibration": {}}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"visibility": None, "t": None}, "lacks t, visibility"),
        ({"t": np.array([0.0, 0.1, 0.1, 0.2])}, "rise"),
        ({"t": np.array([0.0, np.nan, 0.1, 0.2])}, "finite"),
        ({"t": np.zeros((4, 1))}, "t must be"),
        ({"image": np.zeros((4, 17, 2))}, "image has shape"),
        ({"world": np.zeros((3, 33, 3))}, "world"),
        ({"image": np.full((4, 33, 2), np.inf)}, "infinite"),
        ({"visibility": np.full((4, 33), "high")}, "not numbers"),
        ({"width_px": 0}, "width_px"),
        ({"height_px": np.nan}, "height_px"),
        ({"height_px": np.array([1, 2])}, "height_px"),
        ({"source_fps": "quick"}, "source_fps"),
        ({"camera": np.zeros((3, 2))}, "camera"),
        ({"camera": np.full((4, 2), np.inf)}, "camera holds infinite"),
        ({"camera": np.full((4, 2), "still")}, "camera holds .*not numbers"),
        ({"looked": np.ones(3, np.uint8)}, "looked must hold the number of a model for each frame"),
        ({"looked": np.ones(4)}, "looked must hold"),
        ({"looked": np.array([1, 1, -1, 1])}, "looked must hold"),
        ({"looked": np.full(4, 2, np.uint8)}, "looked: expected"),
        ({"looked": np.full(4, 257)}, "looked holds numbers of models that are not listed"),
        ({"looked": np.array([1, 0, 1, 1], np.uint8)}, "bodies in frames that were not looked at"),
        ({"doubt": np.zeros((4, 32))}, "doubt"),
        ({"doubt": np.full((4, 33), -0.1)}, "doubt must be at least 0"),
        ({"doubt": np.full((4, 33), np.inf)}, "doubt holds infinite"),
        ({"clock": "quick"}, "clock is 'quick', not one of smoothed, raw"),
        ({"clock": np.array(["raw", "raw"])}, "clock must be one text"),
        ({"others": "lite"}, "others must be names of models and their digests"),
        ({"others": np.zeros((9, 2), "U1")}, "others must be names"),
        ({"others": np.zeros((1, 2))}, "others must be names"),
        ({"others": np.frombuffer(b"\xff\xff\xff\x7f" * 2, "U1").reshape(1, 2)}, "others is no text"),
        ({"people": "many"}, "people"),
        ({"people": "1.5"}, "people"),
        ({"source_rotation_deg": "45"}, "source_rotation_deg is 45, not one of"),
        ({"people": "0"}, "people"),
        ({"source": np.array([{"a": 1}], object)}, "cannot be decoded"),
        ({"source": np.array(["a", "b"])}, "source must be one text"),
        ({"model": np.frombuffer(b"\xff\xff\xff\x7f", "U1")}, "model is no text"),
        ({"takes": "x" * 2_000_000}, "takes is larger than it can be"),
        ({"takes": json.dumps([TAKE] * 2)}, "its list of sets is damaged"),
        ({"takes": json.dumps([TAKE | {"spans": [[i, i]]} for i in range(401)])}, "list of sets is damaged"),
        ({"takes": json.dumps([TAKE | {"spans": [[i, i] for i in range(1001)]}])}, "list of sets is damaged"),
        ({"t": np.arange(4) * 1e-12}, "at most 100,000 times a second"),
        ({"t": np.arange(4) + 1e12}, "times must be finite seconds"),
        ({"t": np.array([0.0, 0.1, 0.2, 1e9])}, "spans 1e"),
        ({"visibility": np.full((4, 33), 1.5)}, "visibility must lie between 0 and 1"),
        ({"visibility": np.full((4, 33), -0.5)}, "visibility must lie between 0 and 1"),
        ({"width_px": 1e9}, "width_px must be one number of pixels, at most 100,000"),
        ({"people": "1e300"}, "people is 1e.300, which it cannot be"),
        ({"source_fps": "-5"}, "source_fps is -5"),
    ],
)
def test_malformed_arrays_are_refused_in_one_line(tmp_path, changes, says):
    path = tmp_path / "poses.npz"
    np.savez(path, **arrays(**changes))
    with pytest.raises(OSError, match=says) as error:
        load_poses(path)
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = tmp_path / "poses.npz"
    np.savez_compressed(path, **arrays(image=np.zeros((40_000, 33, 2), np.float32)))
    monkeypatch.setattr(npz, "_ANY", 1_000_000)
    monkeypatch.setattr(np.lib.format, "read_array", None)
    with pytest.raises(SourceError, match=r"is no poses file: it unpacks from 0\.0 to 11 MB, as no"):
        load_poses(path)


def test_an_array_that_says_it_is_larger_than_its_file_is_refused(tmp_path):
    path = tmp_path / "poses.npz"
    np.savez(path, **arrays())
    path.write_bytes(path.read_bytes().replace(b"(4, 33, 2)", b"(4, 9**9,)"))
    with pytest.raises(SourceError, match="cannot be decoded"):
        load_poses(path)
    np.savez(path, **arrays())
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    members["image.npy"] = members["image.npy"].replace(b"(4, 33, 2), }   ", b"(999999999,), } ")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(SourceError, match="image is larger than it can be"):
        load_poses(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(tmp_path, method):
    path = tmp_path / "poses.npz"
    np.savez(path, **arrays())
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(SourceError, match="cannot be decoded"):
        load_poses(path)


@given(st.text(st.characters(), max_size=20))
@settings(max_examples=40, deadline=None)
@example("two\nlines\x1b[2J\ud800\u202e")
def test_any_text_comes_back_as_one_plain_line(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "texts.npz"
    np.savez(path, **arrays(source=text, model=text, model_sha256=text, source_sha256=text))
    poses = load_poses(path)
    for found in (poses.source.name, poses.source.sha256, poses.model.name, poses.model.sha256):
        assert found.encode("utf-8").decode() == plain(found)
        assert len(found.splitlines()) <= 1
    again = load_poses(save_poses(path, poses))
    assert (again.source.name, again.model) == (poses.source.name, poses.model)


def test_files_without_a_camera_load_with_it_unknown(tmp_path):
    path = tmp_path / "poses.npz"
    np.savez(path, **arrays())
    poses = load_poses(path)
    assert poses.camera.shape == (4, 2)
    assert np.isnan(poses.camera).all()
    assert poses.people is None


def test_a_part_keeps_what_the_camera_did():
    whole = sequence(people=3)
    part = whole.between(1 / 30, 3 / 30)
    np.testing.assert_array_equal(part.camera, whole.camera[1:3])
    assert part.people == 3


def npy():
    out = io.BytesIO()
    np.save(out, np.zeros(3))
    return out.getvalue()


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("t.npy", b"\x93NUMPY rubbish")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"PK\x03\x04 cut off", npy(), zipped()],
    ids=["empty", "text", "cut", "npy", "zip"],
)
def test_other_files_are_refused_in_one_line(tmp_path, content):
    path = tmp_path / "poses.npz"
    path.write_bytes(content)
    with pytest.raises(OSError, match="is no poses file") as error:
        load_poses(path)
    assert "\n" not in str(error.value)


@given(at=st.integers(0, 10_000), value=st.integers(0, 255))
@settings(max_examples=150, deadline=None)
def test_damage_anywhere_is_an_answer_or_one_line(tmp_path_factory, at, value):
    path = save_poses(tmp_path_factory.getbasetemp() / "fuzzed.npz", sequence())
    data = bytearray(path.read_bytes())
    data[at % len(data)] = value
    path.write_bytes(data)
    said = ""
    try:
        load_poses(path)
    except SourceError as error:
        said = str(error)
    assert "\n" not in said


def test_a_file_cut_off_is_refused(tmp_path):
    path = save_poses(tmp_path / "poses.npz", sequence())
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(OSError, match="is no poses file"):
        load_poses(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_that_nobody_writes_into_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "p.npz")
    with pytest.raises(SourceError, match="is a pipe"):
        load_poses(tmp_path / "p.npz")


def test_missing_file_and_folder_are_named(tmp_path):
    with pytest.raises(OSError, match="no such file"):
        load_poses(tmp_path / "gone.npz")
    with pytest.raises(OSError, match="folder"):
        load_poses(tmp_path)


@pytest.mark.skipif(not YARDSTICKS.is_dir(), reason="the labelled landmark sets are not on this machine")
def test_every_yardstick_loads():
    paths = sorted(YARDSTICKS.glob("*/*.npz"))
    assert paths
    for path in paths:
        assert np.isnan(load_poses(path).world).all()
