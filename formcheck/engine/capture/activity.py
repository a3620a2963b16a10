"""What somebody does besides the exercise, from some seconds of the body: steps, and changes of posture.

Nothing here knows an exercise. What tells a way on foot is that the feet pass one another in the rhythm of
steps; what tells getting down or up, that a movement does not end in the posture in which it began.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from formcheck.types.reason import Reason

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]

TRUNK, THIGHS = "trunk_tilt", "thigh_elevation.both"
KNEES = ("knee_flexion.left", "knee_flexion.right")
AHEAD, LIFTED, ACROSS = "front_foot_side", "foot_lift_side", "shoulder_width"
#: The signals by which it is known whether somebody stands, and all that are read.
STANDS_BY = (TRUNK, THIGHS, *KNEES)
SIGNALS = (*STANDS_BY, AHEAD, LIFTED, ACROSS)
#: One foot has passed the other when it is this far ahead of it, and was as far behind; from the front, when
#: it is this much higher. Trunk lengths.
PASSED = {AHEAD: 0.15, LIFTED: 0.08}
#: A step goes on until it is this far ahead, or this much higher. Of simulated walkers (even seeds) 95 % of
#: the steps went farther than 0.45 and 0.18; feet that stood and were read unsteadily passed one another by
#: up to 0.36 and 0.19 (three of four).
STEPPED = {AHEAD: 0.4, LIFTED: 0.15}
#: Of whose shoulders are narrower than this, only feet ahead of one another tell: he is seen from the side,
#: where a far foot that is read a little high has not been lifted. Trunk lengths; judgement.
SIDE_ON = 0.35
#: It stays ahead for this long; legs that were exchanged by mistake pass one another for a frame or two.
STAYS_S = 0.05
#: Steps follow each other after so many seconds: 72 to 210 a minute.
SHORTEST_S, LONGEST_S = 0.28, 0.83
#: Shares of that time by which somebody is in the start pose, and is not: of 20 attempts of RepCount whose
#: landmarks, far astray, would have passed for a change of posture, 14 had been in it at both ends.
INSIDE, OUTSIDE = 0.5, 0.8
#: Who reaches the pose was out of it for this long; who dips before a jump has only just left it. Judgement.
AWAY_S = 1.0
#: Steps are looked for this long before a movement, too.
BEFORE_S = 2.0
#: A movement is a way on foot if this much of it is steps.
MOSTLY = 0.6
#: Who goes on foot holds the trunk no lower than this, and the thighs, their mean, no higher. Degrees above
#: the horizontal. Real joggers have thighs at -62; who swings on a pommel horse has them at -10 to -50.
GOING_TRUNK_DEG, GOING_THIGHS_DEG = 60.0, -55.0
#: Who bends the straighter knee by more than this in a tenth of the time squats. Judgement.
SQUATS_DEG, OFTEN = 75.0, 0.1
#: A trunk higher than the one is upright, one within the others level; between them it may be on its way.
#: Nobody gets up from head down: real squats whose trunks were read at -28 to -89 were taken upside down.
UPRIGHT_DEG, LEVEL_DEG = 60.0, (-20.0, 35.0)
#: Whose thighs hang steeper and whose knees are straighter than this stands. Judgement.
STANDING_THIGHS_DEG, STANDING_KNEES_DEG = -70.0, 25.0
#: So long he stands before he has got up. Judgement.
STANDS_S = 0.5
#: The straighter knee is bent by this much more on hands and knees than in a plank. Between the two are 90;
#: who ends a push-up with knees that have dipped has bent them by up to 40 (real ones).
KNEELS_DEG = 55.0
#: Nor does the trunk of who sits or kneels, and lies down from there, come near where it was: one raised at
#: least so far falls by so much. Of simulated strangers (even seeds) whose way down counted, from 55 to 80 by
#: 42 to 70; without the first, half of a real set of sit-ups was lost.
RAISED_DEG, TRUNK_DEG = 50.0, 40.0
#: The posture before and after is looked at for this long, and in that time a body that is still turns its
#: trunk and bends its knees by no more than this. Judgement.
LOOK_S, STILL_DEG = 0.25, 6.0


def stands(signals: Mapping[str, Floats]) -> Bools:
    """(n,) whether somebody stands, walks or kneels upright, from `STANDS_BY` (n,) by name."""
    trunk, thighs, left, right = (signals[name] for name in STANDS_BY)
    on_legs = (thighs <= STANDING_THIGHS_DEG) & (np.fmin(left, right) <= STANDING_KNEES_DEG)
    upright = (trunk >= UPRIGHT_DEG) & (thighs <= GOING_THIGHS_DEG)
    return upright | (np.isnan(trunk) & on_legs)


@dataclass(frozen=True, slots=True, eq=False)
class BodyOverTime:
    """The body over some seconds.

    Attributes
    ----------
    t : (n,) seconds, rising.
    signals : `SIGNALS` (n,) by name, NaN not seen.
    kept : (n,) 1 where the exercise's start pose is kept, 0 where not, NaN not seen.
    """

    t: Floats
    signals: Mapping[str, Floats]
    kept: Floats

    def walked(self, start_s: float, end_s: float, longest_s: float = LONGEST_S) -> Reason | None:
        """The steps, if a span is mostly a way on foot; no step is slower than ``longest_s``."""
        if not self._goes(start_s, end_s):
            return None
        t = self.t[self._rows(start_s, end_s)]
        steps = self._steps(start_s, end_s, longest_s)
        on_foot = np.zeros(len(t), np.bool_)
        for a, b in steps:
            on_foot |= (t >= 2 * a - b) & (t <= 2 * b - a)  # a step before the first, one after the last
        if not np.mean(on_foot) >= MOSTLY:
            return None
        return Reason("steps_not_counted", spm=60.0 / float(np.median([b - a for a, b in steps])))

    def moved_on(self, start_s: float, end_s: float) -> Reason | None:
        """The change of posture, if a span ends in another than it began in, in the start pose or out of it.

        A change within the pose, or outside of it, is the exercise's own, or landmarks that are astray.
        """
        if not self._reaches_or_leaves(start_s, end_s):
            return None
        before, after = (self._posture(s - LOOK_S, s) for s in (start_s, end_s))
        if before.upright and after.level:
            return Reason("got_down", trunk_deg=after.trunk)
        if before.level and after.upright:
            return Reason("got_up", trunk_deg=before.trunk)
        trunk_deg = abs(after.trunk - before.trunk)
        raised = max(before.trunk, after.trunk) >= RAISED_DEG
        if trunk_deg >= TRUNK_DEG and raised and (before.level or after.level):
            return Reason("trunk_changed", by_deg=trunk_deg)
        knees_deg = abs(after.knees - before.knees)
        if before.bowed and after.bowed and knees_deg >= KNEELS_DEG:
            return Reason("knees_changed", by_deg=knees_deg)
        return None

    def _reaches_or_leaves(self, start_s: float, end_s: float) -> bool:
        ends = [self.kept[self._rows(s - LOOK_S, s)] for s in (start_s, end_s)]
        inside = [float(np.mean(kept == 1)) for kept in ends if len(kept)]
        if len(inside) < len(ends) or max(inside) < INSIDE or min(inside) > 1.0 - OUTSIDE:
            return False
        leaves = inside[0] > inside[1]
        return leaves or not bool((self.kept[self._rows(start_s - AWAY_S, start_s)] == 1).any())

    def squats(self, start_s: float, end_s: float) -> bool:
        """Whether both knees are bent deep at times."""
        rows = self._rows(start_s, end_s)
        deep = np.minimum(*(self.signals[name][rows] for name in KNEES)) > SQUATS_DEG
        return len(deep) > 0 and bool(np.mean(deep) >= OFTEN)

    def moves_on(self, t: float) -> bool:
        """Whether the posture changes at ``t``."""
        before, now = self._posture(t - 2 * LOOK_S, t - LOOK_S), self._posture(t - LOOK_S, t)
        return abs(now.trunk - before.trunk) > STILL_DEG or abs(now.knees - before.knees) > STILL_DEG

    def still_since(self, start_s: float, end_s: float) -> float:
        """Since when the posture changed no more before ``end_s``; ``start_s`` if it did not change."""
        moments = np.arange(end_s - LOOK_S, start_s, -LOOK_S)
        return next((float(t) for t in moments if self.moves_on(t)), start_s)

    def _rows(self, start_s: float, end_s: float) -> slice:
        return slice(*np.searchsorted(self.t, (start_s, np.nextafter(end_s, np.inf))))

    def _goes(self, start_s: float, end_s: float) -> bool:
        rows = self._rows(start_s, end_s)
        trunk, thighs = (_median(self.signals[name][rows]) for name in (TRUNK, THIGHS))
        return not trunk < GOING_TRUNK_DEG and thighs <= GOING_THIGHS_DEG

    def _steps(self, start_s: float, end_s: float, longest_s: float) -> list[tuple[float, float]]:
        rows = self._rows(start_s - BEFORE_S, end_s)
        t, ahead, lifted = self.t[rows], self.signals[AHEAD][rows], self.signals[LIFTED][rows]
        seen = {AHEAD: ahead, LIFTED: np.where(self.signals[ACROSS][rows] < SIDE_ON, np.nan, lifted)}
        return [
            (a, b)
            for name, x in seen.items()
            for a, b in pairwise(_passings(t, x, PASSED[name]))
            if SHORTEST_S <= b - a <= longest_s and np.nanmax(np.abs(x[(t >= a) & (t < b)])) >= STEPPED[name]
        ]

    def _posture(self, start_s: float, end_s: float) -> "_Posture":
        rows = self._rows(start_s, end_s)
        trunk, thighs, left, right = (self.signals[name][rows] for name in (TRUNK, THIGHS, *KNEES))
        return _Posture(_median(trunk), _median(thighs), _median(np.minimum(left, right)))


@dataclass(frozen=True, slots=True)
class _Posture:
    """Trunk and thighs above the horizontal, and bend of the straighter knee, degrees; NaN not seen."""

    trunk: float
    thighs: float
    knees: float

    @property
    def upright(self) -> bool:
        """Whether the trunk stands; where it is not in the picture, whether the legs do."""
        on_legs = self.thighs <= STANDING_THIGHS_DEG and self.knees <= STANDING_KNEES_DEG
        return self.trunk >= UPRIGHT_DEG or (math.isnan(self.trunk) and on_legs)

    @property
    def bowed(self) -> bool:
        """Whether the trunk is level, or on its way there."""
        return LEVEL_DEG[0] <= self.trunk < UPRIGHT_DEG

    @property
    def level(self) -> bool:
        """Whether it lies, or is held level."""
        return LEVEL_DEG[0] <= self.trunk <= LEVEL_DEG[1]


def _passings(t: Floats, x: Floats, least: float) -> list[float]:
    """When one foot passed the other."""
    side = np.where(x > least, 1, np.where(x < -least, -1, 0))
    there = np.flatnonzero(side)
    if not len(there):
        return []
    runs = np.split(there, np.flatnonzero(np.diff(side[there])) + 1)
    lasting = [run for run in runs if t[run[-1]] - t[run[0]] >= STAYS_S]
    return [float(t[b[0]]) for a, b in pairwise(lasting) if side[a[0]] != side[b[0]]]


def _median(x: Floats) -> float:
    x = x[np.isfinite(x)]
    return float(np.median(x)) if len(x) else float("nan")
