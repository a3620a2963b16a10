"""When a number has changed: one rule for two sessions and for many, and for which sessions it holds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from formcheck.engine.gait.drift import MAD_TO_SD
from formcheck.exercises import judging
from formcheck.progress.noise import detectable, pooled
from formcheck.progress.numbers import Number
from formcheck.types.pose import Model
from formcheck.types.session import Session

#: So many sessions make the level that the latest is held against.
FIRST = 3
#: From so many sessions on, what neighbours differ by is part of the noise; of fewer, a steady rise would
#: not stand out from it.
LEAST_NEIGHBOURS = 6
#: Finer than any sensor, coarser than the dust of floating point.
DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Judged:
    """The latest of some numbers against the level of the ``first``, as `Series` and `Change` tell it.

    Attributes
    ----------
    sem, needs : standard error of measurement and minimal detectable change; None where nothing tells them.
    least : smaller changes are the sensor's, however steady.
    delta : latest less base; None where ``needs`` is.
    """

    base: float
    first: int
    latest: float
    least: float
    sem: float | None = None
    needs: float | None = None
    delta: float | None = None
    clear: bool = False


def judged(told: Sequence[Number]) -> Judged:
    """The verdict on numbers that are compared, in the order of time; there is at least one."""
    values = [n.value for n in told if n.value is not None]
    first = min(FIRST, max(1, len(values) - 1))
    base, latest = float(np.mean(values[:first])), values[-1]
    sem, needs = _detectable(told, values)
    least = max(n.least for n in told)
    if len(values) == 1 or needs is None:
        return Judged(base, first, latest, least, sem, needs)
    delta = round(latest - base, DECIMALS)
    return Judged(base, first, latest, least, sem, needs, delta, delta != 0 and abs(delta) >= needs)


def _detectable(told: Sequence[Number], values: Sequence[float]) -> tuple[float | None, float | None]:
    """Standard error of measurement and minimal detectable change.

    The SEM is pooled over the sessions; where neighbours differ by more than that, the day is part of the
    noise. No change below the sensor's own is detectable.
    """
    needs, sem = max(n.least for n in told), None
    errors = [(n.error, n.n) for n in told if n.error is not None]
    if errors:
        sem = pooled([e for e, _ in errors])
        needs = max(needs, detectable(sem, sum(n - 1 for _, n in errors)))
    if len(values) >= LEAST_NEIGHBOURS:
        day = MAD_TO_SD * float(np.median(np.abs(np.diff(values)))) / math.sqrt(2)
        sem = max(sem or 0.0, day)
        needs = max(needs, detectable(day, len(values) - 1))
    return sem, needs or None


class Way(NamedTuple):
    """How a session was filmed and judged: numbers are compared where all of it is the same."""

    view: str
    kind: str | None
    model: Model
    exercise: str


def way(session: Session) -> Way:
    """That of a session."""
    kind = session.gait.kind if session.gait else None
    return Way(session.view.name, kind, session.model, judging(session.exercise.digest))
