"""Folders of results: whose they are, and that they fill all at once."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.errors import OutputError
from formcheck.files import folders
from formcheck.files.folders import RESULTS, clip_name, own_folder, publish, sources_of, staged
from formcheck.outputs.session_file import write_session
from tests.unit.outputs import sessions

ONE, TWO = frozenset({"1" * 64}), frozenset({"2" * 64})


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("/a/b/squat.mp4", "squat"),
        ("C:\\clips\\squat 1.MOV", "squat 1"),
        ("run.2026.11.mp4", "run.2026.11"),
        ("rtsp://host/live", "live"),
        ("<script>.mp4", "_script_"),
        ("..", "clip"),
        ("", "clip"),
        ("Kniebeuge für Übung.mp4", "Kniebeuge für Übung"),
    ],
)
def test_folder_names(name, folder):
    assert clip_name(name) == folder


def test_long_names_still_fit_a_disk():
    assert len(clip_name("ü" * 300 + ".mp4").encode()) <= 180


# --- whose a folder is -----------------------------------------------------------------------------------


def judged(folder: Path, *sources: object) -> Path:
    """A folder as a run left it that judged one clip, or joined several."""
    records = [{"source": {"sha256": source}} for source in sources]
    found = records[0] | ({"clips": records} if len(records) > 1 else {})
    folder.mkdir(parents=True)
    (folder / "session.json").write_text(json.dumps(found))
    return folder


def test_the_same_clip_finds_its_folder_and_another_gets_its_own(tmp_path):
    assert own_folder(tmp_path / "a", ONE) == tmp_path / "a"
    judged(tmp_path / "a", *ONE)
    other = own_folder(tmp_path / "a", TWO)
    assert other.name.startswith("a-")
    judged(other, *TWO)
    for _ in range(2):
        assert own_folder(tmp_path / "a", ONE) == tmp_path / "a"
        assert own_folder(tmp_path / "a", TWO) == other


def test_a_session_tells_what_it_was_judged_from(tmp_path):
    write_session(sessions.squat(), tmp_path / "one")
    assert sources_of(tmp_path / "one") == {sessions.squat().source.sha256}
    assert sources_of(judged(tmp_path / "two", *"ab")) == {*"ab"}
    assert sources_of(judged(tmp_path / "live", None)) == frozenset()
    assert own_folder(tmp_path / "live", ()) != tmp_path / "live"


def made_of(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


NOT_OURS = {
    "a file": lambda p: p.write_text("mine"),
    "a link that leads nowhere": lambda p: p.symlink_to("nowhere"),
    "a link in a circle": lambda p: p.symlink_to(p),
    "a pipe": os.mkfifo,
    **{f"somebody's {name}": lambda p, name=name: made_of(p / name, b"mine") for name in RESULTS},
    "somebody's picture": lambda p: made_of(p / "evidence" / "cat.jpg", b"mine"),
    "a session that is empty": lambda p: made_of(p / "session.json", b""),
    "a session that is no text": lambda p: made_of(p / "session.json", b"\xff\xfe"),
    "a session cut in two": lambda p: made_of(p / "session.json", b'{"source": {"sha256": "111'),
    "a list": lambda p: made_of(p / "session.json", b"[1]"),
    "a source that is a number": lambda p: made_of(p / "session.json", b'{"source": 7}'),
    "clips that are none": lambda p: made_of(p / "session.json", b'{"clips": {"source": 1}}'),
    "deep brackets": lambda p: made_of(p / "session.json", b"[" * 100_000),
    "a folder for a session": lambda p: (p / "session.json").mkdir(parents=True),
    "a joined session": lambda p: judged(p, *ONE, *TWO),
}


def state(path: Path) -> tuple[int, ...]:
    """What is changed by writing; reading changes the time of access."""
    s = path.lstat()
    return s.st_ino, s.st_mode, s.st_size, s.st_mtime_ns, s.st_ctime_ns


@pytest.mark.parametrize("kind", NOT_OURS)
def test_what_is_not_ours_is_left_alone(tmp_path, kind):
    NOT_OURS[kind](tmp_path / "a")
    before = {p: state(p) for p in tmp_path.rglob("*")}
    with staged(tmp_path / "a", ONE) as staging:
        (staging.at / "session.json").write_text("{}")
        folder = staging.publish()
    assert folder.name.startswith("a-")
    assert {p: state(p) for p in before} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["a", folder.name])


def test_other_files_of_the_user_do_not_take_a_folder(tmp_path):
    for name in ("notes.txt", "raw.mp4", "evidence/letter.pdf", ".DS_Store"):
        (tmp_path / "a" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "a" / name).write_text("mine")
    assert own_folder(tmp_path / "a", ONE) == tmp_path / "a"


def test_names_that_are_promised_are_taken_whatever_their_case(tmp_path):
    first = own_folder(tmp_path / "A", ONE, {"a"})
    second = own_folder(tmp_path / "A", ONE, {"a", first.name.casefold()})
    assert len({"A", first.name, second.name}) == 3


class Asked(set):
    """Names that may be asked for and never walked through: a batch has a hundred thousand."""

    __iter__ = None


def test_a_folder_is_found_without_walking_through_all_names(tmp_path):
    assert own_folder(tmp_path / "a", ONE, Asked({"a"})).name.startswith("a-")


# --- all at once -----------------------------------------------------------------------------------------


def staging_of(folder: Path) -> list[Path]:
    return list(folder.glob(".*.part"))


def test_results_appear_whole_and_replace_what_the_same_clip_left(tmp_path):
    (judged(tmp_path / "a", *ONE) / "evidence").mkdir()
    for name in ("annotated.mp4", "evidence/x.jpg", "poses.npz", "holiday.jpg"):
        (tmp_path / "a" / name).write_text("old")
    with staged(tmp_path / "a", ONE) as staging:
        write_session(sessions.squat(), staging.at)
        assert json.loads((tmp_path / "a" / "session.json").read_text())["source"]["sha256"] in ONE
        assert staging.publish() == tmp_path / "a"
    left = {p.name for p in (tmp_path / "a").iterdir()}
    assert left == {"session.json", "poses.npz", "holiday.jpg"}
    assert staging_of(tmp_path) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError, OutputError])
@pytest.mark.parametrize("sources", [ONE, None])
def test_a_run_that_fails_leaves_neither_files_nor_folders(tmp_path, error, sources):
    def fails():
        with staged(tmp_path / "out" / "a", sources) as staging:
            (staging.at / "annotated.mp4").write_text("half")
            raise error("no")

    with pytest.raises(error):
        fails()
    assert list(tmp_path.iterdir()) == []


def test_messages_name_the_folder_that_people_know(tmp_path):
    def fails():
        with staged(tmp_path / "a", ONE) as staging:
            raise OutputError(f"{staging.at / 'reps.csv'}: cannot write: the disk is full")

    with pytest.raises(OutputError, match=f"^{tmp_path / 'a' / 'reps.csv'}: cannot write"):
        fails()


def test_two_runs_at_once_do_not_mix(tmp_path):
    with staged(tmp_path / "a", ONE) as mine, staged(tmp_path / "a", TWO) as other:
        for staging, source in ((mine, ONE), (other, TWO)):
            (staging.at / "session.json").write_text(json.dumps({"source": {"sha256": min(source)}}))
        folders = [other.publish(), mine.publish()]
    assert [sources_of(folder) for folder in folders] == [TWO, ONE]
    assert folders[0] == tmp_path / "a"


KILLED = """
import os, signal, sys
from pathlib import Path
from formcheck.files.folders import staged
with staged(Path(sys.argv[1]), frozenset("1")) as staging:
    (staging.at / "annotated.mp4").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be held there")
def test_what_a_killed_run_left_goes_with_the_next_and_a_living_one_keeps_its_own(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, tmp_path / "a"], check=False)
    assert len(staging_of(tmp_path)) == 1
    with staged(tmp_path / "b", TWO) as living, staged(tmp_path / "a", ONE) as next_one:
        assert {*staging_of(tmp_path)} == {living.at, next_one.at}


def test_a_folder_that_cannot_be_written_is_reported_before_the_work(tmp_path, monkeypatch):
    judged(tmp_path / "a", *ONE)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    with pytest.raises(OutputError, match="no permission"), staged(tmp_path / "a", ONE):
        pytest.fail("worked in vain")


def other_disk(file, to):
    """As between two disks: within a folder a file can be renamed."""
    if file.parent != Path(to).parent:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
    return file.rename(to)


def test_results_reach_a_folder_on_another_disk(tmp_path, monkeypatch):
    judged(tmp_path / "elsewhere" / "a", *ONE)
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere" / "a")
    monkeypatch.setattr(Path, "replace", other_disk)
    with staged(tmp_path / "a", ONE) as staging:
        for name in ("session.json", "evidence/x.jpg"):
            (staging.at / name).parent.mkdir(exist_ok=True)
            (staging.at / name).write_text("new")
        assert staging.publish() == tmp_path / "a"
    there = {p.name: p.read_text() for p in (tmp_path / "elsewhere" / "a").rglob("*") if p.is_file()}
    assert there == {"session.json": "new", "x.jpg": "new"}


def test_a_disk_that_fills_while_results_go_to_another_leaves_what_was_there(tmp_path, monkeypatch):
    old = judged(tmp_path / "a", *ONE) / "session.json"
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "session.json").write_text("new")

    def full(_, part):
        part.write_text("n")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", other_disk)
    monkeypatch.setattr(folders.shutil, "copyfile", full)
    with pytest.raises(OutputError, match=r"session\.json: cannot write: the disk is full"):
        publish(tmp_path / "new", tmp_path / "a")
    assert [p.name for p in old.parent.iterdir()] == ["session.json"]
    assert sources_of(old.parent) == ONE


def test_publishing_over_a_folder_of_that_name_is_reported(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "report.html").write_text("new")
    (tmp_path / "old" / "report.html").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"report\.html: cannot write"):
        publish(tmp_path / "new", tmp_path / "old")
