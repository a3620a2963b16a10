"""A folder that keeps filling: a file is taken when it no longer grows."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from formcheck.apps.batch.inputs import Clip

#: Time between two looks, seconds: copies over a network write at least that often.
LOOK_S = 5.0

_State = tuple[int, int]


class Watch:
    """Finds clips that are new or changed, once each, and only when two looks found them the same.

    Parameters
    ----------
    find : lists all clips that are there.
    look_s : time between two looks; asked sooner, there is nothing new.
    clock : tells the time.
    """

    def __init__(
        self,
        find: Callable[[], Sequence[Clip]],
        look_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find, self._look_s, self._clock = find, look_s, clock
        self._next = clock()
        self._seen: dict[Path, _State] = {}
        self._taken: dict[Path, _State] = {}

    def __call__(self) -> list[Clip]:
        """Clips that came to rest since the last call."""
        if self._clock() < self._next:
            return []
        self._next = self._clock() + self._look_s
        clips = {clip.path: (clip, state) for clip in self._find() if (state := _state(clip.path))}
        rested = [
            clip
            for path, (clip, state) in clips.items()
            if self._seen.get(path) == state and self._taken.get(path) != state
        ]
        self._seen = {path: state for path, (_, state) in clips.items()}
        self._taken |= {clip.path: self._seen[clip.path] for clip in rested}
        return rested


def _state(path: Path) -> _State | None:
    try:
        found = os.stat(path)  # noqa: PTH116  one call for both
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
