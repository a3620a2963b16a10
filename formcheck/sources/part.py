"""The part of a clip that is wanted: one that no clip has is refused."""

import math
from pathlib import Path

from formcheck.errors import SourceError


def checked_part(path: Path, start: float | None, end: float | None) -> tuple[float, float | None]:
    """From, to, seconds; None as the end is that of the clip.

    Raises
    ------
    SourceError
        If they are no times, or the end is not after the start.
    """
    begin = 0.0 if start is None else start
    if not (math.isfinite(begin) and begin >= 0):
        raise SourceError(f"{path}: the start is {begin:g} s; give 0 or more")
    if end is not None and not end > begin:
        raise SourceError(
            f"{path}: the end of {end:g} s is not after the start of {begin:g} s; give a later end"
        )
    return begin, end


def check_start(path: Path, start: float, length_s: float) -> None:
    """Refuse a part that would begin after a clip of ``length_s`` seconds has ended."""
    if start > length_s:
        raise SourceError(
            f"{path}: the start of {start:g} s lies after the end of the clip ({length_s:.1f} s);"
            " give an earlier one"
        )
