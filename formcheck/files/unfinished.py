"""A file that takes its place when it is whole."""

import os
import sys
from functools import cache
from pathlib import Path

from formcheck.files.claims import claimed_file, sweep


class PartialFile:
    """A file beside ``path``, empty at first, that takes its place when it is whole.

    Raises
    ------
    OSError
        If it cannot be made, or (`settle`) not be renamed.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep_once(os.path.abspath(path.parent))  # noqa: PTH100  links stay
        self._to, self._claimed = path, claimed_file(path)
        self.path = self._claimed.path

    def settle(self) -> None:
        """It is whole."""
        if sys.platform == "win32":  # an open file cannot be renamed there
            self._claimed.release()
        self.path.replace(self._to)

    def discard(self) -> None:
        """Remove it; nothing happens to one that settled."""
        self._claimed.remove()


@cache
def _sweep_once(folder: str) -> None:
    sweep(Path(folder))
