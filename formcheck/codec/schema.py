"""Adapters between JSON and our types: no other kind of value, no number beyond what is measured."""

import dataclasses
import math
import types
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
from pydantic import TypeAdapter, ValidationError
from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs

from formcheck.codec.form import PLAIN, Form
from formcheck.messages import sentence
from formcheck.types.moment import sane
from formcheck.types.reason import Reason, said
from formcheck.types.text import one_line

#: No body, clip or count is larger, in any unit; sums of such numbers stay within what databases count.
MOST_NUMBER = 1e12
MOST_COUNT = 10**12
#: No name, reason or sentence is longer.
MOST_LETTERS = 10_000
_MOST_WHERE, _MOST_SHOWN = 60, 200

TEXT = cs.str_schema(strict=True, max_length=MOST_LETTERS, pattern=r"^[^\x00]*$")
NUMBER = cs.float_schema(strict=True, allow_inf_nan=False, ge=-MOST_NUMBER, le=MOST_NUMBER)
_PLAIN: dict[Any, CoreSchema] = {
    str: TEXT,
    bool: cs.bool_schema(strict=True),
    int: cs.int_schema(strict=True, ge=0, le=MOST_COUNT),
    float: cs.no_info_after_validator_function(
        lambda value: float("nan") if value is None else value, cs.nullable_schema(NUMBER)
    ),
    Reason: cs.no_info_after_validator_function(
        said, TEXT, serialization=cs.plain_serializer_function_ser_schema(sentence, return_schema=TEXT)
    ),
    date: cs.date_schema(strict=True),
    datetime: cs.no_info_after_validator_function(sane, cs.datetime_schema(strict=True)),
}

Fields = dict[str, cs.TypedDictField]


class _Given:
    """Tells pydantic the schema of a type."""

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return self._schema


def adapter(kind: Any, form: Form = PLAIN) -> TypeAdapter[Any]:
    """Reads, writes and describes the JSON of a type, as `schema_of` has it."""
    return adapter_of(schema_of(kind, form))


def adapter_of(schema: CoreSchema) -> TypeAdapter[Any]:
    """Reads, writes and describes what a schema has."""
    return TypeAdapter(annotated(schema))


def annotated(schema: CoreSchema) -> Any:
    """A type for whoever describes itself by types, as a web API does, with that schema."""
    return Annotated[Any, _Given(schema)]


def schema_of(kind: Any, form: Form = PLAIN) -> CoreSchema:
    """The schema of a type made of dataclasses, tuples, dicts, words and numbers; NaN is null.

    Keys that are not known are passed over. Of several dataclasses the form's tag says which one it is.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        some = [part for part in parts if part is not types.NoneType]
        one = schema_of(some[0], form) if len(some) == 1 else _one_of(some, form)
        return one if len(some) == len(parts) else cs.nullable_schema(one)
    if origin is Literal:
        return cs.literal_schema(list(parts))
    if origin is tuple and parts[-1] is ...:
        return cs.tuple_schema([schema_of(parts[0], form)], variadic_item_index=0)
    if origin is tuple:
        return cs.tuple_schema([schema_of(part, form) for part in parts])
    if origin is dict:
        return cs.dict_schema(TEXT, schema_of(parts[1], form))
    return _PLAIN[kind] if kind in _PLAIN else _record(kind, form)


def fields_of(kind: Any, form: Form = PLAIN, *, written: bool = False) -> Fields:
    """The fields of a dataclass that a document has, the tag first; if ``written``, none may be missing."""
    hints, fields = _hints(kind, form), {field.name: field for field in dataclasses.fields(kind)}
    tag = {form.tag: cs.typed_dict_field(cs.literal_schema([form.tags[kind]]))} if kind in form.tags else {}
    parts = {name: schema_of(hints[name], form) for name in parts_of(kind, form)}
    if written:
        return tag | {
            name: cs.typed_dict_field(part, serialization_alias=form.names.get((kind, name)))
            for name, part in parts.items()
        }
    return tag | {name: _read(kind, fields.get(name), part, form) for name, part in parts.items()}


def parts_of(kind: Any, form: Form) -> list[str]:
    """The names of a dataclass's fields in the order in which a document has them."""
    left_out, last = form.left_out.get(kind, ()), form.last.get(kind, ())
    flat = form.flattened.get(kind)
    names = [f.name for f in dataclasses.fields(kind) if f.name not in left_out]
    if flat is not None:
        at = names.index(flat.name)
        names[at : at + 1] = flat.parts
    return [name for name in names if name not in last] + list(last)


def taker(kind: Any, form: Form = PLAIN) -> Callable[[Any], dict[str, Any]]:
    """What takes one of a type apart: its tag and its fields, rounded; none of its parts."""
    names, hints = parts_of(kind, form), _hints(kind, form)
    measured = frozenset(name for name in names if _holds_float(hints[name]))
    tag = {form.tag: form.tags[kind]} if kind in form.tags else {}

    def take(value: Any) -> dict[str, Any]:
        unit, parts = getattr(value, "unit", ""), dict[str, Any](tag)
        for name in names:
            part = getattr(value, name)
            if name in measured:
                parts[name] = _rounded(part, form.decimals(kind, name, unit))
            else:
                parts[name] = part.item() if isinstance(part, np.generic) else part
        return parts

    return take


def written(fields: Fields, take: Callable[[Any], dict[str, Any]], kind: Any) -> cs.SerSchema:
    """How something is written that ``take`` takes apart."""
    shape = cs.typed_dict_schema(fields, cls=kind, ref=kind.__name__)
    return cs.plain_serializer_function_ser_schema(take, return_schema=shape)


def built(kind: Any, parts: dict[str, Any], form: Form = PLAIN) -> Any:
    """One of a type, of what was read of it."""
    flat = form.flattened.get(kind)
    return kind(**parts) if flat is None else kind(**{flat.name: flat.build(parts)}, **parts)


def first_mistake(error: ValidationError | Sequence[Any], skip: int = 0) -> str:
    """The first thing that is wrong, and where, in one plain line.

    ``skip`` leaves out the first words of where it is: those that only a programmer understands.
    """
    if isinstance(error, ValidationError):
        error = error.errors(include_url=False, include_context=False, include_input=False)
    where = ".".join(map(str, error[0]["loc"][skip:]))[:_MOST_WHERE]
    what = error[0]["msg"].removeprefix("Value error, ").replace("Invalid JSON", "not JSON")
    return one_line(f"{where}: {what}" if where else what, _MOST_SHOWN)


def _record(kind: Any, form: Form) -> CoreSchema:
    def build(parts: dict[str, Any]) -> Any:
        parts.pop(form.tag, None)
        return built(kind, parts, form)

    return cs.no_info_after_validator_function(
        build,
        cs.typed_dict_schema(fields_of(kind, form), cls=kind),
        serialization=written(fields_of(kind, form, written=True), taker(kind, form), kind),
    )


def _one_of(kinds: list[Any], form: Form) -> CoreSchema:
    """One of several dataclasses."""
    takers = {kind: taker(kind, form) for kind in kinds}
    shapes: dict[Any, Any] = {
        form.tags[k]: cs.typed_dict_schema(fields_of(k, form, written=True), cls=k) for k in kinds
    }
    return cs.tagged_union_schema(
        {form.tags[kind]: _record(kind, form) for kind in kinds},
        form.tag,
        serialization=cs.plain_serializer_function_ser_schema(
            lambda value: takers[type(value)](value), return_schema=cs.tagged_union_schema(shapes, form.tag)
        ),
    )


def _hints(kind: Any, form: Form) -> dict[str, Any]:
    flat = form.flattened.get(kind)
    return get_type_hints(kind) | (dict(flat.parts) if flat is not None else {})


def _read(
    kind: type, field: "dataclasses.Field[Any] | None", part: CoreSchema, form: Form
) -> cs.TypedDictField:
    """A field as a reader takes it: what has a default, or is a part of a flattened one, may be missing."""
    if field is None:
        return cs.typed_dict_field(part, required=False)
    since = form.since.get((kind, field.name))
    if since is not None:
        return cs.typed_dict_field(cs.with_default_schema(part, default=since))
    must = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    return cs.typed_dict_field(part, required=must)


def _holds_float(hint: Any) -> bool:
    return hint is float or any(map(_holds_float, get_args(hint)))


def _rounded(value: Any, decimals: int | None) -> Any:
    """A number, or several of them, as JSON has it: finite and rounded or None."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return tuple(_rounded(part, decimals) for part in value)
    number = float(value)  # 62 and 62.0 are written alike
    if not math.isfinite(number):
        return None
    return number if decimals is None else round(number, decimals) + 0.0  # no "-0.0"
