"""A folder that keeps filling."""

import os
from pathlib import Path

from formcheck.apps.batch.inputs import Clip
from formcheck.apps.batch.watch import Watch


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def watched(folder: Path) -> tuple[Watch, Clock]:
    clock = Clock()
    return Watch(lambda: [Clip(p) for p in sorted(folder.iterdir())], 5.0, clock), clock


def looks(watch: Watch, clock: Clock) -> list[str]:
    clock.now += 5.0
    return [clip.path.name for clip in watch()]


def test_a_file_is_taken_once_when_two_looks_found_it_the_same(tmp_path: Path) -> None:
    watch, clock = watched(tmp_path)
    file = tmp_path / "a.mp4"
    file.write_bytes(b"1")
    assert looks(watch, clock) == []
    file.write_bytes(b"12")
    assert looks(watch, clock) == []
    assert looks(watch, clock) == ["a.mp4"]
    assert looks(watch, clock) == []


def test_a_file_that_changes_later_is_taken_again(tmp_path: Path) -> None:
    watch, clock = watched(tmp_path)
    file = tmp_path / "a.mp4"
    file.write_bytes(b"1")
    assert [looks(watch, clock) for _ in range(2)] == [[], ["a.mp4"]]
    os.utime(file, (1, 1))
    assert [looks(watch, clock) for _ in range(3)] == [[], ["a.mp4"], []]


def test_a_file_that_goes_is_forgotten(tmp_path: Path) -> None:
    watch, clock = watched(tmp_path)
    (tmp_path / "a.mp4").symlink_to("nowhere")
    assert [looks(watch, clock) for _ in range(3)] == [[], [], []]


def test_nobody_looks_more_often_than_needed(tmp_path: Path) -> None:
    watch, clock = watched(tmp_path)
    (tmp_path / "a.mp4").touch()
    assert watch() == []
    clock.now = 4.9
    assert watch() == []
    clock.now = 5.0
    assert [clip.path.name for clip in watch()] == ["a.mp4"]
