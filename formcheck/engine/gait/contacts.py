"""When a runner's feet are on the ground, step by step (sources zeni_2008, fellin_2010)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.gait.legs import SIDES, Side, ahead
from formcheck.engine.gait.recent import BodyWindow
from formcheck.engine.gait.rhythm import RATE_HZ
from formcheck.sensor.noise import Feet

Floats = NDArray[np.floating]

#: Where a foot stands: low, but not the lowest stray value; where its toe stands in mid-stance.
STANDING, TOE_STANDING = 10, 30
#: Mid-stance is this long for that.
AROUND_S = 0.1
#: A straight leg is nearly down at the top of flight: its landing is sought from this share of a step before.
EARLY = 0.25
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


def contact(body: BodyWindow, start_s: float, end_s: float, facing: float, feet: Feet) -> Contact | None:
    """The contact of the step between two flight_peaks of the body's flight; None if the foot is not known.

    ``facing`` +1 or -1 from the side, where the foot ahead lands; NaN from front and back, where it is the
    lower one.
    """
    rows = body.rows(start_s, end_s)
    if rows.stop - rows.start < 3:
        return None
    hip = body.middle("hip")
    low = hip.imag[rows]
    if np.isnan(low).all():
        return None
    mid = rows.start + int(np.nanargmin(low))
    side = _lower(body, rows) if np.isnan(facing) else ahead(body.points[rows.start], facing)
    if side is None:
        return None
    foot = _Foot(body, side, feet)
    before = int(EARLY * (rows.stop - rows.start))
    on, off = foot.lands(max(0, rows.start - before), mid), foot.leaves(mid, rows.stop)
    if not SHORTEST <= (off - on) / (end_s - start_s) <= LONGEST:
        off = np.nan
    return Contact(side, on, float(body.t[mid]), off)


def _lower(body: BodyWindow, rows: slice) -> Side | None:
    """The leg that is lower while the body is low: the other one swings."""
    height = {s: float(np.mean(body.at(f"{s}_ankle").imag[rows])) for s in SIDES}
    if np.isnan(list(height.values())).any():
        return None
    return min(height, key=height.__getitem__)


class _Foot:
    """The height of one foot over a window, in trunk lengths."""

    def __init__(self, body: BodyWindow, side: Side, feet: Feet) -> None:
        self._t = body.t
        late = feet.late_per_s * body.frame_s
        self._down, self._left = feet.down + late, feet.left + late
        self._toe = body.at(f"{side}_toe").imag / body.scale
        self._low = np.fmin(body.at(f"{side}_heel").imag / body.scale, self._toe)

    def lands(self, start: int, mid: int) -> float:
        """When heel or toe comes down."""
        low = self._low[start : mid + 1]
        above = low > np.percentile(low, STANDING) + self._down
        if np.isnan(low).any() or not above[0] or above.all():
            return np.nan
        return float(self._t[start + int(np.argmin(above))])

    def leaves(self, mid: int, end: int) -> float:
        """When the toe lifts."""
        around = round(AROUND_S * RATE_HZ)
        level = np.percentile(self._toe[max(0, mid - around) : mid + around], TOE_STANDING) + self._left
        above = np.flatnonzero(self._toe[mid:end] > level)
        return float(self._t[mid + above[0]]) if len(above) and above[0] else np.nan
