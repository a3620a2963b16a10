"""Repetitions: attempts found relative to the person's range, then judged by the exercise's own limits."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import Calibration
from formcheck.engine.count.segment import Attempt, Excursions
from formcheck.engine.count.sides import working_side
from formcheck.engine.count.typical_rom import LearnedRom
from formcheck.engine.judge.judge import IN_POSE, WEAK, Judge
from formcheck.engine.judge.judged_span import RANGE, JudgedSpan, broken, clean
from formcheck.engine.judge.measure import Measurement, Span
from formcheck.engine.judge.score import score
from formcheck.exercises.schema import Cycle, Exercise, Half
from formcheck.exercises.schema import TempoRule as Pace
from formcheck.exercises.tables import Limit
from formcheck.signals.registry import reading
from formcheck.types.event import AttemptFinished, Event, Phase, RepFinished
from formcheck.types.session import Finding, Rep, Rom, Tempo
from formcheck.types.verdict import Verdict

Floats = NDArray[np.floating]

#: Each half is timed, and the peak bounded, by these shares of the repetition's own excursion.
EDGE, TOP = 0.05, 0.90
#: Rest before a repetition is looked at this far back.
REST_S = 2.0
#: While it lasts, it is compared with this much of that rest.
LIVE_REST_S = 1.0
#: A repetition may start and end this share of the way from rest to full.
LOOSE = 0.25
#: A gap this short may be bridged (specification 1.10).
GAP_S = 0.17
TEMPO_WHAT: dict[Half, str] = {
    "either": "Seconds for the quicker half of the repetition.",
    "out": "Seconds for the way out.",
    "back": "Seconds for the way back.",
    "peak": "Seconds at the peak.",
}
#: Range and tempo have their own parts of the score, so their findings weigh nothing in the form part.
_SCORED_APART = 0.0


class RepCounter:
    """Counts and judges repetitions.

    Parameters
    ----------
    cycle : the cycle that this clip can show.
    """

    def __init__(
        self, exercise: Exercise, cycle: Cycle, calibration: Calibration, judge: Judge, track: Track
    ) -> None:
        if cycle.signal is None or cycle.min_range is None:
            raise ValueError(f"{exercise.id}: repetitions need a cycle with a signal")
        self.reps: list[Rep] = []
        self.closed: list[JudgedSpan] = []
        self._exercise, self._cycle, self._judge, self._track = exercise, cycle, judge, track
        self._signal = cycle.signal
        self._declared = calibration.declared
        self._learned = LearnedRom((cycle.full or 0.0) - (cycle.rest or 0.0)) if calibration.live else None
        habit = self._learned or calibration.usual
        self._find = Excursions(habit, cycle.min_range, cycle.min_s, cycle.max_s)
        self._free_s = -np.inf
        #: Another view than the cycle's shows less: enough is enough, but too little says nothing.
        self._exact = calibration.view.name in cycle.views

    @property
    def progress(self) -> float:
        """0..1 through the person's own range; NaN where it cannot be seen."""
        return self._find.progress

    @property
    def phase(self) -> Phase:
        """Where in the repetition the last frame was, as far as it can be known yet."""
        if self._find.state == "out" and self._find.reached >= TOP:
            return "hold" if self._find.progress >= TOP * min(1.0, self._find.reached) else "back"
        return self._find.state

    @property
    def baseline_span(self) -> Span:
        """Where the rest values lie that the running repetition is compared with."""
        return self._find.rest_until_s - LIVE_REST_S, self._find.rest_until_s

    @property
    def counted(self) -> int:
        """Full repetitions so far."""
        return sum(rep.counted for rep in self.reps)

    def step(self, t: float, *, present: bool) -> list[Event]:
        """Take the newest row of the track; ``present`` whether a person is in view."""
        q = float(self._track.values(WEAK + self._signal, slice(-1, None))[0])
        attempt = self._find.step(t, q, present=present)
        return [] if attempt is None else self._finish(attempt, t)

    def finish(self, t: float) -> list[Event]:
        """The clip is over: close what had all but come back."""
        attempt = self._find.finish()
        return [] if attempt is None else self._finish(attempt, t)

    def _finish(self, attempt: Attempt, now: float) -> list[Event]:
        if not self._in_position(attempt):
            return []
        if self._learned is not None:
            self._learned.learn(attempt.excursion, attempt.end_s - attempt.start_s)
        rows = self._track.between(max(self._free_s, attempt.start_s - REST_S), attempt.end_s)
        t, q = self._track.t[rows], self._track.values(WEAK + self._signal, rows)
        phases, times = split(t, q, attempt)
        tempo = times if self._unbroken(t, q, phases) else None
        self._free_s = attempt.end_s
        rest_s = phases["rest"]
        only: dict[Phase, str] = {"rest": IN_POSE}  # getting into position is no fault
        taken = self._judge(self._track, phases, {"rest": rest_s, "start": rest_s}, only)
        low = float(np.nanmin(q[t >= attempt.peak_s]))
        reason = self._shortfall(attempt, low, phases["back"][1] - phases["out"][0]) or _voided(taken)
        taken += [*self._tempo(tempo, phases), *self._range(attempt, reason, phases)]
        points, coverage = score(taken, self._range_share(attempt), self._tempo_share(tempo))
        counted = reason is None
        column = WEAK + self._cycle.side if self._cycle.side else None
        side = working_side(self._track, column, phases["hold"], self._declared)
        start_s, end_s = phases["out"][0], phases["back"][1]
        self.closed.append(JudgedSpan(start_s, end_s, tuple(taken), points, coverage, counted))
        rep = Rep(
            n=len(self.reps) + 1,
            side=side,
            start_s=start_s,
            peak_s=attempt.peak_s,
            end_s=end_s,
            counted=counted,
            reason=reason,
            rom=Rom(attempt.excursion, reading(self._signal).signal.unit),
            tempo=tempo,
            score=points if counted else 0,
            findings=tuple(t.finding for t in taken),
        )
        self.reps.append(rep)
        return self._events(rep, taken, now)

    def _in_position(self, attempt: Attempt) -> bool:
        """Whether the start pose was kept at some moment of it or shortly before: else it is no attempt.

        Where the pose cannot be seen, the movement speaks for itself.
        """
        kept = self._track.values(IN_POSE, self._track.between(attempt.start_s - 1.0, attempt.end_s))
        return bool(np.isnan(kept).all() or (kept == 1).any())

    def _events(self, rep: Rep, taken: list[Measurement], now: float) -> list[Event]:
        told: list[Event] = [
            AttemptFinished(
                t=rep.end_s,
                told_t=now,
                n=rep.n,
                side=rep.side,
                counted=rep.counted,
                reason=rep.reason,
                tempo=rep.tempo,
                faults=broken(taken, self._exercise.tempo),
                clean=clean(taken),
            )
        ]
        if rep.counted:
            told.append(RepFinished(t=rep.end_s, told_t=now, n=self.counted, side=rep.side, score=rep.score))
        return told

    def _shortfall(self, attempt: Attempt, low: float, lasted_s: float) -> str | None:
        """Why an attempt is no full repetition; None if it is one."""
        cycle = self._cycle
        rest, full = cycle.rest or 0.0, cycle.full or 0.0
        zero = attempt.base if cycle.relative else 0.0
        if attempt.top - zero < full:
            return RANGE if self._exact else "range_not_seen"
        if low - zero > rest + LOOSE * (full - rest):
            return "incomplete_return"
        return "too_fast" if lasted_s < cycle.min_s else None

    def _range(self, attempt: Attempt, reason: str | None, phases: Mapping[Phase, Span]) -> list[Measurement]:
        wording = self._exercise.range
        if wording is None:
            return []
        full = self._cycle.full or 0.0
        reached = attempt.excursion if self._cycle.relative else attempt.top
        unit = reading(self._signal).signal.unit
        short = reason == RANGE
        finding = Finding(RANGE, reached, unit, full, "warn" if short else "ok", 1.0)
        if reason == "range_not_seen":
            why = "this view shows less of the movement than there is"
            finding = Finding(RANGE, None, unit, None, "not_assessable", 1.0, why)
        limit = Limit(warn=full, say=wording.say, why=wording.why, weight=_SCORED_APART)
        span = (phases["out"][0], phases["back"][1])
        where = ((span,), (), attempt.peak_s, 1.0) if short else ()
        return [Measurement(finding, limit, wording.what, (), *where)]

    def _tempo(self, tempo: Tempo | None, phases: Mapping[Phase, Span]) -> list[Measurement]:
        return [self._pace(name, limit, tempo, phases) for name, limit in self._exercise.tempo.items()]

    def _pace(
        self, name: str, wording: Pace, tempo: Tempo | None, phases: Mapping[Phase, Span]
    ) -> Measurement:
        limit = Limit(warn=wording.warn, say=wording.say, why=wording.why, weight=_SCORED_APART)
        what = TEMPO_WHAT[wording.half]
        if tempo is None:
            hidden = Finding(name, None, "s", None, "not_assessable", 0.0, "not seen all the way")
            return Measurement(hidden, limit, what)
        lasted, phase = _part(tempo, wording.half)
        most, error = lasted + self._frame_s(), wording.error or 0.0
        verdict: Verdict = "error" if most < error else "warn" if most < wording.warn else "ok"
        broken = wording.error if verdict == "error" else wording.warn
        finding = Finding(name, lasted, "s", broken, verdict, 1.0)
        span = phases[phase]
        where = ((span,), (), sum(span) / 2, 1.0) if verdict != "ok" else ()
        return Measurement(finding, limit, what, (), *where)

    def _range_share(self, attempt: Attempt) -> float:
        least = (self._cycle.full or 0.0) - (self._cycle.rest or 0.0)
        target = self._cycle.target or least
        return float(np.clip((attempt.excursion - 0.5 * least) / (target - 0.5 * least), 0.0, 1.0))

    def _tempo_share(self, tempo: Tempo | None) -> float | None:
        limits = self._exercise.tempo.values()
        if not limits or tempo is None:
            return None
        return min(self._pace_share(limit, tempo) for limit in limits)

    def _pace_share(self, limit: Pace, tempo: Tempo) -> float:
        lasted, error = _part(tempo, limit.half)[0] + self._frame_s(), limit.error or 0.0
        return float(np.clip((lasted - error) / (limit.warn - error), 0.0, 1.0))

    @staticmethod
    def _unbroken(t: Floats, q: Floats, phases: Mapping[Phase, Span]) -> bool:
        """Whether the signal was seen all the way: what happened in a gap has no tempo."""
        within = t[(t >= phases["out"][0]) & (t <= phases["back"][1]) & np.isfinite(q)]
        return len(within) > 1 and float(np.diff(within).max()) <= max(
            GAP_S, 2.5 * float(np.median(np.diff(t)))
        )

    def _frame_s(self) -> float:
        """Time between frames: no half can be timed finer, and the doubt is the person's."""
        recent = np.diff(self._track.t[-60:])
        return float(np.median(recent)) if len(recent) else 0.0


def _voided(taken: list[Measurement]) -> str | None:
    """The broken check that makes the movement another exercise; None if there is none."""
    return next((t.finding.check for t in taken if t.limit.void and t.finding.verdict == "error"), None)


def _part(tempo: Tempo, half: Half) -> tuple[float, Phase]:
    """Seconds of the part of a repetition that a tempo limit looks at, and the phase it lies in."""
    if half == "either":
        half = "out" if tempo.up_s <= tempo.down_s else "back"
    parts: dict[Half, tuple[float, Phase]] = {
        "out": (tempo.up_s, "out"),
        "back": (tempo.down_s, "back"),
        "peak": (tempo.hold_s, "hold"),
    }
    return parts[half]


def split(t: Floats, q: Floats, attempt: Attempt) -> tuple[dict[Phase, Span], Tempo]:
    """The phases of an attempt and the seconds of each, by shares of its own excursion.

    Parameters
    ----------
    t, q : (n,) seconds and cycle signal from the rest before it to its end; NaN not seen.
    """
    before, after = t <= attempt.peak_s, t >= attempt.peak_s
    end_level = float(np.nanmin(q[after]))
    rise, fall = attempt.top - attempt.base, attempt.top - end_level

    def last(mask: NDArray[np.bool_], otherwise: float) -> float:
        return float(t[mask][-1]) if mask.any() else otherwise

    def first(mask: NDArray[np.bool_], otherwise: float) -> float:
        return float(t[mask][0]) if mask.any() else otherwise

    start = last(before & (q <= attempt.base + EDGE * rise), attempt.start_s)
    reach = first(before & (t >= start) & (q >= attempt.base + TOP * rise), attempt.peak_s)
    leave = last(after & (q >= end_level + TOP * fall), attempt.peak_s)
    end = first((t >= leave) & (q <= end_level + EDGE * fall), attempt.end_s)
    up = first(before & (t >= start) & (q >= attempt.base + (1 - EDGE) * rise), attempt.peak_s) - start
    down = end - last(after & (q >= end_level + (1 - EDGE) * fall), attempt.peak_s)
    phases: dict[Phase, Span] = {
        "rest": (float(t[0]), start),
        "out": (start, reach),
        "hold": (reach, leave),
        "back": (leave, end),
    }
    return phases, Tempo(up, max(0.0, end - start - up - down), down)
