"""`formcheck live` as people call it: wrong words, a clip without a window, an interruption."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from formcheck.outputs.session_file import read_session
from tests.clips import write_clip
from tests.end_to_end.clips import _ENTRY, SQUAT, Command, environment, files_in, process, write_start


@pytest.fixture
def live(monkeypatch, capfd, tmp_path):
    """`formcheck live WORDS` within an empty folder, with no screen there."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.chdir(tmp_path)
    command = Command(monkeypatch, capfd)
    return lambda *words: command("live", *words)


def events_in(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "formcheck exercises list"),
        (("-e", "sqat"), 2, "squat"),
        (("-e", "squat", "--sets", "0"), 2, "--sets"),
        (("-e", "squat", "--rest", "-1"), 2, "--rest"),
        (("-e", "squat", "--model", "huge"), 2, "no such pose model"),
        (("-e", "squat", "--record-video"), 2, "add --record DIR"),
        (("--plan", "-e", "squat"), 2, "the plan decides that"),
        (("--plan", "--sets", "2"), 2, "the plan decides that"),
        (("-e", "squat", "--pain", "none"), 2, "goes with --plan only"),
        (("-e", "squat", "--headless", "--camera", "none.mp4"), 3, "no such file"),
    ],
)
def test_wrong_words_are_one_line(live, words, code, said):
    ran = live(*words, "--quiet")
    assert ran.code == code
    assert said in ran.message
    assert not files_in(Path())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_no_screen_is_one_line(live):
    ran = live("-e", "squat", "--camera", SQUAT, "--quiet")
    assert ran.code == 3
    assert "add --headless" in ran.message


def test_nobody_in_a_clip(live, tmp_path, model_path):
    clip = write_clip(tmp_path / "empty.mp4", frames=20)
    ran = live("-e", "squat", "--headless", "--quiet", "--camera", clip)
    assert ran.code == 3
    assert "nobody was found" in ran.message


def test_a_clip_is_counted_and_recorded(live, tmp_path, model_path):
    """One repetition of a start of a clip: reported as it happens, and the recording says the same."""
    clip = write_start(tmp_path / "squat.mp4", 140)
    ran = live("-e", "squat", "--headless", "--camera", clip, "--events", "e.jsonl", "--record", "kept")
    assert ran.code == 0, ran
    assert "Stop if it hurts" in ran.err
    assert "repetition 1" in ran.err
    found = events_in(Path("e.jsonl"))
    assert all(e["told_t"] >= e["t"] for e in found)
    assert [e["state"] for e in found if e["event"] == "StateChanged"][-2:] == ["exercising", "finished"]
    attempts = [e for e in found if e["event"] == "AttemptFinished"]
    assert len([e for e in attempts if e["counted"]]) == 1
    [folder] = Path("kept").iterdir()
    assert files_in(folder) == {"events.jsonl", "poses.npz", "report.html", "reps.csv", "session.json"}
    kept = [(rep.counted, rep.reason) for rep in read_session(folder / "session.json").reps]
    assert kept == [(e["counted"], e["reason"]) for e in attempts]
    assert [e["event"] for e in events_in(folder / "events.jsonl")] == [e["event"] for e in found]


#: Shells ignore interruptions on behalf of what they run behind, and so would the child.
_HEARD = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts by a signal")
def test_an_interruption_keeps_what_there_is(tmp_path, model_path):
    words = ("live", "-e", "squat", "--headless", "--camera", str(SQUAT), "--record", "kept")
    with subprocess.Popen(
        [sys.executable, "-c", _HEARD + _ENTRY, *words], cwd=tmp_path, env=environment(os.environ),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        while b"s  go" not in running.stderr.readline():
            assert running.poll() is None
        time.sleep(0.5)  # some frames later
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert err.decode().splitlines()[-1] == "formcheck: interrupted; what was finished is kept"
    assert b"Traceback" not in err
    assert b"Squat" in out
    [folder] = (tmp_path / "kept").iterdir()
    assert "poses.npz" in files_in(folder)


def test_windows_come_before_pyav(tmp_path):
    """OpenCV's windows hang for ever where PyAV was imported first."""
    code = "import sys, formcheck.apps.cli.main; print('av' in sys.modules, 'cv2' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment({}), capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_help_names_every_option(tmp_path):
    ran = process("live", "--help", cwd=tmp_path)
    assert ran.code == 0
    for option in ("--camera", "--sets", "--headless", "--events", "--record", "--no-mirror", "--no-voice"):
        assert option in ran.out
