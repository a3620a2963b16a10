"""Whether files are what their names say, from the first byte to the last; and what was left behind."""

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import av
import numpy as np
import pyarrow.parquet as pq

from formcheck.outputs.session_file import read_session

#: What may stand beside results: the lock of a folder in which one works at a time.
_LOCK = Path(".work/.lock")


def _html(path: Path) -> None:
    assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")


def _csv(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert len({len(row) for row in csv.reader(text.splitlines())}) == 1


def _pictures(path: Path) -> None:
    with av.open(str(path)) as container:
        assert sum(1 for _ in container.decode(video=0))


def _npz(path: Path) -> None:
    with np.load(path) as arrays:
        assert {arrays[name].shape[0] for name in ("t", "image", "world", "visibility")}


def _events(path: Path) -> None:
    assert all(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


_CHECKS: dict[str, Callable[[Path], object]] = {
    ".html": _html,
    ".csv": _csv,
    ".mp4": _pictures,
    ".jpg": _pictures,
    ".npz": _npz,
    ".json": read_session,
    ".jsonl": _events,
    ".parquet": pq.read_table,
    ".sqlite": _database,
}


def half(out: Path) -> list[str]:
    """The files under a final name that are not whole, and why."""
    found = []
    for path in sorted(out.rglob("*")):
        if not path.is_file() or _hidden(path.relative_to(out)) or path.suffix.startswith(".sqlite-"):
            continue
        try:
            _CHECKS[path.suffix](path)
        except Exception as error:  # whatever a reader says of a broken file
            found.append(f"{path.relative_to(out)}: {type(error).__name__} {error}")
    return found


def left_over(out: Path) -> list[str]:
    """What nobody wants: hidden files and folders, empty folders, files beside a database."""
    names = (path.relative_to(out) for path in sorted(out.rglob("*")))
    return [
        str(name)
        for name in names
        if (_hidden(name) and name not in (_LOCK, _LOCK.parent))
        or "sqlite-" in name.suffix
        or ((out / name).is_dir() and not any((out / name).iterdir()))
    ]


def _hidden(name: Path) -> bool:
    return any(part.startswith(".") for part in name.parts)
