"""Early against late in a run."""

from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.gait.strides import Stride
from formcheck.exercises.schema import Exercise
from formcheck.exercises.strides import DriftRule as Least
from formcheck.types.gait import GaitDrift

Floats = NDArray[np.floating]

#: Each third needs this many strides.
LEAST_STRIDES = 20
#: A change counts when it is this many times what chance would change.
TIMES_NOISE = 2.0
#: Median absolute deviation to standard deviation, of a normal spread; strides go into the noise by fives.
MAD_TO_SD, BLOCK = 1.48, 5


def thirds(strides: Sequence[Stride]) -> tuple[tuple[float, float], ...]:
    """When the first and the last third began and ended, seconds; empty when a run is too short for them."""
    n = len(strides) // 3
    if n < LEAST_STRIDES:
        return ()
    early, late = strides[:n], strides[-n:]
    return (early[0].flight_peaks[0], early[-1].flight_peaks[2]), (
        late[0].flight_peaks[0],
        late[-1].flight_peaks[2],
    )


def drifts(strides: Sequence[Stride], exercise: Exercise, shown: Set[str]) -> dict[str, GaitDrift]:
    """What the exercise watches for and this clip has ``shown``, in the first and the last third."""
    n = len(strides) // 3
    found = {}
    for name, least in exercise.drift.items():
        early, late = (np.array([s.values[name] for s in part]) for part in (strides[:n], strides[-n:]))
        early, late = early[np.isfinite(early)], late[np.isfinite(late)]
        if name in shown and min(len(early), len(late)) >= LEAST_STRIDES:
            found[name] = _drift(early, late, least, exercise.limited[name].unit)
    return found


def _drift(early: Floats, late: Floats, least: Least, unit: str) -> GaitDrift:
    before, after = float(np.median(early)), float(np.median(late))
    delta = after - before
    strays = np.concatenate((np.abs(early - before), np.abs(late - after)))
    noise = MAD_TO_SD * float(np.median(strays)) / np.sqrt(min(len(early), len(late)) / BLOCK)
    needed = least.least * abs(before) / 100.0 if least.relative else least.least
    clear = bool(abs(delta) >= max(needed, TIMES_NOISE * noise))
    expected = (delta > 0) == (least.tired == "up")
    return GaitDrift(before, after, delta, float(noise), clear, unit, least.why if clear and expected else "")
