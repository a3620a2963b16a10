"""When a runner's feet are on the ground, step by step.

`landing` finds when a foot lands. It leaves as its toe is pulled up, where that accelerates most (source
handsaker_2016): that needs no level of the ground, which rises or falls in pictures from the front as feet
come and go, and a filter without lag widens a peak but leaves it where it is.
"""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used: only running pays for scipy.signal

from formcheck.engine.gait.landing import landing
from formcheck.engine.gait.recent import SIDES, BodyWindow, Side
from formcheck.engine.gait.rhythm import RATE_HZ, vertex

#: Acceleration is that of parabolas over this share of a step. Measured: drawn runs through a pose model,
#: 20 to 60 looks a second.
FIT = 0.45
#: When a foot leaves, shares of a step after mid-stance.
LEAVES = (0.1, 0.75)
#: A toe that leaves is pulled up hardest this share of a step later, 9 ms.
LATE = 0.025
#: Pulled up by less than this, trunk lengths a step a step, a foot does not leave: drawn runs show
#: 2.5 to 6, and what was found below 1 was wrong by 50 ms.
LEAST_PULL = 1.0
#: The leg that stands is the lower one for this long around mid-stance, s.
PASSING_S = 0.04
#: A step in fewer rows than this shows nothing.
_LEAST_ROWS = 10
#: A contact lasts between these shares of a step.
SHORTEST, LONGEST = 0.3, 1.3


@dataclass(frozen=True, slots=True)
class Contact:
    """One foot on the ground: when it landed, was under the body, and left; NaN where that was not seen."""

    side: Side
    on_s: float
    mid_s: float
    off_s: float

    @property
    def time_s(self) -> float:
        """How long the foot was on the ground; NaN if not known."""
        return self.off_s - self.on_s


def contact(body: BodyWindow, start_s: float, end_s: float, facing: float) -> Contact | None:
    """The contact of the step between two flight peaks of the body; None if the foot is not known.

    The body of a runner is lowest in mid-stance, and the leg that then stands is the lower one. ``facing`` is
    +1 or -1 from the side, NaN from front and back.
    """
    rows = body.rows(start_s, end_s)
    low, step = body.middle("hip").imag[rows], rows.stop - rows.start
    if step < _LEAST_ROWS or np.isnan(low).all():
        return None
    mid = rows.start + int(np.nanargmin(low))
    side = _standing(body, mid, step)
    if side is None:
        return None
    on_s = landing(body, side, mid, step, facing)
    off_s = _leaves(body, f"{side}_toe", mid, step) - LATE * (end_s - start_s)
    if not SHORTEST <= (off_s - on_s) / (end_s - start_s) <= LONGEST:
        off_s = np.nan
    return Contact(side, on_s, float(body.t[mid]), off_s)


def _standing(body: BodyWindow, mid: int, step: int) -> Side | None:
    """The leg that is lower around row ``mid``, while the other one swings past it; None if neither is seen.

    Where one is hidden, the other one stands if it is in the lower half of where it goes.
    """
    reach = round(PASSING_S * RATE_HZ)
    passing, strides = slice(max(0, mid - reach), mid + reach + 1), slice(max(0, mid - step), mid + step)
    ankles = {side: body.at(f"{side}_ankle").imag for side in SIDES}
    height = {side: float(np.mean(y[passing])) for side, y in ankles.items()}
    seen = [side for side in SIDES if np.isfinite(height[side])]
    if len(seen) == 1:
        y = ankles[seen[0]][strides]
        low = height[seen[0]] < (np.nanmin(y) + np.nanmax(y)) / 2
        return seen[0] if low else next(side for side in SIDES if side not in seen)
    return min(seen, key=height.__getitem__, default=None)


def _leaves(body: BodyWindow, toe: str, mid: int, step: int) -> float:
    """When a toe is pulled up hardest after row ``mid``, finer than a row; ``step`` rows a step.

    NaN where not all of it is known, or no peak is.
    """
    width = 2 * round(FIT * step / 2) + 1
    edges = {"mode": "constant", "cval": np.nan}
    pull = scipy.signal.savgol_filter(body.at(toe).imag, width, 2, deriv=2, delta=1 / step, **edges)
    start, stop = (mid + round(share * step) for share in LEAVES)
    if np.isnan(pull[start:stop]).any():
        return np.nan
    peaks, _ = scipy.signal.find_peaks(pull[start:stop], height=LEAST_PULL * body.scale)
    if not len(peaks):
        return np.nan
    highest = start + int(peaks[np.argmax(pull[start + peaks])])
    return float(body.t[0] + vertex(pull, highest) / RATE_HZ)
