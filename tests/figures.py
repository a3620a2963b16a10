"""Figures for tests: a moving body as exact landmarks, a dial for each fault; nothing is painted."""

from dataclasses import fields
from typing import Any

from sample_videos.drawn import EXERCISES, Drawn, Script, Span, motion

#: Words of `Script`; every other keyword of `figure` is a dial.
SCRIPT = frozenset(word.name for word in fields(Script)) - {"exercise", "dials"}

__all__ = ["EXERCISES", "Drawn", "Span", "figure"]


def figure(exercise: str, **words: Any) -> Drawn:
    """Play ``exercise``: ``figure("squat", reps=3, trunk_fold=1.0).poses``.

    A dial is a number (0 clean, 1 beyond the error limit), a list with one number a repetition, or a `Span`.
    """
    script = {word: value for word, value in words.items() if word in SCRIPT}
    dials = {word: value for word, value in words.items() if word not in SCRIPT}
    return motion(exercise, dials=dials, **script)
