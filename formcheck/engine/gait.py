"""Running: steps found from the rhythm of the body, posture judged over whole strides."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.closed import Closed
from formcheck.engine.judge import WEAK, Judge
from formcheck.engine.measure import Taken
from formcheck.engine.rhythm import (
    LONGEST_S,
    Rhythm,
    agreed,
    cadence,
    find_rhythms,
    step_times,
    uniform,
)
from formcheck.engine.score import score
from formcheck.engine.track import Track
from formcheck.exercises.schema import Exercise, Measure
from formcheck.types.event import PHASES, ActiveFault, Event, FaultCleared, FaultSaid
from formcheck.types.session import RANK, Finding, Gait, Metric

Floats = NDArray[np.floating]

BOUNCES = ("shoulder_bounce", "hip_bounce", "foot_separation")
#: The rhythm is sought in this much of the past, this often; its steps are final after `SETTLED_S`.
WINDOW_S, EVERY_S, SETTLED_S = 8.0, 1.0, 0.5
LEAST_WINDOW_S = 3.0
#: Posture is a mean over ten steps, moved on by five; two means in a row must agree on a fault.
BLOCK_STEPS, MOVE_STEPS = 10, 5
#: Without a step for this many periods, the runner has stopped.
STOP_PERIODS = 3.0
LEAST_SEEN = 0.6
#: Rhythm part of the score: full at a coefficient of variation of 4 %, nothing at 12 % (spec 1.12).
STEADY_CV, UNSTEADY_CV = 0.04, 0.12


class Run:
    """Finds steps and judges posture over blocks of them.

    Attributes
    ----------
    closed : judged blocks; every fault in them is confirmed by the block before. A single block has nothing
        to confirm it and stands as it is.
    steps : times of the steps.
    cadence_spm : steps a minute so far; None without a steady rhythm, or when too slow to be running.
    slow : whether there is a rhythm that is too slow to be running.
    faults : those of the latest confirmed block.
    """

    def __init__(self, exercise: Exercise, judge: Judge, track: Track) -> None:
        self.closed: list[Closed] = []
        self.steps: list[float] = []
        self.cadence_spm: float | None = None
        self.slow = False
        self.faults: tuple[ActiveFault, ...] = ()
        self._exercise, self._judge, self._track = exercise, judge, track
        self._next_s = -np.inf
        self._block = 0
        self._before: list[Taken] | None = None
        self._by: str | None = None

    def step(self, t: float) -> list[Event]:
        """Take the newest row of the track."""
        if t < self._next_s:
            return []
        self._next_s = t + EVERY_S
        before = self.faults
        self._look(t, SETTLED_S)
        return changes(before, self.faults, self.closed[-1].end_s, t) if before != self.faults else []

    def finish(self, t: float) -> list[Event]:
        """The clip is over: the last steps are final too."""
        self._look(t, 0.0)
        return []

    def _look(self, now: float, settled_s: float) -> None:
        rows = self._track.between(now - WINDOW_S, now)
        t = self._track.t[rows]
        if len(t) < 2 or t[-1] - t[0] < LEAST_WINDOW_S:
            return
        waves = {name: self._track.values(WEAK + name, rows) for name in BOUNCES}
        grids = {n: uniform(t, w) for n, w in waves.items() if np.mean(np.isfinite(w)) >= LEAST_SEEN}
        rhythms = {name: find_rhythms(x) for name, (_, x) in grids.items()}
        rhythm = agreed(list(rhythms.values()))
        if rhythm is None:
            return
        if self._by not in grids:  # one signal for the whole run: each has its tops at another phase
            self._by = next(name for name, found in rhythms.items() if rhythm in found)
        self._take(step_times(*grids[self._by], rhythm), rhythm, now - settled_s)
        spm = cadence(np.array(self.steps))
        self.slow = spm is not None and spm < 60.0 / LONGEST_S
        self.cadence_spm = None if self.slow else spm

    def _take(self, times: Floats, rhythm: Rhythm, until_s: float) -> None:
        last = self.steps[-1] if self.steps else -np.inf
        new = [float(s) for s in times if last + 0.5 * rhythm.period_s < s <= until_s]
        if new and self.steps and new[0] - last > STOP_PERIODS * rhythm.period_s:
            self._block, self._before = len(self.steps), None  # no block reaches over a stop
        self.steps += new
        while len(self.steps) > self._block + BLOCK_STEPS:
            self._close(self.steps[self._block : self._block + BLOCK_STEPS + 1])
            self._block += MOVE_STEPS

    def _close(self, steps: list[float]) -> None:
        span = (steps[0], steps[-1])
        first = (self.steps[0], self.steps[BLOCK_STEPS])
        now = self._judge(self._track, dict.fromkeys(PHASES, span), {"start": first, "rest": first})
        before, self._before = self._before, now
        taken = now if before is None else [_milder(a, b) for a, b in zip(now, before, strict=True)]
        if before is not None and len(self.closed) == 1 and self._block == MOVE_STEPS:
            self.closed.clear()
        points, coverage = score(taken, None, _even(steps))
        self.closed.append(Closed(*span, tuple(taken), points, coverage))
        if before is not None:
            self.faults = active(taken)

    def result(self) -> Gait:
        """Cadence and the posture numbers over all blocks."""
        metrics: dict[str, Metric] = {}
        for name, measure in self._exercise.measure.items():
            sides = [[x for x in block.taken if x.what == measure.what] for block in self.closed]
            worst = [max(pair, key=lambda x: RANK.index(x.finding.verdict)).finding for pair in sides]
            metrics[name] = _metric(worst, measure)
        return Gait(self.cadence_spm, len(self.steps), metrics)


def active(taken: list[Taken]) -> tuple[ActiveFault, ...]:
    """The faults of a block as they are shown and said, worst first, each once."""
    broken = [x for x in taken if x.finding.verdict in ("warn", "error")]
    broken.sort(key=lambda x: (x.finding.verdict != "error", not x.limit.safety))
    by_id = {x.finding.check: x for x in reversed(broken)}
    return tuple(
        ActiveFault(i, x.limit.say, "error" if x.finding.verdict == "error" else "warn", x.joints)
        for i, x in reversed(by_id.items())
    )


def changes(
    before: tuple[ActiveFault, ...], now: tuple[ActiveFault, ...], t: float, told_t: float
) -> list[Event]:
    """What to tell when one set of faults gives way to another."""
    old, new = {f.id for f in before}, {f.id for f in now}
    said = [FaultSaid(t=t, told_t=told_t, id=f.id, cue=f.cue) for f in now if f.id not in old]
    cleared = [FaultCleared(t=t, told_t=told_t, id=f.id) for f in before if f.id not in new]
    return [*said, *cleared]


def _even(steps: list[float]) -> float:
    """How even the rhythm is, 0..1."""
    intervals = np.diff(steps)
    cv = float(intervals.std() / intervals.mean())
    return float(np.clip((UNSTEADY_CV - cv) / (UNSTEADY_CV - STEADY_CV), 0.0, 1.0))


def _milder(now: Taken, then: Taken) -> Taken:
    """The later finding, no worse than the earlier one confirms."""
    if now.finding.verdict in ("ok", "not_assessable") or now.finding.verdict == then.finding.verdict:
        return now
    if then.finding.verdict == "error":
        return now
    warned = then.finding.verdict == "warn"
    finding = replace(now.finding, verdict="warn" if warned else "ok", limit=now.limit.warn)
    return replace(now, finding=finding, spans=now.spans if warned else ())


def _metric(findings: list[Finding], measure: Measure) -> Metric:
    """One number out of those of all blocks: their median and interquartile range, and the worst verdict."""
    unit, what = measure.unit, measure.what
    values = np.array([f.value for f in findings if f.value is not None])
    if not len(values):
        reason = findings[0].reason if findings else "fewer than ten steps in a steady rhythm"
        return Metric(None, unit, "not_assessable", 0, None, reason, what)
    worst = max((f.verdict for f in findings), key=RANK.index)
    low, middle, high = np.percentile(values, [25, 50, 75])
    return Metric(float(middle), unit, worst, len(values), float(high - low), None, what)
