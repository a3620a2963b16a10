"""The drawing of a trend, and its words."""

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from formcheck.outputs import trend_plot as module
from formcheck.outputs import trend_words
from formcheck.outputs.trend_plot import trend_plot
from formcheck.types.reason import said
from formcheck.types.trend import Point, Series

START = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def series(*values, days=7.0, error=2.0, **more):
    points = tuple(
        Point(START + timedelta(days=days * i), v, None if v is None else error, 8)
        for i, v in enumerate(values)
    )
    found = {"base": 80.0, "first": 1, "latest": 95.0, "needs": 5.0, "delta": 15.0, "clear": True}
    return Series("rom", "Range of motion, median", "deg", points, **(found | {"meaning": "more"} | more))


def drawn(made):
    text = trend_plot(made)
    assert "nan" not in text
    root = ET.fromstring(text)
    shown = {e.get("class"): e for e in root.iter() if e.get("class")}
    return root, shown


def places(path):
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]


def test_the_same_series_gives_the_same_bytes():
    assert trend_plot(series(80.0, 88.0, 95.0)) == trend_plot(series(80.0, 88.0, 95.0))


def test_all_is_within_the_canvas_and_goes_the_right_way():
    root, shown = drawn(series(80.0, 88.0, 95.0))
    at = places(shown["line"].get("d"))
    assert len(at) == 3
    assert [x for x, _ in at] == sorted(x for x, _ in at)
    assert [y for _, y in at] == sorted((y for _, y in at), reverse=True)
    assert all(
        module.FRAME.left < x < module.FRAME.right and module.FRAME.top < y < module.FRAME.bottom
        for x, y in at
    )
    assert root.get("viewBox") == f"0 0 {module.FRAME.width} {module.FRAME.height}"


def test_the_band_is_what_would_be_no_change():
    _, shown = drawn(series(80.0, 95.0))
    band, base = shown["band"], float(re.search(r"M\d+ ([\d.]+)", shown["base"].get("d"))[1])
    top, height = float(band.get("y")), float(band.get("height"))
    assert top + height / 2 == pytest.approx(base, abs=0.1)
    (_, low), (_, high) = places(shown["line"].get("d"))
    assert height / 2 == pytest.approx((low - high) * 5 / 15, abs=0.2)  # needs 5 where 15 lie between
    assert low == pytest.approx(base, abs=0.1)


def test_bars_are_those_of_95_percent():
    _, shown = drawn(series(80.0, 95.0))
    flight_peaks = re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)", shown["bars"].get("d"))
    (_, low), (_, high) = places(shown["line"].get("d"))
    for top, bottom in flight_peaks:
        assert float(bottom) - float(top) == pytest.approx(2 * 1.96 * 2.0 * (low - high) / 15, abs=0.2)
    assert len(flight_peaks) == 2


def test_what_too_little_tells_is_hollow_and_no_part_of_the_line():
    made = series(80.0, 88.0, 95.0)
    few = replace(made.points[1], reason=said("fewer than 4 repetitions tell it"))
    _, shown = drawn(replace(made, points=(made.points[0], few, made.points[2])))
    assert shown["dots"].get("d").count("M") == len(places(shown["line"].get("d"))) == 2
    assert shown["hollow"].tag == f"{SVG}circle"
    assert "missing" not in shown


def test_what_was_not_assessed_breaks_the_line_and_is_marked():
    _, shown = drawn(series(80.0, None, 90.0, 95.0))
    assert shown["line"].get("d").count("M") == 2
    assert shown["missing"].get("d").count("M") == 1
    assert shown["dots"].get("d").count("M") == 3


def test_what_is_not_compared_is_hollow_and_off_the_line():
    made = series(80.0, 85.0, 95.0)
    points = (made.points[0], replace(made.points[1], like=False), made.points[2])
    root, shown = drawn(replace(made, points=points))
    assert len([e for e in root.iter(f"{SVG}circle") if e.get("class") == "hollow"]) == 1
    assert len(places(shown["line"].get("d"))) == 2


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"meaning": "better"}, "last better"),
        ({"meaning": "worse"}, "last worse"),
        ({"meaning": "more"}, "last changed"),
        ({"meaning": None, "clear": False}, "last "),
    ],
)
def test_the_latest_shows_what_its_change_means(more, kind):
    _, shown = drawn(series(80.0, 95.0, **more))
    assert kind in shown


@pytest.mark.parametrize("count", [1, 2, 300])
@pytest.mark.parametrize("days", [0.0, 0.01, 1.0, 40.0])
def test_dates_do_not_touch(count, days):
    root, _ = drawn(series(*[80.0 + i % 9 for i in range(count)], days=days))
    at = sorted(
        (float(e.get("x")), e.get("text-anchor"), e.text)
        for e in root.iter(f"{SVG}text")
        if float(e.get("y")) > module.FRAME.bottom + 10
    )
    assert at
    assert all(b[0] - a[0] >= 70 for a, b in pairwise(at))
    assert all(t for _, _, t in at)


def test_a_series_without_a_level_can_be_drawn():
    empty = Series(
        "rom", "Range", "deg", (Point(START, None, reason=said("not seen")),), reason=said("not seen")
    )
    _, shown = drawn(empty)
    assert not {"band", "base", "last"} & set(shown)
    assert "never assessed" in module.alt(empty)


def test_names_are_escaped():
    root, _ = drawn(replace(series(80.0, 95.0), what="<script>&"))
    assert root.find(f"{SVG}title").text.startswith("<script>&")


# --- words -----------------------------------------------------------------------------------------------


def test_a_change_is_reported_with_what_it_needs():
    found = trend_words.verdict(series(80.0, 95.0))
    assert found == "More than at first, 95.0° now and 80.0° then (+15.0°; needs 5.0°)."


def test_no_change_is_reported_as_such():
    made = series(80.0, 81.0, clear=False, meaning=None)
    assert trend_words.verdict(made) == "No change beyond what measuring alone gives (needs 5.0°)."


def test_a_reason_is_a_sentence():
    assert trend_words.verdict(series(80.0, reason=said("only once so far"))) == "Only once so far."


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (82.4, "points", "82 points"),
        (12.0, "reps", "12"),
        (1.314, "s", "1.31 s"),
        (41.26, "s", "41.3 s"),
        (0.284, "S", "28.4 %"),
        (-8.0, "deg", "−8.0°"),
        (None, "s", "–"),
        (math.nan, "deg", "–"),
    ],
)
def test_numbers_have_their_units(value, unit, shown):
    assert trend_words.quantity(value, unit) == shown


@pytest.mark.parametrize(
    ("values", "bars"),
    [([], ""), ([None, None], "··"), ([1.0, None, 8.0], "▁·█"), ([5.0, 5.0], "▁▁"), ([0.0, 7.0, 1.0], "▁█▂")],
)
def test_sparklines(values, bars):
    assert trend_words.sparkline(values) == bars
