"""Times of frames: those that no clip has are refused."""

import numpy as np
from numpy.typing import NDArray

#: Seconds. No clock shows more, and no clip is longer (twelve days): these are other units.
_LATEST, _LONGEST = 1e10, 1e6


class TimesError(ValueError):
    """Times that no clip has; the message says what is wrong with them."""


def check_times(t: NDArray[np.floating]) -> None:
    """Refuse times (T,) that no clip has.

    Raises
    ------
    TimesError
        If they are not finite seconds that rise strictly, from first to last at most twelve days.
    """
    if t.ndim != 1:
        raise TimesError(f"t: expected one list of seconds, got the shape {t.shape}")
    if not (np.abs(t) <= _LATEST).all():
        raise TimesError(f"t: times must be finite seconds, at most {_LATEST:g}")
    if len(t) > 1 and not (np.diff(t) > 0).all():
        raise TimesError("t: times must rise strictly")
    if len(t) > 1 and t[-1] - t[0] > _LONGEST:
        raise TimesError(f"t: spans {t[-1] - t[0]:.3g} s; times must be seconds")
