"""`formcheck history` and `compare` with a store, as somebody uses them who analysed clips before."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.apps import history
from formcheck.outputs.session_file import write_session
from formcheck.store import open_store
from formcheck.types.session import Session
from tests.end_to_end.clips import Command
from tests.results import with_reps
from tests.unit.outputs import sessions

DAYS = ("2026-03-01", "2026-03-04", "2026-03-08")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(history, "default_store_path", lambda: tmp_path / "own" / "formcheck.sqlite")
    return Command(monkeypatch, capfd)


def plank(n: int, seconds: float) -> Session:
    made = sessions.plank()
    source = replace(made.source, sha256=f"{n:064d}", name=f"[plank]{n}.mov")
    return replace(made, source=source, summary=replace(made.summary, hold_s=seconds))


@pytest.fixture
def kept(run: Command, tmp_path: Path) -> list[Path]:
    """Three planks, the last much longer, in the user's own store."""
    folders = [tmp_path / f"plank{n}" for n in range(3)]
    for n, (folder, seconds) in enumerate(zip(folders, (40.0, 41.0, 60.0), strict=True)):
        write_session(plank(n, seconds), folder, f"{DAYS[n]}T18:00:00+00:00")
    assert run("history", "add", *folders, "--person", "Ada").code == 0
    return folders


@pytest.mark.parametrize("words", [["--help"], ["add", "--help"], ["forget", "--help"]])
def test_help_fits_a_terminal(run: Command, words: list[str]) -> None:
    ran = run("history", *words)

    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_an_empty_history_says_what_to_do(run: Command) -> None:
    ran = run("history")

    assert (ran.code, ran.err) == (0, "")
    assert "formcheck history add FOLDER" in ran.out


def test_each_exercise_has_one_line(run: Command, kept: list[Path], tmp_path: Path) -> None:
    write_session(sessions.squat(), tmp_path / "squat")
    assert run("history", "add", tmp_path / "squat", "--on", "2026-03-09").code == 0
    ran = run("history")

    assert (ran.code, ran.err) == (0, "")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "plank 3 2026-03-08 74 ▁▁▁ no change (needs 5 points)" in lines
    assert "squat 1 2026-03-09 82 ▁ once so far" in lines


def test_a_short_set_has_the_score_that_its_session_has(run: Command, tmp_path: Path) -> None:
    squat = sessions.squat()
    short = with_reps(squat, squat.reps[:2], summary=replace(squat.summary, score=100))
    write_session(short, tmp_path / "short")
    run("history", "add", tmp_path / "short")

    lines = [" ".join(line.split()) for line in run("history").out.splitlines()]
    assert any(line.endswith(" 100 ▁ fewer than 4 repetitions tell it") for line in lines)
    assert "Score ▁" in " ".join(run("history", "-e", "squat").out.split())


def test_one_exercise_is_reported_in_full(run: Command, kept: list[Path]) -> None:
    ran = run("history", "--exercise", "plank")

    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "Plank · 3 sessions" in ran.out
    assert "60 s held" in ran.out
    assert "[plank]2.mov" in ran.out
    assert "Held  ▁▁█" in ran.out
    assert "More than at first, 60.0 s now and 40.5 s then (+19.5 s; needs 1.50 s)." in ran.out
    assert "No change beyond what measuring alone gives (needs 5 points)." in ran.out


def test_json_is_alone_and_finite(run: Command, kept: list[Path]) -> None:
    ran = run("history", "-e", "plank", "--json")
    found = json.loads(ran.out, parse_constant=pytest.fail)

    assert (ran.code, ran.err, found["schema"]) == (0, "", "formcheck/history/1")
    (trend,) = found["trends"]
    hold = next(s for s in trend["series"] if s["id"] == "hold_s")
    assert [p["value"] for p in hold["points"]] == [40.0, 41.0, 60.0]
    assert (hold["delta"], hold["clear"], hold["meaning"]) == (19.5, True, "more")


def test_adding_twice_changes_nothing(run: Command, kept: list[Path]) -> None:
    before = run("history", "--json").out
    ran = run("history", "add", kept[0].parent, "--person", "Ada")

    assert ran.code == 0
    assert len(ran.out.splitlines()) == 3
    assert run("history", "--json").out == before


@pytest.mark.parametrize(
    ("words", "left"),
    [(["--person", "Ada"], 3), (["--person", "Bob"], 0), (["--since", "2026-03-04"], 2)],
)
def test_it_can_be_narrowed(run: Command, kept: list[Path], words: list[str], left: int) -> None:
    found = json.loads(run("history", "--json", *words).out)["trends"]

    assert [t["sessions"] for t in found] == ([left] if left else [])
    assert ("No session fits." in run("history", *words).out) is (left == 0)


def test_a_session_can_be_forgotten(run: Command, kept: list[Path]) -> None:
    assert run("history", "forget", "1").code == 0
    assert json.loads(run("history", "--json").out)["trends"][0]["sessions"] == 2
    assert (kept[0] / "session.json").is_file()
    again = run("history", "forget", "1")
    assert again.code == 3
    assert "session 1" in again.message


def test_a_damaged_session_is_named_and_keeps_nobody_from_the_rest(
    run: Command, kept: list[Path], tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "own" / "formcheck.sqlite")) as raw:
        raw.execute("UPDATE sessions SET text = '{' WHERE id = 2")
        raw.commit()
    named = "passed over: session 2: cannot be read (not JSON"
    for words in (["history"], ["history", "-e", "plank"]):
        ran = run(*words)
        assert ran.code == 0
        assert ran.err.startswith(named)
        assert len(ran.err.splitlines()) == 1
    ran = run("data", "export", tmp_path / "ada.json", "--person", "Ada")
    assert (ran.code, ran.out) == (0, f"{tmp_path / 'ada.json'}: 2 sessions, 0 answers\n")
    assert ran.err.startswith(named)
    assert "formcheck history forget 2" in run("compare", "1", "2").message
    assert run("data", "check").out.startswith("session 2: cannot be read (not JSON")
    assert run("data", "check", "--delete").out.startswith("deleted: session 2")
    assert run("data", "check").out == "Nothing is damaged.\n"
    with closing(sqlite3.connect(tmp_path / "own" / "formcheck.sqlite")) as raw:
        raw.execute("UPDATE sessions SET text = '', happened = 'x'")
        raw.commit()
    assert run("history", "forget", "1").code == 0
    assert run("data", "delete", "--person", "Ada", "--yes").out.startswith("deleted: 1 session, 0 answers\n")


def test_what_a_newer_formcheck_may_read_is_deleted_by_name_alone(
    run: Command, kept: list[Path], tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "own" / "formcheck.sqlite")) as raw:
        raw.execute("UPDATE sessions SET format = 'formcheck/session/2' WHERE id = 3")
        raw.commit()
    for words in (["data", "check", "--delete"], ["data", "check"]):
        assert run(*words).out.startswith("session 3: cannot be read (written as 'formcheck/session/2'")
    assert run("history", "forget", "3").code == 0
    assert run("data", "check").out == "Nothing is damaged.\n"


@pytest.mark.parametrize(
    ("key", "value"),
    [("created", "0001-01-01T00:00:00"), ("created", "9999-12-31T23:59:59-12:00"), ("created", "soon")],
)
def test_what_cannot_have_been_done_then(run: Command, tmp_path: Path, key: str, value: str) -> None:
    path = write_session(plank(1, 40.0), tmp_path / "clip")
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    ran = run("history", "add", tmp_path / "clip")
    assert ran.code == 3
    assert "say when it was done with --on DATE" in ran.message
    assert run("history", "add", tmp_path / "clip", "--on", "2026-03-01").code == 0
    assert run("history", "add", tmp_path / "clip", "--on", "0001-01-01").code == 3
    assert run("history", "--since", "0001-01-01").code == run("history", "--since", "9999-12-31").code == 0


def test_stored_sessions_are_compared_by_number(run: Command, kept: list[Path]) -> None:
    ran = run("compare", "1", kept[2])

    assert (ran.code, ran.err) == (0, "")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "Held 40.00 60.00 +20.00 1.50 seconds clear change" in lines
    assert "there is none" in run("compare", "1", "99").message


def test_a_batch_folder_is_a_store(run: Command, tmp_path: Path) -> None:
    write_session(plank(1, 40.0), tmp_path / "clip")
    open_store(tmp_path / "formcheck.sqlite").close()
    assert run("history", "add", tmp_path / "clip", "--store", tmp_path).code == 0

    assert "plank" in run("history", "--store", tmp_path).out
    assert "Nothing kept yet" in run("history").out


def test_a_live_recording_is_known_as_one(run: Command, tmp_path: Path) -> None:
    folder = tmp_path / "20260301-180000-plank"
    write_session(plank(1, 40.0), folder)
    (folder / "events.jsonl").write_text("")
    assert run("history", "add", folder).code == 0

    assert " live" in run("history", "-e", "plank").out


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (["--exercise", "squat"], 2, "no session of it"),
        (["--exercise", "nonsense"], 2, "nonsense"),
        (["--since", "yesterday"], 2, "yesterday"),
        (["--store", "gone.sqlite"], 3, "holds no store"),
        (["add", "gone"], 3, "holds no session"),
        (["add", "."], 3, "holds no session"),
        (["forget", "77"], 3, "session 77"),
        (["forget", str(10**30)], 3, "session 1000"),
    ],
)
def test_what_is_not_there_is_one_line(
    run: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: list[str],
    code: int,
    expected: str,
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    ran = run("history", *words)

    assert (ran.code, ran.out) == (code, "")
    assert expected in ran.message
