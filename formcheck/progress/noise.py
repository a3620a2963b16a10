"""How sure a number is that was measured several times, and the least change that can be told from chance."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

#: The standard error of a median is this many times that of a mean (of normal values).
MEDIAN_ERROR = 1.2533
#: Chance alone gives a change in one of twenty comparisons.
_SURE = 0.975


def standard_error(values: Sequence[float]) -> float:
    """Of the mean of at least two values."""
    return float(np.std(values, ddof=1)) / math.sqrt(len(values))


def pooled(errors: Sequence[float]) -> float:
    """The standard error that several have in common: the root of their mean square."""
    return math.sqrt(sum(e * e for e in errors) / len(errors))


def detectable(sem: float, freedom: int) -> float:
    """The minimal detectable change between two measurements, MDC95 = t sqrt(2) SEM.

    t is 1.96 for a standard error of many degrees of freedom and more for few.
    """
    return float(stdtrit(max(freedom, 1), _SURE)) * math.sqrt(2) * sem
