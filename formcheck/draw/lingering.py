"""What stays on show for a while, so that it can be read."""

import math
from typing import Generic, TypeVar

from formcheck.types import AttemptFinished, Update
from formcheck.types.live_update import LiveUpdate

T = TypeVar("T")


class Lingering(Generic[T]):
    """The last thing shown, and since when; it is gone when the clock goes back.

    Parameters
    ----------
    seconds : it lingers so long.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.last: T | None = None
        self.since = math.inf

    def show(self, what: T | None, t: float) -> None:
        """Something else from ``t`` on; None for nothing."""
        self.last, self.since = what, t

    def at(self, t: float) -> T | None:
        """What is still to be read at ``t``, seconds."""
        return self.last if 0 <= t - self.since < self._seconds else None


class LatestAttempt(Lingering[bool]):
    """Whether the attempt that has just ended was counted."""

    def see(self, update: Update | LiveUpdate) -> bool | None:
        """Take in what is new; the outcome if it is still news."""
        for event in update.events:
            if isinstance(event, AttemptFinished):
                self.show(event.counted, update.t)
        return self.at(update.t)
