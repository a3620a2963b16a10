"""Whether anything is lost or left half when `analyze` and `batch` are ended at random moments.

    python benchmarks/ends.py [--moments 20] [--only analyze] [--seed 15]

SIGINT, SIGTERM, SIGHUP and SIGKILL, each at so many moments of runs over short clips; now the process alone,
now its whole group, as a terminal does it. After every signal each file under a final name is read from its
first byte to its last, what was finished before must still be there, and no process may be left. After the
first three nothing may be left over either; after a kill by the next run that comes to its end.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from formcheck.outputs.session_file import read_session
from formcheck.store import open_store
from formcheck.store.records import FINAL
from tests.end_to_end.clips import SAMPLES, environment, write_start
from tests.end_to_end.wholeness import half, left_over

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
COMMANDS = {
    "analyze": ("--save-poses",),
    "batch": ("--workers", "2", "--video"),
}
#: After so many kills a run may come to its end, and must clear up.
RESPITE = 10
#: So many clips has a run.
CLIPS = 3
#: Processes may take so long to follow the one that was ended, seconds.
PATIENCE_S = 10.0
#: A run that takes longer hangs, seconds.
HANG_S = 300.0
LINE = b"formcheck: interrupted; what was finished is kept"


@dataclass
class Trial:
    """Runs of one command, one after the other, into one folder.

    Attributes
    ----------
    wrong : what should not have been, in words.
    counts : of signals that came in time, and of files that were read.
    """

    command: str
    place: Path
    rng: random.Random
    wrong: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    wall_s: float = 0.0

    def __post_init__(self) -> None:
        (self.place / "in").mkdir(parents=True)
        for i in range(CLIPS):
            write_start(self.place / "in" / f"{i}.mp4", 25 + 5 * i, SAMPLES / "plank_sag.mp4")

    @property
    def out(self) -> Path:
        """Where the results are."""
        return self.place / "out"

    def start(self) -> subprocess.Popen[bytes]:
        """A run, in a process group of its own."""
        words = [self.command, *map(str, sorted((self.place / "in").iterdir())), "-o", "out", "-q"]
        return subprocess.Popen(
            [sys.executable, "-m", "formcheck", *words, "-e", "plank_hold", *COMMANDS[self.command]],
            cwd=self.place,
            env=environment({}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def calm(self, what: str) -> None:
        """A run that nobody disturbs leaves all its results, and nothing else."""
        began = time.monotonic()
        run = self.start()
        _, said = run.communicate(timeout=HANG_S)
        self.wall_s = time.monotonic() - began
        self._check(f"after {what} a run to the end", run, {}, said, {0, 1})
        if len(self.finished()) < CLIPS:
            self.wrong.append(f"after {what}: {len(self.finished())} of {CLIPS} clips judged")

    def disturbed(self, number: int) -> None:
        """A run that gets a signal while it works, at a moment between its beginning and its usual end."""
        name, before = signal.Signals(number).name, self.finished()
        at = self.rng.uniform(0.05, 0.95 * self.wall_s)
        group = bool(self.rng.getrandbits(1))
        run = self.start()
        with suppress(subprocess.TimeoutExpired):
            run.wait(at)
        if run.poll() is not None:  # it was quicker than usual
            self.wall_s = max(1.0, 0.8 * self.wall_s)
            self.counts["too late"] += 1
            run.communicate()
            return
        (os.killpg if group else os.kill)(run.pid, number)
        _, said = run.communicate(timeout=HANG_S)
        self.counts[name] += 1
        codes = {-number} if number == signal.SIGKILL else {128 + number}
        if at < 0.5 or len(self.finished()) == CLIPS:  # Python itself is about to begin, or all is done
            codes |= {-number}
        self._check(f"{name} at {at:.2f} s{' to all' if group else ''}", run, before, said, codes)
        if number != signal.SIGKILL and (left := self._left()):
            self.wrong.append(f"{name} at {at:.2f} s: left {left}")

    def finished(self) -> dict[str, object]:
        """What is done, by its name, and when; of `analyze` what is judged, for it judges again."""
        if self.command == "analyze":
            return {p.parent.name: len(read_session(p).holds) for p in self.out.glob("*/session.json")}
        if not (self.out / "formcheck.sqlite").is_file():
            return {}
        with open_store(self.out / "formcheck.sqlite") as store:
            jobs = store.jobs(str(self.out.resolve()))
        return {job.request.path: (job.status, job.finished) for job in jobs if job.status in FINAL}

    def anew(self) -> None:
        """Begin with an empty folder."""
        shutil.rmtree(self.out, ignore_errors=True)

    def _check(
        self, what: str, run: subprocess.Popen[bytes], before: dict[str, object], said: bytes, codes: set[int]
    ) -> None:
        wrong = [f"half a file: {file}" for file in half(self.out)]
        after = self.finished()
        wrong += [f"lost: {name}" for name, when in before.items() if after.get(name) != when]
        wrong += [f"left running: {name}" for name in survivors(run.pid)]
        if run.returncode not in codes:
            wrong.append(f"exit code {run.returncode}, expected {sorted(codes)}: {said[-300:]!r}")
        if b"Traceback" in said or b"Exception ignored" in said:
            wrong.append(f"says {said[-600:]!r}")
        if run.returncode > 128 and said.strip().splitlines()[-1:] != [LINE]:
            wrong.append(f"says {said[-300:]!r}")
        if "to the end" in what:
            wrong += [f"left: {left}" for left in self._left()]
        self.counts["files"] += sum(p.is_file() for p in self.out.rglob("*"))
        self.wrong += [f"{self.command}, {what}: {w}" for w in wrong]

    def _left(self) -> list[str]:
        return left_over(self.out)


def survivors(group: int) -> list[str]:
    """Processes of a group that do not follow their leader in time; they are ended."""
    end = time.monotonic() + PATIENCE_S
    while True:
        left = [p for p in psutil.process_iter() if _of(p, group)]
        if not left or time.monotonic() > end:
            break
        time.sleep(0.05)
    found = []
    for process in left:
        with suppress(psutil.Error):
            found.append(" ".join(process.cmdline())[:120])
            process.kill()
    return found


def _of(process: psutil.Process, group: int) -> bool:
    with suppress(psutil.Error, ProcessLookupError):
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    return False


def trial(command: str, moments: int, place: Path, rng: random.Random) -> Trial:
    """All signals, each at so many moments."""
    tried = Trial(command, place, rng)
    tried.calm("nothing")
    for number in SIGNALS:
        name, done = signal.Signals(number).name, 0
        while done < moments:
            if len(tried.finished()) == CLIPS:
                tried.anew()
            tried.disturbed(number)
            if tried.counts[name] > done:
                done += 1
                if done % RESPITE == 0 or done == moments:
                    tried.calm(name)
    return tried


def main() -> None:
    """Read the words of the command, try, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--moments", type=int, default=20, help="of each signal and command")
    parser.add_argument("--only", choices=COMMANDS, help="one command alone")
    parser.add_argument("--seed", type=int, default=15)
    words = parser.parse_args()
    table = Table("ends", *(s.name[3:].lower() for s in SIGNALS), "too late", "files read", "wrong", box=None)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for command in [words.only] if words.only else COMMANDS:
            tried = trial(command, words.moments, Path(folder) / command, random.Random(words.seed))
            counts = [tried.counts[s.name] for s in SIGNALS]
            numbers = [*counts, tried.counts["too late"], tried.counts["files"], len(tried.wrong)]
            table.add_row(command, *map(str, numbers))
            wrong += tried.wrong
    console = Console(width=max(Console().width, 100))
    console.print(table, f"seed {words.seed}", sep="\n")
    for line in wrong:
        console.print(f"[red]wrong:[/] {line}", highlight=False, soft_wrap=True)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
