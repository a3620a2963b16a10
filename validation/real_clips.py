"""The real clips of ../shared/clips against their labels; nothing is copied from them but numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from formcheck.apps.estimate import estimate
from formcheck.engine.recording import judge_recording
from formcheck.exercises import find_exercise
from formcheck.pose.looks import looks_of
from formcheck.sources.video import open_source
from formcheck.types import Session
from validation import live
from validation.labels import SHARED, Label
from validation.manifests import clip_labels, looked_up
from validation.score import HOLD_S, count_error, faults_of, hold_right, invented, recognition, said

CLIPS = SHARED / "clips"


@dataclass(frozen=True, slots=True)
class Row:
    """One clip: what its label says, and what formcheck says of it named, recognised and live."""

    file: str
    label: Label
    session: Session
    recognised: tuple[str, ...]
    live_run: live.LiveRun

    @property
    def recognition(self) -> str:
        """How telling the exercise went: right, unknown, or what it was taken for."""
        kind = recognition(self.recognised, self.label)
        return ", ".join(sorted(set(self.recognised))) if kind == "wrong" else str(kind)

    @property
    def false_errors(self) -> list[str]:
        """Clear faults on a clip that is labelled without, and that nobody has shown in its frames."""
        faults = faults_of(self.session)
        return (
            [] if self.label.faults else [f for f in invented(faults, self.label) if faults[f][0] == "error"]
        )


def rows() -> Iterator[Row]:
    """Judge every clip whose exercise the catalog has."""
    for file, label in clip_labels().items():
        if label.named is None:
            continue
        with open_source(CLIPS / file) as source:
            poses = estimate(source, looks_of())
        recognised = said(judge_recording(poses)).exercises
        session = judge_recording(poses, label.named)
        yield Row(file, label, session, recognised, live.live(poses, find_exercise(label.named)))


def table(found: list[Row]) -> list[str]:
    """The rows and what they add up to, as Markdown."""
    lines = [
        "| clip | exercise | recognised | label | formcheck | reps | score | coverage | view | faults |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *map(_line, sorted(found, key=lambda r: not r.label.sure)),
        "",
        "Clips in brackets are not scored: label of low or medium confidence, or more than one person.",
        "",
        *_sums([r for r in found if r.label.sure]),
    ]
    for row in found:
        spm = row.session.gait.cadence_spm if row.session.gait else None
        counted = row.label.cadence_spm
        if counted and spm:
            lines.append(
                f"Cadence of {row.file}: {spm:.1f} steps a minute, counted by eye {counted:.1f} "
                f"({abs(spm / counted - 1):.1%} apart)."
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
    named = [(said(r.session), r.label) for r in sure]
    off = [error for one in named if (error := count_error(*one)) is not None]
    held = [hold_right(*one) for one in named if one[1].hold_s is not None]
    right = sum(r.recognition == "right" for r in sure)
    wrong = [f"{r.file} as {r.recognition}" for r in sure if r.recognition not in ("right", "unknown")]
    rest = f"unknown on {sum(r.recognition == 'unknown' for r in sure)}, wrong: {'; '.join(wrong) or 'none'}"
    false = [f"{r.file} {', '.join(r.false_errors)}" for r in sure if r.false_errors]
    return [
        f"Attempts exact on {off.count(0)} of {len(off)} clips ({off.count(0) / max(1, len(off)):.0%}).",
        f"Attempts within one on {sum(o <= 1 for o in off)} of {len(off)}.",
        f"Holds within {HOLD_S} s on {sum(held)} of {len(held)}.",
        f"Exercise recognised on {right} of {len(sure)} ({right / max(1, len(sure)):.0%}), {rest}.",
        f"Clear faults on clips labelled without, and not shown below: {'; '.join(false) or 'none'}.",
    ]


def _shown(found: list[Row]) -> list[str]:
    looked_into = looked_up()["shown"]
    shown = [f"- {r.file}, {f}: {why}" for r in found for f, why in looked_into.get(r.file, {}).items()]
    return (
        ["", "Clear faults on clips labelled without that we looked into, and what we found:", *shown]
        if shown
        else []
    )


def _line(row: Row) -> str:
    s, summary = row.session, row.session.summary
    true = row.label
    counted = f"{true.attempts} reps" if true.attempts is not None else "not counted"
    label = f"{true.hold_s} s" if true.hold_s else counted
    if summary.hold_s is not None:
        result = f"{summary.hold_s:.1f} s"
    elif s.gait is not None:
        spm = s.gait.cadence_spm
        result = f"{spm:.1f} spm, {s.gait.steps} steps" if spm else f"no cadence, {s.gait.steps} slow steps"
    else:
        result = f"{summary.attempts} attempts"
    faults = ", ".join(f"{f.id} ({f.level})" for f in s.faults) or "none"
    score = "none" if summary.score is None else summary.score
    bare = row.file.removesuffix(".mp4")
    name = bare if row.label.sure else f"({bare})"
    return (
        f"| {name} | {true.exercise} | {row.recognition} | {label} | {result} | {summary.reps} | {score} "
        f"| {summary.coverage:.2f} | {s.view.name} | {faults} |"
    )
