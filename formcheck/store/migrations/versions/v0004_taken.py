"""How somebody said that the video of a job was taken: which way is up, how slowly it plays, how to look."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Three more columns; nobody said anything of the jobs that are there."""
    op.add_column("jobs", sa.Column("rotation_deg", WIDE))
    op.add_column("jobs", sa.Column("slowmo", sa.Double))
    op.add_column("jobs", sa.Column("careful", sa.Boolean))
