"""Comparisons and trends as JSON."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from formcheck.codec.form import Form
from formcheck.codec.schema import adapter, annotated, schema_of
from formcheck.types.comparison import Comparison
from formcheck.types.trend import Trend

_DECIMALS = 4
_ROUNDED = Form(decimals=lambda *_: _DECIMALS)
#: The type of what the service answers with a trend: nothing is rounded.
TREND = annotated(schema_of(Trend))


def comparison_to_dict(comparison: Comparison) -> dict[str, Any]:
    """As plain dicts, lists and rounded numbers; reasons are sentences."""
    data: dict[str, Any] = _adapter(Comparison).dump_python(comparison)
    return data


def trend_to_dict(trend: Trend) -> dict[str, Any]:
    """As `comparison_to_dict`; moments are ISO 8601 in their own time zone, to the second."""
    data: dict[str, Any] = _adapter(Trend).dump_python(trend)
    for series in data["series"]:
        for point in series["points"]:
            point["when"] = point["when"].isoformat(timespec="seconds")
    return data


def trend_to_json(trend: Trend) -> bytes:
    """What `TREND` says of a trend."""
    return _answer().dump_json(trend)


@cache
def _answer() -> TypeAdapter[Any]:
    return TypeAdapter(TREND)


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return adapter(kind, _ROUNDED)
