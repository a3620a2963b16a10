"""Signals that ask for an end: all as Ctrl-C, once, and none that was ignored."""

import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from formcheck import __main__, ends
from formcheck.apps.jobs import watchdog
from tests.end_to_end.clips import environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="raises signals")


@pytest.fixture
def listening(monkeypatch):
    monkeypatch.setattr(ends._Asked, "first", None)
    monkeypatch.setattr(ends._Asked, "at", float("-inf"))
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    with ends.answered():
        for number in ends.SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        yield ends


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_each_is_an_interruption_with_a_code_of_its_own(listening, name, code):
    listening.listen()
    assert listening.code() is None
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(getattr(signal, name))
    assert listening.code() == code


def test_cleaning_up_is_left_in_peace_for_a_while(listening, monkeypatch):
    now = 0.0
    monkeypatch.setattr(ends.time, "monotonic", lambda: now)
    listening.listen()
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGHUP)
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        signal.raise_signal(number)
    now = 6.0  # whoever asks again after that is not content
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert listening.code() == 129


def test_an_end_that_came_where_nothing_gets_through_comes_again(listening, capsys):
    class Last:
        def __del__(self):
            signal.raise_signal(signal.SIGTERM)

    def end():
        last = Last()
        del last
        time.sleep(30)

    listening.listen()
    with pytest.raises(KeyboardInterrupt):
        end()
    assert capsys.readouterr().err == ""
    assert listening.code() == 143


def test_what_nohup_ignores_stays_ignored(listening):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    listening.listen()
    signal.raise_signal(signal.SIGHUP)
    listening.leave()
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    assert listening.code() is None


def test_a_library_may_not_keep_a_signal(listening):
    listening.listen()
    with listening.answered():
        signal.signal(signal.SIGTERM, lambda *_: None)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)


def test_what_nobody_foresaw_is_one_line_and_a_trace_only_where_it_is_wanted(listening, monkeypatch, capsys):
    def fall() -> None:
        raise KeyError("trunk\x1b[2J\nlean")

    monkeypatch.setattr("formcheck.apps.cli.main.main", fall)
    monkeypatch.setattr(sys, "argv", ["formcheck", "analyze", "clip.mp4"])
    assert __main__._run() == 1
    said = capsys.readouterr().err
    assert said.startswith("formcheck: a mistake of its own (KeyError")
    assert said.count("\n") == 1
    assert "\x1b" not in said
    monkeypatch.setattr(sys, "argv", ["formcheck", "--debug", "analyze", "clip.mp4"])
    with pytest.raises(KeyError):
        __main__._run()


def test_the_code_is_ours_even_where_python_would_end_by_its_own_signal(tmp_path):
    """It does so where a module is run and an interruption passes through text that is."""
    (tmp_path / "program.py").write_text(
        "import os, signal, sys; from formcheck import ends; ends.listen()\n"
        "try: exec('os.kill(os.getpid(), signal.SIGTERM)\\nwhile True: pass')\n"
        "except KeyboardInterrupt: sys.exit(ends.code())\n"
    )
    words = [sys.executable, "-m", "program"]
    assert subprocess.run(words, cwd=tmp_path, env=environment({}), check=False).returncode == 143


def test_an_end_that_was_swallowed_is_reported_all_the_same(listening, monkeypatch, capsys):
    def swallow() -> None:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        sys.exit(0)

    listening.listen()
    monkeypatch.setattr("formcheck.apps.cli.main.main", swallow)
    assert __main__._run() is None
    assert listening.code() == 130
    assert capsys.readouterr().err == "formcheck: interrupted; what was finished is kept\n"


def test_an_end_waits_until_a_process_that_starts_knows_what_to_do(listening):
    started = []

    def start() -> None:
        with watchdog.deaf():
            signal.raise_signal(signal.SIGTERM)
            started.append("whole")

    listening.listen()
    with pytest.raises(KeyboardInterrupt):
        start()
    assert started == ["whole"]
