"""Types of columns: the same meaning and order on SQLite and PostgreSQL.

SQLite keeps whatever was once written into a column: what is no value of it comes back as it is, or as None,
and never keeps other rows from being read (`formcheck.store.rows` tells the damage).
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import TEXT

#: By code point on PostgreSQL too, so that both databases sort alike.
PLAIN = Text().with_variant(TEXT(collation="C"), "postgresql")
#: File names that are no text reach Python as lone surrogates, which no database takes; here they are kept in
#: the private use area, byte by byte, and come back as they were.
_KEPT = {0xDC00 + byte: 0xF700 + byte for byte in range(0x80, 0x100)}
_BACK = {kept: lone for lone, kept in _KEPT.items()}
#: How UTF-8 begins what is kept so.
_MAY_BE_KEPT = re.compile(rb"\xef[\x9e\x9f]")


def storable(text: str) -> str:
    """The text without lone surrogates, so that it can be written in UTF-8."""
    try:  # long texts hardly ever hold one, and to translate them is slow
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_KEPT)
    return text


def restored(text: str) -> str:
    """What `storable` was given."""
    if text.isascii() or not _MAY_BE_KEPT.search(text.encode("utf-8", "surrogatepass")):
        return text
    return text.translate(_BACK)


class AnyText(TypeDecorator[str]):
    """Text that may hold a file name which is no text."""

    impl = PLAIN
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """What the database is given."""
        return None if value is None else storable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """What Python is given."""
        return restored(value) if isinstance(value, str) else value


class UtcTime(TypeDecorator[datetime]):
    """A moment; always aware and in UTC, also where the database forgets the zone. Naive is local time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What the database is given."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What Python is given."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """As `process_result_value`; None for what is no moment."""
        process = super().result_processor(dialect, coltype)

        def moment(value: Any) -> datetime | None:
            try:
                return process(value) if process else value
            except (TypeError, ValueError, OverflowError):
                return None

        return moment


#: A million clips a day fill 32 bits of findings within a month; SQLite's own integer is as wide.
WIDE = BigInteger().with_variant(Integer, "sqlite")
