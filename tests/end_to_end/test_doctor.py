"""`formcheck doctor --camera`, a clip in the camera's place."""

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from formcheck.outputs.voice import Program, Voice
from tests.clips import write_clip
from tests.end_to_end.clips import SAMPLES, SQUAT, Command


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "80")
    return Command(monkeypatch, capfd)


@pytest.fixture(autouse=True)
def voice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A voice that writes down what it says, whatever this machine has; the file it writes to."""
    spoken = tmp_path / "spoken"
    code = f"import sys; open({str(spoken)!r}, 'w').write(sys.stdin.read())"
    program = Program("fake", (sys.executable, "-c", code))
    monkeypatch.setattr(Voice, "find", classmethod(lambda cls: cls(program)))
    return spoken


def line(out: str, name: str) -> str:
    """What was printed of one test."""
    found = [line for line in out.splitlines() if line[6:].startswith(f"{name}: ")]
    assert len(found) == 1, out
    return found[0]


def test_a_camera_that_shows_somebody(run: Command, model_path: Path, voice: Path) -> None:
    ran = run("doctor", "--camera", SQUAT)

    assert (ran.code, ran.err) == (0, "")
    assert all(reported.startswith("ok ") for reported in ran.out.splitlines())
    assert "640x480, 30.0 pictures a second" in line(ran.out, "camera")
    found, of = line(ran.out, "person").split("found in ")[1].split(" pictures")[0].split(" of ")
    assert int(found) > int(of) / 2 > 3
    assert " ms each" in line(ran.out, "person")
    assert voice.read_text().strip() == "formcheck works"


def test_nobody_in_view_is_a_note_not_a_failure(run: Command, model_path: Path) -> None:
    ran = run("doctor", "--camera", SAMPLES / "nobody.mp4")

    assert ran.code == 0
    assert line(ran.out, "person").startswith("note  person: found in 0 of ")
    assert "step into view" in line(ran.out, "person")


def test_a_black_picture_is_a_note(run: Command, model_path: Path, tmp_path: Path) -> None:
    black = np.zeros((64, 96, 3), np.uint8)
    ran = run("doctor", "--camera", write_clip(tmp_path / "clip.mp4", frames=5, rgb=black))

    assert ran.code == 0
    assert line(ran.out, "camera").startswith("note  camera: 96x64, 25.0 pictures a second, but black; ")


@pytest.mark.parametrize(
    ("camera", "expected"), [("97", "camera 97: does not answer; "), ("no.mp4", "no such file")]
)
def test_a_camera_that_is_not_there_fails(run: Command, model_path: Path, camera: str, expected: str) -> None:
    ran = run("doctor", "--camera", camera)

    assert (ran.code, ran.err) == (1, "")
    assert line(ran.out, "camera").startswith("FAIL  ")
    assert expected in line(ran.out, "camera")
    assert line(ran.out, "person").startswith("note  ")


def test_a_missing_voice_is_a_note_that_says_how_to_get_one(
    run: Command, monkeypatch: pytest.MonkeyPatch, model_path: Path
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(shutil, "which", lambda *words, **more: None)
    ran = run("doctor")

    assert ran.code == 0
    assert line(ran.out, "voice") == "note  voice: no voice is installed; install espeak-ng to hear cues"


def test_a_voice_that_fails_is_a_note(
    run: Command, monkeypatch: pytest.MonkeyPatch, model_path: Path, tmp_path: Path
) -> None:
    broken = Program("fake", (sys.executable, "-c", "raise SystemExit('no card')"))
    monkeypatch.setattr(Voice, "find", classmethod(lambda cls: cls(broken)))
    ran = run("doctor", "--camera", write_clip(tmp_path / "clip.mp4", frames=5))

    assert ran.code == 0
    assert line(ran.out, "voice").startswith("note  voice: fake failed: no card; connect ")


def test_without_a_camera_the_voice_is_only_named(run: Command, model_path: Path, voice: Path) -> None:
    ran = run("doctor")

    assert ran.code == 0
    assert line(ran.out, "voice") == "ok    voice: fake"
    assert "camera: " not in ran.out
    assert not voice.exists()
