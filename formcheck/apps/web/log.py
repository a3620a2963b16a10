"""What the service tells whoever runs it: one line each, and none a thousand times."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from formcheck.types.text import error_line, one_line

_MINUTE_S = 60.0
_LONGEST = 500


def begin() -> None:
    """Let all that is logged go to standard error."""
    handler = logging.StreamHandler()
    handler.addFilter(Sparing(20))
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class OneLine(logging.Formatter):
    """A record as one line: of an error its name and message, no trace."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        text = one_line(record.getMessage())
        if record.exc_info and record.exc_info[1] is not None:
            text += f" ({error_line(record.exc_info[1])})"
        return f"formcheck: {text[:_LONGEST]}"


@dataclass(slots=True)
class _Place:
    """How often something was logged from one place since then."""

    since: float
    times: int = 0


class Sparing(logging.Filter):
    """Lets through so many records a minute from each place in the code, and tells how many it kept back.

    Whoever sends rubbish, a thousand times a second, writes a line each: they would fill the disk.

    Parameters
    ----------
    per_minute : how many.
    clock : seconds that rise; tests give their own.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._most, self._clock = per_minute, clock
        self._places: dict[tuple[str, int], _Place] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to let a record through."""
        now = self._clock()
        place = self._places.setdefault((record.pathname, record.lineno), _Place(now))
        if now - place.since >= _MINUTE_S:
            kept_back = place.times - self._most
            place.since, place.times = now, 0
            if kept_back > 0:
                record.msg, record.args = f"{record.getMessage()} ({kept_back} like it were not told)", None
        place.times += 1
        if place.times == self._most:
            record.msg, record.args = f"{record.getMessage()} (more like it are not told this minute)", None
        return place.times <= self._most
