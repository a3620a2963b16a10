"""The kinds of exercise, for those who know of an exercise no more than its record."""

from typing import Literal

Kind = Literal["reps", "hold", "stretch", "gait"]


def is_reps(kind: str) -> bool:
    """Whether repetitions are counted; a stretch may be one long repetition."""
    return kind == "reps"


def is_gait(kind: str) -> bool:
    """Whether strides are judged, and neither repetitions nor seconds."""
    return kind == "gait"


def is_hold(kind: str) -> bool:
    """Whether all that counts is the time in a pose; a stretch may be either."""
    return kind == "hold"
