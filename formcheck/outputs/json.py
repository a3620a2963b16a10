"""session.json: the result as data, the same bytes for the same session (schema in the contract)."""

import dataclasses
import json
import math
from collections.abc import Mapping
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np

from formcheck.errors import SourceError
from formcheck.outputs.files import write_text
from formcheck.outputs.session_reader import session_and_date
from formcheck.outputs.strict import UNTOLD
from formcheck.types import ExerciseRecord, Session
from formcheck.types.session import SCHEMA

#: Hours of repetitions are some megabytes; nothing larger is read into memory.
MOST_BYTES = 64 * 2**20
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
    """Read a session.json back; what only the report shows (traces and the like) is empty then.

    Raises
    ------
    SourceError
        If it is none, or damaged.
    """
    return read_dated_session(path)[0]


def read_dated_session(path: Path) -> tuple[Session, str | None]:
    """As `read_session`, with the time of making in ISO 8601; None where that is not told."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # a device has no end
        if len(data) > MOST_BYTES:
            raise SourceError(f"{path}: larger than {MOST_BYTES // 2**20} MB; give a session.json")
        return session_and_date(data)
    except SourceError:
        raise
    except OSError as error:
        raise SourceError(f"{path}: cannot read: {error.strerror or error}; give a session.json") from error
    except ValueError as error:
        raise SourceError(f"{path}: not a whole session ({error}); analyse the clip again") from error


def _encode(value: Any, key: str, unit: str) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        names = [f.name for f in dataclasses.fields(value) if f.name not in UNTOLD.get(kind, ())]
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
