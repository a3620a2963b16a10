"""Folders of live sessions that were saved: finding them, their reports, throwing them away."""

import re
import shutil
from datetime import datetime
from pathlib import Path

_ID = re.compile(r"(\d{8}-\d{6})-[0-9a-f]{8}-([a-z][a-z0-9_]{0,63})")
REPORT, SESSION = "report.html", "session.json"


def folders(live: Path) -> list[Path]:
    """All of them, the oldest first."""
    if not live.is_dir():
        return []
    return sorted(place for path in live.iterdir() if (place := _place(live, path.name)) is not None)


def began(folder: Path) -> datetime:
    """When the session of a folder began, as its name says; local time."""
    return datetime.strptime(folder.name[:15], "%Y%m%d-%H%M%S")


def report(live: Path, name: str) -> Path | None:
    """The report of the session of that name; whatever is no name never touches the disk."""
    place = _place(live, name)
    return None if place is None or not (place / REPORT).is_file() else place / REPORT


def delete(live: Path, name: str) -> bool:
    """Throw a session away; False if there is none."""
    place = _place(live, name)
    if place is None:
        return False
    shutil.rmtree(place, ignore_errors=True)
    return not place.exists()


def _place(live: Path, name: str) -> Path | None:
    if _ID.fullmatch(name) is None:
        return None
    place = live / name
    return place if place.is_dir() and not place.is_symlink() else None
