import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from formcheck.apps.live import recorder as recorders
from formcheck.apps.live.recorder import Recorder
from formcheck.apps.live.recording import EVENTS, POSES, SESSION, Recording, mend, new_folder
from formcheck.errors import OutputError, SourceError
from formcheck.pose.spool import BusyError, PoseSpool, read_spool
from formcheck.pose.store import load_poses
from formcheck.sources.video import open_source
from formcheck.types import Model, Pose, SourceInfo
from formcheck.types.event import Spoken
from formcheck.types.reason import said
from formcheck.types.set_recording import SetRecording
from tests.unit.apps.sessions import INFO, MODEL, body, frame
from tests.unit.draw.live import update

TAKE = SetRecording("squat", "d" * 64, ((0.0, 0.1),), None)
_KILLED = """
import sys
from pathlib import Path
from formcheck.apps.live.recording import Recording
from tests.unit.apps.sessions import INFO, MODEL, body
recording = Recording(Path(sys.argv[1]), INFO, MODEL)
for i in range(50):
    recording.keep(body(i / 10))
print("ready", flush=True)
sys.stdin.read()
"""


def words(t):
    return Spoken(t=t, told_t=t, text=said("Go"))


def test_what_goes_in_comes_out(tmp_path):
    recording = Recording(tmp_path / "a", INFO, MODEL)
    given = [body(0.1, 5.0), Pose.nobody(0.2), body(0.3, 7.5)]
    for pose in given:
        recording.add(pose, update(pose, events=(words(pose.t),)))
    assert recording.finish(()) is None
    poses = load_poses(tmp_path / "a" / POSES)
    for name in ("t", "image", "world", "visibility"):
        expected = np.array([getattr(pose, name) for pose in given])
        np.testing.assert_array_equal(getattr(poses, name), expected)
    assert (poses.width_px, poses.height_px, poses.source.name, poses.model) == (64, 48, "camera 0", MODEL)
    lines = (tmp_path / "a" / EVENTS).read_text().splitlines()
    assert [json.loads(line)["t"] for line in lines] == [0.1, 0.2, 0.3]
    assert {p.name for p in (tmp_path / "a").iterdir()} == {POSES, EVENTS}


def test_where_nothing_happened_nothing_stays(tmp_path):
    assert Recording(tmp_path / "a", INFO, MODEL).finish(()) is None
    killed = tmp_path / "b"
    Recording(killed, INFO, MODEL)._spool.close()
    (killed / f".video.mp4.{'0' * 8}.part").write_bytes(b"half")
    mend(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_pose_that_is_not_newer_is_passed_over(tmp_path):
    recording = Recording(tmp_path, INFO, MODEL)
    for t in (0.1, 0.1, 0.05, 0.2):
        recording.keep(body(t))
    recording.finish(())
    assert load_poses(tmp_path / POSES).t.tolist() == [0.1, 0.2]


def test_nobody_leaves_no_poses(tmp_path):
    recording = Recording(tmp_path, INFO, MODEL)
    recording.keep(Pose.nobody(0.1))
    recording.tell([words(0.1)])
    assert recording.finish(()) is None
    assert {p.name for p in tmp_path.iterdir()} == {EVENTS}


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
def test_a_killed_recording_is_mended(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path / "cut off")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": "."},
    ) as writer:  # fmt: skip
        assert writer.stdout.readline().strip() == b"ready"
        assert mend(tmp_path) == []  # it is still being written
        writer.send_signal(signal.SIGKILL)
    spool = next((tmp_path / "cut off").glob(".*.spool"))
    spool.write_bytes(spool.read_bytes()[:-100])  # killed while writing
    [(folder, found)] = mend(tmp_path)
    assert folder == tmp_path / "cut off"
    assert "saved" in found
    assert len(load_poses(folder / POSES)) == 49
    assert not spool.exists()
    assert mend(tmp_path) == []


class Disk:
    """Takes the place of `analyse_file`; has no room for a report until it is given some."""

    def __init__(self):
        self.room, self.judged = False, []

    def __call__(self, path, *_, folder):
        if not self.room:
            raise OutputError("report.html: cannot write: the disk is full")
        (folder / SESSION).touch()
        self.judged.append((path, load_poses(path).takes))
        return self


@pytest.fixture
def disk(monkeypatch):
    disk = Disk()
    monkeypatch.setattr("formcheck.apps.live.recording.analyse_file", disk)
    return disk


def unreported(folder):
    """A recording with one set for whose report there was no room."""
    recording = Recording(folder, INFO, MODEL)
    recording.keep(body(0.1))
    with pytest.raises(OutputError, match="full"):
        recording.finish((TAKE,))
    assert {p.name for p in folder.iterdir()} == {POSES, EVENTS}
    return recording


def test_a_report_that_found_no_room_is_written_once_there_is_some(tmp_path, disk):
    recording = unreported(tmp_path / "a")
    for _ in range(2):
        with pytest.raises(OutputError, match="full"):
            recording.finish((TAKE,))
    disk.room = True
    assert recording.finish((TAKE,)) is disk
    assert disk.judged == [(tmp_path / "a" / POSES, (TAKE,))]


def test_or_by_the_next_who_comes(tmp_path, disk):
    unreported(tmp_path / "a")
    Recording(tmp_path / "b", INFO, MODEL).finish(())
    unset = Recording(tmp_path / "c", INFO, MODEL)
    unset.keep(body(0.1))
    unset.finish(())
    [(folder, found)] = mend(tmp_path)
    assert (folder, "full" in found) == (tmp_path / "a", True)
    disk.room = True
    [(folder, found)] = mend(tmp_path)
    assert (folder, "judged now" in found) == (tmp_path / "a", True)
    assert disk.judged == [(tmp_path / "a" / POSES, (TAKE,))]
    assert mend(tmp_path) == []


def test_sets_are_not_lost_where_it_was_killed_between_poses_and_spool(tmp_path, disk):
    recording = unreported(tmp_path / "a")
    again = PoseSpool(recording._spool.path, INFO, MODEL)
    again.add(body(0.1))
    again.close()
    disk.room = True
    mend(tmp_path)
    assert disk.judged == [(tmp_path / "a" / POSES, (TAKE,))]


def test_a_damaged_spool_is_refused_and_stops_nothing(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / ".poses.spool").write_bytes(b"rubbish" * 999)
    PoseSpool(tmp_path / "b" / ".poses.spool", INFO, MODEL).close()
    found = dict(mend(tmp_path))
    assert "remove it" in found[tmp_path / "a"]
    assert "no pose" in found[tmp_path / "b"]


def test_a_spool_that_is_being_written_is_busy(tmp_path):
    spool = PoseSpool(tmp_path / "s", INFO, MODEL)
    spool.add(body(1.0))
    with pytest.raises(BusyError, match="still being written"):
        read_spool(tmp_path / "s")
    spool.close()
    assert read_spool(tmp_path / "s").t.tolist() == [1.0]
    spool.discard()
    assert not list(tmp_path.iterdir())


def test_odd_spools(tmp_path):
    with pytest.raises(OutputError, match="too long"):
        PoseSpool(tmp_path / "s", SourceInfo("x" * 5000, "camera", 1, 1), Model("m", ""))
    with pytest.raises(OutputError, match="cannot be written"):
        PoseSpool(tmp_path, INFO, MODEL)
    with pytest.raises(SourceError, match="cannot be read"):
        read_spool(tmp_path / "none")


def test_what_a_damaged_disk_makes_of_times_is_passed_over_or_refused(tmp_path):
    spool = PoseSpool(tmp_path / "s", INFO, MODEL)
    for t in (1.0, float("nan"), float("inf"), 2.0):
        spool.add(body(t))
    spool.close()
    assert read_spool(tmp_path / "s").t.tolist() == [1.0, 2.0]
    spool = PoseSpool(tmp_path / "s", INFO, MODEL)
    spool.add(body(1e300))
    spool.close()
    with pytest.raises(SourceError, match="cannot be read as spooled poses"):
        read_spool(tmp_path / "s")


def test_every_recording_has_a_folder_of_its_own(tmp_path):
    folders = {new_folder(tmp_path / "new", "squat") for _ in range(5)}
    assert len(folders) == 5
    assert all(folder.is_dir() and "-squat" in folder.name for folder in folders)


class TestRecorder:
    def test_another_size_is_another_recording(self, tmp_path):
        recorder = Recorder(tmp_path, "squat", INFO, MODEL, lambda: 0.0)
        recorder.pose(body(0.1))
        recorder.resize((48, 64), ())
        recorder.pose(body(0.2))
        recorder.tell([words(0.2)])
        recorder.finish(())
        first, second = (load_poses(folder / POSES) for folder in recorder.folders)
        assert (first.width_px, second.width_px) == (64, 48)
        assert (first.t.tolist(), second.t.tolist()) == ([0.1], [0.2])

    def test_pictures_are_kept_without_waiting(self, tmp_path, monkeypatch):
        recorder = Recorder(tmp_path, "squat", INFO, MODEL, lambda: 0.0, video=True)
        for i in range(5):
            recorder.picture(frame(i / 10))
        recorder.finish(())
        with open_source(recorder.folders[0] / "video.mp4") as video:
            assert len(list(video)) == 5 - recorder.dropped
            assert (video.info.width_px, video.info.height_px) == (64, 48)

    def test_pictures_that_come_too_fast_are_counted(self, tmp_path, monkeypatch):
        monkeypatch.setattr(recorders, "_WAITING", 1)
        monkeypatch.setattr(recorders.Thread, "start", lambda self: None)
        film = recorders._Film(tmp_path / "v.mp4", 64, 48)
        for i in range(5):
            film.put(frame(i / 10))
        assert film.dropped == 4

    def test_a_disk_that_is_full_stops_no_session(self, tmp_path, monkeypatch):
        def full(*_):
            raise OutputError("v.mp4: cannot write: the disk is full")

        monkeypatch.setattr(recorders.VideoWriter, "append", full)
        recorder = Recorder(tmp_path, "squat", INFO, MODEL, lambda: 0.0, video=True)
        for i in range(50):
            recorder.picture(frame(i / 10))
        recorder.pose(body(0.1))
        with pytest.raises(OutputError, match="full"):
            recorder.finish(())
        assert (recorder.folders[0] / POSES).exists()


def test_half_a_row_on_a_full_disk_is_an_error_and_no_pose(tmp_path, monkeypatch):
    class Full:
        def write(self, data):
            return len(data) // 2

    spool = PoseSpool(tmp_path / ".poses.spool", INFO, MODEL)
    spool.add(Pose.nobody(0.0))
    monkeypatch.setattr(spool, "_file", Full())
    with pytest.raises(OutputError, match=r"[Nn]o space left"):
        spool.add(Pose.nobody(0.1))
