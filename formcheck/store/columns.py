"""Types of columns: the same meaning and order on SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import TEXT

#: By code point on PostgreSQL too, so that both databases sort alike.
PLAIN = Text().with_variant(TEXT(collation="C"), "postgresql")
#: File names that are no text reach Python as lone surrogates, which no database takes; here they are kept in
#: the private use area, byte by byte, and come back as they were.
_KEPT = {0xDC00 + byte: 0xF700 + byte for byte in range(0x80, 0x100)}
_BACK = {kept: lone for lone, kept in _KEPT.items()}


class AnyText(TypeDecorator[str]):
    """Text that may hold a file name which is no text."""

    impl = PLAIN
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """What the database is given."""
        return None if value is None else value.translate(_KEPT)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """What Python is given."""
        return None if value is None else value.translate(_BACK)


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


#: A million clips a day fill 32 bits of findings within a month; SQLite's own integer is as wide.
WIDE = BigInteger().with_variant(Integer, "sqlite")
