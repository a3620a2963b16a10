"""session.json: the same bytes for the same session, and read back strictly (schema in the contract)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs

from formcheck.codec.form import Flattened, Form
from formcheck.codec.schema import TEXT, Fields, adapter_of, built, fields_of, first_mistake, taker, written
from formcheck.types import Check, ExerciseRecord, Fault, Gait, Hold, Metric, Rep, Section, Session
from formcheck.types.result import Balance, GaitResult, HoldResult, RepResult, Result
from formcheck.types.session import SCHEMA

_MOST_SHOWN = 60
_THOUSANDTHS = ("fps", "coverage", "seen", "confidence", "count_confidence", "spans")
_DECIMALS = {"cadence_spm": 1} | dict.fromkeys(_THOUSANDTHS, 3)
_DECIMALS_BY_UNIT = {"deg": 2, "s": 3, "%": 2, "spm": 1}
_DECIMALS_ELSE = 4


def _decimals(_: type, name: str, unit: str) -> int:
    by_name = _DECIMALS.get(name, 3 if name.endswith("_s") else None)
    return _DECIMALS_BY_UNIT.get(unit, _DECIMALS_ELSE) if by_name is None else by_name


def _result(parts: dict[str, Any]) -> Result | None:
    """The tagged result, of the lists that schema 1 has side by side."""
    reps, holds = parts.pop("reps", ()), parts.pop("holds", ())
    balance, gait = parts.pop("balance", None), parts.pop("gait", None)
    if (len(reps) > 0) + (len(holds) > 0) + (gait is not None) > 1:
        raise ValueError("has more than one of reps, holds and gait")
    if gait is not None:
        return GaitResult(gait)
    if holds or parts["summary"].hold_s is not None:
        return HoldResult(holds)
    return RepResult(reps, balance) if reps else None


_RESULT = Flattened(
    "result",
    {"reps": tuple[Rep, ...], "holds": tuple[Hold, ...], "gait": Gait | None, "balance": Balance | None},
    _result,
)
FORM = Form(
    decimals=_decimals,
    left_out={  # they serve the report
        Session: frozenset({"traces", "not_judged"}),
        Check: frozenset({"what", "measure"}),
        Metric: frozenset({"what"}),
        Fault: frozenset({"joints"}),
    },
    last={ExerciseRecord: ("status",), Section: ("gait", "balance")},
    flattened={Session: _RESULT, Section: _RESULT},
    since={(ExerciseRecord, "status"): "draft"},
)


@dataclass(frozen=True, slots=True)
class DatedSession:
    """A session, and the time of its making in ISO 8601; None where that is not known."""

    session: Session
    created: str | None


def session_to_dict(session: Session, created: str | None = None) -> dict[str, Any]:
    """The session as the contract writes it: plain dicts, lists, rounded finite numbers and None.

    ``created`` is the time of making in ISO 8601; a caller that wants the same bytes again gives the same.
    """
    data: dict[str, Any] = document().dump_python(DatedSession(session, created), mode="json")
    return data


def session_to_json(session: Session, created: str | None = None) -> str:
    """The text of session.json."""
    data = session_to_dict(session, created)
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def session_from_json(text: str | bytes) -> Session:
    """The session that `session_to_json` wrote; unknown keys are passed over.

    What only the report shows (traces and the like) is empty then.

    Raises
    ------
    ValueError
        If it is none; one line says what is wrong, and where.
    """
    return dated_session_from_json(text).session


def dated_session_from_json(text: str | bytes) -> DatedSession:
    """As `session_from_json`, with the time of its making.

    Raises
    ------
    ValueError
        As `session_from_json` does.
    """
    try:
        dated: DatedSession = document().validate_json(text)
    except ValidationError as error:
        raise ValueError(first_mistake(error)) from None
    return dated


@cache
def document() -> TypeAdapter[Any]:
    """The adapter of session.json; what it reads and writes is a `DatedSession`."""
    return adapter_of(document_schema())


def document_schema() -> CoreSchema:
    """What session.json has to be, and how a `DatedSession` is written."""
    head = {
        "schema": cs.typed_dict_field(cs.no_info_plain_validator_function(_known)),
        "created": cs.typed_dict_field(cs.nullable_schema(TEXT), required=False),
    }
    return cs.no_info_after_validator_function(
        _build,
        cs.typed_dict_schema(head | fields_of(Session, FORM)),
        serialization=written(_written_fields(), _taker(), Session),
    )


def _written_fields() -> Fields:
    fields = fields_of(Session, FORM, written=True)
    schema, created = cs.literal_schema([SCHEMA]), cs.nullable_schema(TEXT)
    head = {"schema": schema, "formcheck": TEXT, "created": created}
    return {name: cs.typed_dict_field(part) for name, part in head.items()} | fields


def _taker() -> Callable[[DatedSession], dict[str, Any]]:
    take = taker(Session, FORM)

    def take_dated(dated: DatedSession) -> dict[str, Any]:
        parts = take(dated.session)
        return {"schema": SCHEMA, "formcheck": parts["formcheck"], "created": dated.created} | parts

    return take_dated


def _known(schema: Any) -> Any:
    if schema != SCHEMA:
        raise ValueError(f"expected schema {SCHEMA}, found {ascii(schema)[:_MOST_SHOWN]}")
    return schema


def _build(parts: dict[str, Any]) -> DatedSession:
    del parts["schema"]
    created = parts.pop("created", None)
    return DatedSession(built(Session, parts, FORM), created)
