"""Where the parts of an attempt lie, and how long each took."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.count.segment import Attempt
from formcheck.engine.judge.measure import Span
from formcheck.types.event import Phase
from formcheck.types.result import Tempo

Floats = NDArray[np.floating]

#: Each half is timed, and the peak bounded, by these shares of the repetition's own excursion.
EDGE, TOP = 0.05, 0.90
#: A gap this short may be bridged: five pictures of 30 a second. Judgement.
GAP_S = 0.17


def split(t: Floats, q: Floats, attempt: Attempt) -> tuple[dict[Phase, Span], Tempo]:
    """The phases of an attempt and the seconds of each, by shares of its own excursion.

    Parameters
    ----------
    t, q : (n,) seconds and cycle signal from the rest before it to its end; NaN not seen.
    """
    before, after = t <= attempt.peak_s, t >= attempt.peak_s
    end_level = float(np.nanmin(q[after]))
    rise, fall = attempt.top - attempt.base, attempt.top - end_level
    start = _last(t, before & (q <= attempt.base + EDGE * rise), attempt.start_s)
    out = before & (t >= start)
    reach = _first(t, out & (q >= attempt.base + TOP * rise), attempt.peak_s)
    leave = _last(t, after & (q >= end_level + TOP * fall), attempt.peak_s)
    end = _first(t, (t >= leave) & (q <= end_level + EDGE * fall), attempt.end_s)
    up = _first(t, out & (q >= attempt.base + (1 - EDGE) * rise), attempt.peak_s) - start
    down = end - _last(t, after & (q >= end_level + (1 - EDGE) * fall), attempt.peak_s)
    phases: dict[Phase, Span] = {
        "rest": (float(t[0]), start),
        "out": (start, reach),
        "hold": (reach, leave),
        "back": (leave, end),
    }
    return phases, Tempo(up, max(0.0, end - start - up - down), down)


def as_seen(t: Floats, q: Floats, attempt: Attempt, low: float) -> Attempt:
    """The attempt by what of it was seen in ``t, q``, as of `split`; ``low`` is the level it came back to.

    What began before it was seen has its rest where it came back to.
    """
    base = attempt.base if attempt.rest_seen else min(attempt.base, low)
    seen = t[np.isfinite(q)]
    at = int(np.searchsorted(seen, attempt.peak_s))
    beside = np.diff(seen[max(0, at - 1) : at + 2])
    return replace(attempt, base=base, peak_seen=bool((beside <= _bridged(t)).all()))


def unbroken(t: Floats, q: Floats, phases: Mapping[Phase, Span]) -> bool:
    """Whether the signal was seen all the way: what happened in a gap has no tempo."""
    within = t[(t >= phases["out"][0]) & (t <= phases["back"][1]) & np.isfinite(q)]
    return len(within) > 1 and float(np.diff(within).max()) <= _bridged(t)


def _bridged(t: Floats) -> float:
    """The longest gap that is none, in frames at these times."""
    return max(GAP_S, 2.5 * float(np.median(np.diff(t)))) if len(t) > 1 else 0.0


def _last(t: Floats, mask: NDArray[np.bool_], otherwise: float) -> float:
    return float(t[mask][-1]) if mask.any() else otherwise


def _first(t: Floats, mask: NDArray[np.bool_], otherwise: float) -> float:
    return float(t[mask][0]) if mask.any() else otherwise
