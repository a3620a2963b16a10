"""`formcheck batch` with workers that know the answer at once: what is judged, reported and kept."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from formcheck.apps.batch import run, start, watch
from formcheck.apps.batch.inputs import Clip
from formcheck.apps.batch.job_request import JobRules, Options
from formcheck.apps.batch.lengths import Lengths
from formcheck.store import open_store
from tests.end_to_end.clips import Command, Ran
from tests.unit.batch.stand_ins import StandInWorkers

LISTS = {"results.parquet", "summary.csv", "index.html"}
Batch = Callable[..., tuple[Ran, StandInWorkers]]


@pytest.fixture
def batch(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Batch:
    """`formcheck batch WORDS -o out` in an empty folder; what it left, and who judged."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Lengths, "of", lambda *_: 10.0)
    monkeypatch.setattr(start, "rules_of", lambda *_, **w: JobRules(Options(**w), "model"))
    command = Command(monkeypatch, capfd)

    def running(*words: str | Path, workers: StandInWorkers | None = None) -> tuple[Ran, StandInWorkers]:
        workers = workers or StandInWorkers()
        monkeypatch.setattr(start, "local", lambda *_: workers)
        return command("batch", *words, "-o", "out"), workers

    return running


def make(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(name.encode())


def judged(workers: StandInWorkers) -> list[str]:
    return [Path(task.path).name for task in workers.judged]


def summary() -> dict[str, dict[str, str]]:
    with Path("out/summary.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


def test_good_clips_are_judged_and_reported(batch: Batch) -> None:
    make("in/squat/a.mp4", "in/misc/b.mp4")
    ran, workers = batch("in")

    assert ran.code == 0
    assert ran.out == "2 of 2 clips judged; see out/index.html\n"
    assert ran.err.splitlines()[0] == "2 clips, 20 s of video; 2 to do with 2 workers; about 10 s"
    assert "[1/2] ok            b.mp4: Squat, " in ran.err
    assert {task.exercise for task in workers.judged} == {"squat", "auto"}
    assert workers.limits == [260.0, 260.0]
    assert workers.closed
    assert {name: row["status"] for name, row in summary().items()} == {"a.mp4": "ok", "b.mp4": "ok"}
    assert 'href="./a/report.html"' in Path("out/index.html").read_text()
    assert set(pq.read_table("out/results.parquet")["name"].to_pylist()) == {"a.mp4", "b.mp4"}


def test_what_cannot_be_judged_is_named_and_the_rest_is_judged(batch: Batch) -> None:
    make("in/a.mp4", "in/bad.mp4", "in/who.mp4")
    ran, _ = batch("in")

    assert ran.code == 1
    assert ran.out == (
        "1 of 3 clips judged, 1 not judgeable (1 of an exercise that could not be told), 1 failed;"
        " see out/index.html\n"
    )
    assert "failed        bad.mp4: the file is empty" in ran.err
    assert summary()["who.mp4"]["reason"] == "the exercise could not be told"


def test_quiet_names_only_what_cannot_be_judged(batch: Batch) -> None:
    make("in/a.mp4", "in/bad.mp4")
    ran, _ = batch("in", "--quiet")
    assert (ran.code, ran.out) == (1, "")
    assert ran.message == "formcheck: bad.mp4: the file is empty; copy or record it again"


def test_a_second_run_does_nothing_and_says_so(batch: Batch) -> None:
    make("in/a.mp4", "in/bad.mp4")
    batch("in")
    lists = {p: p.read_bytes() for p in Path("out").iterdir() if p.name in LISTS}
    ran, workers = batch("in")

    assert judged(workers) == []
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == "nothing to do: 1 of 2 clips judged, 1 failed; see out/index.html\n"
    assert {p: p.read_bytes() for p in lists} == lists


def test_only_what_is_new_or_changed_is_judged(batch: Batch) -> None:
    make("in/a.mp4", "in/b.mp4")
    batch("in")
    make("in/c.mp4")
    Path("in/b.mp4").write_text("other bytes")
    ran, workers = batch("in")

    assert judged(workers) == ["b.mp4", "c.mp4"]
    assert Path(workers.judged[0].folder).name.startswith("b-")
    assert "; 1 done before; 1 of a name that is taken, so its folder gets a short hash; 2 to do" in ran.err
    assert len(summary()) == 3


def test_a_changed_cell_of_the_manifest_judges_that_clip_again(batch: Batch) -> None:
    make("a.mp4", "b.mp4")
    manifest = Path("clips.csv")

    def ran(*lines: str) -> list[tuple[str, int | None, float | None]]:
        manifest.write_text("\n".join(("path,exercise,rotate,slowmo", *lines)))
        _, workers = batch("--manifest", manifest)
        return [
            (Path(task.path).name, task.options.rotation_deg, task.options.slowmo) for task in workers.judged
        ]

    assert ran("a.mp4,squat,90,4", "b.mp4,squat,,") == [("a.mp4", 90, 4.0), ("b.mp4", None, None)]
    assert ran("a.mp4,squat,90,4.0", "b.mp4,squat,,") == []
    assert ran("a.mp4,squat,90,4", "b.mp4,squat,0,") == [("b.mp4", 0, None)]
    assert ran("a.mp4,squat,90,", "b.mp4,squat,0,") == [("a.mp4", 90, None)]


@pytest.mark.parametrize("words", [("-e", "lunge"), ("--video",), ("--no-resume",)])
def test_other_rules_judge_again(batch: Batch, words: tuple[str, ...]) -> None:
    make("in/a.mp4")
    batch("in")
    _, workers = batch("in", *words)
    assert judged(workers) == ["a.mp4"]
    assert len(summary()) == 1


def test_what_failed_is_tried_again_when_asked(batch: Batch) -> None:
    make("in/a.mp4", "in/bad.mp4", "in/who.mp4")
    batch("in")
    _, workers = batch("in", "--retry-failed")
    assert judged(workers) == ["bad.mp4"]


def test_an_interrupted_run_keeps_what_is_done_and_goes_on(batch: Batch) -> None:
    make(*(f"in/{i}.mp4" for i in range(5)))
    ran, first = batch("in", workers=StandInWorkers(stop_after=2))

    assert ran.code == 130
    assert len(summary()) == 2
    assert "3 clips still to come" in Path("out/index.html").read_text()
    ran, second = batch("in")
    assert ran.code == 0
    assert sorted(judged(first) + judged(second)) == [f"{i}.mp4" for i in range(5)]
    assert len(summary()) == 5


def test_a_full_disk_says_what_is_kept_and_how_to_go_on(batch: Batch) -> None:
    make("in/a.mp4", "in/b.mp4", "in/full.mp4", "in/z.mp4")
    ran, _ = batch("in", "-q")
    kept = "what was judged (2 of 4 clips) is kept, and the same command goes on with the rest"
    assert (ran.code, ran.message) == (1, f"formcheck: out/full: cannot write: the disk is full; {kept}")
    assert set(summary()) == {"a.mp4", "b.mp4"}
    Path("in/full.mp4").rename("in/fine.mp4")
    ran, workers = batch("in", "-q")
    assert (ran.code, sorted(judged(workers))) == (0, ["fine.mp4", "z.mp4"])


def test_a_folder_that_vanishes_is_reported(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    make("in/a.mp4", "in/b.mp4")
    stop = run.Dispatcher.stop

    def vanishing(dispatcher: run.Dispatcher) -> None:
        shutil.rmtree("out")
        stop(dispatcher)

    monkeypatch.setattr(run.Dispatcher, "stop", vanishing)
    ran, _ = batch("in", "-q")
    assert (ran.code, ran.message.split(": ", 2)[1:]) == (
        1,
        ["out", "was removed while results were written to it; run the same command again"],
    )


def test_what_nobody_asks_for_any_more_is_not_judged(batch: Batch) -> None:
    make(*(f"in/{i}.mp4" for i in range(4)), "other/x.mp4")
    batch("in", workers=StandInWorkers(stop_after=1))
    ran, workers = batch("other")

    assert judged(workers) == ["x.mp4"]
    assert ran.out == "1 of 1 clip judged; see out/index.html\n"
    assert set(summary()) == {"0.mp4", "x.mp4"}


def test_clips_of_one_name_do_not_mix(batch: Batch) -> None:
    make("in/x/a.mp4", "in/y/a.mp4")
    _, workers = batch("in")
    assert len({task.folder for task in workers.judged}) == 2
    make("in/a/a.mp4")
    _, later = batch("in")
    assert len({task.folder for task in workers.judged + later.judged}) == 3


def test_a_manifest_says_which_exercise_and_its_mistakes_are_reported(batch: Batch) -> None:
    make("in/a.mp4")
    Path("m.csv").write_text("path,exercise,side\nin/a.mp4,lunge,left\nin/bad.mp4,,\n")
    ran, workers = batch("--manifest", "m.csv", "-e", "squat")
    assert [(t.exercise, t.options.side) for t in workers.judged] == [("lunge", "left"), ("squat", None)]

    Path("m.csv").write_text("path,exercise\nin/a.mp4,lung\n,squat\n")
    ran, workers = batch("--manifest", "m.csv")
    assert (ran.code, ran.out, judged(workers)) == (2, "", [])
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == ["m.csv line 2", "m.csv line 3"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "nothing to judge"),
        (("nowhere",), "no such file or folder"),
        (("empty",), "holds no video"),
        (("in", "-e", "sqat"), "no such exercise"),
        (("in", "--manifest", "gone.csv"), "cannot be read"),
        (("in", "--workers", "0"), "--workers"),
        (("in", "--timeout", "0"), "--timeout"),
    ],
)
def test_wrong_words_are_reported_before_the_work(batch: Batch, words: tuple[str, ...], said: str) -> None:
    make("in/a.mp4")
    Path("empty").mkdir()
    ran, _ = batch(*words)
    assert ran.code == 2
    assert said in ran.message
    assert not Path("out").exists()


def test_a_time_out_counts_for_every_clip(batch: Batch) -> None:
    make("in/a.mp4")
    _, workers = batch("in", "--timeout", "7")
    assert workers.limits == [7.0]


def test_names_cannot_steer_the_terminal(batch: Batch) -> None:
    make("in/\x1b[2Jbad[red].mp4")
    ran, _ = batch("in")
    assert "\x1b" not in ran.err
    assert r"[1/1] ok            \x1b[2Jbad[red].mp4: " in ran.err


def test_results_can_be_kept_elsewhere(batch: Batch) -> None:
    make("in/a.mp4")
    batch("in", "--store", f"sqlite:///{Path('elsewhere.sqlite').absolute()}")
    assert not Path("out/formcheck.sqlite").exists()
    with open_store(Path("elsewhere.sqlite")) as store:
        assert store.counts(str(Path("out").resolve()))["ok"] == 1


def test_a_watched_folder_is_judged_as_it_fills(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_S", 0.0)
    monkeypatch.setattr(run, "_WAIT_S", 0.0)
    make("in/a.mp4")
    workers, look = StandInWorkers(), watch.Watch.__call__

    def looking(self: watch.Watch) -> list[Clip]:
        if workers.judged and not Path("in/b.mp4").exists():
            make("in/b.mp4")
        if len(workers.judged) == 2:
            raise KeyboardInterrupt
        return look(self)

    monkeypatch.setattr(watch.Watch, "__call__", looking)
    ran, _ = batch("in", "--watch", workers=workers)
    assert (ran.code, judged(workers)) == (130, ["a.mp4", "b.mp4"])
    assert len(summary()) == 2
