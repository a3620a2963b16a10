"""The ways in, each with its own honest inputs and its own changes."""

from typing import Any

from fuzz.inputs import Kind
from fuzz.kinds import exercise, export, http, manifest, poses, session, socket, video

KINDS: dict[str, Kind[Any]] = {
    kind.name: kind
    for kind in (
        *(video.KIND, poses.KIND, exercise.KIND, manifest.KIND),
        *(export.KIND, session.KIND, socket.KIND, http.KIND),
    )
}
