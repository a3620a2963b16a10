"""The drawn samples against the truth they were drawn from."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.apps.estimate import estimate
from formcheck.engine.recording import judge_recording
from formcheck.pose.looks import looks_of
from formcheck.sources.video import open_source
from formcheck.types import Session
from formcheck.types.kind import is_hold
from validation.labels import SAMPLES
from validation.manifests import drawn
from validation.score import faults_of, invented, missed


@dataclass(frozen=True, slots=True)
class Row:
    """One sample: its truth and formcheck's verdict (None where nobody was found)."""

    truth: dict[str, Any]
    session: Session | None

    @property
    def count_exact(self) -> bool:
        """Whether attempts and repetitions (or the hold, within a second) are those that were drawn."""
        if self.session is None:
            return not self.truth["count"]
        if self.session.holds or is_hold(self.session.exercise.kind):
            return abs((self.session.summary.hold_s or 0.0) - (self.hold_s or 0.0)) <= 1.0
        summary = self.session.summary
        return (summary.attempts, summary.reps) == (len(self.truth["reps"]), self.truth["count"])

    @property
    def hold_s(self) -> float | None:
        """Seconds held in the drawing; None where nothing is held."""
        held = self.truth.get("hold")
        return held["end_s"] - held["start_s"] if held else None

    @property
    def cadence_error(self) -> float:
        """Share by which the cadence is off, 1 where none was found; 0 where nobody runs."""
        drawn = self.truth.get("cadence_spm")
        if not drawn:
            return 0.0
        found = self.session.gait.cadence_spm if self.session and self.session.gait else None
        return abs(found / drawn - 1) if found else 1.0

    @property
    def missed(self) -> list[str]:
        """Planted faults that were not found where they were planted."""
        return missed(faults_of(self.session) if self.session else {}, drawn(self.truth))

    @property
    def invented(self) -> list[str]:
        """Faults that were not planted, with their level."""
        found = faults_of(self.session) if self.session else {}
        return [f"{name} ({found[name][0]})" for name in invented(found, drawn(self.truth))]


def judge_sample(path: Path, end: float | None = None) -> Row:
    """Analyse one sample's pixels, to a second of the clip if one is given, and put it beside its truth."""
    truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    if end is not None:
        truth = _until(truth, end)
    with open_source(path, end=end) as source:
        poses = estimate(source, looks_of())
    if not poses.found.any():
        return Row(truth, None)
    return Row(truth, judge_recording(poses, truth["exercise"]))


def _until(truth: dict[str, Any], end: float) -> dict[str, Any]:
    """What was drawn up to a moment; a repetition that is cut off is none."""
    reps = [rep for rep in truth["reps"] if rep["end_s"] <= end]
    faults = [
        fault | {"end_s": min(fault["end_s"], end)} for fault in truth["faults"] if fault["start_s"] < end
    ]
    kept = {"reps": reps, "count": sum(rep["full"] for rep in reps), "faults": faults}
    hold = truth.get("hold")
    return truth | kept | ({"hold": hold | {"end_s": min(hold["end_s"], end)}} if hold else {})


def rows() -> list[Row]:
    """All samples."""
    return [judge_sample(path) for path in sorted(SAMPLES.glob("*.mp4"))]


def table(found: list[Row]) -> list[str]:
    """The rows as Markdown."""
    lines = [
        "| sample | planted | drawn | formcheck | missed | not planted |",
        "|---|---|---|---|---|---|",
    ]
    for row in found:
        planted = ", ".join(dict.fromkeys(f["id"] for f in row.truth["faults"])) or "nothing"
        missed, invented = ", ".join(row.missed) or "none", ", ".join(row.invented) or "none"
        lines.append(
            f"| {row.truth['name']} | {planted} | {_drawn(row)} | {_result(row)} | {missed} | {invented} |"
        )
    exact = sum(r.count_exact for r in found)
    lines += ["", f"Counts exact on {exact} of {len(found)} samples."]
    return lines


def _drawn(row: Row) -> str:
    if row.truth.get("cadence_spm"):
        return f"{row.truth['cadence_spm']:.0f} spm"
    return f"{row.hold_s:.1f} s" if row.hold_s else f"{row.truth['count']} of {len(row.truth['reps'])}"


def _result(row: Row) -> str:
    if row.session is None:
        return "nobody found"
    s = row.session
    if s.gait is not None:
        return f"{s.gait.cadence_spm:.1f} spm" if s.gait.cadence_spm else "no cadence"
    if s.summary.hold_s is not None:
        return f"{s.summary.hold_s:.1f} s"
    return f"{s.summary.reps} of {s.summary.attempts}"
