"""Moments that people and clocks name: within the years that can be, and never without a zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.types.moment import FIRST_YEAR, LAST_YEAR, moment, sane

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
YEARS = {"min_value": datetime(FIRST_YEAR, 1, 2), "max_value": datetime(LAST_YEAR, 12, 30)}


@given(st.datetimes(**YEARS, timezones=ZONES))
def test_a_moment_with_its_zone_comes_back_as_it_was_written(when):
    assert sane(when) is when
    assert moment(when.isoformat()) == when
    assert moment(when.isoformat()).utcoffset() == when.utcoffset()


@given(st.datetimes(**YEARS))
def test_without_a_zone_it_is_local_time(when):
    read = moment(when.isoformat())
    assert read.tzinfo is not None
    assert read.replace(tzinfo=None) == when


def test_a_moment_without_a_zone_is_refused_where_it_must_have_one():
    with pytest.raises(ValueError, match="names no time zone"):
        sane(datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("when", "fine"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), True),
        (datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), False),
        (datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC), True),
        (datetime(2200, 1, 1, tzinfo=UTC), False),
        # It is the year of the moment in UTC that counts.
        (datetime(1970, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2))), False),
        (datetime(2200, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=2))), True),
    ],
)
def test_years_that_cannot_be_are_refused(when, fine):
    if fine:
        assert sane(when) == when
    else:
        with pytest.raises(ValueError, match=r"the year \d+ is not between 1970 and 2199"):
            sane(when)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01", "9999-12-31"]
)
def test_the_ends_of_the_calendar_are_refused_in_one_line(text):
    with pytest.raises(ValueError, match="is not between 1970 and 2199"):
        moment(text)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "2026-13-01T00:00Z", "12:00"])
def test_what_names_no_moment_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the words are Python's
        moment(text)
