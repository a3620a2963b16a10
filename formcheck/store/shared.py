"""Rows that several jobs and sessions share: people, and the bytes of videos."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from formcheck.store.tables import EntryTable, JobTable, Person, SessionTable, VideoTable

T = TypeVar("T")


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items, some at a time."""
    return (items[at : at + size] for at in range(0, len(items), size))


def of(column: InstrumentedAttribute[Any], person: str | None) -> ColumnElement[bool]:
    """Whether a row is somebody's; None is whoever gave no name."""
    if person is None:
        return column.is_(None)
    return column == select(Person.id).where(Person.name == person).scalar_subquery()


def remove(db: Session, table: type[Any], *where: ColumnElement[bool]) -> None:
    """Delete rows, with what hangs on them, unread: damage shall not keep them."""
    db.execute(delete(table).where(*where).execution_options(synchronize_session=False))


def known(db: Session, column: InstrumentedAttribute[Any], values: Collection[Any]) -> dict[Any, Any]:
    """The rows that are there, by the value of ``column``."""
    rows = db.scalars(select(column.class_).where(column.in_(values)))
    return {getattr(row, column.key): row for row in rows}


def people(db: Session, names: Collection[str | None]) -> dict[str | None, Person]:
    """The people of these names, made where they are new; nobody for None."""
    wanted = dict.fromkeys(name for name in names if name is not None)
    there = known(db, Person.name, wanted)
    return {name: there.get(name) or Person(name=name) for name in wanted}


def videos(db: Session, digests: Collection[str | None]) -> dict[str | None, VideoTable]:
    """The videos of these bytes, made where they are new; none for None, which tells nothing apart."""
    wanted = dict.fromkeys(digest for digest in digests if digest is not None)
    there = known(db, VideoTable.sha256, wanted)
    return {digest: there.get(digest) or VideoTable(sha256=digest) for digest in wanted}


def sweep(db: Session, people_ids: Collection[int | None], video_ids: Collection[int | None]) -> None:
    """Remove those of them that no job and no session speaks of any more."""
    _sweep(db, Person, people_ids, (JobTable.person_id, SessionTable.person_id, EntryTable.person_id))
    _sweep(db, VideoTable, video_ids, (JobTable.video_id, SessionTable.video_id))


def _sweep(
    db: Session,
    table: type[Person | VideoTable],
    ids: Collection[int | None],
    spoken: Sequence[InstrumentedAttribute[Any]],
) -> None:
    """Locked first: of two who remove the last two mentions, the second shall see that the first is gone."""
    those = table.id.in_(set(ids) - {None})
    db.execute(select(table.id).where(those).order_by(table.id).with_for_update())
    db.execute(delete(table).where(those, *(~exists().where(column == table.id) for column in spoken)))
