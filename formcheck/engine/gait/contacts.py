"""When a runner's feet are on the ground, step by step, by how they are accelerated (source handsaker_2016).

A foot lands as the fall of heel or toe is stopped, and leaves as the toe is pulled up: there its upward
acceleration peaks.
That needs no level of the ground, which a camera from the front shows rising or falling as feet come and go, and
a filter without lag widens a peak but leaves it where it is.
"""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used: only running pays for scipy.signal
from numpy.typing import NDArray

from formcheck.engine.gait.legs import SIDES, Side
from formcheck.engine.gait.recent import BodyWindow
from formcheck.engine.gait.rhythm import RATE_HZ, vertex

Floats = NDArray[np.floating]

#: Acceleration is that of parabolas over this share of a step. Measured, as are the shares below: drawn runs
#: through BlazePose, 20 to 60 looks a second.
FIT = 0.45
#: When a foot lands and leaves, shares of a step after mid-stance: a stiff leg is lowest just after it has landed.
LANDS, LEAVES = (-0.5, 0.1), (0.1, 0.75)
#: A toe that leaves is pulled up hardest this share of a step later, 9 ms.
LATE = 0.025
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


def contact(body: BodyWindow, start_s: float, end_s: float) -> Contact | None:
    """The contact of the step between two flight peaks of the body; None if the foot is not known.

    The body of a runner is lowest in mid-stance, and the leg that then stands is the lower one.
    """
    rows = body.rows(start_s, end_s)
    low, step = body.middle("hip").imag[rows], rows.stop - rows.start
    if step < _LEAST_ROWS or np.isnan(low).all():
        return None
    mid = rows.start + int(np.nanargmin(low))
    side = _standing(body, mid)
    if side is None:
        return None
    heel, toe = (body.at(f"{side}_{part}").imag for part in ("heel", "toe"))
    on_s = _pulled(body.t, np.fmin(heel, toe), mid, step, LANDS)
    off_s = _pulled(body.t, toe, mid, step, LEAVES) - LATE * (end_s - start_s)
    if not SHORTEST <= (off_s - on_s) / (end_s - start_s) <= LONGEST:
        off_s = np.nan
    return Contact(side, on_s, float(body.t[mid]), off_s)


def _standing(body: BodyWindow, mid: int) -> Side | None:
    """The leg that is lower around a row, while the other one swings past it."""
    reach = round(PASSING_S * RATE_HZ)
    rows = slice(max(0, mid - reach), mid + reach + 1)
    height = {s: float(np.mean(body.at(f"{s}_ankle").imag[rows])) for s in SIDES}
    if np.isnan(list(height.values())).any():
        return None
    return min(height, key=height.__getitem__)


def _pulled(t: Floats, height: Floats, mid: int, step: int, within: tuple[float, float]) -> float:
    """When the upward acceleration of ``height`` has its highest peak, finer than a row.

    ``within`` those shares of a ``step`` (in rows) after row ``mid``; NaN where not all of it is known.
    """
    width = 2 * round(FIT * step / 2) + 1
    up = scipy.signal.savgol_filter(height, width, 2, deriv=2, mode="constant", cval=np.nan)
    start, stop = (max(0, mid + round(share * step)) for share in within)
    if np.isnan(up[start:stop]).any():
        return np.nan
    peaks, _ = scipy.signal.find_peaks(up[start:stop])
    if not len(peaks):
        return np.nan
    highest = start + int(peaks[np.argmax(up[start + peaks])])
    return float(t[0] + vertex(up, highest) / RATE_HZ)
