"""session.json read back, strictly."""

from functools import cache
from typing import Any

from pydantic_core import CoreSchema, SchemaValidator, ValidationError
from pydantic_core import core_schema as cs

from formcheck.outputs.strict import TEXT, fields_of, first_mistake
from formcheck.types import Session
from formcheck.types.session import SCHEMA

_MOST_SHOWN = 60


def session_from_json(text: str | bytes) -> Session:
    """The session that `formcheck.outputs.json.session_to_json` wrote; unknown keys are passed over.

    What only the report shows (traces and the like) is empty then.

    Raises
    ------
    ValueError
        If it is none; one line says what is wrong, and where.
    """
    return session_and_date(text)[0]


def session_and_date(text: str | bytes) -> tuple[Session, str | None]:
    """The session, and the time of its making in ISO 8601; None where that is not told.

    Raises
    ------
    ValueError
        As `session_from_json` does.
    """
    try:
        session, created = _reader().validate_json(text)
    except ValidationError as error:
        raise ValueError(first_mistake(error)) from None
    return session, created


def session_schema() -> CoreSchema:
    """What session.json has to be; it gives what `session_and_date` gives."""
    head = {
        "schema": cs.typed_dict_field(cs.no_info_plain_validator_function(_known)),
        "created": cs.typed_dict_field(cs.nullable_schema(TEXT), required=False),
    }
    told = cs.typed_dict_schema(head | fields_of(Session))
    return cs.no_info_after_validator_function(_build, told)


@cache
def _reader() -> SchemaValidator:
    return SchemaValidator(session_schema())


def _known(schema: Any) -> Any:
    if schema != SCHEMA:
        raise ValueError(f"expected schema {SCHEMA}, found {ascii(schema)[:_MOST_SHOWN]}")
    return schema


def _build(told: dict[str, Any]) -> tuple[Session, str | None]:
    del told["schema"]
    created = told.pop("created", None)
    return Session(**told), created
