"""One repetition judged: by its range, its tempo, and every check of its exercise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.engine.body.track import Track
from formcheck.engine.count.full_range import SHORT, FullRange
from formcheck.engine.count.segment import Attempt
from formcheck.engine.count.sides import working_side
from formcheck.engine.count.tempo import measure_tempo, tempo_share
from formcheck.engine.judge.judge import IN_POSE, Judge
from formcheck.engine.judge.judged_span import JudgedSpan, broken, clean
from formcheck.engine.judge.measurement import Measurement, Span
from formcheck.exercises.schema import Exercise
from formcheck.types.event import AttemptFinished, Event, Phase, RepFinished
from formcheck.types.result import Rep, Rom, Tempo

#: So many of the latest frames tell how far frames are apart.
LATEST = 60


@dataclass(frozen=True, slots=True)
class RepJudge:
    """Makes a repetition out of an attempt.

    Attributes
    ----------
    exercise, judge, track : what is done, its checks, and the notebook that holds the frames.
    range : what a full repetition is.
    side, declared : the column that says which side works, None without sides; the side that was said.
    """

    exercise: Exercise
    judge: Judge
    track: Track
    range: FullRange
    side: str | None
    declared: Literal["left", "right"] | None

    def __call__(
        self, n: int, attempt: Attempt, low: float, phases: dict[Phase, Span], lasted: Mapping[Phase, float]
    ) -> tuple[Rep, JudgedSpan]:
        """Repetition number ``n``, which came back to the level ``low``; ``lasted`` as of `timed`."""
        rest, span = phases["rest"], (phases["out"][0], phases["back"][1])
        only: dict[Phase, str] = {"rest": IN_POSE}  # getting into position is no fault
        found = self.judge(self.track, phases, {"rest": rest, "start": rest}, only)
        rules, frame_s = self.exercise.tempo, self._frame_s()
        reason = self.range.shortfall(attempt, low, span[1] - span[0] + frame_s) or _voided(found)
        found += measure_tempo(rules, lasted, phases, frame_s)
        found += self.range.measured(attempt, reason, phases)
        shares = self.range.share(attempt, low), tempo_share(rules, lasted, frame_s)
        judged = JudgedSpan(*span, tuple(found), *shares, reason is None, reason in SHORT)
        rep = Rep(
            n=n,
            side=working_side(self.track, self.side, phases["hold"], self.declared),
            start_s=span[0],
            peak_s=attempt.peak_s,
            end_s=span[1],
            counted=reason is None,
            reason=reason,
            rom=Rom(attempt.excursion, self.range.unit),
            tempo=_tempo(lasted),
            score=judged.grade.score if reason is None else 0,
            findings=tuple(x.finding for x in found),
        )
        return rep, judged

    def _frame_s(self) -> float:
        """Time between two frames; 0 not known."""
        recent = np.diff(self.track.t[-LATEST:])
        return float(np.median(recent)) if len(recent) else 0.0


def _tempo(lasted: Mapping[Phase, float]) -> Tempo | None:
    """The tempo of a repetition of which every part was seen; None of another."""
    return (
        Tempo(lasted["out"], lasted["hold"], lasted["back"])
        if lasted.keys() >= {"out", "hold", "back"}
        else None
    )


def finished(rep: Rep, span: JudgedSpan, counted: int, exercise: Exercise, now: float) -> list[Event]:
    """What is reported of a repetition that has just been judged; ``counted`` are full, with it."""
    attempt = AttemptFinished(
        t=rep.end_s,
        told_t=now,
        n=rep.n,
        side=rep.side,
        counted=rep.counted,
        reason=rep.reason,
        tempo=rep.tempo,
        faults=broken(span.measurements, exercise.tempo),
        clean=clean(span.measurements),
    )
    if not rep.counted:
        return [attempt]
    return [attempt, RepFinished(t=rep.end_s, told_t=now, n=counted, side=rep.side, score=rep.score)]


def _voided(found: list[Measurement]) -> str | None:
    """The broken check that makes the movement another exercise; None if there is none."""
    return next((x.finding.check for x in found if x.limit.void and x.finding.verdict == "error"), None)
