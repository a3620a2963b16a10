"""Comparisons and trends as JSON: rounded, in the order of the types, reasons as sentences."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from formcheck.codec.described import described
from formcheck.codec.progress import TREND, comparison_to_dict, trend_to_dict, trend_to_json
from formcheck.progress.compare import compare
from formcheck.progress.trend import trend
from formcheck.types.comparison import Change, Comparison
from formcheck.types.reason import Reason, said
from formcheck.types.trend import Point, Series, Trend
from tests.unit.outputs import sessions

EAST = timezone(timedelta(hours=1))
WHEN = datetime(2026, 3, 1, 18, 0, 5, 250_000, tzinfo=EAST)


def names(kind):
    return [f.name for f in dataclasses.fields(kind)]


def test_a_comparison_has_its_fields_in_their_order_and_its_reasons_in_words():
    why = Reason("in_one", which="first", reason=said("x"))
    change = Change("a", "A", "deg", 1.23456789, None, reason=why)
    made = comparison_to_dict(Comparison("squat", "a", "b", (change,), (), (Reason("cadence_changed"),)))
    assert list(made) == names(Comparison)
    assert list(made["changes"][0]) == names(Change)
    assert (made["changes"][0]["early"], made["changes"][0]["late"]) == (1.2346, None)
    assert made["changes"][0]["reason"] == "in the first: x"
    assert made["notes"][0].startswith("The cadence changed")


@pytest.mark.parametrize(
    ("when", "written"),
    [(WHEN, "2026-03-01T18:00:05+01:00"), (WHEN.astimezone(UTC), "2026-03-01T17:00:05+00:00")],
)
def test_a_trend_keeps_its_time_zone(when, written):
    series = Series("a", "A", "deg", (Point(when, 1.23456789, like=False),), reason=Reason("only_once"))
    made = trend_to_dict(Trend("squat", "Squat", 1, (series,), (said("why"),)))
    assert list(made) == names(Trend)
    assert list(made["series"][0]) == names(Series)
    assert list(made["series"][0]["points"][0]) == names(Point)
    assert made["series"][0]["points"][0]["when"] == written
    assert made["series"][0]["points"][0]["value"] == 1.2346
    assert list(made["notes"]) == ["why"]


@pytest.mark.parametrize("made", sessions.ALL.values(), ids=sessions.ALL)
def test_whatever_is_compared_or_followed_is_plain_json(made):
    found = trend([(WHEN, made()), (WHEN + timedelta(days=1), made())])
    json.dumps(comparison_to_dict(compare(made(), made())), allow_nan=False)
    json.dumps(trend_to_dict(found), allow_nan=False)
    answer = json.loads(trend_to_json(found))
    Draft202012Validator(described(TypeAdapter(TREND))).validate(answer)
    assert [s["id"] for s in answer["series"]] == [s.id for s in found.series]
