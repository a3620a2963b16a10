"""All that is kept of one person: out in one file, in again, and gone."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import formcheck
from formcheck.errors import SourceError
from formcheck.outputs.files import write_text
from formcheck.outputs.json import session_from_dict, session_to_dict
from formcheck.outputs.training import entry_from_dict, entry_to_dict
from formcheck.store import SessionRow, Store, default_store_path
from formcheck.types import Session
from formcheck.types.training import Entry

SCHEMA = "formcheck/person/1"
#: Years of daily training are some tens of megabytes; nothing larger is read into memory.
MOST_BYTES = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Kept:
    """One session of an export, with what the session itself does not tell."""

    session: Session
    origin: Literal["video", "live"]
    when: datetime
    folder: str | None


@dataclass(frozen=True, slots=True)
class Data:
    """What an export holds."""

    sessions: tuple[Kept, ...]
    entries: tuple[Entry, ...]


def workouts() -> Path:
    """Where guided workouts keep their poses and reports, if nobody says otherwise."""
    return default_store_path().parent / "workouts"


def export_person(store: Store, person: str | None = None) -> dict[str, Any]:
    """All that is kept of somebody (None: of whoever gave no name) as plain data."""
    kept = store.history(person)
    return {
        "schema": SCHEMA,
        "formcheck": formcheck.__version__,
        "person": person,
        "entries": [entry_to_dict(entry) for entry in store.entries(person)],
        "sessions": [_told(row, session) for row, session in kept],
    }


def write_export(store: Store, path: Path, person: str | None = None) -> Data:
    """Write the export to a file; what it holds."""
    told = export_person(store, person)
    write_text(path, json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    return parse(told, str(path))


def read_export(path: Path) -> Data:
    """Read and check the file of an export.

    Raises
    ------
    SourceError
        If it is none, or damaged.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(
                f"{path}: larger than {MOST_BYTES // 2**20} MB; that is no export of one person"
            )
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path}: cannot read: {error.strerror or error}; give an export") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path}: not JSON; give a file that formcheck data export wrote") from error
    return parse(told, str(path))


def parse(told: Any, name: str) -> Data:
    """Check the data of an export; ``name`` is what messages call it.

    Raises
    ------
    SourceError
        If it is none, or damaged.
    """
    schema = told.get("schema") if isinstance(told, dict) else None
    if schema != SCHEMA:
        raise SourceError(f"{name}: expected schema {SCHEMA}, found {schema!r}; give an export of formcheck")
    try:
        entries = tuple(entry_from_dict(entry) for entry in told["entries"])
        return Data(tuple(_kept(one) for one in told["sessions"]), entries)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(f"{name}: not a whole export ({error}); export it again") from error


def import_person(store: Store, data: Data, person: str | None = None) -> None:
    """Keep what an export holds under a name; what is there already stays as it is, once."""
    for kept in data.sessions:
        known = kept.folder or (kept.origin == "video" and kept.session.source.sha256)
        folder = kept.folder if known else f"import {kept.when.isoformat()} {kept.session.exercise.id}"
        store.add_session(kept.session, origin=kept.origin, folder=folder, person=person, when=kept.when)
    for entry in data.entries:
        store.add_entry(entry, person)


def remove_folders(rows: Iterable[SessionRow], within: Path) -> list[Path]:
    """Remove the folders of sessions that lie directly in a folder of ours; those elsewhere that stay."""
    places = [Path(row.folder) for row in rows if row.folder]
    own = [place for place in places if place.resolve().parent == within.resolve() and not place.is_symlink()]
    for place in own:
        shutil.rmtree(place, ignore_errors=True)
    return sorted({place for place in places if place not in own and place.is_dir()})


def _told(row: SessionRow, session: Session) -> dict[str, Any]:
    return {
        "origin": row.origin,
        "when": row.when.isoformat(),
        "folder": row.folder,
        "session": session_to_dict(session, row.when.isoformat(timespec="seconds")),
    }


def _kept(told: Any) -> Kept:
    when = datetime.fromisoformat(told["when"])
    if told["origin"] not in ("video", "live"):
        raise ValueError(f"origin: {told['origin']!r} is neither video nor live")
    if when.tzinfo is None:
        raise ValueError("when: names no time zone")
    folder = told["folder"]
    if not (folder is None or isinstance(folder, str)):
        raise ValueError("folder: is no text")
    return Kept(session_from_dict(told["session"]), told["origin"], when, folder)
