"""What only its owner may read."""

import os
from pathlib import Path

import pytest

from formcheck.files.private import make_private, make_private_file, make_private_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's files by itself")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_folders_are_private_with_those_they_lie_in_and_what_is_there_stays(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir(mode=0o755)
    own.chmod(0o755)
    made = make_private_folder(own / "a" / "b")
    assert [mode(path) for path in (own, own / "a", made)] == [0o755, 0o700, 0o700]
    make_private_folder(own)
    assert mode(own) == 0o755
    (own / "file").touch()
    with pytest.raises(OSError, match="exists"):
        make_private_folder(own / "file")


def test_files_are_private_and_what_is_there_stays(tmp_path: Path) -> None:
    assert mode(make_private_file(tmp_path / "new")) == 0o600
    (tmp_path / "old").write_text("kept")
    (tmp_path / "old").chmod(0o644)
    make_private_file(tmp_path / "old")
    assert (mode(tmp_path / "old"), (tmp_path / "old").read_text()) == (0o644, "kept")
    make_private(tmp_path / "old")
    assert mode(tmp_path / "old") == 0o600
    make_private(tmp_path / "nothing")
