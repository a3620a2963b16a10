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

from formcheck.files import unfinished
from formcheck.files.unfinished import PartialFile, claim, sweep

#: Begins files and is killed over them, or told to end.
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
        assert not claim(other)
    part.discard()


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EACCES, errno.EINVAL, errno.ENOLCK])
def test_what_a_lock_that_is_refused_means(tmp_path, monkeypatch, number):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    with (tmp_path / "x").open("wb") as one, (tmp_path / "x").open("rb+") as other:
        if number == errno.EINVAL:  # a kernel without such locks: the whole file is locked
            assert (claim(one), claim(other)) == (True, False)
        else:
            assert claim(one) == claim(one, unsure=True) == (number == errno.ENOLCK)
            assert not claim(one, unsure=False)


def test_where_claims_are_always_refused_files_are_written_all_the_same(tmp_path, monkeypatch):
    tries = iter(range(50))
    monkeypatch.setattr(unfinished, "claim", lambda *_, **__: next(tries) < 0)
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
    monkeypatch.setattr(unfinished, "claim", lambda file, *, unsure=True: unsure)
    part = PartialFile(tmp_path / "x")
    sweep(tmp_path)
    part.settle()
    assert names(tmp_path) == ["x"]


def test_one_that_was_swept_in_the_moment_it_was_made_begins_anew(tmp_path, monkeypatch):
    claim, tries = unfinished.claim, []

    def late(file, **words):
        tries.append(file.name)
        if len(tries) == 1:
            Path(file.name).unlink()
        return claim(file, **words)

    monkeypatch.setattr(unfinished, "claim", late)
    part = PartialFile(tmp_path / "x")
    part.path.write_text("whole")
    part.settle()
    assert (tmp_path / "x").read_text() == "whole"
    assert len(set(tries)) == 2


@settings(max_examples=40)
@given(
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1).filter(lambda n: n.strip("."))
)
def test_any_name_that_a_disk_takes_can_be_written(tmp_path_factory, name):
    while len(name.encode()) > 255:
        name = name[:-1]
    folder = tmp_path_factory.mktemp("any")
    part = PartialFile(folder / name)
    assert unfinished._NAME.fullmatch(part.path.name)
    part.settle()
    part.discard()
    assert names(folder) == [name]
