"""session.json: the result as data, the same bytes for the same session (schema in the contract)."""

import dataclasses
import json
import math
import types
from collections.abc import Mapping
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from formcheck.errors import SourceError
from formcheck.outputs.files import write_text
from formcheck.types import Check, ExerciseRecord, Fault, Metric, Session
from formcheck.types.session import SCHEMA

T = TypeVar("T")

#: Fields that serve the report and are no part of the contract.
_UNTOLD: dict[type, frozenset[str]] = {
    Session: frozenset({"traces", "mean_stride", "not_judged"}),
    Check: frozenset({"what"}),
    Metric: frozenset({"what"}),
    Fault: frozenset({"joints"}),
}
#: Extra fields stand behind those the contract names.
_LAST: dict[type, tuple[str, ...]] = {ExerciseRecord: ("status",)}

_DECIMALS = {"fps": 3, "cadence_spm": 1, "coverage": 3, "seen": 3, "confidence": 3, "spans": 3}
_DECIMALS_BY_UNIT = {"deg": 2, "s": 3, "%": 2, "spm": 1}
_DECIMALS_ELSE = 4


def session_to_dict(session: Session, created: str | None = None) -> dict[str, Any]:
    """The session as the contract writes it: plain dicts, lists, rounded finite numbers and None.

    ``created`` is the time of making in ISO 8601; a caller that wants the same bytes again gives the same.
    """
    head = {"schema": SCHEMA, "formcheck": session.formcheck, "created": created}
    body: dict[str, Any] = _encode(session, "", "")
    return head | body


def session_to_json(session: Session, created: str | None = None) -> str:
    """The text of session.json."""
    told = session_to_dict(session, created)
    return json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write_session(session: Session, folder: Path, created: str | None = None) -> Path:
    """Write ``folder/session.json``."""
    return write_text(folder / "session.json", session_to_json(session, created))


def read_session(path: Path) -> Session:
    """Read a session.json back; what only the report shows (traces and the like) is empty then."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path}: cannot read: {error.strerror or error}; give a session.json") from error
    except ValueError as error:
        raise SourceError(f"{path}: not JSON ({error}); give a session.json made by formcheck") from error
    schema = told.get("schema") if isinstance(told, dict) else None
    if schema != SCHEMA:
        raise SourceError(f"{path}: expected schema {SCHEMA}, found {schema!r}; analyse the clip again")
    try:
        return session_from_dict(told)
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{path}: not a whole session ({error}); analyse the clip again") from error


def session_from_dict(told: Mapping[str, Any]) -> Session:
    """The session that `session_to_dict` wrote; keys that are not known are passed over."""
    session = _decode(Session, told, "session")
    assert isinstance(session, Session)
    return session


def _encode(value: Any, key: str, unit: str) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        names = [f.name for f in dataclasses.fields(value) if f.name not in _UNTOLD.get(kind, ())]
        last = _LAST.get(kind, ())
        names = [n for n in names if n not in last] + list(last)
        own_unit, floats = getattr(value, "unit", ""), _floats(kind)
        parts = {name: getattr(value, name) for name in names}
        parts |= {name: float(part) for name, part in parts.items() if name in floats and part is not None}
        return {name: _encode(part, name, own_unit) for name, part in parts.items()}
    if isinstance(value, Mapping):
        return {str(k): _encode(v, key, unit) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_encode(v, key, unit) for v in value]
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    return _number(float(value), key, unit)


@cache
def _floats(kind: type) -> frozenset[str]:
    """The fields that hold a float, so that 62 and 62.0 are written alike."""
    hints = get_type_hints(kind)
    return frozenset(name for name, hint in hints.items() if float in {hint, *get_args(hint)})


def _number(value: float, key: str, unit: str) -> float | None:
    if not math.isfinite(value):
        return None
    decimals = _DECIMALS.get(key, 3 if key.endswith("_s") else _DECIMALS_BY_UNIT.get(unit, _DECIMALS_ELSE))
    return round(value, decimals) + 0.0  # no "-0.0"


def _decode(kind: Any, told: Any, where: str) -> Any:
    """Build a value of type ``kind`` from plain JSON, or say where it does not fit."""
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return None if told is None else _decode(_some(kind), told, where)
    if origin is Literal:
        if told not in get_args(kind):
            raise ValueError(f"{where}: {told!r} is none of {', '.join(map(str, get_args(kind)))}")
        return told
    if origin is tuple:
        return _decode_tuple(get_args(kind), told, where)
    if origin is dict:
        return {k: _decode(get_args(kind)[1], v, f"{where}.{k}") for k, v in _of(dict, told, where).items()}
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(kind, told, where)
    if kind is float:
        if isinstance(told, bool):
            raise ValueError(f"{where}: expected a number, found {told!r}")
        return float("nan") if told is None else float(_of((int, float), told, where))
    return _of(kind, told, where)


def _decode_dataclass(kind: Any, told: Any, where: str) -> Any:
    hints, untold = get_type_hints(kind), _UNTOLD.get(kind, frozenset())
    told = _of(dict, told, where)
    given = {}
    for field in dataclasses.fields(kind):
        if field.name in untold:
            continue
        if field.name in told:
            given[field.name] = _decode(hints[field.name], told[field.name], f"{where}.{field.name}")
        elif field.name == "status":  # younger than the schema
            given["status"] = "draft"
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise KeyError(f"{where}.{field.name} is missing")
    return kind(**given)


def _decode_tuple(parts: tuple[Any, ...], told: Any, where: str) -> tuple[Any, ...]:
    items = _of(list, told, where)
    if len(parts) == 2 and parts[1] is ...:
        return tuple(_decode(parts[0], item, f"{where}[{i}]") for i, item in enumerate(items))
    if len(items) != len(parts):
        raise ValueError(f"{where}: expected {len(parts)} values, found {len(items)}")
    return tuple(_decode(part, item, where) for part, item in zip(parts, items, strict=True))


def _some(kind: Any) -> Any:
    """``X`` of ``X | None``."""
    return next(part for part in get_args(kind) if part is not types.NoneType)


def _of(kind: Any, told: Any, where: str) -> Any:
    if not isinstance(told, kind) or (kind is int and isinstance(told, bool)):
        expected = getattr(kind, "__name__", "number")
        raise ValueError(f"{where}: expected {expected}, found {type(told).__name__}")
    return told
