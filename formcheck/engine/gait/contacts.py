"""When a runner's feet are on the ground, step by step, by how they are accelerated (source handsaker_2016).

A foot lands as the fall of heel or toe is stopped, and leaves as the toe is pulled up: there its upward
acceleration peaks. That needs no level of the ground, which rises or falls in pictures from the front as feet
come and go, and a filter without lag widens a peak but leaves it where it is. Real feet may be stopped twice,
as the heel lands and as the toe comes down after it. So from the side a foot lands where it begins to go back
as fast as the ground, and a peak close by makes that more exact.
"""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used: only running pays for scipy.signal
from numpy.typing import NDArray

from formcheck.engine.gait.recent import SIDES, BodyWindow, Side
from formcheck.engine.gait.rhythm import RATE_HZ, vertex

Floats = NDArray[np.floating]

#: Acceleration is that of parabolas over this share of a step. Measured, as are the shares below: drawn runs
#: through a pose model, 20 to 60 looks a second.
FIT = 0.45
#: When a foot lands and leaves, shares of a step after mid-stance. On a stiff leg the body is lowest after
#: it has landed.
LANDS, LEAVES = (-0.5, 0.1), (0.1, 0.75)
#: A foot has not stood for longer than this share of a step by mid-stance.
BEFORE = 0.7
#: A foot goes with the ground at this share of its speed in mid-stance, the median over those shares of a
#: step around it; speeds are of parabolas over `FIT_BACK` of a step. Measured on drawn runs; a real foot does
#: so 32 ms after it was farthest ahead, left and right.
WITH_GROUND, STANCE, FIT_BACK = 0.8, (-0.15, 0.1), 0.2
#: Two moments this close are one landing, half-way between, s. Judgement.
SAME_S = 0.04
#: A toe that leaves is pulled up hardest this share of a step later, 9 ms.
LATE = 0.025
#: Pulled up by less than this, trunk lengths a step a step, a foot neither lands nor leaves: drawn runs show
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
    heel, toe = (body.at(f"{side}_{part}").imag for part in ("heel", "toe"))
    foot = _Foot(body, mid, step)
    on_s = foot.pulled_up(np.fmin(heel, toe), LANDS)
    if np.isfinite(facing):
        on_s = _landing(foot.goes_back(facing * body.at(f"{side}_ankle").real), on_s)
    off_s = foot.pulled_up(toe, LEAVES) - LATE * (end_s - start_s)
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


def _landing(goes_back_s: float, stopped_s: float) -> float:
    """When a foot landed that goes with the ground, and is stopped, at these seconds."""
    same = abs(goes_back_s - stopped_s) <= SAME_S
    return (goes_back_s + stopped_s) / 2 if same else goes_back_s


@dataclass(frozen=True, slots=True)
class _Foot:
    """A foot around row ``mid`` of a body, ``step`` rows a step."""

    body: BodyWindow
    mid: int
    step: int

    def pulled_up(self, height: Floats, within: tuple[float, float]) -> float:
        """When the upward acceleration of ``height`` (n,) px has its highest peak, finer than a row.

        ``within`` those shares of a step after mid-stance; NaN where not all of it is known, or no peak is.
        """
        width = 2 * round(FIT * self.step / 2) + 1
        edges = {"mode": "constant", "cval": np.nan}
        pull = scipy.signal.savgol_filter(height, width, 2, deriv=2, delta=1 / self.step, **edges)
        start, stop = (max(0, self.mid + round(share * self.step)) for share in within)
        if np.isnan(pull[start:stop]).any():
            return np.nan
        peaks, _ = scipy.signal.find_peaks(pull[start:stop], height=LEAST_PULL * self.body.scale)
        if not len(peaks):
            return np.nan
        highest = start + int(peaks[np.argmax(pull[start + peaks])])
        return float(self.body.t[0] + vertex(pull, highest) / RATE_HZ)

    def goes_back(self, forward: Floats) -> float:
        """When a point ``forward`` (n,) px begins to go back with the ground; NaN where that is not known."""
        width = 2 * round(FIT_BACK * self.step / 2) + 1
        edges = {"mode": "constant", "cval": np.nan}
        back = -scipy.signal.savgol_filter(forward - self.body.middle("hip").real, width, 2, deriv=1, **edges)
        start, stop = (max(0, self.mid + round(share * self.step)) for share in STANCE)
        slower = WITH_GROUND * np.median(back[start:stop]) - back[: self.mid + 1]
        since = int(np.argmax(~(slower[::-1] <= 0)))  # rows before mid-stance at which it was slower
        at = self.mid - since
        if not since or not np.isfinite(slower[at]) or since > BEFORE * self.step:
            return np.nan
        return float(np.interp(0.0, (slower[at + 1], slower[at]), self.body.t[[at + 1, at]]))
