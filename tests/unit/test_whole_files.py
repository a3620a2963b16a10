"""Every text of the project is whole: no merge left its marks in one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("formcheck", "tests", "docs", "validation", "benchmarks", "fuzz", "sample_videos", ".github")
ENDINGS = {".py", ".md", ".toml", ".yml", ".json", ".js", ".css", ".html", ".j2", ".txt", ".sh", ""}
#: Built from pieces, as these lines would be found too.
MARKS = re.compile(rf"^({'<' * 7} |{'>' * 7} |{'=' * 7}$)", re.MULTILINE)


def texts(room):
    for path in sorted(room.rglob("*")):
        hidden = any(part.startswith((".", "__")) for part in path.relative_to(room).parts[:-1])
        if path.is_file() and path.suffix in ENDINGS and not hidden:
            yield path


@pytest.mark.parametrize("room", [name for name in ROOMS if (ROOT / name).is_dir()])
def test_no_merge_left_its_marks(room):
    marked = [path.name for path in texts(ROOT / room) if MARKS.search(path.read_text("utf-8", "replace"))]
    assert not marked


def test_nor_in_a_file_of_the_root():
    files = [path for path in ROOT.iterdir() if path.is_file() and path.suffix in ENDINGS]
    assert ROOT / "CONTRIBUTING.md" in files
    assert not [path.name for path in files if MARKS.search(path.read_text("utf-8", "replace"))]


def test_such_marks_would_be_found():
    assert MARKS.search(f"a\n{'<' * 7} HEAD\nb\n{'=' * 7}\nc\n{'>' * 7} 6c34758 (words)\n")
    assert not MARKS.search("a heading\n=========\n<<<<<<<< eight")
