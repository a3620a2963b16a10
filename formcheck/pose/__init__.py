"""From frames to bodies: the pose model, where it comes from, whom it follows, and its poses on disk."""

from typing import NamedTuple


class _Library(NamedTuple):
    title: str
    package: str


#: What runs the pose models that come with formcheck: the one place that others take its name from.
LIBRARY = _Library("MediaPipe", "mediapipe")
