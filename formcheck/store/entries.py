"""What people report of their training: kept, read, taken back."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from formcheck.codec.training import entry_from_json, entry_to_dict
from formcheck.store import tables
from formcheck.store.damage import Damage, Note, log
from formcheck.store.database import Database
from formcheck.store.shared import of, people, sweep
from formcheck.types.training import Entry

_TABLE = tables.EntryTable


class Entries(Database):
    """The part of the store that keeps entries. ``person`` None is everywhere whoever gave no name."""

    def add_entry(self, entry: Entry, person: str | None = None) -> int:
        """Keep an entry; its id. The same one again, from another device or file, is kept once."""
        text = json.dumps(entry_to_dict(entry), ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(json.dumps([person, text]).encode()).hexdigest()

        def work(db: Db) -> int:
            there = db.scalar(select(_TABLE.id).where(_TABLE.digest == digest))
            if there is not None:
                return there
            row = _TABLE(happened=entry.when, digest=digest, text=text)
            row.person = people(db, [person]).get(person)
            db.add(row)
            db.flush()
            return row.id

        return self._write(work)

    def entries(self, person: str | None = None, note: Note = log) -> list[Entry]:
        """All that somebody reported, oldest first; ``note`` is called with what cannot be read."""
        query = select(_TABLE.id, _TABLE.text).where(of(_TABLE.person_id, person))
        query = query.order_by(_TABLE.happened, _TABLE.id)
        found = self._read(lambda db: db.execute(query).all())
        entries: list[Entry] = []
        for id_, text in found:
            entry = entry_of(id_, text)
            if isinstance(entry, Damage):
                note(entry)
            else:
                entries.append(entry)
        return entries

    def take_back(self, person: str | None = None) -> Entry | Damage | None:
        """Remove what somebody reported last, with the name if nothing else is theirs; None without any."""

        def work(db: Db) -> tuple[int, Any] | None:
            own = select(_TABLE).where(of(_TABLE.person_id, person))
            row = db.scalar(own.order_by(_TABLE.id.desc()).limit(1))
            if row is None:
                return None
            gone, who = (row.id, row.text), row.person_id
            db.delete(row)
            db.flush()
            sweep(db, [who], [])
            return gone

        gone = self._erase(work)
        return None if gone is None else entry_of(*gone)


def entry_of(id_: int, text: Any) -> Entry | Damage:
    """The entry of a row's text, or what is wrong with it."""
    try:
        return entry_from_json(text)
    except (TypeError, ValueError) as error:
        return Damage("entry", id_, str(error))
