"""Out of everything the engine noted, the one result that outputs, store and plan read."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

import numpy as np

from formcheck.engine.analyser import Analyser, Outcome
from formcheck.engine.calibrate import Calibration
from formcheck.engine.capture.advice import advice
from formcheck.engine.capture.conditions import conditions
from formcheck.engine.capture.not_counted import not_counted
from formcheck.engine.capture.time_scale import slower_than_life
from formcheck.engine.gait.stride_judge import TOO_FEW, stride_part
from formcheck.engine.gait.tracker import GaitTracker
from formcheck.engine.judge.measure import PreparedCheck as Limit
from formcheck.engine.judge.measurement import Measurement, Span
from formcheck.engine.judge.score import weight
from formcheck.engine.judge.sure import by_check
from formcheck.engine.pieces import ClipPiece, pieces_of
from formcheck.engine.settled import Settled, settled_of
from formcheck.engine.summary import summary_of
from formcheck.engine.traces import traces
from formcheck.exercises.schema import Exercise
from formcheck.types.pose import PoseSequence
from formcheck.types.reason import Reason
from formcheck.types.session import (
    Check,
    ExerciseRecord,
    Fault,
    Session,
    SourceRecord,
    ViewRecord,
    Worst,
)
from formcheck.types.text import plain
from formcheck.types.verdict import RANK
from formcheck.version import __version__

#: Spans of one fault this close together are one span to a reader.
JOIN_S = 0.25


def judge(poses: PoseSequence, exercise: Exercise, pieces: Sequence[ClipPiece] = ()) -> Session:
    """Judge a recording from its poses; as `outcome_of` takes them."""
    return session_of(outcome_of(poses, exercise, pieces), poses)


def outcome_of(poses: PoseSequence, exercise: Exercise, pieces: Sequence[ClipPiece] = ()) -> Outcome:
    """Everything that the engine finds in a recording.

    Parameters
    ----------
    pieces : what is steady in each stretch of it; none lets a first pass over the poses find them.
    """
    first, *others = pieces or pieces_of(poses, exercise)
    analyser = Analyser(exercise, first.calibration, (poses.width_px, poses.height_px))
    analyser.over(first.of(poses))
    for piece in others:
        analyser.turn(piece.calibration, cut=piece.cut)
        analyser.over(piece.of(poses))
    return analyser.finish()


def session_of(outcome: Outcome, poses: PoseSequence) -> Session:
    """The session of a finished clip; what most of it shows speaks for the view."""
    exercise, calibration = outcome.exercise, outcome.calibration
    found = settled_of(outcome, poses)
    run = outcome.tracker.run if isinstance(outcome.tracker, GaitTracker) else None
    slow = None if calibration.live else slower_than_life(poses, exercise, calibration, run)
    passed_over = not_counted(outcome.tracker.passed_over, counted=bool(outcome.tracker.judged))
    return Session(
        formcheck=__version__,
        source=source_record(poses),
        model=poses.model,
        exercise=ExerciseRecord(exercise.id, exercise.name, exercise.kind, exercise.digest, exercise.status),
        view=_view(calibration),
        summary=summary_of(outcome, found),
        result=found.result,
        faults=_faults(outcome, found),
        checks=_checks(outcome, found),
        capture=(*passed_over, *advice(poses, exercise, calibration, run, slow)),
        conditions=conditions(poses, calibration, run, slow) if run else (),
        traces=traces(outcome, run),
        not_judged=exercise.not_judged,
    )


def source_record(poses: PoseSequence) -> SourceRecord:
    """What the input was."""
    t, info = poses.t, poses.source
    span = float(t[-1] - t[0]) if len(t) > 1 else 0.0
    fps = (len(t) - 1) / span if span else None
    return SourceRecord(
        name=plain(info.name),
        sha256=info.sha256,
        duration_s=span + (1.0 / fps if fps else 0.0),
        fps=fps,
        width_px=poses.width_px,
        height_px=poses.height_px,
        frames=len(t),
        frames_with_pose=int(poses.found.sum()),
    )


def _view(calibration: Calibration) -> ViewRecord:
    side_on = calibration.view.name in ("side", "oblique")
    facing = None if np.isnan(calibration.facing) else "right" if calibration.facing > 0 else "left"
    near = calibration.near_side if side_on else None
    name = "unknown" if calibration.view.name == "axial" else calibration.view.name
    return ViewRecord(name, facing if side_on else None, near)  # type: ignore[arg-type]


def _faults(outcome: Outcome, found: Settled) -> tuple[Fault, ...]:
    faults, exercise = [], outcome.exercise
    for name, measurements in by_check(found.judged).items():
        broken = [m for m in measurements if m.finding.verdict in ("warn", "error")]
        if broken:
            count = sum(any(m in broken for m in span.measurements) for span in found.judged)
            fault = _fault(name, broken, count, _metric(outcome, exercise, broken))
            fault = replace(fault, confidence=found.confidence.get(name))
            faults.append((fault, sum(weight(m) for m in broken)))
    stride = {c.id for c in outcome.judge.checks if exercise.is_gait and stride_part(c.measure)}
    faults.sort(key=lambda fw: (fw[0].level != "error", fw[0].id in stride, not fw[0].safety, -fw[1]))
    return tuple(fault for fault, _ in faults)


def _metric(outcome: Outcome, exercise: Exercise, broken: Sequence[Measurement]) -> str | None:
    """The number of a run that the worst of some findings is about."""
    if not exercise.is_gait:
        return None
    worst = max(broken, key=_badness)
    return next(exercise.name_of(c.measure) for c in outcome.judge.checks if c.limit is worst.limit)


def _fault(name: str, broken: Sequence[Measurement], count: int, metric: str | None) -> Fault:
    worst = max(broken, key=_badness)
    f = worst.finding
    return Fault(
        id=name,
        cue=worst.limit.say,
        why=worst.limit.why,
        level="error" if f.verdict == "error" else "warn",
        safety=worst.limit.safety,
        count=count,
        worst=Worst(f.value or 0.0, f.unit, f.limit or 0.0, worst.worst_s),
        spans=_joined(span for m in broken for span in m.spans),
        joints=worst.joints,
        train=worst.limit.train,
        metric=metric,
    )


def _badness(measurement: Measurement) -> tuple[int, float]:
    """Orders broken findings: level first, then how far beyond the limit."""
    f = measurement.finding
    return RANK.index(f.verdict), abs((f.value or 0.0) - (f.limit or 0.0))


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= JOIN_S:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _checks(outcome: Outcome, found: Settled) -> tuple[Check, ...]:
    grouped = by_check(found.judged)
    order = dict.fromkeys([c.id for c in outcome.judge.checks] + list(grouped))
    # of a check with a measure for each view, the first that this clip can show
    backwards = outcome.judge.checks[::-1]
    prepared = {c.id: c for c in backwards} | {c.id: c for c in backwards if c.blocked is None}
    shut = {id(c.limit) for c in outcome.judge.checks if c.blocked}
    shown = {name: _shown(measurements, shut) for name, measurements in grouped.items()}
    checked = (_check(name, shown.get(name, []), prepared.get(name)) for name in order)
    measures = {name: outcome.exercise.name_of(check.measure) for name, check in prepared.items()}
    return tuple(replace(check, measure=measures.get(check.id, check.id)) for check in checked)


def _shown(measurements: Sequence[Measurement], shut: Container[int]) -> Sequence[Measurement]:
    """Without those of limits that this clip cannot show, where there are others."""
    seen = [m for m in measurements if m.finding.verdict != "not_assessable" or id(m.limit) not in shut]
    return seen or measurements


def _check(name: str, measurements: Sequence[Measurement], prepared: Limit | None) -> Check:
    # a run's first blocks are too short
    measurements = [m for m in measurements if m.finding.reason != TOO_FEW] or measurements
    assessed = [t for t in measurements if t.finding.verdict != "not_assessable"]
    what = measurements[0].what if measurements else prepared.measure.what if prepared else ""
    if not assessed:
        blocked = prepared.blocked if prepared else None
        unassessed = next((t.finding.reason for t in measurements if t.finding.reason), None)
        reason = blocked or unassessed or Reason("nothing_happened")
        return Check(name, "not_assessable", reason, _seen(measurements), what)
    worst = max((t.finding.verdict for t in assessed), key=RANK.index)
    if worst == "ok" and len(assessed) < 0.5 * len(measurements):
        reason = Reason("seen_in_few", seen=len(assessed), of=len(measurements))
        return Check(name, "not_assessable", reason, _seen(measurements), what)
    return Check(name, worst, None, _seen(measurements), what)


def _seen(measurements: Sequence[Measurement]) -> float:
    return float(np.mean([t.finding.seen for t in measurements])) if measurements else 0.0
