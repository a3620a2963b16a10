"""Finding and reading exercise files; every mistake in one is told with its file, table and key."""

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from formcheck.errors import ExerciseError
from formcheck.exercises import schema, strides, tables
from formcheck.exercises.schema import Exercise
from formcheck.signals.registry import nearest

#: The word for "find out which exercise it is".
AUTO = "auto"


@cache
def catalog() -> dict[str, Exercise]:
    """The exercises that come with formcheck, by id, in the article's order (easy to hard)."""
    folder = resources.files("formcheck.exercises") / "catalog"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    found = [parse(f.read_text(encoding="utf-8"), f.name) for f in files]
    return {e.id: e for e in sorted(found, key=lambda e: (e.level, e.id))}


def find_exercise(word: str) -> Exercise:
    """An exercise by id, alias, name, or path of a TOML file.

    Raises
    ------
    ExerciseError
        If there is none; the message names the nearest.
    """
    if word.endswith(".toml"):
        return read_exercise(Path(word))
    key = word.strip().lower().replace(" ", "_").replace("-", "_")
    names: dict[str, Exercise] = {}
    for exercise in catalog().values():
        for name in (exercise.id, *exercise.aliases, exercise.name.lower().replace(" ", "_")):
            names.setdefault(name.replace("-", "_"), exercise)
    if key in names:
        return names[key]
    hint = nearest(key, names) or ": see 'formcheck exercises list'"
    raise ExerciseError(f"{word}: no such exercise{hint}")


def read_exercise(path: Path) -> Exercise:
    """Read and check one exercise file.

    Raises
    ------
    ExerciseError
        If it cannot be read or breaks the grammar; the message names every mistake, one a line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ExerciseError(f"{path}: no such file; give an exercise id or a TOML file") from None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ExerciseError(f"{path}: cannot be read as text ({why}); give a TOML file") from None
    return parse(text, str(path))


def parse(text: str, name: str) -> Exercise:
    """Check the text of an exercise file; ``name`` is what messages call it."""
    mistakes = problems(text, name)
    if isinstance(mistakes, Exercise):
        return mistakes
    more = f" (and {len(mistakes) - 1} more: formcheck exercises check)" if len(mistakes) > 1 else ""
    raise ExerciseError(mistakes[0] + more)


def problems(text: str, name: str) -> Exercise | list[str]:
    """The exercise, or every mistake in its file as one line each: file, table, key, why."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [f"{name}: not valid TOML: {error}"]
    try:
        return Exercise.model_validate(data)
    except ValidationError as error:
        return [_explain(name, problem) for problem in error.errors()]


def _explain(name: str, problem: Any) -> str:
    path = [str(part) for part in problem["loc"] if part != "[key]"]
    table, key = ".".join(path[:-1]), path[-1] if path else ""
    message = str(problem["msg"]).removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        message = f"unknown key{nearest(key, _keys_beside(path))}"
    elif problem["type"] == "missing":
        message = "is missing"
    where = (f"[{table}] " if table else "") + (f"{key}: " if key else "")
    return f"{name}: {where}{message[:1].lower()}{message[1:]}"


def _keys_beside(path: list[str]) -> list[str]:
    """The keys that the grammar allows where the unknown one stands."""
    named: dict[str, type[BaseModel]] = {
        "camera": schema.Camera,
        "start": schema.StartPose,
        "cycle": schema.Cycle,
        "measure": tables.Measure,
        "number": strides.StrideNumber,
        "drift": strides.Drift,
        "tempo": schema.Tempo,
        "range": schema.Range,
        "low": tables.Limit,
        "high": tables.Limit,
    }
    owner = next((named[part] for part in reversed(path[:-1]) if part in named), Exercise)
    return [field.alias or key for key, field in owner.model_fields.items()]
