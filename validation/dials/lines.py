"""What is read against what is true: gain, offset and spread of each signal, by view and posture.

A line goes through the clips of one signal by Theil and Sen: its gain is the median over pairs of clips, so
that single clips that went astray do not move it. `moved` asks whether limits moved by such lines would find
what was missed: every person is judged by the lines of the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.as_read import taken
from formcheck.exercises import Exercise, find_exercise
from formcheck.exercises.tables import Measure
from formcheck.sensor import usual_profile
from formcheck.sensor.correction import Correction
from formcheck.signals import reading
from validation.dials.readings import Reading
from validation.sensor.signal_table import LEAST, MOVES

Array = NDArray[np.float64]
#: Signal, level or change, view, posture: what a correction of a profile speaks of.
About = tuple[str, str, str, str]
#: A gain needs so many pairs of clips whose true values are clearly apart; fewer give an offset only.
PAIRS = 10
#: Of a normal spread over the median distance from its middle.
_SIGMA = 1.4826


@dataclass(frozen=True, slots=True)
class Line:
    """What is read is ``gain`` times what is true and ``offset``, give or take ``spread`` (robust).

    ``n`` clips of so many ``people``; a gain that is not known is NaN, and stands for 1.
    """

    gain: float
    offset: float
    spread: float
    n: int
    people: int

    def shown(self, true: float) -> float:
        """What is read of a true value."""
        return (1.0 if np.isnan(self.gain) else self.gain) * true + self.offset


@dataclass(frozen=True, slots=True)
class Point:
    """One measure in one clip."""

    person: str
    true: float
    read: float


@dataclass(frozen=True, slots=True)
class Held:
    """A limit of a check that was read in a clip, and what was read.

    ``sign`` is +1 where more is worse; ``read`` the worst of the clip.
    """

    about: About
    reading: Reading
    sign: float
    warn: float
    read: float

    def broken(self, line: Line) -> bool:
        """Whether it would be, its limit moved as the line says."""
        return self.sign * self.read > self.sign * line.shown(self.warn)


def about(exercise: Exercise, measure: Measure, view: str) -> About:
    """What a correction would have to speak of."""
    return measure.signal, taken(measure), view, measure.posture or exercise.posture or "any"


def points(readings: Iterable[Reading]) -> dict[About, list[Point]]:
    """Of every measure of poses, once a clip."""
    found: dict[About, dict[tuple[str, str], Point]] = defaultdict(dict)
    for one in readings:
        exercise = find_exercise(one.exercise)
        for name, read in one.read.items():
            measure, drawn = exercise.measure.get(name), one.drawn.get(name)
            if measure and drawn:
                at = Point(one.person, drawn.middle, read.middle)
                found[about(exercise, measure, one.view)][one.clip, name] = at
    return {key: list(them.values()) for key, them in sorted(found.items())}


def line(them: Sequence[Point], unit: str) -> Line | None:
    """Through the points of a signal; None of too few."""
    if len(them) < LEAST:
        return None
    true, read = (np.array([getattr(one, key) for one in them]) for key in ("true", "read"))
    apart, between = true[:, None] - true, read[:, None] - read
    pairs = apart > MOVES.get(unit, np.inf)
    gain = float(np.median(between[pairs] / apart[pairs])) if pairs.sum() >= PAIRS else float("nan")
    left = read - (gain if pairs.sum() >= PAIRS else 1.0) * true
    offset = float(np.median(left))
    spread = _SIGMA * float(np.median(np.abs(left - offset)))
    return Line(gain, offset, spread, len(them), len({one.person for one in them}))


def moved(readings: Sequence[Reading]) -> list[tuple[Reading, bool | None]]:
    """Each reading, and whether it would be broken by the lines of other people; None where none is known."""
    every = points(readings)

    def others(held: Held) -> Line | None:
        them = [one for one in every[held.about] if one.person != held.reading.person]
        return line(them, reading(held.about[0]).unit)

    return [(one, _broken([(held, others(held)) for held in _held(one)])) for one in readings]


def _broken(them: Sequence[tuple[Held, Line | None]]) -> bool | None:
    said = [held.broken(found) for held, found in them if found]
    return any(said) if said else None


def _held(one: Reading) -> list[Held]:
    exercise = find_exercise(one.exercise)
    held = []
    for check, limited, limit, upper in exercise.limits():
        if check == one.check and isinstance(limited, Measure):
            read = one.read.get(exercise.name_of(limited))
            if read and exercise.name_of(limited) in one.drawn:
                key = about(exercise, limited, one.view)
                held.append(Held(key, one, 1.0 if upper else -1.0, limit.warn, read.worst))
    return held


def known(key: About) -> Correction:
    """What the product's profile says of it."""
    signal, of, view, posture = key
    return usual_profile().correction(signal, of, view, None if posture == "any" else posture)
