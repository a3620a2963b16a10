"""Sessions over time: kept in the store, found again, and their trends, for the command and the service."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from formcheck.apps.batch.job_request import STORE
from formcheck.apps.live.recording import EVENTS
from formcheck.errors import ExerciseError, FormcheckError, OutputError, SourceError
from formcheck.exercises import find_exercise
from formcheck.outputs import words
from formcheck.outputs.session_file import read_dated_session
from formcheck.progress.trend import trend
from formcheck.store import Note, SessionRow, Store, default_store_path, open_store
from formcheck.store.damage import log
from formcheck.types.kind import is_gait
from formcheck.types.moment import FIRST_YEAR, LAST_YEAR, moment
from formcheck.types.reason import Reason
from formcheck.types.session import Session
from formcheck.types.trend import Trend

_SESSION = "session.json"

#: The newest of so many sessions make a trend: years of training.
MOST = 500
#: The largest number that any database takes as an id.
LARGEST_ID = 2**63 - 1
#: The id that the engine gives where it cannot tell the exercise.
_UNKNOWN = "unknown"
_MOST_NAMES = 3


def rows_of(
    store: Store,
    exercise: str,
    person: str | None = None,
    since: datetime | None = None,
    note: Note = log,
) -> tuple[SessionRow, ...]:
    """The sessions that make the trend of an exercise, newest first."""
    return tuple(store.sessions(exercise=exercise, person=person, since=since, limit=MOST, note=note))


def read_trend(store: Store, rows: tuple[SessionRow, ...], note: Note = log) -> Trend:
    """The trend of some sessions of one exercise, moments in local time; there is at least one.

    Where it is not known whose change it would be, there are no series, and a note says why.

    Parameters
    ----------
    note : called with what cannot be read; the trend goes by the rest.
    """
    why = _not_one(rows)
    if why is not None:
        return Trend(rows[0].exercise, rows[0].exercise_name, len(rows), notes=(why,))
    found = [(row.when.astimezone(), session) for row, session in store.read(rows, note)]
    if not found:
        return Trend(rows[0].exercise, rows[0].exercise_name, len(rows), notes=(Reason("none_readable"),))
    return trend(found)


def _not_one(rows: Sequence[SessionRow]) -> Reason | None:
    """Why these sessions tell of no change."""
    if rows[0].exercise == _UNKNOWN:
        return Reason("no_exercise")
    names = sorted({row.person for row in rows if row.person is not None})
    if len(names) > 1:
        more = ", ..." if len(names) > _MOST_NAMES else ""
        return Reason("several_people", names=", ".join(names[:_MOST_NAMES]) + more)
    return None


def known(store: Store, exercise: str, person: str | None) -> str:
    """The id of an exercise of which there are sessions.

    Raises
    ------
    ExerciseError
        If there are none.
    """
    ids = [id_ for id_, _, _ in store.exercises(person)]
    if exercise in ids:
        return exercise
    named = find_exercise(exercise).id  # it may be an alias
    if named in ids:
        return named
    have = f"there are: {', '.join(ids)}" if ids else "there are none of any"
    raise ExerciseError(f"{exercise}: no session of it; {have}")


@contextmanager
def opened(where: str | None, *, new: bool = False) -> Iterator[Store]:
    """The store at a URL, file or batch folder; the user's own if None. ``new`` : it may be made.

    Raises
    ------
    FormcheckError
        If it is none.
    """
    if where is None:
        with _own(default_store_path()) as store:
            yield store
        return
    place = where
    if "://" not in where:
        if os.path.isdir(where):
            place = str(Path(where) / STORE)
        if not new and not os.path.isfile(place):
            raise SourceError(f"{where}: holds no store; give its file, the folder of a batch, or a URL")
    with open_store(place) as store:
        yield store


@contextmanager
def _own(place: Path) -> Iterator[Store]:
    """The user's own store; where his folders cannot be written, the error says the way out."""
    try:
        store = open_store(place)
    except FormcheckError as error:
        if isinstance(error, OutputError) or not os.access(place.parent, os.W_OK):
            raise error.with_advice("say where else to keep it, with --store FILE") from error
        raise
    with store:
        yield store


def sessions_in(folders: Sequence[Path]) -> list[Path]:
    """The session.json of each folder, or all below it where it has none of its own.

    Raises
    ------
    SourceError
        If a folder holds none.
    """
    found: list[Path] = []
    for folder in folders:
        own = folder if os.path.isfile(folder) and folder.suffix == ".json" else folder / _SESSION
        below = [own]
        if not os.path.isfile(own):
            inside = folder.rglob(_SESSION) if os.path.isdir(folder) else []
            below = sorted(path for path in inside if _shown(path, folder))
        if not below:
            raise SourceError(f"{folder}: holds no session; give a folder that analyze, live or batch wrote")
        found += below
    return list(dict.fromkeys(found))


def add(store: Store, path: Path, person: str | None, on: datetime | None) -> tuple[int, Session]:
    """Keep the session of a session.json; its id in the store.

    Raises
    ------
    SourceError
        If it is no whole session.
    """
    dated = read_dated_session(path)
    folder = path.resolve().parent
    origin: Literal["live", "video"] = "live" if os.path.isfile(folder / EVENTS) else "video"
    when = _when(path, on.isoformat() if on else dated.created)
    n = store.add_session(dated.session, origin=origin, folder=folder, person=person, when=when)
    return n, dated.session


def find_session(store: Store, number: int) -> Session:
    """The stored session of that id.

    Raises
    ------
    FormcheckError
        If there is none, or it cannot be read.
    """
    session = store.session(number) if is_id(number) else None
    if session is None:
        raise no_session(number)
    return session


def is_id(number: int) -> bool:
    """Whether any database could give that id."""
    return 0 < number <= LARGEST_ID


def no_session(number: int) -> SourceError:
    """That there is no such session."""
    return SourceError(f"session {number}: there is none in this store; see: formcheck history -e ID")


def day(since: datetime | None) -> datetime | None:
    """The beginning of a day that was asked for, local time; of all days for one that no clock knows."""
    if since is None or since.year <= FIRST_YEAR:
        return None
    return since.replace(year=min(since.year, LAST_YEAR)).astimezone()


def done(row: SessionRow) -> str:
    """What was done, in a few words."""
    if is_gait(row.kind):
        return f"{row.cadence_spm:.0f} steps a minute" if row.cadence_spm else "no steady rhythm"
    if row.hold_s is not None:
        return f"{words.duration(row.hold_s)} held"
    return f"{row.reps} of {words.count(row.attempts, 'attempt')} counted"


def _shown(path: Path, folder: Path) -> bool:
    """Whether it lies in no hidden folder: those hold what is not finished."""
    return not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _when(path: Path, created: str | None) -> datetime:
    """The moment that it names, else when the file was written."""
    if created is None:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    try:
        return moment(created)
    except ValueError as error:
        line = f"{path}: cannot have been done then ({error}); say when it was done with --on DATE"
        raise SourceError(line) from None
