"""The tables, as typed models. A change here needs a migration: a test compares the two."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from formcheck.store.columns import WIDE, AnyText, UtcTime


class Base(DeclarativeBase):
    """Text is `AnyText`, a moment `UtcTime`, a number `WIDE`."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: AnyText,
        datetime: UtcTime,
        int: WIDE,
        float: Double,
    }


def _to(column: str, *, gone: str = "CASCADE", **options: Any) -> Any:
    """A foreign key; ``gone`` is what becomes of the row when the other goes."""
    return mapped_column(ForeignKey(column, ondelete=gone), **options)


class Person(Base):
    """Whose sessions these are, if that is known."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class VideoTable(Base):
    """The bytes of a recording; its names are those of its jobs. ``sha256`` is unique where it is known."""

    __tablename__ = "videos"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str | None] = mapped_column(String(64), unique=True)
    size_bytes: Mapped[int | None]
    duration_s: Mapped[float | None]


class JobTable(Base):
    """As `formcheck.store.records.Job`; ``serial`` is the order of enqueueing."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("queue", "path"),
        Index("ix_jobs_next", "queue", "status", "serial"),
    )

    serial: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    queue: Mapped[str]
    path: Mapped[str]
    name: Mapped[str]
    key: Mapped[str]
    folder: Mapped[str]
    exercise: Mapped[str]
    side: Mapped[str | None]
    view: Mapped[str | None]
    rotation_deg: Mapped[int | None]
    slowmo: Mapped[float | None]
    careful: Mapped[bool | None]
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None]
    progress: Mapped[float | None]
    attempts: Mapped[int]
    created: Mapped[datetime]
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    seconds: Mapped[float | None]
    video_id: Mapped[int] = _to("videos.id", gone="RESTRICT", index=True)
    person_id: Mapped[int | None] = _to("people.id", gone="RESTRICT", index=True)

    video: Mapped[VideoTable] = relationship()
    person: Mapped[Person | None] = relationship()
    session: Mapped["SessionTable | None"] = relationship(back_populates="job", passive_deletes=True)


class SessionTable(Base):
    """A verdict: what lists and trends ask for in columns, and all of it as the text of session.json.

    ``recording`` is the same for judgements of the same thing; ``format`` and ``formcheck`` tell what wrote
    ``text``; ``happened`` is `SessionRow.when`. Ids are never given twice: a link to a forgotten session must
    not show another.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_exercise", "exercise", "happened"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recording: Mapped[str] = mapped_column(index=True)
    job_serial: Mapped[int | None] = _to("jobs.serial", unique=True)
    video_id: Mapped[int | None] = _to("videos.id", gone="RESTRICT", index=True)
    person_id: Mapped[int | None] = _to("people.id", gone="RESTRICT", index=True)
    origin: Mapped[str] = mapped_column(String(8))
    happened: Mapped[datetime] = mapped_column(index=True)
    name: Mapped[str]
    folder: Mapped[str | None]
    exercise: Mapped[str]
    exercise_name: Mapped[str]
    kind: Mapped[str]
    view: Mapped[str]
    score: Mapped[int | None]
    coverage: Mapped[float]
    attempts: Mapped[int]
    reps: Mapped[int]
    good_reps: Mapped[int]
    hold_s: Mapped[float | None]
    clean_hold_s: Mapped[float | None]
    cadence_spm: Mapped[float | None]
    formcheck: Mapped[str]
    format: Mapped[str]
    text: Mapped[str] = mapped_column(deferred=True)

    job: Mapped[JobTable | None] = relationship(back_populates="session")
    video: Mapped[VideoTable | None] = relationship()
    person: Mapped[Person | None] = relationship()
    sections: Mapped[list["SectionTable"]] = relationship(
        order_by="SectionTable.number", passive_deletes=True
    )


class SectionTable(Base):
    """One exercise of a session; ``number`` from 0. Most have one only."""

    __tablename__ = "sections"
    __table_args__ = (UniqueConstraint("session_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = _to("sessions.id")
    number: Mapped[int]
    exercise: Mapped[str]
    chosen_by: Mapped[str] = mapped_column(String(16))

    repetitions: Mapped[list["Repetition"]] = relationship(order_by="Repetition.n", passive_deletes=True)
    findings: Mapped[list["FindingTable"]] = relationship(order_by="FindingTable.id", passive_deletes=True)


class Repetition(Base):
    """As `formcheck.types.session.Rep`."""

    __tablename__ = "repetitions"

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = _to("sections.id", index=True)
    n: Mapped[int]
    side: Mapped[str] = mapped_column(String(8))
    start_s: Mapped[float]
    peak_s: Mapped[float]
    end_s: Mapped[float]
    counted: Mapped[bool]
    reason: Mapped[str | None]
    rom: Mapped[float | None]
    rom_unit: Mapped[str | None]
    up_s: Mapped[float | None]
    hold_s: Mapped[float | None]
    down_s: Mapped[float | None]
    score: Mapped[int | None]


class FindingTable(Base):
    """One check over one repetition; over the whole section where ``repetition_id`` is None."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = _to("sections.id", index=True)
    repetition_id: Mapped[int | None] = _to("repetitions.id", index=True)
    check: Mapped[str]
    value: Mapped[float | None]
    unit: Mapped[str]
    limit: Mapped[float | None]
    verdict: Mapped[str] = mapped_column(String(16))
    seen: Mapped[float | None]
    reason: Mapped[str | None]

    repetition: Mapped[Repetition | None] = relationship()


class EntryTable(Base):
    """A person's report of training, as text; ``digest`` of person and text is the same for the same."""

    __tablename__ = "entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = _to("people.id", gone="RESTRICT", index=True)
    happened: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    text: Mapped[str]

    person: Mapped[Person | None] = relationship()


class WorkedTable(Base):
    """What a session is worth to the plan, as text, worked out ``by`` a version of formcheck."""

    __tablename__ = "worked"

    session_id: Mapped[int] = _to("sessions.id", primary_key=True, autoincrement=False)
    by: Mapped[str]
    text: Mapped[str]
