"""Nothing leaves the machine: with the model in its cache, analysing a clip opens no connection."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_videos" / "squat_side_clean.mp4"
STRACE = ("strace", "-f", "-qq", "-e", "trace=%network", "-o")
#: Runs the command line while Python notes down every use of a network; the last line of stderr is the list.
CHILD = """
import json, sys
used = []
def note(event, args):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        used.append([event, repr(args[1:])])
sys.addaudithook(note)
from formcheck.apps.cli.main import main
code = 0
try:
    main()
except SystemExit as end:
    code = end.code or 0
print(json.dumps({"code": code, "used": used}), file=sys.stderr)
"""


def analyse(out, *before):
    """The child's exit code, what Python's sockets were used for, and its messages."""
    command = [*before, sys.executable, "-c", CHILD, "analyze", str(SAMPLE), "--exercise", "squat"]
    done = subprocess.run(
        [*command, "--end", "2", "-o", str(out)], capture_output=True, text=True, timeout=120, check=False
    )
    said = done.stderr.splitlines()
    assert said, done
    result = json.loads(said[-1])
    return result["code"], result["used"], done


def works(*command):
    return (
        shutil.which(command[0]) is not None
        and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    )


def cut_off():
    """A command that runs another one without any network; None where the platform has none."""
    return next((list(c) for c in (("unshare", "-n"), ("unshare", "-rn")) if works(*c)), None)


@pytest.fixture(scope="module")
def analysed(model_path, tmp_path_factory):
    """One clip analysed without any network, native calls noted where strace can: folder, log, all else."""
    out = tmp_path_factory.mktemp("analysed")
    log = out / "calls.txt"
    watched = [*STRACE, str(log)] if works("strace") else []
    return out, log, analyse(out, *(cut_off() or []), *watched)


def test_python_uses_no_network_even_where_there_is_none(analysed):
    out, _, (code, used, done) = analysed
    assert used == []
    assert code == 0, done.stderr
    assert (out / "squat_side_clean" / "session.json").is_file()


def test_the_watch_on_python_sees_a_connection():
    child = CHILD.replace("from formcheck.apps.cli.main import main", "from socket import socket as main")
    child = child.replace("main()\nexcept", "main().connect_ex(('127.0.0.1', 9))\nexcept")
    done = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, check=True)
    assert [event for event, _ in json.loads(done.stderr)["used"]] == ["socket.connect"]


@pytest.mark.skipif(not works("strace"), reason="needs strace to watch native libraries")
def test_native_libraries_use_no_network(analysed):
    _, log, (code, _, done) = analysed
    assert code == 0, done.stderr
    assert outside(log) == []


@pytest.mark.skipif(not works("strace"), reason="needs strace to watch native libraries")
def test_the_watch_on_native_libraries_sees_a_connection(tmp_path):
    log = tmp_path / "calls.txt"
    connect = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    watched = [*STRACE, str(log), sys.executable, "-c", connect]
    subprocess.run(watched, capture_output=True, check=True)
    assert outside(log)


def outside(log):
    """The recorded calls that concern other machines, or this one's network as such."""
    return [line for line in log.read_text().splitlines() if "AF_INET" in line or "AF_NETLINK" in line]
