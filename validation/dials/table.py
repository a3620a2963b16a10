"""What the dials showed, as two tables beside the code, from which docs/accuracy.md is written."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from formcheck.signals import reading
from validation.dials.lines import About, Line, line, points
from validation.dials.readings import Reading
from validation.dials.tally import by, tally

FILE = Path(__file__).with_name("checks.csv")
LINES = Path(__file__).with_name("lines.csv")


class Found(BaseModel):
    """Of one check of an exercise: faults found, of how many, and what is said of those who do it right."""

    exercise: str
    check: str
    clear: int
    of_clear: int
    gross: int
    of_gross: int
    unread: int
    right: int
    errors: int
    warnings: int


def write(readings: Sequence[Reading]) -> None:
    """Both tables."""
    groups = by(readings, lambda one: (one.exercise, one.check))
    write_rows(FILE, (_found(*key, them).model_dump() for key, them in groups.items()))
    found = ((key, line(them, reading(key[0]).unit)) for key, them in points(readings).items())
    write_rows(LINES, (_row(key, one) for key, one in found if one))


def _found(exercise: str, check: str, readings: Iterable[Reading]) -> Found:
    t = tally(readings)
    return Found(
        exercise=exercise, check=check, clear=sum(t.clear), of_clear=len(t.clear), gross=sum(t.gross),
        of_gross=len(t.gross), unread=t.unread.total(), right=t.right, errors=t.false["error"],
        warnings=t.false["warn"],
    )  # fmt: skip


def _row(key: About, one: Line) -> dict[str, Any]:
    signal, of, view, posture = key
    numbers = {name: round(getattr(one, name), 4) for name in ("gain", "offset", "spread")}
    return {
        "signal": signal,
        "of": of,
        "view": view,
        "posture": posture,
        **numbers,
        "n": one.n,
        "people": one.people,
    }


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """As CSV, its columns those of the first row."""
    every = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(every[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(every)


@cache
def found() -> Mapping[tuple[str, str], Found]:
    """By exercise and check."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {(row["exercise"], row["check"]): Found.model_validate(row) for row in csv.DictReader(file)}


@cache
def lines() -> Mapping[About, Line]:
    """By what they speak of."""
    with LINES.open(encoding="utf-8", newline="") as file:
        return {
            (row["signal"], row["of"], row["view"], row["posture"]): Line(
                *(float(row[name]) for name in ("gain", "offset", "spread")),
                int(row["n"]),
                int(row["people"]),
            )
            for row in csv.DictReader(file)
        }
