"""All that is kept of one person: out in one file, in again, and gone."""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import core_schema as cs

from formcheck.codec.schema import adapter_of, first_mistake, schema_of
from formcheck.codec.session import document_schema
from formcheck.codec.training import entry_from_json, entry_to_dict
from formcheck.errors import FormcheckError, SourceError
from formcheck.files.json_pieces import pieces
from formcheck.files.private import make_private
from formcheck.files.writing import replacing
from formcheck.outputs.session_file import MOST_BYTES
from formcheck.store import Brought, Damage, Store, default_store_path
from formcheck.store.columns import storable
from formcheck.types.training import Entry
from formcheck.version import __version__

SCHEMA = "formcheck/person/1"
#: What an export lists, and what one of each is called.
_LISTS = {"entries": "entry", "sessions": "session"}
#: Sessions of one transaction: others wait for a second at most.
_AT_A_TIME = 50


@dataclass(slots=True)
class Counted:
    """How many sessions and entries there are."""

    sessions: int = 0
    entries: int = 0


def workouts() -> Path:
    """Where guided workouts keep their poses and reports, if nobody says otherwise."""
    return default_store_path().parent / "workouts"


class Export:
    """All that is kept of somebody (None: of whoever gave no name) as JSON, piece by piece.

    Folders are left out: they are this machine's. What cannot be read is named at the end.

    Attributes
    ----------
    counted : what was given so far.
    damages : what could not be read, so far.
    """

    def __init__(self, store: Store, person: str | None = None) -> None:
        self._store, self._person = store, person
        self.counted = Counted()
        self.damages: list[Damage] = []

    def __iter__(self) -> Iterator[str]:
        head = {"schema": SCHEMA, "formcheck": __version__, "person": self._person}
        yield f'{_json(head)[:-1]},\n"entries": ['
        for entry in self._store.entries(self._person, self.damages.append):
            yield f"{',' * bool(self.counted.entries)}\n{_json(entry_to_dict(entry))}"
            self.counted.entries += 1
        yield '\n],\n"sessions": ['
        for row, text in self._store.texts(self._person, self.damages.append):
            about = {"origin": row.origin, "when": row.when.isoformat(), "folder": None}
            whole = f'{_json(about)[:-1]}, "session": {storable(text).strip()}}}'
            yield f"{',' * bool(self.counted.sessions)}\n{whole}"
            self.counted.sessions += 1
        yield f'\n],\n"passed_over": {_json([str(damage) for damage in self.damages])}}}\n'


def write_export(store: Store, path: Path, person: str | None = None) -> Export:
    """Write the export to a file that only its owner may read; what it holds."""
    export = Export(store, person)
    with replacing(path) as part:
        make_private(part)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(export)
    return export


@contextmanager
def checked(path: Path) -> Iterator[BinaryIO]:
    """The file of an export, which is whole.

    Raises
    ------
    SourceError
        If it is none, damaged, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            check(file, str(path))
            yield file
    except FormcheckError:
        raise
    except OSError as error:
        raise SourceError(f"{path}: cannot read: {error.strerror or error}; give an export") from error


def check(file: BinaryIO, name: str) -> None:
    """Read all of an export, and go back to its beginning; ``name`` is what messages call it.

    Raises
    ------
    SourceError
        If it is none, or damaged.
    """
    for _ in _records(file, name):
        pass
    file.seek(0)


def take_in(store: Store, file: BinaryIO, name: str, person: str | None = None) -> Counted:
    """Keep what an export holds, which was checked, under a name; what is there already stays, once."""
    counted, some = Counted(), list[Brought]()
    for record in _records(file, name):
        if not isinstance(record, Brought):
            store.add_entry(record, person)
            counted.entries += 1
            continue
        some.append(record)
        counted.sessions += 1
        if len(some) == _AT_A_TIME:
            store.import_sessions(some, person)
            some.clear()
    store.import_sessions(some, person)
    return counted


def remove_folders(folders: Iterable[str], within: Path) -> list[Path]:
    """Remove folders of sessions that lie directly in a folder of ours; those elsewhere that stay."""
    places = [Path(folder) for folder in folders]
    own = [place for place in places if place.resolve().parent == within.resolve() and not place.is_symlink()]
    for place in own:
        shutil.rmtree(place, ignore_errors=True)
    return sorted({place for place in places if place not in own and place.is_dir()})


def _records(file: BinaryIO, name: str) -> Iterator[Brought | Entry]:
    """Each session and entry of an export."""
    seen = dict.fromkeys(("schema", *_LISTS), 0)
    try:
        for key, text in pieces(file, _LISTS, MOST_BYTES):
            seen[key] = seen.get(key, 0) + 1
            if key == "schema" and not (text.startswith('"') and json.loads(text) == SCHEMA):
                mistake = f"expected schema {SCHEMA}, found {text[:40]!a}"
                raise SourceError(f"{name}: {mistake}; give an export of formcheck")
            if key in _LISTS:
                yield _record(key, text, seen[key])
    except SourceError:
        raise
    except ValueError as error:
        raise SourceError(f"{name}: not a whole export ({error}); export it again") from None
    if not seen["schema"]:
        raise SourceError(f"{name}: expected schema {SCHEMA}, found none; give an export of formcheck")


def _record(key: str, text: str, n: int) -> Brought | Entry:
    try:
        return entry_from_json(text) if key == "entries" else _brought(text)
    except ValueError as error:
        raise ValueError(f"{_LISTS[key]} {n}: {error}") from None


def _brought(text: str) -> Brought:
    try:
        return _reader().validate_json(text)  # type: ignore[no-any-return]
    except ValidationError as error:
        raise ValueError(first_mistake(error)) from None


@cache
def _reader() -> TypeAdapter[Any]:
    hints = get_type_hints(Brought)
    parts = {
        "origin": schema_of(hints["origin"]),
        "when": schema_of(hints["when"]),
        "session": document_schema(),
    }
    whole = cs.typed_dict_schema({name: cs.typed_dict_field(part) for name, part in parts.items()})
    return adapter_of(
        cs.no_info_after_validator_function(
            lambda read: Brought(read["session"].session, read["origin"], read["when"]), whole
        )
    )


def _json(data: Any) -> str:
    return storable(json.dumps(data, ensure_ascii=False, allow_nan=False))
