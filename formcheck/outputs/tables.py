"""reps.csv: one row per attempt, for people with a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from formcheck.codec.session import session_to_dict
from formcheck.files.writing import write_text
from formcheck.types import Session
from formcheck.types.text import plain

_HEAD = (
    "n", "side", "start_s", "peak_s", "end_s", "counted", "reason", "rom", "rom_unit",
    "up_s", "hold_s", "down_s", "score",
)  # fmt: skip
#: A spreadsheet holds no more in a cell.
_MOST_LETTERS = 32_000
_FORMULA = ("=", "+", "-", "@")


def reps_to_csv(session: Session) -> str:
    """The table as text; a check's number is in the column of its name, its verdict in ``NAME_verdict``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    reps = session_to_dict(session)["reps"]
    checks = list(dict.fromkeys(f["check"] for rep in reps for f in rep["findings"]))
    writer.writerow([*_HEAD, *(cell(name) for check in checks for name in (check, f"{check}_verdict"))])
    writer.writerows([cell(value) for value in _row(rep, checks)] for rep in reps)
    return out.getvalue()


def write_reps(session: Session, folder: Path) -> Path:
    """Write ``folder/reps.csv``."""
    return write_text(folder / "reps.csv", reps_to_csv(session))


def _row(rep: dict[str, Any], checks: list[str]) -> Iterator[Any]:
    rom, tempo = rep["rom"] or {}, rep["tempo"] or {}
    yield from (rep[name] for name in _HEAD[:7])
    yield from (rom.get("value"), rom.get("unit"))
    yield from (tempo.get(name) for name in ("up_s", "hold_s", "down_s"))
    yield rep["score"]
    found = {f["check"]: f for f in rep["findings"]}
    for check in checks:
        finding = found.get(check, {})
        yield from (finding.get("value"), finding.get("verdict"))


def cell(value: Any) -> Any:
    """Text in one plain line; what a spreadsheet would run as a formula is kept text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    text = plain(value, _MOST_LETTERS)
    return "'" + text if text.lstrip().startswith(_FORMULA) else text
