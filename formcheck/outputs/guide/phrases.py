"""What stands in an exercise file as signals, phases and bounds, in words."""

import math
import re
from collections.abc import Iterable

from formcheck.exercises.fields import Bounds
from formcheck.exercises.schema import Cycle, TempoRule
from formcheck.exercises.strides import DriftRule, StrideNumber
from formcheck.exercises.tables import Measure
from formcheck.outputs import words
from formcheck.signals import reading
from formcheck.signals.roles import SIDES

_PHASES = {"rest": "at rest", "out": "on the way out", "hold": "at the peak", "back": "on the way back"}
_TAKES = {
    "median": "the usual value",
    "mean": "the average",
    "min": "the lowest value",
    "max": "the highest value",
    "range": "from the lowest to the highest value",
    "drift": "the farthest from rest",
    "speed": "how fast it changes over a second",
}
_STRIDE = {
    "contact": "as the foot lands",
    "midstance": "in mid-stance",
    "stance": "the highest value in stance",
}
_AGAINST = {
    "rest": "counted from rest before the repetition",
    "start": "counted from the start",
    "stride": "counted from the mean of the stride",
    "midstance": "counted from mid-stance",
}
_TEMPO_PHASES = {
    "either": "each half",
    "out": "the way out",
    "back": "the way back",
    "peak": "the time at the peak",
}
#: Where an unbounded value ends in practice: bounds as wide as this say nothing.
_WIDEST = {"deg": 180.0, "S": 1.5, "1": 1.0}


def listed(parts: Iterable[str], last: str = "and") -> str:
    """One after the other: "a, b and c"."""
    *first, end = parts
    return f"{', '.join(first)} {last} {end}" if first else end


def views(names: Iterable[str]) -> str:
    """Where the camera may stand: "the side or the front"."""
    from_where = {"side": "the side", "front": "the front", "back": "behind", "oblique": "an angle"}
    return listed((from_where.get(name, "along the body") for name in names), "or")


def quantity_of(signal: str) -> str:
    """What a signal measures: "bend of the knee (near side)"."""
    found = reading(signal)
    name = in_words(found.doc)
    return f"{name} ({found.role} side)" if found.role in SIDES else name


def in_words(doc: str) -> str:
    """What a signal's description calls it, within a sentence."""
    name = words.short(doc)
    return name if name.startswith(("Left", "Right")) else name[:1].lower() + name[1:]


def meaning(signal: str) -> str:
    """What its numbers mean, "0 straight"; left out where they would be in another unit than is shown."""
    found = reading(signal)
    doc = found.doc.rstrip(".")[len(words.short(found.doc)) :].lstrip(" ;:.")
    if found.unit == "S" and re.search(r"[1-9]", doc):
        return ""
    return re.sub(r"(?<![\w.])-(?=[\w ])", "−", doc)


def bounds(signal: str, limits: Bounds, unsigned: bool = False) -> str:
    """A range with the ends left out that no body reaches; ``unsigned`` values never fall below 0."""
    unit = reading(signal).unit
    widest = _WIDEST.get(unit, math.inf)
    low, high = limits
    least = None if low <= -widest or (unsigned and low <= 0) else low
    most = None if high >= widest and least is not None else high
    return words.wanted(least, most, unit) + _of(unit)


def ranges(poses: dict[str, Bounds], unsigned: bool = False) -> list[str]:
    """One line a signal: what it measures, its range, and what the numbers mean."""
    lines = []
    for signal, limits in poses.items():
        explained = meaning(signal)
        line = f"{quantity_of(signal)}: {bounds(signal, limits, unsigned)}"
        lines.append(words.sentence(line + (f"; {explained}" if explained and not unsigned else "")))
    return lines


def counted(cycle: Cycle) -> str:
    """What makes a repetition, a step or a second held."""
    lasts = f"{cycle.min_s:g} to {cycle.max_s:g} s"
    if cycle.is_held or cycle.signal is None:
        return "Seconds count while the start pose is kept."
    what = quantity_of(cycle.signal)
    if cycle.is_rhythm:
        return f"Steps are found in the rhythm of the {what}; a step takes {lasts}."
    unit = reading(cycle.signal).unit
    rest, full, least = (exact(x, unit) for x in (cycle.rest, cycle.full, cycle.min_range))
    if cycle.relative:
        way = f"raises it by {full}{_of(unit)} and comes back to within {rest}, in {lasts}"
    else:
        way = f"goes from {rest} to {full}{_of(unit)} and back in {lasts}"
    line = f"{words.sentence(what)}: a repetition {way}. A smaller change, from {least} on, is an attempt."
    return line + (" Left and right are told apart." if cycle.side else "")


def measured(measure: Measure | StrideNumber, reps: bool) -> str:
    """How a measure is read: "the highest value, on the way out and at the peak"."""
    if isinstance(measure, StrideNumber):
        return "the middle value of all strides"
    parts = [_TAKES[measure.take]]
    if reps:
        whole = len(measure.during) == len(_PHASES)
        parts.append("throughout" if whole else listed(_PHASES[phase] for phase in measure.during))
    elif measure.during[0] in _STRIDE:
        parts = [_STRIDE[measure.during[0]]]
    if measure.against:
        parts.append(_AGAINST[measure.against])
    return ", ".join(parts)


def needs(measure: Measure | StrideNumber) -> str:
    """What a clip must have for it to be measured, and whether it is an experiment; empty if neither."""
    lines = [
        f"Needs {measure.least_fps:g} frames per second." if measure.least_fps else "",
        "Needs a still camera." if isinstance(measure, Measure) and measure.still_camera else "",
        "Experimental." if measure.experimental else "",
    ]
    return " ".join(line for line in lines if line)


def usual(limited: Measure | StrideNumber) -> str:
    """What most people show: "usual is 0.18 s to 0.31 s"."""
    if limited.usual is None:
        return "given without a usual range"
    low, high = (exact(x, limited.unit) for x in limited.usual)
    return f"usual is {low} to {high}"


def change(drift: DriftRule, unit: str) -> str:
    """From which change on it is named: "named when at least 3° more"."""
    least = f"{drift.least:g} %" if drift.relative else exact(drift.least, unit)
    return f"named when at least {least} {'more' if drift.tired == 'up' else 'less'}"


def tempo(t: TempoRule) -> tuple[str, str]:
    """What is timed, and from when on it warns or is a clear fault."""
    line = f"warns below {t.warn:g} s"
    return _TEMPO_PHASES[t.half], line + (f", clear fault below {t.error:g} s" if t.error is not None else "")


def beyond(value: float | None, upper: bool, unit: str) -> str:
    """From where on: "above 12°"; a dash if there is no such level."""
    return "–" if value is None else f"{'above' if upper else 'below'} {exact(value, unit)}"


def exact(value: float | None, unit: str) -> str:
    """A number of the file, with a decimal where it has one: "3.5°"."""
    shown = (value or 0.0) * words.factor(unit)
    fine = unit in {"1", ""} or math.isclose(shown, round(shown, 1 if unit == "s" else 0))
    return words.quantity(value, unit, finer=0 if fine else 1, brief=True)


def _of(unit: str) -> str:
    return " of trunk length" if unit == "S" else ""
