"""What JSON may hold where a value of our types is told: no other kind, no number beyond what is measured."""

import dataclasses
import types
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, ValidationError
from pydantic_core import core_schema as cs

from formcheck.types import Check, ExerciseRecord, Fault, Metric, Session
from formcheck.types.moment import sane

#: Fields that serve the report and are no part of the contract.
UNTOLD: Mapping[type, frozenset[str]] = {
    Session: frozenset({"traces", "mean_stride", "not_judged"}),
    Check: frozenset({"what"}),
    Metric: frozenset({"what"}),
    Fault: frozenset({"joints"}),
}
#: No body, clip or count is larger, in any unit; sums of such numbers stay within what databases count.
MOST_NUMBER = 1e12
MOST_COUNT = 10**12
#: No name, reason or sentence is longer.
MOST_LETTERS = 10_000
_MOST_TOLD = 200
#: Younger than the schema: what files without it meant.
_SINCE: Mapping[tuple[type, str], str] = {(ExerciseRecord, "status"): "draft"}

TEXT = cs.str_schema(strict=True, max_length=MOST_LETTERS, pattern=r"^[^\x00]*$")
_NUMBER = cs.float_schema(strict=True, allow_inf_nan=False, ge=-MOST_NUMBER, le=MOST_NUMBER)
_PLAIN: dict[Any, CoreSchema] = {
    str: TEXT,
    bool: cs.bool_schema(strict=True),
    int: cs.int_schema(strict=True, ge=0, le=MOST_COUNT),
    float: cs.no_info_after_validator_function(
        lambda value: float("nan") if value is None else value, cs.nullable_schema(_NUMBER)
    ),
    datetime: cs.no_info_after_validator_function(sane, cs.datetime_schema(strict=True)),
}


def schema_of(kind: Any) -> CoreSchema:
    """The schema of a type made of dataclasses, tuples, dicts, words and numbers; NaN is told as null.

    Keys that are not known are passed over.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return cs.nullable_schema(schema_of(next(part for part in parts if part is not types.NoneType)))
    if origin is Literal:
        return cs.literal_schema(list(parts))
    if origin is tuple and parts[-1] is ...:
        return cs.tuple_schema([schema_of(parts[0])], variadic_item_index=0)
    if origin is tuple:
        return cs.tuple_schema([schema_of(part) for part in parts])
    if origin is dict:
        return cs.dict_schema(TEXT, schema_of(parts[1]))
    if dataclasses.is_dataclass(kind):
        make: Any = kind
        fields = cs.typed_dict_schema(fields_of(kind))
        return cs.no_info_after_validator_function(lambda told: make(**told), fields)
    return _PLAIN[kind]


def fields_of(kind: Any) -> dict[str, cs.TypedDictField]:
    """The schemas of the fields of a dataclass that are told."""
    hints = get_type_hints(kind)
    told = [field for field in dataclasses.fields(kind) if field.name not in UNTOLD.get(kind, ())]
    return {field.name: _field(kind, field, schema_of(hints[field.name])) for field in told}


def _field(kind: type, field: "dataclasses.Field[Any]", schema: CoreSchema) -> cs.TypedDictField:
    since = _SINCE.get((kind, field.name))
    if since is not None:
        return cs.typed_dict_field(cs.with_default_schema(schema, default=since))
    must = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    return cs.typed_dict_field(schema, required=must)


def first_mistake(error: ValidationError) -> str:
    """The first thing that is wrong, and where, in one line."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    what = " ".join(first["msg"].removeprefix("Value error, ").replace("Invalid JSON", "not JSON").split())
    return ascii(f"{where}: {what}" if where else what)[1:-1][:_MOST_TOLD]
