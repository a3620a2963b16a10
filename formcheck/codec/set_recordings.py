"""The sets of a live session as JSON, as they are kept with its poses."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs

from formcheck.codec.schema import NUMBER, adapter_of, first_mistake, schema_of, taker, written
from formcheck.types.set_recording import SetCalibration, SetRecording, SetTurn
from formcheck.types.text import plain

#: No workout has more sets, no set more pauses or turns.
_MOST_SETS, _MOST_SPANS = 400, 1000


def set_recordings_to_json(recordings: Sequence[SetRecording]) -> str:
    """The sets as text."""
    return json.dumps(_adapter().dump_python(tuple(recordings), mode="json"), allow_nan=False)


def set_recordings_from_json(text: str) -> tuple[SetRecording, ...]:
    """The sets that `set_recordings_to_json` wrote, in order of time.

    A calibration in which something is missing or impossible is None: its set can be judged all the same.

    Raises
    ------
    ValueError
        If it is something else; one line says what is wrong, and where.
    """
    try:
        recordings: tuple[SetRecording, ...] = _adapter().validate_json(text)
    except ValidationError as error:
        raise ValueError(first_mistake(error)) from None
    times = [t for recording in recordings for span in recording.spans for t in span]
    if times != sorted(times):
        raise ValueError("sets overlap, or are not in order of time")
    return recordings


@cache
def _adapter() -> TypeAdapter[Any]:
    return adapter_of(cs.tuple_schema([_recording()], variadic_item_index=0, max_length=_MOST_SETS))


def _recording() -> CoreSchema:
    word = cs.no_info_after_validator_function(plain, schema_of(str))
    span = cs.tuple_schema([NUMBER, NUMBER])
    turns = cs.tuple_schema([_turn()], variadic_item_index=0, max_length=_MOST_SPANS)
    parts = {
        "exercise": word,
        "digest": word,
        "spans": cs.tuple_schema([span], variadic_item_index=0, max_length=_MOST_SPANS),
        "calibration": _calibration(),
    }
    fields = {name: cs.typed_dict_field(part) for name, part in parts.items()}
    fields["turns"] = cs.typed_dict_field(turns, required=False)
    take = taker(SetRecording)
    return cs.no_info_after_validator_function(
        lambda read: SetRecording(**read),
        cs.typed_dict_schema(fields),
        serialization=written(fields, lambda kept: _without_none(take(kept)), SetRecording),
    )


def _without_none(parts: dict[str, Any]) -> dict[str, Any]:
    """As versions before 0.10.0 wrote a set, where nobody turned."""
    return parts if parts["turns"] else {name: part for name, part in parts.items() if name != "turns"}


def _turn() -> CoreSchema:
    fields = {
        "left_s": cs.typed_dict_field(NUMBER),
        "since_s": cs.typed_dict_field(NUMBER),
        "calibration": cs.typed_dict_field(_calibration()),
    }
    return cs.no_info_after_validator_function(
        lambda read: SetTurn(**read),
        cs.typed_dict_schema(fields),
        serialization=written(fields, taker(SetTurn), SetTurn),
    )


def _calibration() -> CoreSchema:
    """None is written as an object that lacks everything."""
    take = taker(SetCalibration)
    known = cs.with_default_schema(schema_of(SetCalibration), default=None, on_error="default")
    return cs.chain_schema(
        [cs.dict_schema(), known],
        serialization=cs.plain_serializer_function_ser_schema(
            lambda kept: {} if kept is None else take(kept)
        ),
    )
