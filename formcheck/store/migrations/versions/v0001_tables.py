"""People, videos, jobs, sessions, sections, repetitions, findings."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0001"
down_revision = None

PLAIN = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """From an empty database."""
    _people()
    _videos()
    _jobs()
    _sessions()
    _sections()
    _repetitions()
    _findings()


def _must(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _people() -> None:
    op.create_table(
        "people",
        _must("id", WIDE),
        _must("name", PLAIN),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )


def _videos() -> None:
    op.create_table(
        "videos",
        _must("id", WIDE),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("size_bytes", WIDE),
        sa.Column("duration_s", sa.Double),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256"),
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        _must("serial", WIDE),
        _must("id", sa.String(length=32)),
        _must("queue", PLAIN),
        _must("path", PLAIN),
        _must("name", PLAIN),
        _must("key", PLAIN),
        _must("folder", PLAIN),
        _must("exercise", PLAIN),
        sa.Column("side", PLAIN),
        sa.Column("view", PLAIN),
        _must("status", sa.String(length=16)),
        sa.Column("reason", PLAIN),
        sa.Column("progress", sa.Double),
        _must("attempts", WIDE),
        _must("created", MOMENT),
        sa.Column("started", MOMENT),
        sa.Column("finished", MOMENT),
        sa.Column("seconds", sa.Double),
        _must("video_id", WIDE),
        sa.Column("person_id", WIDE),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["video_id"], ["videos.id"], ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("serial"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("queue", "path"),
    )
    op.create_index("ix_jobs_next", "jobs", ["queue", "status", "serial"])
    op.create_index("ix_jobs_person_id", "jobs", ["person_id"])
    op.create_index("ix_jobs_video_id", "jobs", ["video_id"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        _must("id", WIDE),
        _must("recording", PLAIN),
        sa.Column("job_serial", WIDE),
        sa.Column("video_id", WIDE),
        sa.Column("person_id", WIDE),
        _must("origin", sa.String(length=8)),
        _must("happened", MOMENT),
        _must("name", PLAIN),
        sa.Column("folder", PLAIN),
        _must("exercise", PLAIN),
        _must("exercise_name", PLAIN),
        _must("kind", PLAIN),
        _must("view", PLAIN),
        sa.Column("score", WIDE),
        _must("coverage", sa.Double),
        _must("attempts", WIDE),
        _must("reps", WIDE),
        _must("good_reps", WIDE),
        sa.Column("hold_s", sa.Double),
        sa.Column("clean_hold_s", sa.Double),
        sa.Column("cadence_spm", sa.Double),
        _must("formcheck", PLAIN),
        _must("format", PLAIN),
        _must("text", PLAIN),
        sa.ForeignKeyConstraint(["job_serial"], ["jobs.serial"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["video_id"], ["videos.id"], ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("job_serial"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sessions_exercise", "sessions", ["exercise", "happened"])
    op.create_index("ix_sessions_happened", "sessions", ["happened"])
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_index("ix_sessions_recording", "sessions", ["recording"])
    op.create_index("ix_sessions_video_id", "sessions", ["video_id"])


def _sections() -> None:
    op.create_table(
        "sections",
        _must("id", WIDE),
        _must("session_id", WIDE),
        _must("number", WIDE),
        _must("exercise", PLAIN),
        _must("chosen_by", sa.String(length=16)),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session_id", "number"),
    )


def _repetitions() -> None:
    op.create_table(
        "repetitions",
        _must("id", WIDE),
        _must("section_id", WIDE),
        _must("n", WIDE),
        _must("side", sa.String(length=8)),
        _must("start_s", sa.Double),
        _must("peak_s", sa.Double),
        _must("end_s", sa.Double),
        _must("counted", sa.Boolean),
        sa.Column("reason", PLAIN),
        sa.Column("rom", sa.Double),
        sa.Column("rom_unit", PLAIN),
        sa.Column("up_s", sa.Double),
        sa.Column("hold_s", sa.Double),
        sa.Column("down_s", sa.Double),
        sa.Column("score", WIDE),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_repetitions_section_id", "repetitions", ["section_id"])


def _findings() -> None:
    op.create_table(
        "findings",
        _must("id", WIDE),
        _must("section_id", WIDE),
        sa.Column("repetition_id", WIDE),
        _must("check", PLAIN),
        sa.Column("value", sa.Double),
        _must("unit", PLAIN),
        sa.Column("limit", sa.Double),
        _must("verdict", sa.String(length=16)),
        sa.Column("seen", sa.Double),
        sa.Column("reason", PLAIN),
        sa.ForeignKeyConstraint(["repetition_id"], ["repetitions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_findings_repetition_id", "findings", ["repetition_id"])
    op.create_index("ix_findings_section_id", "findings", ["section_id"])
