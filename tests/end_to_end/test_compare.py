"""`formcheck compare` as somebody uses it who analysed two clips before."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.outputs.session_file import write_session
from formcheck.types.session import Session
from tests.end_to_end.clips import Command
from tests.results import with_gait, with_reps
from tests.unit.outputs import sessions


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "80")
    return Command(monkeypatch, capfd)


def tired() -> Session:
    """The made-up run again, with slower steps, a forward head, and without its overstride."""
    fresh = sessions.running()
    assert fresh.gait is not None
    head = replace(fresh.gait.metrics["head_forward"], value=0.334)
    run = with_gait(fresh, cadence_spm=160.0, metrics={**fresh.gait.metrics, "head_forward": head})
    checks = tuple(replace(c, verdict="ok") if c.id == "overstride" else c for c in fresh.checks)
    source = replace(fresh.source, name="[tired].mp4")
    faults = tuple(f for f in fresh.faults if f.id != "overstride")
    return replace(run, source=source, checks=checks, faults=faults)


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    write_session(tired(), tmp_path / "tired")
    return write_session(sessions.running(), tmp_path / "fresh"), tmp_path / "tired"


def test_help_fits_a_terminal(run: Command) -> None:
    ran = run("compare", "--help")

    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_what_changed_is_reported(run: Command, both: tuple[Path, Path]) -> None:
    ran = run("compare", *both)

    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "[tired].mp4" in ran.out
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "Steps a minute 171.6 160.0 −11.6 5.1 spm clear change" in lines
    assert any(line.endswith("28.4 33.4 +5.0 4.0 % of trunk clear change") for line in lines)
    assert any(line.endswith("15.2 15.2 0.0 1.0 degrees no clear change") for line in lines)
    assert "lost: Land under your hips (was a clear fault, now fine)" in ran.out
    assert "note: The cadence changed" in ran.out


def test_json_is_alone_and_finite(run: Command, both: tuple[Path, Path]) -> None:
    ran = run("compare", *both, "--json")
    found = json.loads(ran.out, parse_constant=pytest.fail)

    assert (ran.code, ran.err, found["schema"]) == (0, "", "formcheck/comparison/1")
    assert (found["first"], found["second"]) == (sessions.running().source.name, "[tired].mp4")
    by_id = {c["id"]: c for c in found["changes"]}
    assert (by_id["head_forward"]["delta"], by_id["head_forward"]["clear"]) == (0.05, True)
    assert math.isclose(by_id["cadence"]["delta"], -11.6)
    assert [(f["id"], f["late"]) for f in found["faults"]] == [("overstride", "ok")]


def test_repetitions_and_what_could_not_be_compared(run: Command, tmp_path: Path) -> None:
    squats = sessions.squat()
    for name, found in (("a", squats), ("b", with_reps(squats, squats.reps[:2]))):
        write_session(found, tmp_path / name)
    ran = run("compare", tmp_path / "a", tmp_path / "b")

    assert ran.code == 0
    assert "not compared: Score; Range of motion" in ran.out


def test_sessions_of_different_exercises_are_refused(
    run: Command, both: tuple[Path, Path], tmp_path: Path
) -> None:
    ran = run("compare", both[0], write_session(sessions.squat(), tmp_path))

    assert (ran.code, ran.out) == (1, "")
    assert "Running and Squat" in ran.message


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("run.mp4", b"\0", "analyse it first"),
        ("empty", None, "cannot read"),
        ("gone.json", None, "cannot read"),
        ("cut.json", b"{", "not JSON"),
        ("other.json", b'{"schema": "x"}', "expected schema"),
    ],
)
def test_what_is_no_session_is_named(
    run: Command, both: tuple[Path, Path], tmp_path: Path, name: str, written: bytes | None, expected: str
) -> None:
    path = tmp_path / name
    if written is not None:
        path.write_bytes(written)
    elif not path.suffix:
        path.mkdir()
    ran = run("compare", both[0], path)

    assert (ran.code, ran.out) == (3, "")
    assert name in ran.message
    assert expected in ran.message


def test_two_are_needed(run: Command, both: tuple[Path, Path]) -> None:
    assert run("compare", both[0]).code == 2
