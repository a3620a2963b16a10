"""The real clips of ../shared/clips against their labels; nothing is copied from them but numbers."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.apps.analysis import estimate
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.sources.video import open_source
from formcheck.types import Session

HERE = Path(__file__).parent
CLIPS = HERE.parents[1] / "shared" / "clips"
HOLD_TOLERANCE_S = 1.5


@dataclass(frozen=True, slots=True)
class Row:
    """One clip: what its label says, and what formcheck says."""

    file: str
    exercise: str
    label: dict[str, str]
    session: Session
    counted_spm: float | None

    @property
    def reps(self) -> int | None:
        """Repetitions of the label; None where it names none."""
        return int(self.label["reps"]) if self.label["reps"].isdigit() else None

    @property
    def hold_s(self) -> float | None:
        """Seconds held by the label; None where it names none."""
        return None if self.label["hold_s"] == "n/a" else float(self.label["hold_s"])


def rows() -> Iterator[Row]:
    """Judge every clip that this version knows; single person, label of high confidence."""
    labels = tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))
    with (CLIPS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = {row["file"]: row for row in csv.DictReader(file)}
    for file, exercise in labels["exercise"].items():
        with open_source(CLIPS / file) as source:
            poses = estimate(source, "full")
        session = judge(poses, find_exercise(exercise))
        yield Row(
            file, exercise, manifest[file], session, _counted_spm(labels["steps"].get(file), manifest[file])
        )


def _counted_spm(steps: dict[str, Any] | None, label: dict[str, str]) -> float | None:
    if steps is None:
        return None
    seconds = (steps["last_frame"] - steps["first_frame"]) / float(label["fps"])
    return float(60 * steps["counted"] / seconds)


def table(found: list[Row]) -> list[str]:
    """The rows and what they add up to, as Markdown."""
    lines = [
        "| clip | exercise | label | formcheck | reps | score | coverage | view | faults |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [_line(row) for row in found]
    counted = [r for r in found if r.reps is not None and r.label["label_confidence"] == "high"]
    off = [abs(r.session.summary.attempts - (r.reps or 0)) for r in counted]
    held = [r for r in found if r.hold_s is not None and r.label["label_confidence"] == "high"]
    near = [abs((r.session.summary.hold_s or 0.0) - (r.hold_s or 0.0)) <= HOLD_TOLERANCE_S for r in held]
    lines += [
        "",
        f"Attempts exact on {off.count(0)} of {len(off)} clips ({off.count(0) / max(1, len(off)):.0%}).",
        f"Attempts within one on {sum(o <= 1 for o in off)} of {len(off)}.",
        f"Holds within {HOLD_TOLERANCE_S} s on {sum(near)} of {len(near)}.",
    ]
    for row in found:
        spm = row.session.gait.cadence_spm if row.session.gait else None
        if row.counted_spm and spm:
            lines.append(
                f"Cadence of {row.file}: {spm:.1f} steps a minute, counted by eye {row.counted_spm:.1f} "
                f"({abs(spm / row.counted_spm - 1):.1%} apart)."
            )
    return lines


def _line(row: Row) -> str:
    s, summary = row.session, row.session.summary
    label = f"{row.reps} reps" if row.reps is not None else f"{row.hold_s} s" if row.hold_s else "running"
    if row.hold_s is not None:
        told = f"{summary.hold_s:.1f} s"
    elif s.gait is not None:
        spm = s.gait.cadence_spm
        told = f"{spm:.1f} spm, {s.gait.steps} steps" if spm else f"no cadence, {s.gait.steps} slow steps"
    else:
        told = f"{summary.attempts} attempts"
    faults = ", ".join(f"{f.id} ({f.level})" for f in s.faults) or "none"
    score = "none" if summary.score is None else summary.score
    return (
        f"| {row.file.removesuffix('.mp4')} | {row.exercise} | {label} | {told} | {summary.reps} | {score} "
        f"| {summary.coverage:.2f} | {s.view.name} | {faults} |"
    )
