"""When a foot lands: the median of signs in how leg and body move, each of which may fail.

No sign is a landing: a leg is straightest before it, and the heel goes back as fast as the ground at about
it, by lags that were measured. The median holds while most of them do. Of a real runner, whose heel rolls
onto the ground, the ankle stops falling 60 ms too early, and the median is 4 ms off.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.gait.recent import BodyWindow, Side
from formcheck.engine.gait.rhythm import RATE_HZ, vertex

Floats = NDArray[np.floating]

#: A foot lands about this share of a step before mid-stance (drawn runs 0.17 to 0.3), and signs are sought so
#: far around that.
BEFORE_MID, AROUND = 0.25, (-0.4, 0.35)
#: A heel goes with the ground at this share of its speed back in so much of a step after mid-stance, and an
#: ankle has stopped at this share of its fastest fall.
WITH_GROUND, STANCE, STOPPED = 0.8, 0.25, 0.5
#: How much earlier than the landing each sign is, s; feet are furthest apart a share of a step before it.
#: Medians of four drawn runs through the pose model, 65 landings of 60 frames a second.
FALLS_S, STOPS_S, BACK_S, STRAIGHT_S, APART = 0.017, 0.010, 0.004, 0.008, 0.135
#: Fewer signs are no landing.
LEAST_SIGNS = 2


def landing(body: BodyWindow, side: Side, mid: int, step: int, facing: float) -> float:
    """When the foot landed that stands at row ``mid`` of a body, s; NaN where too few signs were seen.

    ``step`` rows a step; ``facing`` +1 or -1 from the side, NaN from front and back, where falling and
    stopping are all there is to see.
    """
    first, last = (mid + round((share - BEFORE_MID) * step) for share in AROUND)
    if first < 0 or last > len(body.t):
        return np.nan
    leg = _Leg(body, side, slice(first, last))
    signs = [leg.body_falls() / RATE_HZ + FALLS_S, leg.ankle_stops() / RATE_HZ + STOPS_S]
    if np.isfinite(facing):
        stance = slice(mid, mid + round(STANCE * step))
        signs.append(leg.heel_back(facing, stance) / RATE_HZ + BACK_S)
        signs.append(leg.knee_straight() / RATE_HZ + STRAIGHT_S)
        signs.append((leg.feet_apart(facing) + APART * step) / RATE_HZ)
    known = [sign for sign in signs if np.isfinite(sign)]
    return float(body.t[0] + np.median(known)) if len(known) >= LEAST_SIGNS else np.nan


@dataclass(frozen=True, slots=True)
class _Leg:
    """The leg of a ``side``, ``near`` its landing; signs are rows, finer than one, NaN not seen."""

    body: BodyWindow
    side: Side
    near: slice

    def body_falls(self) -> float:
        """The hips fall fastest."""
        return self._most(-np.gradient(self.body.middle("hip").imag))

    def ankle_stops(self) -> float:
        """The ankle falls at a share of its fastest fall."""
        fall = -np.gradient(self._at("ankle").imag)
        fastest = self._most(fall)
        return self._after(fastest, -fall, -STOPPED * _value(fall, fastest))

    def heel_back(self, facing: float, stance: slice) -> float:
        """The heel goes back as fast as the ground, which it does in ``stance``."""
        forward = facing * (self._at("heel") - self.body.middle("hip")).real
        back = -np.gradient(forward)
        return self._after(self._most(forward), back, WITH_GROUND * float(np.median(back[stance])))

    def knee_straight(self) -> float:
        """The knee is straightest."""
        knee = self._at("knee")
        return self._most(np.abs(np.angle((self._at("hip") - knee) / (self._at("ankle") - knee))))

    def feet_apart(self, facing: float) -> float:
        """The foot is furthest ahead of the other one."""
        left, right = (facing * self.body.at(f"{side}_ankle").real for side in ("left", "right"))
        return self._most(left - right if self.side == "left" else right - left)

    def _at(self, part: str) -> NDArray[np.complexfloating]:
        return self.body.at(f"{self.side}_{part}")

    def _most(self, x: Floats) -> float:
        """Where ``x`` (n,) is highest near the landing; NaN at the edge, and where not all of it is known."""
        near = x[self.near]
        if not len(near) or np.isnan(near).any():
            return np.nan
        at = int(np.argmax(near))
        return vertex(x, self.near.start + at) if 0 < at < len(near) - 1 else np.nan

    def _after(self, row: float, x: Floats, level: float) -> float:
        """Where ``x`` (n,) first reaches a ``level`` after a ``row``."""
        if not np.isfinite(row + level):
            return np.nan
        start = int(np.ceil(row))
        reached = start + int(np.argmax(x[start : self.near.stop] >= level))
        if not x[reached] >= level or reached == start:
            return np.nan
        return float(reached - (x[reached] - level) / (x[reached] - x[reached - 1]))


def _value(x: Floats, row: float) -> float:
    return float(x[round(row)]) if np.isfinite(row) else np.nan
