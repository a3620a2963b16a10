"""Measures taken when a span closes: a repetition, five seconds of a hold, ten steps of a run."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.judge.measurement import Measurement, Span
from formcheck.exercises.strides import StrideNumber
from formcheck.exercises.tables import Limit, Measure
from formcheck.types.reason import Reason
from formcheck.types.result import Finding
from formcheck.types.verdict import Verdict

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]

#: A check is assessed when its landmarks were usable in this share of its frames. Judgement.
LEAST_SEEN = 0.6
#: Values further apart than this are not one stretch.
GAP_S = 0.5
#: Unrest is measured over this long, its speed by values this far apart, so that noise is no unrest: half a
#: second shows two thirds of the unrest of simulated strangers who stand still that a quarter shows.
SPEED_S, LAG_S = 1.0, 0.5
#: No two pictures are closer together: a clock that says so counts something else.
LEAST_STEP_S = 1e-9
#: Once on, a fault stays until the value has come back by this share of the way from error to warn, and by
#: no less than it flickers. Judgement.
HYSTERESIS = 0.25


@dataclass(frozen=True, slots=True)
class PreparedCheck:
    """One limit of the exercise made ready for a clip.

    ``blocked`` says why this clip cannot show it at all; ``widen`` how far an inexact view relaxes it, in the
    signal's unit; ``flicker`` how far a value at rest moves; ``upper`` whether ``limit`` is the high one.
    """

    id: str
    measure: Measure | StrideNumber
    limit: Limit
    upper: bool
    joints: tuple[int, ...] = ()
    blocked: Reason | None = None
    widen: float = 0.0
    flicker: float = 0.0

    @property
    def pose_measure(self) -> Measure:
        """Its measure, where it is one of poses and not a number of strides."""
        if not isinstance(self.measure, Measure):
            raise TypeError(f"{self.id}: is a number of strides")
        return self.measure

    @property
    def signal(self) -> str:
        """The signal that it reads; empty where it is a number of strides."""
        return self.measure.signal if isinstance(self.measure, Measure) else ""

    @property
    def unit(self) -> str:
        """The unit of its signal."""
        return self.measure.unit

    @property
    def sign(self) -> float:
        """+1 where more is worse, -1 where less is."""
        return 1.0 if self.upper else -1.0

    @property
    def warn(self) -> float:
        """The warn limit, times `sign`: beyond it is above it."""
        return self.sign * self.limit.warn + self.widen

    @property
    def error(self) -> float:
        """The error limit, times `sign`; infinite where there is none."""
        return np.inf if self.limit.error is None else self.sign * self.limit.error + self.widen

    @property
    def clear(self) -> float:
        """Times `sign`: below it a fault that was on is off again."""
        reach = self.error - self.warn if np.isfinite(self.error) else 0.0
        return self.warn - max(self.flicker, HYSTERESIS * reach)

    @property
    def falls_short(self) -> bool:
        """Whether a fault is that something was not reached, so that it must have been seen throughout."""
        take = self.measure.take
        return take == "min" if self.upper else take in ("max", "range")

    def unassessable(self, reason: Reason, seen: float = 0.0) -> Measurement:
        """The finding of a check that could not be made, and why."""
        finding = Finding(self.id, None, self.unit, None, "not_assessable", seen, reason)
        return Measurement(finding, self.limit, self.measure.what, self.joints)


def measured(check: PreparedCheck, t: Floats, x: Floats) -> Measurement:
    """Hold a check against the values of its phase.

    Parameters
    ----------
    t, x : (n,) seconds and values; baseline already subtracted; NaN not seen.
    """
    seen = float(np.mean(~np.isnan(x))) if len(x) else 0.0
    if seen < LEAST_SEEN:
        return check.unassessable(Reason("seen_briefly"), seen)
    hidden_s = _hidden_s(t, x)
    t, x = t[~np.isnan(x)], x[~np.isnan(x)]
    values = np.abs(x) if check.measure.take == "drift" else x
    value = _value(check.pose_measure, t, values)
    if np.isnan(value):
        return check.unassessable(Reason("seen_briefly"), seen)
    found = finding(check, value, seen)
    short = found.verdict != "ok" and check.falls_short
    if short and (hidden_s > _window_s(check.pose_measure, t) or _goes_on(check, t, values)):
        return check.unassessable(Reason("seen_briefly"), seen)  # it may have been reached meanwhile or after
    where = () if found.verdict == "ok" else _where(check, t, check.sign * values, found.verdict)
    return Measurement(found, check.limit, check.measure.what, check.joints, check.sign, check.signal, *where)


def _goes_on(check: PreparedCheck, t: Floats, x: Floats) -> bool:
    """Whether a range would be wide enough if its phase, which ends in full motion, went on.

    It goes on for as long as a value has to last, as fast as it went. A landing is cut off where the hips
    pass the height of the dip, and a deep one is no stiff one.
    """
    n = max(1, round(_window_s(check.pose_measure, t) / _step_s(t)))
    if check.measure.take != "range" or n >= len(x):
        return False
    longer = np.append(x, np.full(n, 2 * x[-1] - x[-1 - n]))
    return finding(check, _value(check.pose_measure, t, longer), 1.0).verdict == "ok"


def _hidden_s(t: Floats, x: Floats) -> float:
    """The longest time in a phase in which nothing was seen, but for a frame; some of it was seen."""
    edges = np.concatenate((t[:1], t[~np.isnan(x)], t[-1:]))
    return float(np.diff(edges).max()) - _step_s(t)


def finding(check: PreparedCheck, value: float, seen: float) -> Finding:
    """A value held against the limit of a check."""
    beyond = check.sign * value
    verdict: Verdict = "error" if beyond > check.error else "warn" if beyond > check.warn else "ok"
    limit = check.sign * (check.error if verdict == "error" else check.warn)
    return Finding(check.id, value, check.unit, limit, verdict, seen)


def _where(
    check: PreparedCheck, t: Floats, x: Floats, verdict: Verdict
) -> tuple[tuple[Span, ...], tuple[Span, ...], float, float]:
    """Spans beyond warn and beyond error, the worst moment, and the share of the phase that was broken."""
    if check.measure.take not in ("min", "max", "drift"):
        typical = int(np.argmin(np.abs(x - np.median(x))))
        whole = ((float(t[0]), float(t[-1])),)
        return whole, whole if verdict == "error" else (), float(t[typical]), 1.0
    on = hysteresis(x, check.warn, check.clear)
    lasting = 0.8 * _window_s(check.pose_measure, t)
    errors = _spans(t, x > check.error, lasting) if verdict == "error" else ()
    return _spans(t, on, lasting), errors, float(t[int(np.argmax(x))]), float(on.mean())


def _spans(t: Floats, mask: Bools, least_s: float) -> tuple[Span, ...]:
    """Where a mask holds for long enough; wherever it holds, if nowhere for so long."""
    runs = _runs(mask, np.diff(t) > GAP_S)
    lasting = [r for r in runs if t[r[1]] - t[r[0]] >= least_s] or runs
    return tuple((float(t[a]), float(t[b])) for a, b in lasting)


def _value(measure: Measure, t: Floats, x: Floats) -> float:
    if measure.take == "median":
        return float(np.median(x))
    if measure.take == "mean":
        return float(np.mean(x))
    if measure.take == "speed":
        return _speed(t, x)
    n = max(1, round(_window_s(measure, t) / _step_s(t)))
    if measure.take == "min":
        return _lasting_low(x, n)
    if measure.take == "range":
        return -_lasting_low(-x, n) - _lasting_low(x, n)
    return -_lasting_low(-x, n)


def _lasting_low(x: Floats, n: int) -> float:
    """The lowest level that x stays at or below for n samples on end."""
    if n >= len(x):
        return float(x.max())
    return float(np.lib.stride_tricks.sliding_window_view(x, n).max(axis=1).min())


def _speed(t: Floats, x: Floats) -> float:
    """The fastest second: root mean square of the speed over it; gaps left out, NaN if all is too short."""
    lag = max(1, round(LAG_S / _step_s(t)))
    steps = t[lag:] - t[:-lag]
    v2 = ((x[lag:] - x[:-lag]) / steps)[steps < GAP_S + LAG_S] ** 2
    n = max(1, round(SPEED_S / _step_s(t)))
    if len(v2) <= n:
        return float(np.sqrt(v2.mean())) if len(v2) else float("nan")
    return float(np.sqrt(np.lib.stride_tricks.sliding_window_view(v2, n).mean(axis=1).max()))


def _window_s(measure: Measure, t: Floats) -> float:
    """How long a value must last: never more than half of the phase, which may be short."""
    return min(measure.for_s, 0.5 * float(t[-1] - t[0]))


def _step_s(t: Floats) -> float:
    return max(LEAST_STEP_S, float(np.median(np.diff(t)))) if len(t) > 1 else 1.0


def hysteresis(x: Floats, on: float, off: float) -> Bools:
    """(n,) True from where x rises beyond ``on`` until it falls below ``off``."""
    above, below = x > on, x <= off
    last_on = np.maximum.accumulate(np.where(above, np.arange(len(x)), -1))
    last_off = np.maximum.accumulate(np.where(below, np.arange(len(x)), -1))
    return last_on > last_off


def _runs(mask: Bools, gaps: Bools) -> list[tuple[int, int]]:
    """First and last index of each run of True; ``gaps`` (n - 1,) is where time is missing after a value."""
    starts = np.flatnonzero(mask & ~np.concatenate(([False], mask[:-1] & ~gaps)))
    ends = np.flatnonzero(mask & ~np.concatenate((mask[1:] & ~gaps, [False])))
    return [(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]
