"""The real clips of ../shared/clips against their labels; nothing is copied from them but numbers."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.apps.estimate import estimate
from formcheck.engine.recognise.recognise import recognise
from formcheck.engine.session import judge
from formcheck.exercises import catalog, find_exercise
from formcheck.sources.video import open_source
from formcheck.types import Session
from formcheck.types.kind import is_hold
from validation import live

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
    recognised: tuple[tuple[str, float], ...]
    counted_spm: float | None
    live_run: live.LiveRun
    shown: dict[str, str]

    @property
    def sure(self) -> bool:
        """Whether the label is good enough to be scored: one person, confidence high."""
        return self.label["label_confidence"] == "high" and self.label["people"] == "1"

    @property
    def reps(self) -> int | None:
        """Repetitions of the label; None where it names none, or where the exercise is a hold."""
        labelled = self.label["reps"]
        return int(labelled) if labelled.isdigit() and not is_hold(self.session.exercise.kind) else None

    @property
    def hold_s(self) -> float | None:
        """Seconds held by the label; None where it names none."""
        return None if self.label["hold_s"] == "n/a" else float(self.label["hold_s"])

    @property
    def recognition(self) -> str:
        """How telling the exercise went: right, unknown, or what it was taken for."""
        if not self.recognised:
            return "unknown"
        names = {name for name, _ in self.recognised}
        return "right" if names == {self.exercise} else ", ".join(sorted(names))

    @property
    def false_errors(self) -> list[str]:
        """Clear faults on a clip that is labelled without, and that nobody has shown in its frames."""
        if self.label["faults"] != "none seen":
            return []
        return [f.id for f in self.session.faults if f.level == "error" and f.id not in self.shown]


def rows() -> Iterator[Row]:
    """Judge every clip whose exercise the catalog has."""
    labels = tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))
    with (CLIPS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = {row["file"]: row for row in csv.DictReader(file)}
    for file, exercise in labels["exercise"].items():
        with open_source(CLIPS / file) as source:
            poses = estimate(source, "full")
        recognition = recognise(poses, catalog().values())
        yield Row(
            file,
            exercise,
            manifest[file],
            judge(poses, find_exercise(exercise)),
            tuple((s.exercise.id, s.confidence) for s in recognition.stretches),
            _counted_spm(labels["steps"].get(file), manifest[file]),
            live.live(poses, find_exercise(exercise)),
            labels["shown"].get(file, {}),
        )


def _counted_spm(steps: dict[str, Any] | None, label: dict[str, str]) -> float | None:
    if steps is None:
        return None
    seconds = (steps["last_frame"] - steps["first_frame"]) / float(label["fps"])
    return float(60 * steps["counted"] / seconds)


def table(found: list[Row]) -> list[str]:
    """The rows and what they add up to, as Markdown."""
    lines = [
        "| clip | exercise | recognised | label | formcheck | reps | score | coverage | view | faults |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *map(_line, sorted(found, key=lambda r: not r.sure)),
        "",
        "Clips in brackets are not scored: label of low or medium confidence, or more than one person.",
        "",
        *_sums([r for r in found if r.sure]),
    ]
    for row in found:
        spm = row.session.gait.cadence_spm if row.session.gait else None
        if row.counted_spm and spm:
            lines.append(
                f"Cadence of {row.file}: {spm:.1f} steps a minute, counted by eye {row.counted_spm:.1f} "
                f"({abs(spm / row.counted_spm - 1):.1%} apart)."
            )
    return [*lines, "", *_runs(found), *_shown(found)]


def _runs(found: list[Row]) -> list[str]:
    """What the running clips are found to be, what limits them, and every number that is shown."""
    lines = ["| run | found | camera | limits | numbers |", "|---|---|---|---|---|"]
    for row in found:
        gait = row.session.gait
        if gait is None:
            continue
        limits = [c.id for c in row.session.conditions if c.verdict != "ok"]
        numbers = [
            f"{i} {m.value:.3g}{f' ± {m.error:.2g}' if m.error else ''} {m.unit}"
            for i, m in gait.metrics.items()
            if m.value is not None
        ]
        name = row.file.removesuffix(".mp4")
        lines.append(
            f"| {name} | {gait.kind} | {gait.camera} | {', '.join(limits)} | {'; '.join(numbers) or 'none'} |"
        )
    return lines


def _sums(sure: list[Row]) -> list[str]:
    counted = [r for r in sure if r.reps is not None]
    off = [abs(r.session.summary.attempts - (r.reps or 0)) for r in counted]
    held = [r for r in sure if r.hold_s is not None]
    near = [abs((r.session.summary.hold_s or 0.0) - (r.hold_s or 0.0)) <= HOLD_TOLERANCE_S for r in held]
    right = sum(r.recognition == "right" for r in sure)
    wrong = [f"{r.file} as {r.recognition}" for r in sure if r.recognition not in ("right", "unknown")]
    rest = f"unknown on {sum(r.recognition == 'unknown' for r in sure)}, wrong: {'; '.join(wrong) or 'none'}"
    false = [f"{r.file} {', '.join(r.false_errors)}" for r in sure if r.false_errors]
    return [
        f"Attempts exact on {off.count(0)} of {len(off)} clips ({off.count(0) / max(1, len(off)):.0%}).",
        f"Attempts within one on {sum(o <= 1 for o in off)} of {len(off)}.",
        f"Holds within {HOLD_TOLERANCE_S} s on {sum(near)} of {len(near)}.",
        f"Exercise recognised on {right} of {len(sure)} ({right / max(1, len(sure)):.0%}), {rest}.",
        f"Clear faults on clips labelled without, and not shown below: {'; '.join(false) or 'none'}.",
    ]


def _shown(found: list[Row]) -> list[str]:
    shown = [f"- {r.file}, {fault}: {why}" for r in found for fault, why in r.shown.items()]
    return (
        ["", "Clear faults on clips labelled without that we looked into, and what we found:", *shown]
        if shown
        else []
    )


def _line(row: Row) -> str:
    s, summary = row.session, row.session.summary
    label = f"{row.reps} reps" if row.reps is not None else f"{row.hold_s} s" if row.hold_s else "not counted"
    if summary.hold_s is not None:
        result = f"{summary.hold_s:.1f} s"
    elif s.gait is not None:
        spm = s.gait.cadence_spm
        result = f"{spm:.1f} spm, {s.gait.steps} steps" if spm else f"no cadence, {s.gait.steps} slow steps"
    else:
        result = f"{summary.attempts} attempts"
    faults = ", ".join(f"{f.id} ({f.level})" for f in s.faults) or "none"
    score = "none" if summary.score is None else summary.score
    name = row.file.removesuffix(".mp4") if row.sure else f"({row.file.removesuffix('.mp4')})"
    return (
        f"| {name} | {row.exercise} | {row.recognition} | {label} | {result} | {summary.reps} | {score} "
        f"| {summary.coverage:.2f} | {s.view.name} | {faults} |"
    )
