"""Mistakes in an exercise file in words: where, what stands there, what may."""

from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from formcheck.exercises.fields import Table
from formcheck.exercises.schema import Exercise
from formcheck.signals.registry import nearest

Where = tuple[str | int, ...]

#: What a key must hold, by pydantic's name of the rule that it breaks.
_MUST = {
    "model_type": "a table",
    "dict_type": "a table",
    "tuple_type": "a list",
    "string_type": "text in quotes",
    "float_type": "a number",
    "int_type": "a whole number",
    "finite_number": "a finite number",
    "greater_than_equal": "at least {ge:g}",
    "less_than_equal": "at most {le:g}",
    "literal_error": "{expected}",
    "string_pattern_mismatch": "small letters, digits and underscores, a letter first",
    "string_too_short": "text of at least {min_length} letters",
    "string_too_long": "text of at most {max_length} letters",
    "too_long": "a list or table of at most {max_length}",
    "bool_type": "true or false",
    "too_short": "a list of one or more",
}
_MOST_SHOWN, _MOST_NUMBER = 40, 10**15


def line_of(where: Where, what: str) -> str:
    """``"[table] key: what is wrong"``."""
    *tables, key = (str(part) for part in where)
    return (f"[{'.'.join(tables)}] " if tables else "") + f"{key}: {what}"


def of_keys(error: ValidationError) -> Iterator[tuple[Where, str]]:
    """Every key that the grammar refuses, and why."""
    for problem in error.errors(include_url=False):
        where = tuple(part for part in problem["loc"] if part != "[key]")
        if problem["type"] == "too_short" and problem["input"]:
            continue  # it is not empty: what it holds is refused for itself
        yield where, _explain(problem, where)


def _explain(problem: ErrorDetails, where: Where) -> str:
    kind = problem["type"]
    if kind == "extra_forbidden":
        return f"unknown key{nearest(str(where[-1]), _keys(where[:-1]))}"
    if kind == "missing":
        return "is missing"
    if kind == "value_error":  # our own words
        return problem["msg"].removeprefix("Value error, ")
    must = _MUST[kind].format(**problem.get("ctx", {})) if kind in _MUST else problem["msg"]
    return f"must be {must}, not {_shown(problem['input'])}"


def _shown(value: Any) -> str:
    """What stands in the file, short enough for a message."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, int) and abs(value) > _MOST_NUMBER:
        return "one of many digits"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def _keys(where: Sequence[str | int]) -> list[str]:
    """The keys that the grammar allows in a table."""
    kind: Any = Exercise
    for part in where:
        kind = _below(kind, part)
    return list(_fields(kind))


def _fields(kind: Any) -> dict[str, Any]:
    table = isinstance(kind, type) and issubclass(kind, Table)
    return {f.alias or key: f.annotation for key, f in kind.model_fields.items()} if table else {}


def _below(kind: Any, part: str | int) -> Any:
    """What the grammar has at a key of a table, or in a list or table of tables."""
    inner = _fields(kind).get(str(part)) or next((a for a in reversed(get_args(kind)) if a is not ...), None)
    return get_args(inner)[0] if get_origin(inner) in (Union, UnionType) else inner
