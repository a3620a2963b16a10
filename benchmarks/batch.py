"""Whether a batch can be trusted, and what it costs.

    python benchmarks/batch.py [--clips 200] [--kills 10] [--scaling 24] [--memory 50] [--overhead 16]

Each part runs when its number is not 0. Clips are the samples under other names, with bytes of their own.
The first part scores them with ten broken files and two endless ones among them: once undisturbed, and once
killed (SIGKILL) at random moments and taken up again; the results must be equal row for row, and what was
done before a kill must not be judged again.
"""

import argparse
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from formcheck.store import open_store
from formcheck.store.records import FINAL
from tests.end_to_end.broken import BROKEN, write_broken, write_endless
from tests.end_to_end.clips import write_start

SAMPLES = Path(__file__).parents[1] / "sample_videos"
#: Pictures a second of the samples.
FPS = 30
#: How often memory is looked at, seconds.
LOOK_S = 0.25
#: A child smaller than this is no worker.
WORKER_MB = 100


@dataclass
class Figures:
    """What was measured, and what was wrong."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, what: str, value: str, wanted: str = "", *, fine: bool = True) -> None:
        """A line of the table; one that is not fine is remembered."""
        self.rows.append((what, value, wanted))
        if not fine:
            self.wrong.append(f"{what}: {value}, wanted {wanted}")


@dataclass(frozen=True)
class Run:
    """A finished command: exit code, seconds of wall time, and of CPU time of all its processes."""

    code: int
    wall_s: float
    cpu_s: float


def main() -> None:
    """Read the words of the command, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clips", type=int, default=200, help="in all, with the broken and endless ones")
    parser.add_argument("--endless", type=int, default=2, help="how many of them never end")
    parser.add_argument("--kills", type=int, default=10, help="how often the second run is killed")
    parser.add_argument("--scaling", type=int, default=24, help="clips for one worker against two")
    parser.add_argument("--memory", type=int, default=50, help="clips for the memory of a worker")
    parser.add_argument("--overhead", type=int, default=16, help="clips for batch against analyze")
    parser.add_argument("--seconds", type=float, help="cut the clips to this length")
    parser.add_argument("--timeout", type=float, help="for a clip, as the command takes it")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--json", type=Path, help="save the figures there")
    words = parser.parse_args()
    figures = Figures()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if words.clips:
            acceptance(words, work / "acceptance", figures)
        if words.scaling:
            scaling(write_clips(work / "scaling", words.scaling, words.seconds), figures)
        if words.memory:
            memory(write_clips(work / "memory", words.memory, words.seconds), figures)
        if words.overhead:
            overhead(write_clips(work / "overhead", words.overhead, words.seconds), figures)
    show(figures)
    if words.json:
        words.json.write_text(json.dumps(figures.rows, indent=2, ensure_ascii=False) + "\n")
    sys.exit(bool(figures.wrong))


# --- clips -----------------------------------------------------------------------------------------------


def write_clips(folder: Path, count: int, seconds: float | None) -> Path:
    """The samples again and again; every second one in a folder that names its exercise."""
    samples = [path for path in sorted(SAMPLES.glob("*.mp4")) if path.stem != "nobody"]
    for i in range(count):
        sample = samples[i % len(samples)]
        truth = json.loads(sample.with_suffix(".truth.json").read_text(encoding="utf-8"))
        place = folder / (truth["exercise"] if i % 2 else "mixed")
        place.mkdir(parents=True, exist_ok=True)
        clip = place / f"{i:03d}_{sample.name}"
        if seconds:
            write_start(clip, round(seconds * FPS), sample)
        else:
            shutil.copy(sample, clip)
        with clip.open("ab") as file:
            file.write(struct.pack(">I4sQ", 16, b"free", i))  # an atom that players pass over
    return folder


def acceptance(words: argparse.Namespace, work: Path, figures: Figures) -> None:
    """Undisturbed, then killed and resumed: the same rows, nothing judged twice."""
    good = words.clips - len(BROKEN) - words.endless
    clips = write_clips(work / "in", good, words.seconds)
    write_broken(clips / "mixed")
    for i in range(words.endless):
        write_endless(clips / "mixed" / f"{50 + i:03d}_endless.mp4")
    options = ["--timeout", f"{words.timeout:g}"] if words.timeout else []
    calm = batch(clips, work / "calm", *options)
    figures.add("undisturbed", f"{calm.wall_s:.0f} s, exit code {calm.code}", "code 1", fine=calm.code == 1)
    found = {Path(path).stem: status for path, (status, *_) in jobs(work / "calm").items()}
    bad = {name for name in found if name in BROKEN or name.endswith("_endless")}
    named = sum(found[name] != "ok" for name in bad)
    figures.add("bad ones named", str(named), str(len(BROKEN) + words.endless),
                fine=named == len(BROKEN) + words.endless)  # fmt: skip
    scored = sum(found[name] == "ok" for name in found.keys() - bad)
    figures.add("good ones judged", str(scored), f"{good}, if not cut short",
                fine=bool(words.seconds) or scored == good)  # fmt: skip
    kills, again = disturbed(clips, work / "killed", options, words, calm.wall_s)
    figures.add("kills", str(kills), str(words.kills), fine=kills == words.kills)
    figures.add("judged again after they were done", str(again), "0", fine=not again)
    same = pq.read_table(work / "calm/results.parquet").equals(pq.read_table(work / "killed/results.parquet"))
    rows = pq.read_metadata(work / "calm/results.parquet").num_rows
    figures.add("results equal", f"{same}, {rows} rows", "True", fine=same)
    idle = batch(clips, work / "killed", *options)
    figures.add("a run with nothing to do", f"{idle.wall_s:.1f} s, exit code {idle.code}", "code 1",
                fine=idle.code == 1)  # fmt: skip


def disturbed(
    clips: Path, out: Path, options: Sequence[str], words: argparse.Namespace, calm_s: float
) -> tuple[int, int]:
    """Kill and take up again, then let it end; how often it was killed, and how many were judged twice."""
    rng, kills, done = random.Random(words.seed), 0, dict[str, tuple[object, ...]]()
    while kills < words.kills:
        with subprocess.Popen(command(*batch_words(clips, out, *options)), stderr=subprocess.DEVNULL) as run:
            with suppress(subprocess.TimeoutExpired):
                run.wait(rng.uniform(1, 2 * calm_s / (words.kills + 1)))
            if run.poll() is not None:
                break
            run.send_signal(signal.SIGKILL)
        kills += 1
        done |= {path: job for path, job in jobs(out).items() if job[0] in FINAL}
    batch(clips, out, *options)
    now = jobs(out)
    return kills, sum(now[path] != job for path, job in done.items())


def jobs(out: Path) -> dict[str, tuple[object, ...]]:
    """Status, how often begun and when ended, of every job by its path; none before the store is there."""
    if not (out / "formcheck.sqlite").is_file():
        return {}
    with open_store(out / "formcheck.sqlite") as store:
        return {j.request.path: (j.status, j.attempts, j.finished) for j in store.jobs(str(out.resolve()))}


# --- cost ------------------------------------------------------------------------------------------------


def scaling(clips: Path, figures: Figures) -> None:
    """The wall time of two workers against one."""
    one, two = (batch(clips, clips.with_name(f"out{n}"), "--workers", str(n)).wall_s for n in (1, 2))
    figures.add(
        "two workers / one", f"{two:.1f} s / {one:.1f} s = {two / one:.3f}", "0.55", fine=two / one <= 0.55
    )


def memory(clips: Path, figures: Figures) -> None:
    """The memory of each worker, and whether it grows."""
    seen: list[tuple[float, float]] = []
    run = batch(clips, clips.with_name("memory_out"), looking=lambda pid, t: seen.extend(workers_mb(pid, t)))
    most = max(mb for _, mb in seen)
    third = run.wall_s / 3
    early = max(mb for t, mb in seen if third <= t < 2 * third)
    late = max(mb for t, mb in seen if t >= 2 * third)
    figures.add("most memory of a worker", f"{most:.0f} MB", "700 MB", fine=most < 700)
    figures.add("last third / middle third", f"{late / early:.3f}", "1.05", fine=late / early <= 1.05)


def workers_mb(pid: int, t: float) -> Iterator[tuple[float, float]]:
    """When, and the resident megabytes of every worker."""
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                mb = child.memory_info().rss / 1e6
                if mb > WORKER_MB:
                    yield t, mb


def overhead(clips: Path, figures: Figures) -> None:
    """What batch with one worker costs more than analyze of the same clips."""
    files = sorted(map(str, clips.rglob("*.mp4")))
    options = ("--exercise", "auto", "--no-video", "--report", "--quiet")
    plain = run("analyze", *files, "-o", clips.with_name("plain_out"), *options)
    many = run("batch", *files, "-o", clips.with_name("batch_out"), *options, "--workers", "1")
    for what, a, b in (("wall", many.wall_s, plain.wall_s), ("CPU", many.cpu_s, plain.cpu_s)):
        figures.add(f"batch / analyze, {what} time", f"{a:.1f} s / {b:.1f} s = {a / b:.3f}", "1.03",
                    fine=what == "CPU" or a / b <= 1.03)  # fmt: skip


# --- running ---------------------------------------------------------------------------------------------


def batch(clips: Path, out: Path, *words: str, looking: Callable[[int, float], None] | None = None) -> Run:
    """A whole `formcheck batch`."""
    return run(*batch_words(clips, out, *words), looking=looking)


def batch_words(clips: Path, out: Path, *words: str) -> list[str]:
    """The words of a quiet batch, with two workers unless they say otherwise."""
    return ["batch", str(clips), "-o", str(out), "--quiet", "--workers", "2", *words]


def command(*words: str | Path) -> list[str]:
    """`formcheck WORDS`, as a process takes it."""
    return [sys.executable, "-m", "formcheck", *map(str, words)]


def run(*words: str | Path, looking: Callable[[int, float], None] | None = None) -> Run:
    """A whole `formcheck`, looked at now and then."""
    began = time.monotonic()
    child = subprocess.Popen(command(*words), stderr=subprocess.DEVNULL)
    pid, status, used = 0, 0, None
    while not pid:
        pid, status, used = os.wait4(child.pid, os.WNOHANG)
        if looking is not None:
            looking(child.pid, time.monotonic() - began)
        time.sleep(LOOK_S if looking else 0.02)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert used is not None
    return Run(child.returncode, time.monotonic() - began, used.ru_utime + used.ru_stime)


def show(figures: Figures) -> None:
    """Print the figures, and what is wrong."""
    table = Table("batch", "measured", "wanted", box=None)
    for row in figures.rows:
        table.add_row(*row)
    console = Console(width=max(Console().width, 100))
    console.print(table)
    for wrong in figures.wrong:
        console.print(f"[red]not reached:[/] {wrong}", highlight=False)


if __name__ == "__main__":
    main()
