"""Manifests of a batch: columns, quotes, line ends, words and paths."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Self
from unittest.mock import patch

from formcheck.apps.jobs.task import JobOutcome, JobTask, judge
from fuzz.command import JUDGED, SOME_FAILED, WRONG_WORDS, no_half, refusal, run, warnings
from fuzz.ending import Ending, ImproperError
from fuzz.inputs import MARK, Input, Kind
from fuzz.kinds import exercise, poses
from fuzz.mutate import LINES, NUMBERS, TEXTS

Table = list[list[str]]
_PATHS = (
    *(
        "squat.npz",
        "squat.npz",
        "nowhere.mp4",
        "broken.mp4",
        "../squat.npz",
        "/dev/zero",
        "/",
        ".",
        "~",
        "~nobody/x",
    ),
    *("a" * 300, "squat.npz/x", "*.npz", "./squat.npz", "loop", "broken.npz"),
)
_EXERCISES = (
    "squat",
    "auto",
    "",
    "Squat",
    "burpee",
    "mine.toml",
    "nowhere.toml",
    ".toml",
    "bad.toml",
    "running",
)


class Here:
    """Workers of a batch that are this very process: a new one for each input would take seconds."""

    size = 1

    def __init__(self) -> None:
        self._done: list[JobOutcome] = []

    def start(self, task: JobTask, timeout_s: float) -> None:
        """Judge at once."""
        del timeout_s
        self._done.append(judge(task, lambda *_: None))

    def finished(self, wait_s: float) -> list[JobOutcome]:
        """Those done since the last call."""
        del wait_s
        done, self._done = self._done, []
        return done

    def progress(self) -> dict[str, float]:
        """Nothing is under way."""
        return {}

    def cancel(self, task: str) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing is open."""


class NoLengths:
    """No clip says how long it is: asking them takes a process as well."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def of(self, path: Path) -> None:
        """Not known."""


def _base(rng: Random) -> Table:
    rows = [["squat.npz", "squat", rng.choice(("", "left")), rng.choice(("", "side"))]]
    rows += [[rng.choice(_PATHS), rng.choice(_EXERCISES), "", ""] for _ in range(rng.choice((0, 0, 1, 2)))]
    return [["path", "exercise", "side", "view"], *rows]


def _write(table: Table) -> tuple[str, bytes]:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return ".csv", out.getvalue().encode("utf-8", "surrogatepass")


def _cell(table: Table, rng: Random) -> Table:
    table = [list(row) for row in table]
    row = rng.choice(table)
    if row:
        value = rng.choice((*TEXTS, *_PATHS, *_EXERCISES, *map(str, NUMBERS), *("left", "back", "path")))
        row[rng.randrange(len(row))] = value
    return table


def _columns(table: Table, rng: Random) -> Table:
    """Columns lost, doubled, mixed, or more than there are names."""
    order = rng.choice(([0], [1, 0], [0, 0], [0, 1, 2, 3, 0], [3, 2, 1, 0], [1, 2], []))
    chosen = table if rng.random() < 0.6 else table[rng.randrange(len(table)) :]
    return [[row[i] for i in order if i < len(row)] if row in chosen else row for row in table]


def _rows(table: Table, rng: Random) -> Table:
    return [table[0], *table[1:] * rng.choice((0, 2, 100)), *[[""] * 4] * rng.choice((0, 3))]


def _dialect(data: bytes, rng: Random) -> bytes:
    """Other signs between cells, around them and at the end of lines."""
    old, new = rng.choice(
        (
            (b",", b";"),
            (b",", b"\t"),
            (b"\r\n", b"\r"),
            (b"\r\n", b"\0"),
            (b"\r\n", b"\x0b"),
            (b"squat", b'"sq"uat'),
            (b",", b'",'),
            (b"\n", b'\n"'),
        )
    )
    return data.replace(old, new, rng.choice((1, -1)))


def _meet(given: Input, folder: Path) -> Ending:
    (folder / given.name).write_bytes(given.data)
    (folder / "squat.npz").write_bytes(poses.write(poses.fields("squat"))[1])
    (folder / "mine.toml").write_bytes((exercise.CATALOG / "squat.toml").read_bytes())
    (folder / "bad.toml").write_text("x = [")
    for name in ("broken.mp4", "broken.npz"):
        (folder / name).write_bytes(b"no clip")
    (folder / "loop").symlink_to("loop")
    workers: Callable[..., Here] = lambda *_: Here()  # noqa: E731
    start, lengths = "formcheck.apps.batch.start.local", "formcheck.apps.batch.job_request.Lengths"
    with patch(start, workers), patch(lengths, NoLengths):
        ran = run("batch", "--manifest", given.name, "-o", "out", "--quiet", "--no-report")
    no_half(folder)
    if ran.code == WRONG_WORDS:
        if (folder / "out").exists():
            raise ImproperError("leftover", "a folder of results of a manifest that was refused")
        return Ending("refused", refusal(ran, MARK, several=True))
    if ran.code not in (JUDGED, SOME_FAILED):
        raise ImproperError("message", f"exit code {ran.code}: {ran.err[:300]!r}")
    warnings(ran)
    return Ending("judged", ran.err.strip()[:300])


KIND = Kind("manifest", _base, (_cell, _cell, _columns, _rows), _write, _meet, bends=(_dialect, *LINES))
