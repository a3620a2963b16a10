"""Left and right: which side worked, and how far the two differ over a set."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np

from formcheck.engine.body.track import Track
from formcheck.engine.judge.measurement import Span
from formcheck.types.result import Balance, Rep
from formcheck.types.verdict import Side, Verdict

#: Labels must agree in this share of a repetition or hold before a side is named.
SURE = 0.8
#: So many full repetitions of each side make a comparison of them. Judgement, as are the percents.
LEAST_REPS = 4
WARN_PERCENT, ERROR_PERCENT = 15.0, 25.0


def working_side(
    track: Track, column: str | None, span: Span, declared: Literal["left", "right"] | None
) -> Side:
    """The side that worked during ``span``, when the labels agree on it.

    Parameters
    ----------
    column : of the track, positive where the left side works; None for exercises without sides: "both".
    declared : what the person said; it wins.
    """
    if column is None:
        return "both"
    if declared is not None:
        return declared
    d = track.values(column, track.between(*span))
    d = d[np.isfinite(d)]
    if not len(d):
        return "unknown"
    left, right = np.mean(d > 0), np.mean(d <= 0)
    return "left" if left >= SURE else "right" if right >= SURE else "unknown"


def balance(reps: Sequence[Rep], dead_band: Mapping[str, float]) -> Balance | None:
    """How the sides of a set compare; None unless both worked and were kept apart.

    ``dead_band``: differences smaller than this are the sensor's, by the unit of the range and "s".
    """
    sides = {side: [r for r in reps if r.counted and r.side == side] for side in ("left", "right")}
    left, right = sides["left"], sides["right"]
    if not left or not right:
        return None
    if min(len(left), len(right)) < LEAST_REPS:
        return Balance(len(left), len(right), None, None, None, "not_assessable")
    unit = left[0].rom.unit if left[0].rom else ""
    far = _difference(
        _mean(r.rom.value for r in left if r.rom),
        _mean(r.rom.value for r in right if r.rom),
        dead_band.get(unit, 0.0),
    )
    long = _difference(
        _mean(r.end_s - r.start_s for r in left), _mean(r.end_s - r.start_s for r in right), dead_band["s"]
    )
    most = max(abs(far), abs(long))
    verdict: Verdict = "error" if most > ERROR_PERCENT else "warn" if most > WARN_PERCENT else "ok"
    weaker: Literal["left", "right"] | None = None
    if abs(far) > WARN_PERCENT:
        weaker = "left" if far < 0 else "right"
    return Balance(len(left), len(right), far, long, weaker, verdict)


def _difference(left: float, right: float, dead_band: float) -> float:
    """Left less right in percent of their mean; 0 within the dead band."""
    if not abs(left - right) > dead_band or left + right == 0:
        return 0.0
    return 200.0 * (left - right) / (left + right)


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
