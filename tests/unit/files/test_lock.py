"""One process at a time in a folder."""

import errno
import subprocess
import sys
import threading

import filelock
import pytest

from formcheck.files.lock import locked

HOLDER = """
import sys
from pathlib import Path
from formcheck.files.lock import locked
with locked(Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that works in the folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout.readline() == b"mine\n"
        yield running
        running.kill()


@pytest.mark.parametrize("end", ["kill", "finish"])
def test_others_wait_until_it_ends_however_it_ends(tmp_path, holder, end):
    entered = threading.Event()

    def work():
        with locked(tmp_path):
            entered.set()

    waiting = threading.Thread(target=work)
    waiting.start()
    assert not entered.wait(0.5)
    holder.kill() if end == "kill" else holder.stdin.close()
    assert entered.wait(20)
    waiting.join()
    assert [p.name for p in tmp_path.iterdir()] == [".lock"]


def test_threads_exclude_each_other_too(tmp_path):
    inside, most = [], []

    def work():
        with locked(tmp_path):
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_it_falls_with_an_error_inside(tmp_path):
    with pytest.raises(KeyError), locked(tmp_path):
        raise KeyError
    with locked(tmp_path):
        pass


@pytest.mark.parametrize(
    "error", [NotImplementedError(), OSError(errno.ENOLCK, "no locks"), OSError(errno.EOPNOTSUPP, "none")]
)
def test_where_there_are_no_locks_nobody_is_kept_out(tmp_path, monkeypatch, error):
    def refuse(*_, **__):
        raise error

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    worked = []
    with locked(tmp_path):
        worked.append(1)
    assert worked


def test_what_is_no_folder_is_an_error(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OSError, match="file"), locked(tmp_path / "file"):
        pytest.fail("worked in vain")
