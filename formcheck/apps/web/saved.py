"""Live sessions that were saved: listing them, showing them, throwing them away."""

import json
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_ID = re.compile(r"(\d{8}-\d{6})-[0-9a-f]{8}-([a-z][a-z0-9_]{0,63})")
REPORT, SESSION = "report.html", "session.json"


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved session; ``told`` says in words what was done."""

    id: str
    exercise: str
    when: datetime
    told: str
    reports: dict[str, str]


def listed(folder: Path) -> list[Saved]:
    """All of them, newest first."""
    if not folder.is_dir():
        return []
    found = (find(folder, path.name) for path in folder.iterdir())
    return sorted((s for s in found if s is not None), key=lambda s: s.id, reverse=True)


def find(folder: Path, name: str) -> Saved | None:
    """The session of that id; None if there is none. Whatever is no id never touches the disk."""
    place = _place(folder, name)
    match = _ID.fullmatch(name)
    if place is None or match is None:
        return None
    reports = {str(p.parent.relative_to(place)): p for p in sorted(place.rglob(REPORT))}
    if not reports:
        return None
    session = _session(place / SESSION) or _session(next(iter(reports.values())).with_name(SESSION))
    when = datetime.strptime(match[1], "%Y%m%d-%H%M%S")
    title = str(session.get("exercise", {}).get("name") or match[2].replace("_", " ").capitalize())
    return Saved(name, title, when, _told(session), {n: n for n in reports})


def report(folder: Path, name: str) -> Path | None:
    """The report of that session."""
    place = _place(folder, name)
    return None if place is None or not (place / REPORT).is_file() else place / REPORT


def delete(folder: Path, name: str) -> bool:
    """Throw a session away; False if there is none."""
    place = _place(folder, name)
    if place is None:
        return False
    shutil.rmtree(place, ignore_errors=True)
    return not place.exists()


def _place(folder: Path, name: str) -> Path | None:
    if _ID.fullmatch(name) is None:
        return None
    place = folder / name
    return place if place.is_dir() and not place.is_symlink() else None


def _session(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def _told(session: dict[str, Any]) -> str:
    summary = session.get("summary") or {}
    if summary.get("hold_s"):
        return f"{summary['hold_s']:.0f} s held"
    if summary.get("attempts"):
        return f"{summary.get('reps', 0)} of {summary['attempts']} counted"
    return ""
