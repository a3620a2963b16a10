"""Finding and reading exercise files; every mistake in one is named with its file, table and key."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from formcheck.errors import ExerciseError
from formcheck.exercises.files import ENDING, MOST_TEXT, read_text, shipped
from formcheck.exercises.mistakes import line_of, of_keys
from formcheck.exercises.relations import relations
from formcheck.exercises.schema import Exercise
from formcheck.signals.registry import nearest
from formcheck.types.text import plain

#: The word for "find out which exercise it is".
AUTO = "auto"


@cache
def catalog() -> dict[str, Exercise]:
    """The exercises that come with formcheck, by id, in the article's order (easy to hard)."""
    found = [parse(f.read_text(encoding="utf-8"), f.name) for f in shipped().values()]
    return {e.id: e for e in sorted(found, key=lambda e: (e.level, e.id))}


def find_exercise(word: str | Path) -> Exercise:
    """An exercise by id, alias, name, or path of a TOML file.

    Raises
    ------
    ExerciseError
        If there is none; the message names the nearest.
    """
    if isinstance(word, Path) or word.endswith(ENDING):
        return read_exercise(Path(word))
    key = word.strip().lower().replace(" ", "_").replace("-", "_")
    names: dict[str, Exercise] = {}
    for exercise in catalog().values():
        for name in (exercise.id, *exercise.aliases, exercise.name.lower().replace(" ", "_")):
            names.setdefault(name.replace("-", "_"), exercise)
    if key in names:
        return names[key]
    hint = nearest(key, names) or ": see 'formcheck exercises list'"
    raise ExerciseError(f"{plain(word)}: no such exercise{hint}")


def read_exercise(path: Path) -> Exercise:
    """Read and check one exercise file.

    Raises
    ------
    ExerciseError
        If it cannot be read or breaks the grammar; the message names the first mistake and counts the others.
    """
    return parse(read_text(path), str(path))


def parse(text: str, name: str) -> Exercise:
    """Check the text of an exercise file; ``name`` is what messages call it."""
    mistakes = problems(text, name)
    if isinstance(mistakes, Exercise):
        return mistakes
    more = f" (and {len(mistakes) - 1} more: formcheck exercises check)" if len(mistakes) > 1 else ""
    raise ExerciseError(mistakes[0] + more)


def problems(text: str, name: str) -> Exercise | list[str]:
    """The exercise, or every mistake in its file as one line each: file, table, key, what is allowed."""
    found = _checked(text)
    return found if isinstance(found, Exercise) else [plain(f"{name}: {line}") for line in found]


def _checked(text: str) -> Exercise | list[str]:
    if len(text) > MOST_TEXT:
        return [f"longer than {MOST_TEXT:,} letters; no exercise needs as many"]
    try:
        data = tomllib.loads(text)
    except RecursionError:
        return ["not valid TOML: its lists or tables are nested too deep"]
    except tomllib.TOMLDecodeError as error:
        return [f"not valid TOML: {error}"]
    except ValueError:  # Python refuses whole numbers of thousands of digits
        return ["not valid TOML: it holds a number of thousands of digits"]
    wrong = list(relations(data))
    try:
        exercise = Exercise.model_validate(data)
    except ValidationError as error:
        return [line_of(where, what) for where, what in (*of_keys(error), *wrong)]
    return [line_of(where, what) for where, what in wrong] or exercise
