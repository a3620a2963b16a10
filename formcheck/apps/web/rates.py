"""How often each client may do something."""

import time
from collections import deque
from collections.abc import Callable

_MINUTE_S = 60.0
#: Clients that are remembered; those that were quiet for a minute are forgotten first.
_CLIENTS = 10_000


class Rate:
    """So many times a minute for each client.

    Parameters
    ----------
    per_minute : how many times.
    clock : seconds that rise; tests give their own.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = per_minute, clock
        self._times: dict[str, deque[float]] = {}

    def wait_s(self, client: str) -> int:
        """Whole seconds until the client may do it again; 0 for now."""
        now, times = self._clock(), self._times.get(client, deque[float]())
        while times and now - times[0] >= _MINUTE_S:
            times.popleft()
        return 0 if len(times) < self._most else 1 + int(_MINUTE_S - (now - times[0]))

    def count(self, client: str) -> None:
        """The client did it."""
        now = self._clock()
        if client not in self._times and len(self._times) >= _CLIENTS:
            self._forget(now)
        self._times.setdefault(client, deque(maxlen=self._most)).append(now)

    def _forget(self, now: float) -> None:
        self._times = {c: times for c, times in self._times.items() if now - times[-1] < _MINUTE_S}
        while len(self._times) >= _CLIENTS:
            del self._times[next(iter(self._times))]
