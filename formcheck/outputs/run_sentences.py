"""What a run's report says, as text: for the page and for the terminal alike."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.exercises import catalog
from formcheck.outputs import words
from formcheck.outputs.run_units import Units
from formcheck.types import Fault, Gait, GaitDrift, Metric, Session
from formcheck.types.session import Condition

#: A runner can work on so many things at once; the others are only named.
PRIORITIES = 3

_TOO_SHORT = "The clip is too short to compare early with late (20 strides in each third are needed)."
_NO_CHANGE = "Nothing changed clearly from the first third to the last."

_CONFIDENCE = {
    "high": "High confidence",
    "medium": "Medium confidence",
    "low": "Low confidence: take it as a hint",
}
_GRAVEST_FIRST = ("prevents", "limits", "ok")


@dataclass(frozen=True, slots=True)
class Priority:
    """A fault in words.

    Attributes
    ----------
    value, wanted : its number, typically or at worst, and the limit it should keep.
    sure : how far to trust it, and over how many strides it was taken.
    often : how often and when; with the worst stretch, and the clip where several are joined.
    train : names of exercises that work on it.
    metric : the number behind it; None if the session holds none.
    """

    fault: Fault
    value: str
    wanted: str
    sure: str
    often: str
    train: tuple[str, ...]
    metric: Metric | None


@dataclass(frozen=True, slots=True)
class GaitChange:
    """One number early and late; ``what`` in words what changed."""

    what: str
    early: str
    late: str
    delta: str


def priority(fault: Fault, session: Session, units: Units) -> Priority:
    """A fault as it is shown: by the median where that is beyond the limit, else by the worst stretch."""
    metric, worst = metric_of(fault, session), fault.worst
    limit = None if metric is None else broken(metric)
    shown, wanted = units.judged(worst.value, worst.limit, worst.unit)
    how, other = "at worst", ""
    if metric is not None and metric.value is not None:
        other = f" Typically {units.quantity(metric.value, metric.unit)}."
        if limit is not None:
            how, other = "typically", f" The worst, at {words.clock(worst.t_s)}: {shown}."
            shown, wanted = units.judged(metric.value, limit, metric.unit)
    train = tuple(exercise_name(i) for i in fault.train)
    return Priority(fault, shown, f"{how}; {wanted}", _sure(metric), _often(fault) + other, train, metric)


def metric_of(fault: Fault, session: Session) -> Metric | None:
    """The number that a fault is about."""
    metrics: Mapping[str, Metric] = session.gait.metrics if session.gait else {}
    return metrics.get(fault.metric or "")


def conditions(session: Session) -> list[Condition]:
    """The check of the clip, what hinders most first."""
    return sorted(session.conditions, key=lambda c: _GRAVEST_FIRST.index(c.verdict))


def changes(gait: Gait, units: Units) -> tuple[list[GaitChange], list[GaitChange]]:
    """What changed clearly from early to late, and what did not."""
    compared = [(d.clear, _change(i, d, gait, units)) for i, d in gait.drift.items()]
    return [c for clear, c in compared if clear], [c for clear, c in compared if not clear]


def drift_lines(gait: Gait, units: Units) -> list[str]:
    """The same in one line each; one that says so where nothing changed or nothing could be compared."""
    lines = [f"{c.what}: {c.early} early, {c.late} late ({c.delta})" for c in changes(gait, units)[0]]
    return lines or [no_change(gait)]


def no_change(gait: Gait) -> str:
    """Why there is nothing to say of early against late."""
    return _NO_CHANGE if gait.drift else _TOO_SHORT


def name(i: str, metric: Metric | None) -> str:
    """What a number is: "Lean of the trunk from upright"."""
    return words.sentence(words.short(metric.what if metric else "") or words.plain(i))


def exercise_name(i: str) -> str:
    """The name of an exercise of the catalog; of another, its id in words."""
    known = catalog().get(i)
    return known.name if known else words.sentence(words.plain(i))


def finite(value: float | None) -> bool:
    """Whether there is a number at all."""
    return value is not None and math.isfinite(value)


def broken(metric: Metric) -> float | None:
    """The limit that the median lies beyond."""
    low, high = metric.limits
    if metric.value is None or metric.verdict not in {"warn", "error"}:
        return None
    if low is not None and metric.value < low:
        return low
    return high if high is not None and metric.value > high else None


def unusual(metric: Metric) -> str:
    """How a number without a fault that lies outside what most runners show is called; "" of others.

    It is not fine, and not surely unusual if the pose model may be off by more than that.
    """
    if metric.usual is None or metric.value is None or metric.verdict != "ok":
        return ""
    (low, high), off = metric.usual, metric.error or 0.0
    if low <= metric.value <= high:
        return ""
    surely = not low - off <= metric.value <= high + off
    return "unusual, no fault" if surely else "at the edge of usual"


def _sure(metric: Metric | None) -> str:
    if metric is None:
        return ""
    trust = _CONFIDENCE.get(metric.confidence or "", "")
    if metric.experimental:
        trust = "Experimental: formcheck cannot yet vouch for it"
    strides = f"from {words.count(metric.n, 'stride')}" if metric.n else ""
    return words.sentence(", ".join(filter(None, [trust, strides]))) + "." if trust or strides else ""


def _often(fault: Fault) -> str:
    where = f"of {fault.clip}" if fault.clip else "of the run"
    when = f", at {words.moments(fault.spans)}" if fault.spans else ""
    return f"Seen in {words.count(fault.count, 'stretch', 'stretches')} {where}{when}."


def _change(i: str, drift: GaitDrift, gait: Gait, units: Units) -> GaitChange:
    metric = gait.metrics.get(i)
    unit = drift.unit or (metric.unit if metric else "")
    what = words.sentence(drift.why.rstrip(".")) if drift.clear and drift.why else name(i, metric)
    return GaitChange(
        what,
        units.quantity(drift.early, unit),
        units.quantity(drift.late, unit),
        units.change(drift.delta, unit),
    )
