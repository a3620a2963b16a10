"""A batch over good, broken and endless files; and one that is killed in the middle."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq

from formcheck.store import open_store
from formcheck.store.records import FINAL, Job
from tests.end_to_end.broken import BROKEN, READABLE, write_broken, write_endless
from tests.end_to_end.clips import SAMPLES, environment, files_in, process, write_start

#: So long a clip may take: enough for the good ones on a busy machine.
TIMEOUT_S = 10
#: Workers that do nothing for so long are a defect of the test's machine, seconds.
PATIENCE_S = 120


def write_good(folder: Path, *names: str, first: int = 45) -> None:
    """The starts of samples, a second and a half each but for the first, of so many pictures."""
    for i, name in enumerate(names):
        write_start(folder / f"{i}_{name}.mp4", first if i == 0 else 45, SAMPLES / f"{name}.mp4")


def summary(out: Path) -> dict[str, dict[str, str]]:
    with (out / "summary.csv").open(encoding="utf-8", newline="") as file:
        return {Path(row["path"]).stem: row for row in csv.DictReader(file)}


def jobs(out: Path) -> dict[str, Job]:
    with open_store(out / "formcheck.sqlite") as store:
        return {job.request.path: job for job in store.jobs(str(out.resolve()))}


def test_every_good_clip_is_scored_and_every_bad_one_named(tmp_path: Path, model_path: Path) -> None:
    clips, out = tmp_path / "in", tmp_path / "out"
    clips.mkdir()
    write_good(clips, "squat_side_clean", "plank_sag")
    write_broken(clips)
    write_endless(clips / "endless.mp4")
    ran = process(
        "batch",
        "in",
        "-o",
        "out",
        "-e",
        "squat",
        "--workers",
        "2",
        "--model",
        "full",
        "--every-frame",
        "--timeout",
        str(TIMEOUT_S),
        cwd=tmp_path,
    )

    assert ran.code == 1, ran.err
    rows = summary(out)
    for kind, (_, why) in BROKEN.items():
        assert rows[kind]["status"] == ("not_judgeable" if kind in READABLE else "failed"), rows[kind]
        assert why in rows[kind]["reason"]
        assert str(tmp_path) not in rows[kind]["reason"]
    assert rows["endless"]["status"] == "failed"
    assert f"{TIMEOUT_S} s" in rows["endless"]["reason"]
    good = {name for name, row in rows.items() if row["status"] == "ok"}
    assert good == {"0_squat_side_clean", "1_plank_sag"}
    for name in good:
        assert {"session.json", "report.html", "reps.csv", "thumbnail.jpg"} <= files_in(out / name)
    assert len(rows) == len(BROKEN) + 3
    assert all(Path(row["path"]).name in ran.err for row in rows.values())
    assert not [file for file in files_in(out / ".work") if file != ".lock"]


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, model_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_good(tmp_path / "in", "jumping_jack", "plank_sag", "lunge", "push_up_clean", first=80)
    words = ("batch", "in", "-e", "jumping_jack", "--no-report", "--workers", "2", "-o")
    calm = process(*words, "calm", cwd=tmp_path)

    before = _kill_when_one_is_done(tmp_path, [*words, "killed"])
    again = process(*words, "killed", cwd=tmp_path)

    assert again.code == calm.code
    now = jobs(tmp_path / "killed")
    assert 1 <= len(before) < len(now) == 4
    assert {path: now[path] for path in before} == before
    one, two = (pq.read_table(tmp_path / out / "results.parquet") for out in ("calm", "killed"))
    assert True in one["counted"].to_pylist()
    assert one.equals(two)


def _kill_when_one_is_done(folder: Path, words: list[str]) -> dict[str, Job]:
    """Kill a batch with SIGKILL as soon as a job is done; the jobs that were done by then."""
    program = [sys.executable, "-m", "formcheck", *words]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(program, cwd=folder, env=environment({}), **quiet) as run:
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends and run.poll() is None:
            time.sleep(0.1)
            if (folder / "killed/formcheck.sqlite").is_file():
                done = {p: job for p, job in jobs(folder / "killed").items() if job.status in FINAL}
                if done:
                    break
        os.kill(run.pid, signal.SIGKILL)
    return {path: job for path, job in jobs(folder / "killed").items() if job.status in FINAL}
