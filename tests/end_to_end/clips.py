"""Inputs for the tests of the command: saved poses of a figure, and clips whole or broken on purpose."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av
import pytest

from formcheck.apps.cli import main as cli
from formcheck.pose.store import save_poses
from tests.figures import figure

#: Painted figures with known truth; part of the project.
SAMPLES = Path(__file__).parents[2] / "sample_videos"
#: Somebody squats, seen from the side; the first repetition ends before 4.5 s.
SQUAT = SAMPLES / "squat_side_clean.mp4"

#: What the installed `formcheck` runs.
_ENTRY = "import sys; sys.argv[0] = 'formcheck'; from formcheck.__main__ import main; main()"


def spoken(value: object) -> str | None:
    """The name of a test case whose value is the words of a command."""
    return " ".join(value) or "formcheck" if isinstance(value, list | tuple) else None


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """The one line on standard error of a command that failed."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("formcheck: "), self.err
        return lines[0]


class Command:
    """`formcheck WORDS` in this process, as its own entry point runs it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capfd = monkeypatch, capfd

    def __call__(self, *words: str | Path) -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["formcheck", *map(str, words)])
        self._capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = self._capfd.readouterr()
        return Ran(ended.value.code or 0, said.out, said.err)


def process(*words: str | Path, cwd: Path, **env: str) -> Ran:
    """`formcheck WORDS` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _ENTRY, *map(str, words)],
        cwd=cwd,
        env=environment(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's environment, so that a child finds this formcheck and prints UTF-8."""
    found = str(Path(cli.__file__).parents[3])
    return {**os.environ, "PYTHONPATH": found, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **extra}


def write_squats(path: Path, **words: Any) -> Path:
    """Saved poses of a figure that squats."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return save_poses(path, figure("squat", **{"reps": 2, **words}).poses)


def write_run(folder: Path, view: str, cadence_spm: float = 170.0) -> Path:
    """Saved poses of a figure that runs, as of a clip of that view's name."""
    poses = figure("running", view=view, duration_s=14.0, cadence_spm=cadence_spm).poses
    named = replace(poses, source=replace(poses.source, name=f"{view}.mp4"))
    return save_poses(folder / f"{view}.npz", named)


def write_start(path: Path, packets: int, source: Path = SQUAT) -> Path:
    """The first packets of a clip as a clip of its own, its index in front."""
    with av.open(str(source)) as given, av.open(str(path), "w", options={"movflags": "+faststart"}) as out:
        stream = out.add_stream_from_template(given.streams.video[0])
        for packet in itertools.islice(given.demux(video=0), packets):
            if packet.dts is not None:
                packet.stream = stream
                out.mux(packet)
    return path


def cut(path: Path, to: float) -> Path:
    """Keep only this share of a file's bytes."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * to)])
    return path


def files_in(folder: Path) -> set[str]:
    """Every file and empty folder below, by its path; nothing if the folder is not there."""
    below = (p for p in folder.rglob("*") if not p.is_dir() or not any(p.iterdir()))
    return {p.relative_to(folder).as_posix() for p in below} if folder.is_dir() else set()


def session_in(folder: Path) -> dict[str, Any]:
    """The session of a clip's folder, without what differs from run to run."""
    session: dict[str, Any] = json.loads((folder / "session.json").read_text(encoding="utf-8"))
    del session["created"]
    return session
