"""Answers and logged exercises as data: what the store keeps and an export holds."""

import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from formcheck.types.training import Done, Entry, PainTold, Start

_KINDS: dict[str, type[Start | PainTold | Done]] = {"start": Start, "pain": PainTold, "done": Done}
_ADAPTERS = {name: TypeAdapter(kind) for name, kind in _KINDS.items()}
assert set(_KINDS.values()) == set(get_args(Entry))

_MOST_DAYS = 7


def entry_to_dict(entry: Entry) -> dict[str, Any]:
    """An entry as plain data; ``kind`` tells which it is."""
    kind = next(name for name, type_ in _KINDS.items() if isinstance(entry, type_))
    told: dict[str, Any] = _ADAPTERS[kind].dump_python(entry, mode="json")
    return {"kind": kind, **told}


def entry_from_dict(told: Mapping[str, Any]) -> Entry:
    """The entry that `entry_to_dict` wrote.

    Raises
    ------
    ValueError
        If it is none; one line says why.
    """
    kind = told.get("kind")
    if kind not in _ADAPTERS:
        raise ValueError(f"no such kind of entry: {kind!r}")
    text = json.dumps({name: value for name, value in told.items() if name != "kind"})
    try:
        entry = _ADAPTERS[kind].validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{kind}, {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    if entry.when.tzinfo is None:
        raise ValueError(f"{kind}, when: names no time zone")
    if isinstance(entry, Start) and not 1 <= entry.days <= _MOST_DAYS:
        raise ValueError(f"{kind}, days: {entry.days} is not between 1 and {_MOST_DAYS}")
    return entry
