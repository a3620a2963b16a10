"""Attempts that one movement swallowed: the level at rest had changed, and all were taken for its peak."""

from dataclasses import dataclass, field, fields

from formcheck.engine.count.segment import RETURN, Attempt, Excursions

#: One attempt in a long movement is the upper part of that, as of who is slow or filmed in slow motion.
LEAST = 2
_KEPT = ("passed_over", "most_moved")


@dataclass(slots=True)
class Finder(Excursions):
    """Finds attempts, and looks again at what took longer than any repetition.

    Who came nearer, sat down or knelt has risen by the level of another posture, and does not come back to
    the one before. From where he was up, movements are counted anew.
    """

    _frames: list[tuple[float, float, bool]] = field(default_factory=list)

    def take(self, t: float, q: float, *, present: bool = True) -> list[Attempt]:
        """Take one value as of `step`; the attempts that it closes, or that turn out to have been."""
        moving = self.state != "rest"
        if not moving:
            self._frames.clear()
        self._frames.append((t, q, present))
        attempt = self.step(t, q, present=present)
        over = attempt is not None or (moving and self.state == "rest")
        return (self._again() if over and self._too_long else []) or ([attempt] if attempt else [])

    def end(self) -> list[Attempt]:
        """The attempts that the end of the clip closes."""
        again = self._again() if self.state != "rest" and self._too_long else []
        last = self.finish()
        return [*again, *([last] if last else [])]

    @property
    def _too_long(self) -> bool:
        return self._last_t - self._base_t > self.max_s

    def _again(self) -> list[Attempt]:
        """What a movement was that took longer than a repetition may, seen from where it was up; nothing new.

        The level that is reached there may still be one on the way.
        """
        up = self._top - max(self.threshold, RETURN * (self._top - self._base))
        start = next((i for i, (t, q, _) in enumerate(self._frames) if t > self._base_t and q >= up), None)
        if start is None:
            return []
        anew = Finder(self.rom, self.min_range, self.min_s, self.max_s)
        found = [a for t, q, present in self._frames[start:] for a in anew.take(t, q, present=present)]
        if len(found) < LEAST and anew.state != "rest":
            found = anew._again()
        if len(found) < LEAST:
            return []
        while self.passed_over and self.passed_over[-1].start_s >= self._base_t:
            self.passed_over.pop()
        for one in fields(self):
            if one.name not in _KEPT:
                setattr(self, one.name, getattr(anew, one.name))
        return found
