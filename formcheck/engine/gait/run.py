"""Running: steps found from the rhythm of the body, strides read between them, form judged over blocks."""

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import Calibration
from formcheck.engine.gait.legs import Body, with_legs
from formcheck.engine.gait.mean_stride import StrideMean
from formcheck.engine.gait.recent import Recent
from formcheck.engine.gait.rhythm import (
    LONGEST_S,
    Rhythm,
    agreed,
    cadence,
    find_rhythms,
    step_times,
    uniform,
)
from formcheck.engine.gait.stride_judge import BLOCK, StrideJudge
from formcheck.engine.gait.strides import Stride, StrideReader, of_steps
from formcheck.engine.judge.judge import WEAK, Judge
from formcheck.engine.judge.judged_span import JudgedSpan, broken
from formcheck.engine.judge.measure import Measurement, PreparedCheck
from formcheck.engine.judge.score import score
from formcheck.exercises.schema import Exercise
from formcheck.types.event import ActiveFault, Event, FaultCleared, FaultSaid
from formcheck.types.gait import GaitKind, MeanStride

Floats = NDArray[np.floating]

#: The hips come first: what is highest in flight is low in a walker's double support.
BOUNCES = ("hip_bounce", "shoulder_bounce", "foot_separation")
#: The rhythm is sought in this much of the past, this often; its steps are final after `SETTLED_S`.
WINDOW_S, EVERY_S, SETTLED_S = 8.0, 1.0, 0.5
LEAST_WINDOW_S = 2.0
#: A stride is read with this much of the body before and after it, so that filters have settled.
MARGIN_S = 0.5
#: Blocks move on by this many strides; two in a row must agree on a fault.
MOVE = 3
#: A stride whose steps are this many periods long or short is none: a step was missed, or the runner stopped.
SHORTEST_STEP, LONGEST_STEP = 0.6, 1.5
#: What a stride is, the two before and the two after it have a say in.
AROUND = 2
KINDS: tuple[GaitKind, ...] = ("run", "walk", "on_the_spot")
#: Without a stride for this long, the runner has stopped or is out of sight.
STOP_S = 3.0
#: The last top of a clip may lie this close to its end.
EDGE_S = 0.02
LEAST_SEEN = 0.6
#: Rhythm part of the score: full at a coefficient of variation of 4 %, nothing at 12 % (spec 1.12).
STEADY_CV, UNSTEADY_CV = 0.04, 0.12


class GaitTracker:
    """Finds steps and judges posture and stride over blocks of strides.

    Parameters
    ----------
    exercise, calibration : what to look for, and how the camera sees the body.
    judge, track : the checks, and the notebook that the bounces are read from.

    Attributes
    ----------
    closed : judged blocks; every fault in them is confirmed by the block before. The only block of a run
        without a break has nothing to confirm it and stands as it is.
    steps : times of the steps.
    strides : what was read between them.
    cadence_spm : steps a minute so far; None without a steady rhythm, or when too slow to be running.
    slow : whether there is a rhythm that is too slow to be running.
    kind : how the person goes.
    faults : those of the latest confirmed block.
    """

    def __init__(self, exercise: Exercise, calibration: Calibration, judge: Judge, track: Track) -> None:
        self.closed: list[JudgedSpan] = []
        self.steps: list[float] = []
        self.strides: list[Stride] = []
        self.cadence_spm: float | None = None
        self.slow = False
        self.faults: tuple[ActiveFault, ...] = ()
        self._exercise, self._track, self._judge = exercise, track, judge
        self._reader = StrideReader(exercise, calibration)
        self._blocks = StrideJudge(exercise, calibration, judge)
        self._means = {k: StrideMean(exercise.curves, calibration, self._reader.leads) for k in KINDS}
        self._recent = Recent(WINDOW_S + MARGIN_S)
        self._next_s = -np.inf
        self._kinds: list[GaitKind] = []
        self._next_step = 0
        self._first = 0
        self._before: list[Measurement] | None = None
        self._unconfirmed = False
        self._by = ""

    @property
    def kind(self) -> GaitKind:
        """What most strides were, walks aside if a block of anything else was seen; a run until then."""
        kinds = Counter(self._kinds)
        others = Counter({kind: n for kind, n in kinds.items() if kind != "walk"})
        most = (others if others.total() >= BLOCK else kinds).most_common(1)
        return most[0][0] if most else "run"

    @property
    def told(self) -> list[Stride]:
        """The strides of that kind: who walks before the run is judged by his running alone."""
        kind = self.kind
        return [s for s, k in zip(self.strides, self._kinds, strict=True) if k == kind]

    @property
    def mean(self) -> MeanStride | None:
        """The mean stride of that kind; None with too few."""
        return self._means[self.kind].result()

    def name(self, check: PreparedCheck) -> str:
        """The measure or number that a check belongs to."""
        return self._blocks.name(check)

    def see(self, t: float, body: Body, model: Body, scale: float) -> None:
        """Take the newest body, limbs in place, and as the model gave it; and the scale.

        From the side `legs.stance_legs` knows better than frame by frame which leg is which.
        """
        self._recent.append(t, *(with_legs(body, model) if self._reader.side_on else body), scale)

    def step(self, t: float) -> list[Event]:
        """Look at the newest rows of the track."""
        if t < self._next_s:
            return []
        self._next_s = t + EVERY_S
        before = self.faults
        self._look(t, SETTLED_S)
        if not self.running(t):
            self.faults = ()
        return changes(before, self.faults, self.closed[-1].end_s, t) if before != self.faults else []

    def running(self, t: float) -> bool:
        """Whether there was a step lately."""
        return bool(self.steps) and t - self.steps[-1] <= STOP_S

    def finish(self, t: float) -> list[Event]:
        """The clip is over: the last steps are final too."""
        self._look(t, 0.0)
        return []

    def _look(self, now: float, settled_s: float) -> None:
        rows = self._track.between(now - WINDOW_S, now)
        t = self._track.t[rows]
        waves = np.array([self._track.values(WEAK + name, rows) for name in BOUNCES])
        there = np.flatnonzero(np.isfinite(waves).any(axis=0))
        if not len(there) or t[there[-1]] - t[there[0]] < LEAST_WINDOW_S:
            return
        seen_here = slice(there[0], there[-1] + 1)  # who runs past is soon gone
        t, waves = t[seen_here], waves[:, seen_here]
        seen = {n: w for n, w in zip(BOUNCES, waves, strict=True) if np.mean(np.isfinite(w)) >= LEAST_SEEN}
        grids = {n: uniform(t, w) for n, w in seen.items()}
        rhythms = {name: find_rhythms(x) for name, (_, x) in grids.items()}
        rhythm = agreed(list(rhythms.values()))
        if rhythm is None:
            return
        has_it = [name for name, found in rhythms.items() if any(rhythm.near(r) for r in found)]
        if self._by not in has_it:  # one signal for the whole run: each has its flight_peaks at another phase
            self._by = has_it[0]
        self._take(step_times(*grids[self._by], rhythm), rhythm, now - settled_s)
        spm = cadence(np.array(self.steps))
        self.slow = spm is not None and spm < 60.0 / LONGEST_S
        self.cadence_spm = None if self.slow else spm

    def _take(self, times: Floats, rhythm: Rhythm, until_s: float) -> None:
        last = self.steps[-1] if self.steps else -np.inf
        self.steps += [float(s) for s in times if last + 0.5 * rhythm.period_s < s <= until_s]
        while self._next_step + 2 < len(self.steps):
            a, b, c = self.steps[self._next_step : self._next_step + 3]
            stride = self._read((a, b, c), rhythm.period_s)
            if stride is None or (len(self.strides) == self._first and self._late(stride)):
                self._next_step += 1
            else:
                self._next_step += 2
                self._add(stride)

    def _read(self, flight_peaks: tuple[float, float, float], period_s: float) -> Stride | None:
        """The stride between three flight_peaks; None if a step is missing in it or the body was not seen."""
        a, b, c = flight_peaks
        if not all(SHORTEST_STEP <= step / period_s <= LONGEST_STEP for step in (b - a, c - b)):
            return None
        body = self._recent.window(flight_peaks, MARGIN_S, self._reader.facing)
        if body is None or body.t[0] > a or body.t[-1] < c - EDGE_S or self._reader.turned(body):
            return None
        stride = self._reader.read(body, flight_peaks)
        self._means[stride.kind or "run"].add(body, stride)
        return stride

    def _late(self, stride: Stride) -> bool:
        """Whether the other foot lands first: all strides begin alike, so that they can be averaged."""
        leads = [c is not None and c.side == self._reader.leads for c in stride.contacts]
        return leads == [False, True]

    def _add(self, stride: Stride) -> None:
        if self.strides and stride.flight_peaks[0] - self.strides[-1].flight_peaks[2] > STOP_S:
            self._first, self._before = len(self.strides), None  # no block reaches over a stop
        self.strides.append(stride)
        last = max(0, len(self.strides) - 1 - AROUND)
        self._kinds[last:] = [_kind_around(self.strides, i) for i in range(last, len(self.strides))]
        unbroken = self.strides[self._first :]
        if len(unbroken) >= BLOCK and (len(unbroken) - BLOCK) % MOVE == 0:
            self._close(unbroken)

    def _close(self, unbroken: list[Stride]) -> None:
        span = (unbroken[-BLOCK].flight_peaks[0], unbroken[-1].flight_peaks[2])
        turned = self._judge.turned(self._track, span)
        kinds = Counter(s.kind for s in unbroken[-BLOCK:] if s.kind is not None).most_common()
        if len(kinds) > 1 and kinds[1][1] > 1:
            return  # neither the one nor the other: from walking to running
        kind = kinds[0][0] if kinds else "run"
        first = self.told[:BLOCK]
        now = self._blocks(unbroken, first, kind, turned, slow=self._slow(unbroken))
        before, self._before = self._before, now
        taken = now if before is None else self._confirmed(now, before)
        if self._unconfirmed and before is not None:
            self.closed.pop()
        self._unconfirmed = before is None
        points, coverage = score(taken, self._blocks.usual_share(unbroken), _even(unbroken[-BLOCK:]))
        self.closed.append(JudgedSpan(*span, tuple(taken), points, coverage))
        if before is not None:
            self.faults = broken(taken)

    def _confirmed(self, now: list[Measurement], before: list[Measurement]) -> list[Measurement]:
        """What the block before bears out; seven landings are looked at together and bear out themselves."""
        pairs = zip(self._judge.checks, now, before, strict=True)
        return [a if of_steps(check.measure) else _milder(a, b) for check, a, b in pairs]

    @staticmethod
    def _slow(strides: list[Stride]) -> bool:
        return float(np.median([s.lasts_s for s in strides])) > 2 * LONGEST_S


def _kind_around(strides: list[Stride], i: int) -> GaitKind:
    """What a stride is, by the majority of those around it."""
    near = strides[max(0, i - AROUND) : i + AROUND + 1]
    around = Counter(s.kind for s in near if s.kind is not None)
    return around.most_common(1)[0][0] if around else "run"


def changes(
    before: tuple[ActiveFault, ...], now: tuple[ActiveFault, ...], t: float, told_t: float
) -> list[Event]:
    """What to tell when one set of faults gives way to another."""
    old, new = {f.id for f in before}, {f.id for f in now}
    said = [FaultSaid(t=t, told_t=told_t, id=f.id, cue=f.cue) for f in now if f.id not in old]
    cleared = [FaultCleared(t=t, told_t=told_t, id=f.id) for f in before if f.id not in new]
    return [*said, *cleared]


def _even(strides: list[Stride]) -> float:
    """How even the rhythm is, 0..1."""
    lasts = np.array([s.lasts_s for s in strides])
    cv = float(lasts.std() / lasts.mean())
    return float(np.clip((UNSTEADY_CV - cv) / (UNSTEADY_CV - STEADY_CV), 0.0, 1.0))


def _milder(now: Measurement, then: Measurement) -> Measurement:
    """The later finding, no worse than the earlier one confirms."""
    if now.finding.verdict in ("ok", "not_assessable") or now.finding.verdict == then.finding.verdict:
        return now
    if then.finding.verdict in ("error", "not_assessable"):
        return now  # not seen before: nothing speaks against it
    if then.finding.verdict != "warn":
        return now.mild()
    return replace(now, finding=replace(now.finding, verdict="warn", limit=now.limit.warn))
