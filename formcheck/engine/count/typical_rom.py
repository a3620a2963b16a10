"""How far and how long a person typically moves: what attempts are found relative to."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.count.segment import Attempt
from formcheck.engine.count.swallowed import Finder

Floats = NDArray[np.floating]

#: The range is this percentile of the excursions: neither one wild swing nor a twitch.
TYPICAL = 80
#: Of fewer attempts nobody knows which is as usual, so their time is not known.
LEAST_TIMED = 3
#: A clip may be cut, and people tire: the typical range is of this many attempts before and after each...
NEIGHBOURS = 3
#: ...but a pause full of small movements is never more than this share of the whole clip's typical range.
LEAST_SHARE = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class TypicalRom:
    """The typical range and time of a movement over time.

    Attributes
    ----------
    t : (n,) seconds, rising; before the first and after the last the typical range stays.
    range, seconds : (n,) how far an attempt goes, in its signal's unit, and how long it takes, 0 not known.
    """

    t: Floats
    range: Floats
    seconds: Floats

    def at(self, t: float) -> tuple[float, float]:
        """The usual range and seconds at a time."""
        return float(np.interp(t, self.t, self.range)), float(np.interp(t, self.t, self.seconds))

    def over(self, t: Floats) -> "SampledRom":
        """The same at the times of a clip, looked up at once."""
        ranges, seconds = (np.interp(t, self.t, x).tolist() for x in (self.range, self.seconds))
        return SampledRom(dict(zip(t.tolist(), zip(ranges, seconds, strict=True), strict=True)))

    @property
    def moves(self) -> bool:
        """Whether there was any movement at all."""
        return bool(self.range.max() > 0)

    @classmethod
    def steady(cls, range_: float, seconds: float = 0.0) -> "TypicalRom":
        """One typical range for all times; no seconds means that they are not known."""
        return cls(np.zeros(1), np.array([range_]), np.array([seconds]))


@dataclass(frozen=True, slots=True)
class SampledRom:
    """The typical range and seconds ``by_t`` at the times of a clip, and at no other."""

    by_t: Mapping[float, tuple[float, float]]

    def at(self, t: float) -> tuple[float, float]:
        """Usual range and seconds at a time of the clip."""
        return self.by_t[t]


STILL = TypicalRom.steady(0.0)
#: Fewer attempts than this teach nothing: the first may be a trial.
LEAST_LEARNT = 2
#: Whoever starts with wild swings is not held to them: no more than this times the expected range is learnt.
MOST_LEARNT = 1.5


class LearnedRom:
    """The typical movement of somebody who has only just begun, learnt from each attempt as it closes.

    Parameters
    ----------
    expected : the range to start from, in the signal's unit; how long an attempt takes is not known then.
    """

    def __init__(self, expected: float) -> None:
        self._expected = expected
        self._heights: deque[float] = deque(maxlen=2 * NEIGHBOURS + 1)
        self._lasted: deque[float] = deque(maxlen=2 * NEIGHBOURS + 1)

    def at(self, t: float) -> tuple[float, float]:
        """The usual range and seconds so far."""
        del t
        if len(self._heights) < LEAST_LEARNT:
            return self._expected, 0.0
        heights, lasted = np.array(self._heights), np.array(self._lasted)
        return min(float(np.median(heights)), MOST_LEARNT * self._expected), _middle(lasted, heights)

    def learn(self, excursion: float, lasted_s: float) -> None:
        """Take an attempt that has just closed."""
        self._heights.append(excursion)
        self._lasted.append(lasted_s)


def attempts(
    t: Floats, q: Floats, rom: TypicalRom, min_range: float, min_s: float, max_s: float
) -> list[Attempt]:
    """Every attempt in a signal ``q`` (T,) of a whole clip, the last one too if its end is cut off."""
    find = Finder(rom.over(t), min_range, min_s, max_s)
    closed = [a for s, x in zip(t.tolist(), q.tolist(), strict=True) for a in find.take(s, x)]
    return [*closed, *find.end()]


def typical_rom(
    t: Floats,
    q: Floats,
    min_range: float,
    min_s: float,
    max_s: float,
    attempted: Callable[[Attempt], bool] = lambda _: True,
    begins: Sequence[int] = (),
) -> TypicalRom:
    """What this person usually does in a signal ``q`` (NaN not seen), from all movements of ``min_range``.

    Those that were not ``attempted`` tell it only where none was; none leads over a row at which another
    piece ``begins``.
    """
    pieces = zip(np.split(t, begins), np.split(q, begins), strict=True)
    every = [a for piece in pieces for a in attempts(*piece, STILL, min_range, min_s, max_s)]
    found = [a for a in every if attempted(a)] or every
    if not found:
        return STILL
    heights = np.array([a.excursion for a in found])
    lasted = np.array([a.end_s - a.start_s for a in found])
    whole = float(np.percentile(heights, TYPICAL))
    near = [slice(max(0, i - NEIGHBOURS), i + NEIGHBOURS + 1) for i in range(len(found))]
    ranges = [float(np.percentile(heights[part], TYPICAL)) for part in near]
    timed = len(found) >= LEAST_TIMED
    seconds = [_middle(lasted[part], heights[part]) if timed else 0.0 for part in near]
    return TypicalRom(
        np.array([a.peak_s for a in found]), np.clip(ranges, LEAST_SHARE * whole, whole), np.array(seconds)
    )


def _middle(lasted: Floats, heights: Floats) -> float:
    """The time in the middle of all the way gone, so that many twitches do not outvote few repetitions."""
    order = np.argsort(lasted)
    gone = np.cumsum(heights[order])
    return float(lasted[order][np.searchsorted(gone, gone[-1] / 2)])
