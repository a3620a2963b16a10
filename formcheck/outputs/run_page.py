"""What the report of a run says, in its order; the template only sets it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from formcheck.messages import sentence
from formcheck.outputs import run_bar, run_chart, run_figure, words
from formcheck.outputs.page import Tile, frame, picture, score_tile
from formcheck.outputs.run_sentences import (
    PRIORITIES,
    Priority,
    broken,
    changes,
    conditions,
    name,
    no_change,
    priority,
    unusual,
)
from formcheck.outputs.run_units import Units
from formcheck.outputs.verdict import hidden
from formcheck.types import Check, Gait, Metric, Session
from formcheck.types.session import ClipRecord

#: So many drawings of the run stand open; the others unfold.
_OPEN_CHARTS = 4


def run_page(session: Session, created: str | None, evidence: Mapping[str, bytes]) -> dict[str, Any]:
    """Everything that the template of a run needs, by name."""
    gait, units = session.gait, Units(session.height_m)
    assert gait is not None
    seen = {i: m for i, m in gait.metrics.items() if m.verdict != "not_assessable"}
    found = [priority(fault, session, units) for fault in session.faults]
    changed, unchanged = changes(gait, units)
    charts = _charts(session, gait, units)
    return {
        **frame(session, created),
        "tiles": run_tiles(session, gait),
        "clips": [_clip(clip) for clip in session.clips or ()],
        "conditions": conditions(session),
        "priorities": [_priority(p, units, evidence) for p in found[:PRIORITIES]],
        "also": found[PRIORITIES:],
        "posture": [_row(i, m, units) for i, m in seen.items() if m.part == "posture"],
        "stride": [_row(i, m, units) for i, m in seen.items() if m.part == "stride"],
        "about": "Lengths come from your height and the camera: right within about 8 %."
        if units.height_m
        else "",
        "walked": gait.kind == "walk",
        "ran": gait.kind == "run",
        "strip": _strip(session),
        "side": session.mean_stride.side if session.mean_stride else "",
        "curves": _curves(session, units),
        "compared": bool(gait.drift),
        "changed": changed,
        "unchanged": unchanged,
        "no_drift": no_change(gait),
        "charts": charts[:_OPEN_CHARTS],
        "more_charts": charts[_OPEN_CHARTS:],
        "hidden": hidden(_unseen(session.checks, gait.metrics)),
        "frame": run_chart.FRAME,
        "figure": run_figure,
        "bar": run_bar,
    }


def run_tiles(session: Session, gait: Gait) -> list[Tile]:
    """Cadence, how much was measured, and the score."""
    cadence = "–" if gait.cadence_spm is None else f"{gait.cadence_spm:.0f}"
    measured = (gait.strides, "strides measured") if gait.strides else (gait.steps, "steps measured")
    first = [Tile(cadence, "steps a minute"), Tile(str(measured[0]), measured[1])]
    return first if gait.kind == "walk" else [*first, score_tile(session)]


def _clip(clip: ClipRecord) -> dict[str, Any]:
    near = f", {clip.view.near_side} side near" if clip.view.near_side else ""
    return {
        "name": clip.source.name,
        "view": words.sentence(words.view(clip.view.name)) + near,
        "length": words.duration(clip.source.duration_s),
        "cadence": "–" if clip.cadence_spm is None else words.number(clip.cadence_spm, 0),
        "steps": str(clip.steps),
        "limits": [sentence(c.told) for c in clip.conditions if c.verdict != "ok"],
    }


def _priority(priority: Priority, units: Units, evidence: Mapping[str, bytes]) -> dict[str, Any]:
    fault, metric = priority.fault, priority.metric
    at, worst = words.clock(fault.worst.t_s), units.quantity(fault.worst.value, fault.worst.unit)
    return {
        "priority": priority,
        "fault": fault,
        "bar": run_bar.bar(metric, fault.worst.value, units) if metric else None,
        "picture": picture(fault, evidence),
        "worst_at": at,
        "alt": f"The runner at {at}, the worst moment, the joints marked. Measured {worst}.",
    }


def _row(i: str, m: Metric, units: Units) -> dict[str, Any]:
    error = f"±{units.quantity(m.error, m.unit)}" if m.error else ""
    return {
        "name": name(i, m),
        "more": words.sentence(m.what[len(words.short(m.what)) :].strip(" ;:.")),
        "of": units.axis(m.unit) if m.unit.startswith("S") and not units.height_m else "",
        "value": units.quantity(m.value, m.unit),
        "error": error,
        "wanted": units.wanted(m.limits, m.unit),
        "usual": units.wanted(m.usual, m.unit) if m.usual else "",
        "spread": units.quantity(m.spread, m.unit),
        "n": str(m.n),
        "confidence": m.confidence or "–",
        "experimental": m.experimental,
        "verdict": m.verdict if m.limits != (None, None) else "",
        "unusual": unusual(m),
        "at_times": m.verdict in {"warn", "error"} and broken(m) is None,
    }


def _unseen(checks: Iterable[Check], metrics: Mapping[str, Metric]) -> list[Check]:
    """Every number and check that could not be judged, under its short name."""
    numbers = [Check(i, m.verdict, m.reason, 0.0, name(i, m)) for i, m in metrics.items()]
    others = [check for check in checks if (check.measure or check.id) not in metrics]
    return numbers + [replace(c, what=words.short(c.what) or words.plain(c.id)) for c in others]


def _strip(session: Session) -> list[run_figure.StickFigure]:
    return run_figure.strip(session.mean_stride, session.view.facing) if session.mean_stride else []


def _curves(session: Session, units: Units) -> list[run_chart.Chart]:
    stride = session.mean_stride
    if stride is None:
        return []
    return [c for curve in stride.curves if (c := run_chart.curve_chart(curve, stride.contact, units))]


def _charts(session: Session, gait: Gait, units: Units) -> list[run_chart.Chart]:
    """Every number over the run: those of faults and clear changes first."""
    telling = {fault.metric for fault in session.faults}
    telling |= {i for i, d in gait.drift.items() if d.clear and i in gait.metrics}
    faults = {fault.id for fault in session.faults}
    first = sorted(session.traces, key=lambda t: t.id not in faults and t.measure not in telling)
    return [c for trace in first if (c := run_chart.trace_chart(trace, gait.drift_spans, units))]
