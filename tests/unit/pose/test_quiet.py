import os
import sys

import pytest

from formcheck.pose.quiet import quiet

CHATTER = (
    b"INFO: Created a delegate.\nW0000 00:00:1795406452.0 7759 a.cc:1] hm\nI0000 00:00:1.2 7 b.cc:2] oh\n"
)


def test_chatter_is_kept_away_and_errors_pass(capfd):
    with quiet():
        os.write(2, CHATTER + b"E0000 00:00:1.2 7 c.cc:3] broken\n" + CHATTER)
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "E0000 00:00:1.2 7 c.cc:3] broken\nafterwards\n"


@quiet()
def fail_quietly():
    os.write(2, b"E0000 00:00:1.2 7 c.cc:3] broken\n")
    raise RuntimeError


def test_an_exception_speaks_for_itself(capfd):
    with pytest.raises(RuntimeError):
        fail_quietly()
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "afterwards\n"


def test_it_nests(capfd):
    with quiet():
        with quiet():
            os.write(2, b"inner\n")
        os.write(2, b"outer\n")
    assert capfd.readouterr().err == "inner\nouter\n"


def test_whoever_is_interrupted_hears_no_more_from_native_threads(capfd, monkeypatch):
    kept = os.dup(2)
    with os.fdopen(os.dup(2), "w") as words:
        monkeypatch.setattr(sys, "stderr", words)
        try:
            with pytest.raises(KeyboardInterrupt), quiet():
                raise KeyboardInterrupt
            os.write(2, CHATTER)
            words.write("interrupted\n")
            words.flush()
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        monkeypatch.undo()
    assert capfd.readouterr().err == "interrupted\n"
