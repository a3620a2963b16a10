"""Entries: what people reported of their training."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0002"
down_revision = "0001"

PLAIN = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One more table."""
    op.create_table(
        "entries",
        _must("id", WIDE),
        sa.Column("person_id", WIDE),
        _must("happened", sa.DateTime(timezone=True)),
        _must("digest", sa.String(length=64)),
        _must("text", PLAIN),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_entries_person_id", "entries", ["person_id"])


def _must(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)
