"""Answers and logged exercises as data: what the store keeps and an export holds."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from formcheck.codec.form import Form
from formcheck.codec.schema import adapter, first_mistake
from formcheck.types.training import Done, Entry, PainReport, Start

FORM = Form(tag="kind", tags={Start: "start", PainReport: "pain", Done: "done"})

_MOST_DAYS = 7


def entry_to_dict(entry: Entry) -> dict[str, Any]:
    """An entry as plain data; ``kind`` tells which it is."""
    data: dict[str, Any] = _entry().dump_python(entry, mode="json")
    return data


def entry_from_json(text: str | bytes) -> Entry:
    """The entry that `entry_to_dict` wrote, as JSON.

    Raises
    ------
    ValueError
        If it is none; one line says why.
    """
    try:
        entry: Entry = _entry().validate_json(text)
    except ValidationError as error:
        raise ValueError(first_mistake(error)) from None
    if isinstance(entry, Start) and not 1 <= entry.days <= _MOST_DAYS:
        raise ValueError(f"start.days: {entry.days} is not between 1 and {_MOST_DAYS}")
    return entry


def done_to_json(done: tuple[Done, ...]) -> str:
    """What was done in a session, as the store keeps it."""
    return _done().dump_json(done).decode()


def done_from_json(text: str) -> tuple[Done, ...]:
    """What `done_to_json` wrote.

    Raises
    ------
    ValueError
        If it is something else.
    """
    try:
        done: tuple[Done, ...] = _done().validate_json(text)
    except ValidationError as error:
        raise ValueError(first_mistake(error)) from None
    return done


@cache
def _entry() -> TypeAdapter[Any]:
    return adapter(Entry, FORM)


@cache
def _done() -> TypeAdapter[Any]:
    return adapter(tuple[Done, ...])
