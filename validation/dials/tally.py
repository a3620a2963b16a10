"""Readings added up: how often each check is found, how often it speaks of what is right."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from validation.dials.readings import Reading


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one check, or of several.

    Attributes
    ----------
    clear, gross : whether each fault planted just clear of its limit, and each gross one, was found.
    unread : why those were not judged that were not, and how many.
    false : what is said of those who do it right, each time: nothing, warn or error.
    """

    clear: tuple[bool, ...]
    gross: tuple[bool, ...]
    unread: Counter[str]
    false: Counter[str]

    @property
    def planted(self) -> tuple[bool, ...]:
        """Of both."""
        return self.clear + self.gross

    @property
    def right(self) -> int:
        """How many of those who do it right were judged."""
        return self.false.total()

    def without(self, *levels: str) -> list[bool]:
        """Of each who does it right whether nothing of these levels is said."""
        wrong = sum(self.false[level] for level in levels)
        return [True] * (self.right - wrong) + [False] * wrong


def tally(readings: Iterable[Reading]) -> Tally:
    """All of them together."""
    every = list(readings)
    planted = [one for one in every if one.planted]
    clear, gross = (tuple(one.found for one in planted if one.level == level) for level in ("clear", "gross"))
    judged = (one.verdict for one in every if one.right and one.verdict != "not_assessable")
    return Tally(clear, gross, Counter(one.reason for one in planted if one.reason), Counter(judged))


def by(readings: Iterable[Reading], key: Callable[[Reading], Any]) -> dict[Any, list[Reading]]:
    """Grouped, in the order of the keys."""
    return {name: list(them) for name, them in groupby(sorted(readings, key=key), key=key)}


def silent(readings: Sequence[Reading], *levels: str) -> tuple[bool, ...]:
    """Of each clip in which nothing is wrong whether it brings no fault of these levels.

    What the drawn body itself breaks is none of them.
    """
    clean = by((one for one in readings if one.level == "clean"), lambda one: one.clip)
    return tuple(not any(one.right and one.verdict in levels for one in them) for them in clean.values())
