import errno
import os

import pytest

from formcheck.errors import OutputError, SourceError
from formcheck.files.writing import replacing, write_text


def test_writes_whole_files_into_new_folders(tmp_path):
    path = write_text(tmp_path / "a" / "b" / "c.txt", "ä\n")
    assert path.read_bytes() == b"\xc3\xa4\n"
    assert [p.name for p in path.parent.iterdir()] == ["c.txt"]


def test_replaces_what_was_there(tmp_path):
    for text in ("one", "two"):
        write_text(tmp_path / "x", text)
    assert (tmp_path / "x").read_text() == "two"


def interrupted(path, error):
    with replacing(path) as part:
        part.write_text("half")
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("no"), SourceError("no")])
def test_an_error_inside_leaves_the_old_file_and_nothing_else(tmp_path, error):
    write_text(tmp_path / "x", "old")
    with pytest.raises(type(error)):
        interrupted(tmp_path / "x", error)
    assert [p.name for p in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_text() == "old"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (errno.ENOSPC, "the disk is full; free some space"),
        (errno.EACCES, "no permission to write there"),
        (errno.EIO, "input/output error; choose another folder"),
    ],
)
def test_the_disk_is_reported_in_one_line(tmp_path, code, says):
    with pytest.raises(OutputError) as caught:
        interrupted(tmp_path / "x", OSError(code, os.strerror(code)))
    assert str(caught.value).startswith(f"{tmp_path / 'x'}: cannot write: {says}")
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="a file"):
        write_text(tmp_path / "out" / "x", "")
    with pytest.raises(OutputError, match="is a file"):
        write_text(tmp_path / "out" / "deeper" / "x", "")


def test_a_folder_where_the_file_should_be(tmp_path):
    (tmp_path / "x").mkdir()
    with pytest.raises(OutputError, match="a folder stands"):
        write_text(tmp_path / "x", "")


def test_a_device_that_is_always_full():
    with pytest.raises(OutputError):
        write_text(__import__("pathlib").Path("/dev/full/x"), "")
