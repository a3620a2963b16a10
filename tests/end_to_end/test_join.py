"""`formcheck analyze --join` as somebody uses it who filmed one run from two sides."""

from pathlib import Path

import pytest

from tests.end_to_end.clips import Command, session_in, write_run, write_squats


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "80")
    return Command(monkeypatch, capfd)


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    return write_run(tmp_path, "side"), write_run(tmp_path, "back")


def test_two_sides_of_a_run_become_one_session(run: Command, both: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("analyze", *both, "-e", "running", "--join", "-o", out)

    assert ran.code == 0, ran.err
    assert {folder.name for folder in out.iterdir()} == {"side", "back", "side+back"}
    assert (out / "side+back" / "report.html").is_file()
    joined = session_in(out / "side+back")
    assert [(c["source"]["name"], c["view"]["name"]) for c in joined["clips"]] == [
        ("side.mp4", "side"),
        ("back.mp4", "back"),
    ]
    seen = {c["id"]: c["verdict"] for c in joined["checks"]}
    assert (seen["lean_forward"], seen["trunk_sway"]) == ("ok", "ok")
    metrics = joined["gait"]["metrics"]
    assert metrics["lean"]["value"] is not None
    assert metrics["trunk_sway"]["value"] is not None
    assert metrics["pelvic_drop_left"]["value"] is not None


def test_each_clip_alone_shows_less(run: Command, both: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("analyze", *both, "-e", "running", "--join", "--no-report", "-o", out)
    side, back, joined = (session_in(out / name) for name in ("side", "back", "side+back"))

    assert side["gait"]["metrics"]["trunk_sway"]["value"] is None
    assert back["gait"]["metrics"]["lean"]["value"] is None
    assert side.get("clips") is None
    shares = [s["summary"]["coverage"] for s in (side, back, joined)]
    assert shares[2] > max(shares[:2])


def test_clips_of_different_exercises_are_refused(run: Command, tmp_path: Path) -> None:
    clips = write_run(tmp_path, "side"), write_squats(tmp_path / "squats.npz")
    ran = run("analyze", *clips, "--join", "--quiet", "--no-report", "-o", tmp_path / "out")

    assert ran.code == 1
    assert "Squat" in ran.message
    assert "Running" in ran.message
    assert not (tmp_path / "out" / "side+squats").exists()


def test_clips_of_another_speed_are_refused(run: Command, tmp_path: Path) -> None:
    clips = write_run(tmp_path, "side"), write_run(tmp_path, "back", 190.0)
    ran = run("analyze", *clips, "-e", "running", "--join", "--quiet", "--no-report", "-o", tmp_path / "out")

    assert ran.code == 1
    assert "one run at one speed" in ran.message


def test_the_height_is_kept(run: Command, tmp_path: Path) -> None:
    clip, out = write_run(tmp_path, "side"), tmp_path / "out"
    ran = run("analyze", clip, "-e", "running", "--height", "1.8", "--no-report", "-o", out)

    assert ran.code == 0, ran.err
    assert session_in(out / "side")["height_m"] == 1.8
