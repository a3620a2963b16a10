"""Files that are not whole: nobody sees half of one, and a killed writer's go with the next."""

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.files import claims
from formcheck.files.claims import claim, claimed_folder, sweep
from formcheck.files.unfinished import PartialFile

#: Begins files and is killed over them, or asked to end.
WRITER = """
import sys
from pathlib import Path
from formcheck.files.unfinished import PartialFile
parts = [PartialFile(Path(sys.argv[1]) / name) for name in ("one.html", "two.mp4")]
for part in parts:
    part.path.write_text("half")
print("ready", flush=True)
sys.stdin.read()
"""
USERS = [
    ".one.html.part",
    "one.html.0a1b2c3d.part",
    ".x.0A1B2C3D.part",
    ".x.0a1b2c3.part",
    ".0a1b2c3d.part.x",
]


@pytest.fixture
def writer(tmp_path):
    """Another process that is writing two files."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout.readline() == b"ready\n"
        yield running
        running.kill()


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_what_another_writes_stays_and_what_a_killed_one_wrote_goes(tmp_path, writer):
    for name in USERS:
        (tmp_path / name).write_text("mine")
    there = names(tmp_path)
    assert len(there) == len(USERS) + 2
    sweep(tmp_path)
    assert names(tmp_path) == there
    writer.kill()
    writer.wait()
    PartialFile(tmp_path / "new").discard()  # whoever writes next
    assert names(tmp_path) == sorted(USERS)


@pytest.mark.skipif(sys.platform != "linux", reason="the whole file is locked there")
def test_a_claim_keeps_no_other_handle_from_writing(tmp_path):
    """On a Windows share it would: there a lock on the content is for everybody."""
    part = PartialFile(tmp_path / "x")
    with part.path.open("rb+") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.lockf(other, fcntl.LOCK_EX | fcntl.LOCK_NB, 1 << 39)
        assert claim(other.fileno()) is False
    part.discard()


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EACCES, errno.EINVAL, errno.ENOLCK])
def test_what_a_lock_that_is_refused_means(tmp_path, monkeypatch, number):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    with (tmp_path / "x").open("wb") as one, (tmp_path / "x").open("rb+") as other:
        if number == errno.EINVAL:  # a kernel without such locks: the whole file is locked
            assert (claim(one.fileno()), claim(other.fileno())) == (True, False)
        else:
            assert claim(one.fileno()) is (None if number == errno.ENOLCK else False)


def test_where_claims_are_always_refused_files_are_written_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(claims, "claim", lambda _: False)
    part = PartialFile(tmp_path / "x")
    assert names(tmp_path) == [part.path.name]
    part.settle()
    part.discard()
    assert names(tmp_path) == ["x"]


def test_links_and_folders_of_such_a_name_stay(tmp_path):
    (tmp_path / "kept").write_text("mine")
    (tmp_path / ".a.0a1b2c3d.part").symlink_to(tmp_path / "kept")
    (tmp_path / ".b.0a1b2c3d.part").mkdir()
    os.mkfifo(tmp_path / ".c.0a1b2c3d.part")
    sweep(tmp_path)
    assert len(names(tmp_path)) == 4


def test_where_nobody_can_claim_nothing_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(claims, "claim", lambda _: None)
    part, folder = PartialFile(tmp_path / "x"), claimed_folder(tmp_path)
    sweep(tmp_path)
    part.settle()
    assert names(tmp_path) == [folder.path.name, "x"]


def test_where_nobody_can_claim_a_folder_is_nobodys_after_a_day(tmp_path, monkeypatch):
    monkeypatch.setattr(claims, "claim", lambda _: None)
    old, new = claimed_folder(tmp_path), claimed_folder(tmp_path)
    now = old.path.stat().st_mtime
    os.utime(old.path, (now - 90_000, now - 90_000))
    sweep(tmp_path)
    assert names(tmp_path) == [new.path.name]


def test_a_folder_that_is_claimed_stays_however_old_it_is(tmp_path):
    folder = claimed_folder(tmp_path)
    os.utime(folder.path, (0, 0))
    sweep(tmp_path)
    assert names(tmp_path) == [folder.path.name]
    (folder.path / "half").write_text("half")
    folder.remove()
    assert names(tmp_path) == []


def test_what_was_renamed_under_its_claim_stays(tmp_path):
    folder = claimed_folder(tmp_path)
    folder.path.rename(tmp_path / "whole")
    folder.remove()
    assert names(tmp_path) == ["whole"]


@pytest.fixture
def interfering(monkeypatch):
    """What others do just before each claim, in this order."""
    deeds, tries = [], []

    def late(handle):
        tries.append(handle)
        held = deeds.pop(0)(Path(f"/proc/self/fd/{handle}").readlink()) if deeds else None
        got = claim(handle)
        if held:
            os.close(held)
        return got

    monkeypatch.setattr(claims, "claim", late)
    return deeds, tries


def sweeps(path):
    """Another run finds it unclaimed, and removes it."""
    path.rmdir() if path.is_dir() else path.unlink()


def looks(path):
    """Another run just looks whether it may."""
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    assert claim(handle)
    return handle


@pytest.mark.skipif(sys.platform != "linux", reason="finds the path of a handle")
class TestOthersInTheMomentItIsMade:
    def test_a_file_begins_anew(self, tmp_path, interfering):
        deeds, tries = interfering
        deeds += [sweeps, looks]
        part = PartialFile(tmp_path / "x")
        part.path.write_text("whole")
        part.settle()
        part.discard()
        assert (tmp_path / "x").read_text() == "whole"
        assert names(tmp_path) == ["x"]
        assert len(tries) == 3

    def test_a_folder_begins_anew(self, tmp_path, interfering):
        deeds, tries = interfering
        deeds += [sweeps, looks]
        folder = claimed_folder(tmp_path)
        assert len(tries) == 3
        sweep(tmp_path)
        assert names(tmp_path) == [folder.path.name]

    def test_nobody_begins_in_what_is_being_swept(self, tmp_path, monkeypatch):
        left = tmp_path / ".formcheck-0a1b2c3d.part"
        left.mkdir()

        def remove(path):
            handle = os.open(path, os.O_RDONLY)
            assert claim(handle) is False
            os.close(handle)
            path.rmdir()

        monkeypatch.setattr(claims, "_remove", remove)
        sweep(tmp_path)
        assert not left.exists()


@settings(max_examples=40)
@given(
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1).filter(lambda n: n.strip("."))
)
def test_any_name_that_a_disk_takes_can_be_written(tmp_path_factory, name):
    while len(name.encode()) > 255:
        name = name[:-1]
    folder = tmp_path_factory.mktemp("any")
    part = PartialFile(folder / name)
    assert claims._FILE_NAME.fullmatch(part.path.name)
    part.settle()
    part.discard()
    assert names(folder) == [name]
