"""The ways in, each with its own honest inputs and its own changes."""

from pathlib import Path
from typing import Any

from fuzz.ending import Ending
from fuzz.inputs import Input, Kind
from fuzz.kinds import exercise, export, http, manifest, poses, session, socket, video

KINDS: dict[str, Kind[Any]] = {
    kind.name: kind
    for kind in (
        *(video.KIND, poses.KIND, exercise.KIND, manifest.KIND),
        *(export.KIND, session.KIND, socket.KIND, http.KIND),
    )
}


def meet(given: Input, folder: Path) -> Ending:
    """Give an input in an empty folder to the program, as its kind is met."""
    return KINDS[given.kind].meet(given, folder)
