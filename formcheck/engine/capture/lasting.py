"""Runs of seconds in which something stays the same, as they follow each other."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
Run = tuple[float, float, T]


def lasting(runs: list[Run[T]], least_s: Callable[[T], float]) -> list[Run[T]]:
    """Without what does not last: each short run goes to its longer neighbour.

    Parameters
    ----------
    runs : from, to (seconds), and what it is; each begins where the one before ends.
    least_s : how long one has to last, by what it is.
    """

    def share(k: int) -> float:
        start, end, what = runs[k]
        return (end - start) / least_s(what)

    def lasts_s(k: int) -> float:
        return runs[k][1] - runs[k][0]

    while len(runs) > 1 and share(i := min(range(len(runs)), key=share)) < 1:
        j = max((k for k in (i - 1, i + 1) if 0 <= k < len(runs)), key=lasts_s)
        first, last = sorted((i, j))
        taken = (runs[first][0], runs[last][1], runs[j][2])
        runs = _joined([*runs[:first], taken, *runs[last + 1 :]])
    return runs


def _joined(runs: list[Run[T]]) -> list[Run[T]]:
    """Neighbours of one kind are one."""
    joined = runs[:1]
    for start, end, what in runs[1:]:
        if what == joined[-1][2]:
            joined[-1] = (joined[-1][0], end, what)
        else:
            joined.append((start, end, what))
    return joined
