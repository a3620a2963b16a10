"""Where the parts of an attempt lie, and how long each took."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.count.segment import Attempt
from formcheck.engine.judge.measurement import Span
from formcheck.types.event import Phase

Floats = NDArray[np.floating]

#: Each half is timed, and the peak bounded, by these shares of the repetition's own excursion.
EDGE, TOP = 0.05, 0.90
#: Who holds the peak sinks a little, or has gone beyond it first. He holds the median of what lies within
#: this share of the excursion, from half an `EDGE` below it on; a smooth turn is timed as ever. Drawn holds
#: of 2.1 s before the simulated sensor read 0.3 s without that (median of 12), 2.5 s with it.
HELD = 0.80
#: A gap this short may be bridged: five pictures of 30 a second. Judgement.
GAP_S = 0.17


def split(t: Floats, q: Floats, attempt: Attempt) -> tuple[dict[Phase, Span], dict[Phase, Span]]:
    """The phases of an attempt, and what is timed of each, by shares of its own excursion.

    A half ends, and the other begins, near the farthest point: where the hold sinks, they overlap with it.

    Parameters
    ----------
    t, q : (n,) seconds and cycle signal from the rest before it to its end; NaN not seen.
    """
    before, after = t <= attempt.peak_s, t >= attempt.peak_s
    end_level = float(np.nanmin(q[after]))
    rise, fall = attempt.top - attempt.base, attempt.top - end_level
    start = _last(t, before & (q <= attempt.base + EDGE * rise), attempt.start_s)
    out = before & (t >= start)

    def peak(share: float, sunk: float = 0.0) -> Span:
        """First and last time within a share of the excursion of the peak, or of what it has sunk to."""
        level = attempt.top - sunk
        first = _first(t, out & (q >= level - share * rise), attempt.peak_s)
        return first, _last(t, after & (q >= level - share * fall), attempt.peak_s)

    reach, leave = peak(1 - TOP)
    top, left = peak(EDGE)
    near, far = peak(1 - HELD)
    held = float(np.nanmedian(q[(t >= near) & (t <= far)]))
    near, far = peak(EDGE, max(0.0, attempt.top - held - EDGE / 2 * rise))
    end = _first(t, (t >= leave) & (q <= end_level + EDGE * fall), attempt.end_s)
    phases: dict[Phase, Span] = {
        "rest": (float(t[0]), start),
        "out": (start, reach),
        "hold": (reach, leave),
        "back": (leave, end),
    }
    return phases, {"out": (start, top), "hold": (near, far), "back": (left, end)}


def as_seen(t: Floats, q: Floats, attempt: Attempt, low: float) -> Attempt:
    """The attempt by what of it was seen in ``t, q``, as of `split`; ``low`` is the level it came back to.

    What began before it was seen has its rest where it came back to.
    """
    base = attempt.base if attempt.rest_seen else min(attempt.base, low)
    seen = t[np.isfinite(q)]
    at = int(np.searchsorted(seen, attempt.peak_s))
    beside = np.diff(seen[max(0, at - 1) : at + 2])
    return replace(attempt, base=base, peak_seen=bool((beside <= _bridged(t)).all()))


def timed(t: Floats, q: Floats, parts: Mapping[Phase, Span]) -> dict[Phase, float]:
    """Seconds of the parts that were seen all the way, of a hold all of the repetition; others are left out.

    What happened in a gap has no tempo, and who is not seen to come may have been there before.
    """
    whole = parts["out"][0], parts["back"][1]
    seen = {**parts, "hold": whole}
    return {phase: end - start for phase, (start, end) in parts.items() if unbroken(t, q, seen[phase])}


def unbroken(t: Floats, q: Floats, span: Span) -> bool:
    """Whether the signal was seen all the way from the start to the end of a span."""
    within = t[(t >= span[0]) & (t <= span[1]) & np.isfinite(q)]
    return len(within) > 1 and float(np.diff(within).max()) <= _bridged(t)


def _bridged(t: Floats) -> float:
    """The longest gap that is none, in frames at these times."""
    return max(GAP_S, 2.5 * float(np.median(np.diff(t)))) if len(t) > 1 else 0.0


def _last(t: Floats, mask: NDArray[np.bool_], otherwise: float) -> float:
    return float(t[mask][-1]) if mask.any() else otherwise


def _first(t: Floats, mask: NDArray[np.bool_], otherwise: float) -> float:
    return float(t[mask][0]) if mask.any() else otherwise
