"""The work folder of jobs: a word in it says what came out, for a run that comes after."""

import json
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from formcheck.errors import FormcheckError
from formcheck.files.folders import SESSION
from formcheck.files.writing import discard, write_text
from formcheck.outputs.session_file import read_session
from formcheck.store.records import FINAL
from formcheck.types import Session

_WORD, _PROGRESS = ".done", ".at"
#: A job's folder and files, and the files that did not become whole.
_OF_A_JOB = re.compile(r"\.?[0-9a-f]{32}(\.|$)")


@dataclass(frozen=True, slots=True)
class Word:
    """That a task is done, written by whoever did it and read if it did not reach the store."""

    id: str
    status: Literal["ok", "not_judgeable", "failed"]
    reason: str | None
    seconds: float
    judged: bool

    def write(self, work: Path) -> None:
        """Write it, whole or not at all."""
        outcome = {name: getattr(self, name) for name in ("status", "reason", "seconds", "judged")}
        write_text(work / f"{self.id}{_WORD}", json.dumps(outcome))


def words(work: Path) -> list[Word]:
    """The words that lie in a work folder; what is no word is passed over."""
    found = []
    for path in sorted(work.glob(f"*{_WORD}")):
        with suppress(OSError, ValueError, TypeError):
            word = Word(path.stem, **json.loads(path.read_text(encoding="utf-8")))
            if word.status in FINAL:
                found.append(word)
    return found


def forget(work: Path, job: str) -> None:
    """Nothing of a task is needed in the work folder any more."""
    for ending in (_WORD, _PROGRESS):
        discard(work / f"{job}{ending}")
    shutil.rmtree(work / job, ignore_errors=True)


def sweep(work: Path) -> None:
    """Remove what killed runs left in a work folder; only what is named after a job."""
    for path in work.glob("*"):
        if _OF_A_JOB.match(path.name):
            discard(path)
            shutil.rmtree(path, ignore_errors=True)


def session_in(folder: Path) -> Session | None:
    """The session of a result folder; None if there is none that is whole."""
    try:
        return read_session(folder / SESSION)
    except FormcheckError:
        return None


def note_progress(work: Path, job: str, share: float) -> None:
    """Say how far a task is; losing it harms nobody."""
    with suppress(OSError, FormcheckError):
        write_text(work / f"{job}{_PROGRESS}", f"{share:.3f}")


def read_progress(work: Path, job: str) -> float | None:
    """How far a task is, 0..1; None if it has not said."""
    with suppress(OSError, ValueError):
        return float((work / f"{job}{_PROGRESS}").read_text(encoding="utf-8"))
    return None
