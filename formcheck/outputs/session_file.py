"""session.json on disk."""

from pathlib import Path

from formcheck.codec.session import DatedSession, dated_session_from_json, session_to_json
from formcheck.errors import SourceError
from formcheck.files.writing import write_text
from formcheck.types import Session

#: Hours of repetitions are some megabytes; nothing larger is read into memory.
MOST_BYTES = 64 * 2**20


def write_session(session: Session, folder: Path, created: str | None = None) -> Path:
    """Write ``folder/session.json``."""
    return write_text(folder / "session.json", session_to_json(session, created))


def read_session(path: Path) -> Session:
    """Read a session.json back; what only the report shows (traces and the like) is empty then.

    Raises
    ------
    SourceError
        If it is none, or damaged.
    """
    return read_dated_session(path).session


def read_dated_session(path: Path) -> DatedSession:
    """As `read_session`, with the time of making."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # a device has no end
        if len(data) > MOST_BYTES:
            raise SourceError(f"{path}: larger than {MOST_BYTES // 2**20} MB; give a session.json")
        return dated_session_from_json(data)
    except SourceError:
        raise
    except OSError as error:
        raise SourceError(f"{path}: cannot read: {error.strerror or error}; give a session.json") from error
    except ValueError as error:
        raise SourceError(f"{path}: not a whole session ({error}); analyse the clip again") from error
