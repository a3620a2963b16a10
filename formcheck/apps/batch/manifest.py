"""Manifests: a table of clips, and what is known of each: its exercise, and how it was filmed."""

import csv
import math
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import typer

from formcheck.apps.batch.inputs import Clip, absolute
from formcheck.errors import ExerciseError
from formcheck.exercises import AUTO, find_exercise
from formcheck.types.frame import QUARTERS

COLUMNS = ("path", "exercise", "side", "view", "rotate", "slowmo")
#: Letters of a cell that a message shows.
_MOST_SHOWN = 60
#: A million clips fit into so many letters.
_MOST = 100_000_000
_TURNS = {str(turn): turn for turn in QUARTERS}
_ALLOWED = {"side": ("left", "right"), "view": ("side", "front", "back"), "rotate": tuple(_TURNS)}


def read_manifest(file: Path) -> tuple[list[Clip], list[str]]:
    """The clips of a manifest, and every mistake in it, one line each.

    Paths in it, also those of exercise files, count from its folder. A clip that is not there is no mistake
    of the table: it fails when its turn comes, and the others are judged.
    """
    try:
        with file.open(encoding="utf-8-sig") as opened:
            text = opened.read(_MOST + 1)  # a device has no end
    except OSError as error:
        raise typer.BadParameter(
            f"{file}: cannot be read ({error.strerror}); give a CSV file", param_hint="--manifest"
        ) from None
    except UnicodeDecodeError:
        raise typer.BadParameter(
            f"{file}: is not UTF-8 text; save it as CSV UTF-8", param_hint="--manifest"
        ) from None
    if len(text) > _MOST:
        why = f"{file}: longer than {_MOST:,} letters; give a table of clips, or several"
        raise typer.BadParameter(why, param_hint="--manifest")
    clips: dict[Path, Clip] = {}
    mistakes = []
    for line, row in _rows(text):
        mistake = row if isinstance(row, str) else _add(row, absolute(file).parent, clips)
        if mistake:
            mistakes.append(f"{file} line {line}: {mistake}")
    if not clips and not mistakes:
        mistakes.append(f"{file} line 2: names no clip; give one a line")
    return list(clips.values()), mistakes


def _rows(text: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Line number and cells by column, or what is wrong with the line."""
    lines = text.splitlines(keepends=True)
    head = lines[0] if lines else ""
    semicolons = ";" in head and "," not in head  # as spreadsheets write it where numbers have commas
    reader = csv.reader(lines, delimiter=";" if semicolons else ",", strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        wrong = _wrong_columns(names)
        if wrong:
            yield 1, wrong
            return
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(names):
                yield (
                    reader.line_num,
                    "more cells than columns; quote what holds a comma",
                )
                continue
            yield reader.line_num, _cells(names, cells)
    except csv.Error as error:
        yield reader.line_num, f"not CSV ({error}); mend the line"


def _wrong_columns(names: list[str]) -> str | None:
    if "path" not in names:
        return f"has no column 'path'; the columns are {', '.join(COLUMNS)}"
    unknown = next((name for name in names if name not in COLUMNS), None)
    if unknown is not None:
        return f"unknown column {_short(unknown)!r}; the columns are {', '.join(COLUMNS)}"
    return "a column stands there twice" if len(set(names)) < len(names) else None


def _cells(names: list[str], cells: list[str]) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "") | dict(zip(names, map(str.strip, cells), strict=False))
    row["rotate"] = row["rotate"].removesuffix(".0")  # as programs write whole numbers where cells are empty
    return row


def _add(row: dict[str, str], folder: Path, clips: dict[Path, Clip]) -> str | None:
    """Put the clip of a line to the others, or say what is wrong with the line."""
    if not row["path"]:
        return "no path; name a clip"
    if "\0" in row["path"]:
        return "the path holds a character that no path can have; mend it"
    path = absolute(folder / row["path"])
    if path in clips:
        return f"{_short(row['path'])}: is named twice; keep one line"
    for column, allowed in _ALLOWED.items():
        if row[column] and row[column] not in allowed:
            return (
                f"{column} {_short(row[column])!r} is none of {', '.join(allowed)}; leave it empty if unsure"
            )
    try:
        exercise, slowmo = _exercise(row["exercise"], folder), _slowmo(row["slowmo"])
    except (ExerciseError, ValueError) as error:
        return str(error)
    turn = _TURNS.get(row["rotate"])
    clips[path] = Clip(path, exercise, row["side"] or None, row["view"] or None, turn, slowmo)
    return None


def _short(cell: str) -> str:
    """A cell as a message shows it."""
    return cell if len(cell) <= _MOST_SHOWN else f"{cell[:_MOST_SHOWN]}…"


def _exercise(word: str, folder: Path) -> str | None:
    if word in {"", AUTO}:
        return word or None
    if word.endswith(".toml"):
        file = str(absolute(folder / word))
        find_exercise(file)
        return file
    return find_exercise(word).id


def _slowmo(cell: str) -> float | None:
    """A factor, with a decimal point or comma; a ValueError says what is wrong."""
    if not cell:
        return None
    with suppress(ValueError):
        factor = float(cell.replace(",", "."))
        if math.isfinite(factor) and factor > 0:
            return factor
    raise ValueError(f"slowmo {_short(cell)!r} is no number above 0; leave it empty if unsure")
