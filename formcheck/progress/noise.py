"""The noise model: how sure a measured number is, and the least change that is more than chance."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

from formcheck.engine.gait.drift import MAD_TO_SD

#: The standard error of a median is this many times that of a mean (of normal values).
MEDIAN_ERROR = 1.2533
#: From so many sessions on, what neighbours differ by is part of the noise; of fewer, a steady rise would
#: not stand out from it.
LEAST_NEIGHBOURS = 6
#: Chance alone gives a change in one of twenty comparisons.
_SURE = 0.975


def standard_error(values: Sequence[float]) -> float:
    """Of the mean of at least two values."""
    return float(np.std(values, ddof=1)) / math.sqrt(len(values))


def measurement_error(
    values: Sequence[float], errors: Sequence[tuple[float, int]], least: float
) -> tuple[float | None, float | None]:
    """Standard error of measurement (SEM) and minimal detectable change (MDC) of values in the order of time.

    The SEM is pooled over the sessions; where neighbours differ by more than that, the day is part of the
    noise.

    Parameters
    ----------
    errors : standard error within a session, and how many independent observations it comes from.
    least : no smaller change is detectable, in the unit of the values.

    Returns
    -------
    Both in the unit of the values; None where nothing gives them.
    """
    sem, mdc = None, least
    if errors:
        sem = math.sqrt(sum(error * error for error, _ in errors) / len(errors))
        mdc = max(mdc, _detectable(sem, sum(n - 1 for _, n in errors)))
    if len(values) >= LEAST_NEIGHBOURS:
        day = MAD_TO_SD * float(np.median(np.abs(np.diff(values)))) / math.sqrt(2)
        sem = max(sem or 0.0, day)
        mdc = max(mdc, _detectable(day, len(values) - 1))
    return sem, mdc or None


def _detectable(sem: float, freedom: int) -> float:
    """MDC95 between two measurements, t sqrt(2) SEM; t is 1.96 for many degrees of freedom, more for few."""
    return float(stdtrit(max(freedom, 1), _SURE)) * math.sqrt(2) * sem
