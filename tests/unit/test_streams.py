"""Standard output that nobody takes: the work goes on, the end tells it in one line."""

import subprocess
import sys

import pytest

from tests.end_to_end.clips import environment

#: Prints a lot, says on standard error that it went on, and ends with this code.
PROGRAM = """
import sys
from formcheck import streams
streams.secure()
for _ in range(30_000):
    print("a line")
print("went on", file=sys.stderr)
sys.exit(streams.end({code}))
"""
SAID = "formcheck: standard output: not all could be written ({}); results are kept"


def run(redirected, code=None):
    """Exit code and lines on standard error, where a shell redirects so."""
    command = f'exec "{sys.executable}" -c "$PROGRAM" {redirected}'
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment({"PROGRAM": PROGRAM.format(code=code)}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="a shell's redirections, and /dev/full")
@pytest.mark.parametrize(
    ("redirected", "code", "said"),
    [
        ("", 0, []),
        (">/dev/full", 1, [SAID.format("no space left on device")]),
        (">&-", 141, [SAID.format("nobody reads it")]),
        ("> >(head -1 >&2)", 141, [SAID.format("nobody reads it")]),
        ("<&- >&-", 141, [SAID.format("nobody reads it")]),
    ],
)
def test_output_that_cannot_be_written_is_one_line_at_the_end(redirected, code, said):
    ended, lines = run(redirected)
    assert ended == code
    assert [line for line in lines if line != "a line"] == ["went on", *said]


@pytest.mark.skipif(sys.platform != "linux", reason="a shell's redirections, and /dev/full")
@pytest.mark.parametrize("redirected", [">&- 2>&-", ">/dev/full 2>/dev/full", "2>&1 | head -1"])
def test_where_nobody_can_be_reached_nothing_stops_either(redirected):
    ended, lines = run(redirected)
    assert ended in {0, 1, 141}  # of the pipe's last command
    assert lines == []


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_a_code_of_failure_stays():
    assert run(">/dev/full", 3)[0] == 3


@pytest.mark.skipif(sys.platform != "linux", reason="a shell's redirections")
def test_nothing_gets_the_number_of_a_closed_stream(tmp_path):
    """What a library writes to standard error would stand in the first file that is opened."""
    program = (
        "import os; from formcheck import streams; streams.secure()\n"
        f"with open({str(tmp_path / 'kept')!r}, 'w') as kept:\n"
        "    assert kept.fileno() > 2\n"
        "    try: os.write(2, b'native noise')\n"
        "    except OSError: pass\n"
    )
    closing = ["bash", "-c", f'exec "{sys.executable}" -c "$PROGRAM" <&- >&- 2>&-']
    done = subprocess.run(closing, env=environment({"PROGRAM": program}), check=False)
    assert done.returncode == 0
    assert (tmp_path / "kept").stat().st_size == 0
