"""`formcheck WORDS` in this process, as its own entry point runs it, with all that it prints."""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from formcheck.apps.cli import main as cli
from fuzz.ending import ImproperError, check_line, raised

JUDGED, SOME_FAILED, WRONG_WORDS, UNREADABLE = range(4)
#: Names of what is not whole yet.
_HALF = (".part", ".tmp")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


def run(*words: str) -> Ran:
    """Run a command.

    Raises
    ------
    ImproperError
        If an exception comes out of it, or the code is none of the contract.
    """
    before = sys.argv
    sys.argv = ["formcheck", *words]
    code: object = None
    with _caught() as (out, err):
        try:
            cli.main()
        except SystemExit as end:
            code = end.code or 0
        except BaseException as error:
            raise raised(error) from error
        finally:
            sys.argv = before
            sys.stdout.flush()
            sys.stderr.flush()
        ran = Ran(code if isinstance(code, int) else -1, _text(out), _text(err))
    if ran.code not in (JUDGED, SOME_FAILED, WRONG_WORDS, UNREADABLE):
        raise ImproperError("message", f"exit code {code}: {ran.err[:200]!r}")
    if "Traceback (most recent" in ran.err + ran.out:
        raise ImproperError("traceback", f"printed: {ran.err[-300:]}")
    return ran


def refusal(ran: Ran, mark: str, *, several: bool = False) -> str:
    """The line with which a command refused its input.

    Parameters
    ----------
    several : it may name every mistake in the file, one line each.
    """
    lines = ran.err.splitlines()
    if len(lines) != 1 and not (several and lines):
        raise ImproperError("message", f"{len(lines)} lines, exit code {ran.code}: {ran.err[:300]!r}")
    if not several and not lines[0].startswith("formcheck: "):
        raise ImproperError("message", f"not formcheck's own: {lines[0][:300]!r}")
    for line in lines:
        check_line(line, mark)
    return lines[0]


def warnings(ran: Ran, mark: str = "") -> None:
    """What a command said beside its result: nothing, or lines of its own."""
    for line in ran.err.splitlines():
        check_line(line, mark)
        if not line.startswith("formcheck: "):
            raise ImproperError("message", f"not formcheck's own: {line[:300]!r}")


def no_half(folder: Path) -> None:
    """Nothing half done lies in a folder."""
    half = [p for p in folder.rglob("*") if p.name.endswith(_HALF) or (p.is_dir() and not any(p.iterdir()))]
    if half:
        raise ImproperError("leftover", ", ".join(p.relative_to(folder).as_posix() for p in half))


def after(commands: Sequence[Sequence[str]]) -> None:
    """Commands that meet what an input left in the store; none may fail, whatever they answer."""
    for words in commands:
        ran = run(*words)
        if ran.code:
            refusal(ran, "")
        else:
            warnings(ran)


@contextmanager
def _caught() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Both streams of the process, native libraries included, go to files meanwhile."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        kept = [os.dup(1), os.dup(2)]
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        try:
            yield out, err
        finally:
            for stream, was in enumerate(kept, 1):
                os.dup2(was, stream)
                os.close(was)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "backslashreplace")
