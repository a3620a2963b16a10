"""Moments in time: within the years that every system and database can reckon with."""

from datetime import UTC, datetime

#: A clock that was never set says 1970; beyond these, zones and databases differ or fail.
FIRST_YEAR, LAST_YEAR = 1970, 2199


def sane(when: datetime) -> datetime:
    """The moment as it is.

    Raises
    ------
    ValueError
        If it names no time zone, or is of a year that cannot be.
    """
    if when.tzinfo is None:
        raise ValueError("names no time zone")
    try:
        year = when.astimezone(UTC).year
    except OverflowError:
        year = when.year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(_beyond(year))
    return when


def moment(text: str) -> datetime:
    """The moment that a text in ISO 8601 names; without a zone it is local time.

    Raises
    ------
    ValueError
        If it names none, or one of a year that cannot be.
    """
    when = datetime.fromisoformat(text)
    try:
        zoned = when if when.tzinfo else when.astimezone()
    except (OverflowError, OSError, ValueError):  # at the ends of the calendar there is no local time
        raise ValueError(_beyond(when.year)) from None
    return sane(zoned)


def _beyond(year: int) -> str:
    return f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}"
