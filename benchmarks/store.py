"""What a store of many sessions costs: its pages, the plan, the export out and in again.

    python benchmarks/store.py [--sessions 20000] [--folder DIR]

The sessions are the drawn figures of the golden files, one each few hours over years, with other bytes and
scores. Each line is measured in a process of its own: seconds until the whole page, or until the first byte
of an export, and the most memory of the process.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PATIENCE_S = 900
GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
FIRST = datetime(2012, 1, 2, 7, tzinfo=UTC)
#: A few exercises a day.
APART = timedelta(hours=4.8)
START = {"kind": "start", "when": FIRST.isoformat(), "pain": "none", "equipment": ["mat", "wall"], "days": 5}


def export(count: int) -> Iterator[str]:
    """An export of so many sessions."""
    figures = [json.loads(path.read_text()) for path in sorted(GOLDEN.glob("*.json"))]
    head = {"schema": "formcheck/person/1", "entries": [START]}
    yield json.dumps(head)[:-1] + ', "sessions": ['
    for n in range(count):
        session = figures[n % len(figures)]
        session["source"]["sha256"] = f"{n:064x}"
        if session["summary"]["score"] is not None:
            session["summary"]["score"] = 50 + n * 7 % 50
        one = {"origin": "video", "when": (FIRST + n * APART).isoformat(), "session": session}
        yield ", " * bool(n) + json.dumps(one)
    yield "]}"


def page(path: str) -> Callable[[Path], None]:
    """Ask the service for a page."""

    def ask(folder: Path) -> None:
        with _client(folder) as client:
            _measured(lambda: client.get(path).raise_for_status())

    return ask


def first_byte(folder: Path) -> None:
    """Until the export of the service begins, and until it ends."""
    with _client(folder) as client:
        begun = time.perf_counter()
        with client.stream("GET", "/api/person/data") as answer:
            parts = answer.iter_raw()
            next(parts)
            _say(f"first byte after {time.perf_counter() - begun:.2f} s; ")
            _measured(lambda: _say(f"{sum(map(len, parts)) / 1e6:.0f} MB, "))


def command(*words: str) -> Callable[[Path], None]:
    """Run a command of formcheck."""

    def run(folder: Path) -> None:
        from formcheck.apps.cli.main import app  # noqa: PLC0415

        named = [str(folder / word) if word.endswith((".json", ".sqlite")) else word for word in words]
        _measured(lambda: app(named, standalone_mode=False))

    return run


_STORE = ("--store", "formcheck.sqlite")
PARTS: dict[str, Callable[[Path], None]] = {
    "import": command("data", "import", "in.json", *_STORE),
    "import again": command("data", "import", "in.json", *_STORE),
    "/plan, the first time": page("/plan"),
    "/plan": page("/plan"),
    "/": page("/"),
    "/data": page("/data"),
    "/history": page("/history"),
    "/sessions": page("/sessions"),
    "export of the service": first_byte,
    "export of the command": command("data", "export", "out.json", *_STORE),
    "history": command("history", *_STORE),
}


def main() -> None:
    """Read the words of the command, measure each part, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, help="where the store lies; a fresh one by default")
    parser.add_argument("--part", choices=PARTS, help="only this, of a store that is there")
    wanted = parser.parse_args()
    if wanted.part:
        PARTS[wanted.part](wanted.folder)
        return
    with tempfile.TemporaryDirectory() as fresh:
        folder = wanted.folder or Path(fresh)
        with (folder / "in.json").open("w") as file:
            file.writelines(export(wanted.sessions))
        _say(f"{wanted.sessions} sessions, {(folder / 'in.json').stat().st_size / 1e6:.0f} MB\n")
        for part in PARTS:
            _say(f"{part}: ")
            words = [sys.executable, "-m", "benchmarks.store", "--part", part, "--folder", str(folder)]
            ran = subprocess.run(words, capture_output=True, text=True, check=False)
            _say(f"{ran.stdout.strip().splitlines()[-1]}\n" if ran.returncode == 0 else ran.stderr)


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _measured(work: Callable[[], object]) -> None:
    before, spent = time.perf_counter(), time.process_time()
    work()
    took, spent = time.perf_counter() - before, time.process_time() - spent
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(f"{took:.2f} s, {spent:.2f} s of CPU, {most:.0f} MB")


@contextmanager
def _client(folder: Path) -> Iterator[Any]:
    """A client of a service over the folder; a command shall not carry what it needs."""
    from httpx import Timeout  # noqa: PLC0415

    from tests.unit.web.judges import Judges, client_of  # noqa: PLC0415

    with client_of(folder, workers=Judges()) as client:
        client.timeout = Timeout(PATIENCE_S)
        client.get("/login")  # what is loaded once is not counted
        yield client


if __name__ == "__main__":
    main()
