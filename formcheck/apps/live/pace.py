"""Which pose model looks at live pictures, and whether it keeps up with them on this machine."""

from collections import deque
from statistics import median

from formcheck.pose.looks import AUTO

#: The models of "auto": the one that begins, and the one for a slow machine.
LIVE, LIGHTER = "full", "lite"
#: Looks a second that are too few. Of 40 drawn clips every count was that of 30 looks down to 5; at 10 all 7
#: planted faults were said, from 7.5 down one was not.
TOO_FEW_PER_S = 7.5
#: So many looks tell; the first of a model takes longer than the others.
_LOOKS = 15


def first_of(model: str) -> str:
    """The model that begins where ``model`` is asked for."""
    return LIVE if model == AUTO else model


class Pace:
    """How long looks at somebody take."""

    def __init__(self) -> None:
        self._took_s: deque[float] = deque(maxlen=_LOOKS)

    def took(self, seconds: float) -> None:
        """Take note of one look."""
        self._took_s.append(seconds)

    @property
    def per_s(self) -> float:
        """Looks a second; infinite until that is known."""
        known = len(self._took_s) == _LOOKS and median(self._took_s) > 0
        return 1.0 / median(self._took_s) if known else float("inf")

    @property
    def slow(self) -> bool:
        """Whether they are too few for cues."""
        return self.per_s <= TOO_FEW_PER_S
