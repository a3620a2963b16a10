"""The level at rest, against which movements are counted: the lowest of the last seconds."""

from collections import deque
from dataclasses import dataclass, field

#: The level is forgotten after this long, so that slow drift is no movement.
REST_MEMORY_S = 4.0
#: Who moves off sooner than this after he is first seen was not seen at rest. Judgement: three frames of 30 a
#: second.
SEEN_S = 0.1


@dataclass(slots=True)
class RestLevel:
    """A window of values, of which the lowest and the last that low are known at once."""

    _recent: deque[tuple[float, float]] = field(default_factory=deque)
    _began_s: float | None = None
    _highest: float | None = None

    @property
    def began_s(self) -> float:
        """When it was first seen; NaN if nothing is known."""
        return float("nan") if self._began_s is None else self._began_s

    @property
    def lowest_s(self) -> float:
        """The last time of the lowest value; there must be one."""
        return self._recent[0][0]

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self._recent)

    def take(self, t: float, q: float) -> tuple[float, float]:
        """The last time of the lowest value, and that value, with one more; the first of a time counts."""
        if self._began_s is None:
            self._began_s, self._highest = t, q
        elif self._highest is not None:
            self._highest = max(self._highest, q)
        if not self._recent or self._recent[-1][0] < t:
            while self._recent and self._recent[-1][1] > q:
                self._recent.pop()  # a later value is lower: neither the lowest nor the last that low
            self._recent.append((t, q))
            while self._recent[0][0] < t - REST_MEMORY_S:
                self._recent.popleft()
        return self._recent[0]

    def left_at(self, level: float) -> float:
        """The last time at or below a level."""
        return next((s for s, x in reversed(self._recent) if x <= level), self._recent[0][0])

    def was_seen(self, left_s: float) -> bool:
        """Whether somebody who moved off at ``left_s`` had been seen at rest."""
        return self._began_s is not None and left_s - self._began_s >= SEEN_S

    def fallen(self, q: float) -> float:
        """How far a value lies below what was seen first: the way back of what was begun unseen."""
        return 0.0 if self._highest is None else self._highest - q

    def settle(self, t: float, q: float) -> None:
        """A movement has come back to this level: the next is counted from here."""
        self._recent, self._highest = deque([(t, q)]), None

    def leave(self) -> None:
        """A movement has begun."""
        self._recent.clear()
        self._highest = None

    def forget(self) -> None:
        """Nothing is known of the level any more."""
        self._recent.clear()
        self._began_s = self._highest = None
