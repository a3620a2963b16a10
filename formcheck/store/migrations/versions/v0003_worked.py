"""Worked: what each session is worth to the plan. It fills as plans are asked for."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0003"
down_revision = "0002"

PLAIN = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One more table."""
    op.create_table(
        "worked",
        _must("session_id", WIDE),
        _must("by", PLAIN),
        _must("text", PLAIN),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("session_id"),
    )


def _must(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)
