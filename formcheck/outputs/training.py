"""Answers and logged exercises as data: what the store keeps and an export holds."""

from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator, ValidationError
from pydantic_core import core_schema as cs

from formcheck.outputs.strict import fields_of, first_mistake, schema_of
from formcheck.types.training import Done, Entry, PainTold, Start

_KINDS: dict[str, type[Start | PainTold | Done]] = {"start": Start, "pain": PainTold, "done": Done}
assert set(_KINDS.values()) == set(get_args(Entry))

_MOST_DAYS = 7
_WRITER: TypeAdapter[Any] = TypeAdapter(Start | PainTold | Done)


def entry_to_dict(entry: Entry) -> dict[str, Any]:
    """An entry as plain data; ``kind`` tells which it is."""
    kind = next(name for name, type_ in _KINDS.items() if isinstance(entry, type_))
    told: dict[str, Any] = _WRITER.dump_python(entry, mode="json")
    return {"kind": kind, **told}


def entry_from_json(text: str | bytes) -> Entry:
    """The entry that `entry_to_dict` wrote, as JSON.

    Raises
    ------
    ValueError
        If it is none; one line says why.
    """
    try:
        entry: Entry = _reader().validate_json(text)
    except ValidationError as error:
        raise ValueError(first_mistake(error)) from None
    if isinstance(entry, Start) and not 1 <= entry.days <= _MOST_DAYS:
        raise ValueError(f"start.days: {entry.days} is not between 1 and {_MOST_DAYS}")
    return entry


def done_to_json(done: tuple[Done, ...]) -> str:
    """What was done in a session, as the store keeps it."""
    return _DONE_WRITER.dump_json(done).decode()


def done_from_json(text: str) -> tuple[Done, ...]:
    """What `done_to_json` wrote.

    Raises
    ------
    ValueError
        If it is something else.
    """
    try:
        done: tuple[Done, ...] = _done_reader().validate_json(text)
    except ValidationError as error:
        raise ValueError(first_mistake(error)) from None
    return done


_DONE_WRITER = TypeAdapter(tuple[Done, ...])


@cache
def _reader() -> SchemaValidator:
    choices: dict[Any, Any] = {
        name: cs.typed_dict_schema(_tagged(name, kind)) for name, kind in _KINDS.items()
    }
    return SchemaValidator(
        cs.no_info_after_validator_function(_build, cs.tagged_union_schema(choices, "kind"))
    )


@cache
def _done_reader() -> SchemaValidator:
    return SchemaValidator(schema_of(tuple[Done, ...]))


def _tagged(name: str, kind: type) -> dict[str, cs.TypedDictField]:
    return {"kind": cs.typed_dict_field(cs.literal_schema([name])), **fields_of(kind)}


def _build(told: dict[str, Any]) -> Entry:
    return _KINDS[told.pop("kind")](**told)
