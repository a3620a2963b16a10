"""Running: steps found from the rhythm of the body, strides read between them, form judged over blocks."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import Calibration
from formcheck.engine.gait.blocks import StrideBlocks
from formcheck.engine.gait.mean_stride import StrideMean
from formcheck.engine.gait.recent import Recent
from formcheck.engine.gait.result import gait_of
from formcheck.engine.gait.run import Run, cadence_of
from formcheck.engine.gait.steps import WINDOW_S, StepFinder
from formcheck.engine.gait.stride_judge import BLOCK, LONG_BLOCK
from formcheck.engine.gait.strides import Stride, StrideReader
from formcheck.engine.judge.judge import Judge
from formcheck.engine.judge.judged_span import JudgedSpan
from formcheck.engine.tracker import PassedOver, Sighting, TrackerState
from formcheck.exercises.schema import Exercise
from formcheck.types.event import ActiveFault, Event, FaultCleared, FaultSaid
from formcheck.types.gait import GaitKind
from formcheck.types.result import GaitResult

#: The rhythm is looked at this often; its steps are final after `SETTLED_S`.
EVERY_S, SETTLED_S = 1.0, 0.5
#: A stride is read with this much of the body before and after it, so that filters have settled.
MARGIN_S = 0.5
#: A stride whose steps are this many periods long or short is none: a step was missed, or the runner stopped.
SHORTEST_STEP, LONGEST_STEP = 0.6, 1.5
#: What a stride is, the two before and the two after it have a say in.
AROUND = 2
KINDS: tuple[GaitKind, ...] = ("run", "walk", "on_the_spot")
#: Without a stride for this long, the runner has stopped or is out of sight.
STOP_S = 3.0
#: The last top of a clip may lie this close to its end.
EDGE_S = 0.02


class GaitTracker:
    """Finds steps and judges posture and stride over blocks of strides.

    Parameters
    ----------
    exercise, calibration : what to look for, and how the camera sees the body.
    judge, track : the checks, and the notebook that the bounces are read from.

    Attributes
    ----------
    strides : everything that was read between steps, of whatever kind.
    """

    #: Of a clip without steps its conditions say what is missing.
    passed_over: Sequence[PassedOver] = ()

    def __init__(self, exercise: Exercise, calibration: Calibration, judge: Judge, track: Track) -> None:
        self.strides: list[Stride] = []
        self._exercise, self._calibration = exercise, calibration
        self._steps = StepFinder(track)
        self._reader = StrideReader(exercise, calibration)
        self._blocks = StrideBlocks(exercise, calibration, judge, track)
        self._means = {k: StrideMean(exercise.curves, calibration, self._reader.leads) for k in KINDS}
        self._recent = Recent(WINDOW_S + MARGIN_S)
        self._kinds: list[GaitKind] = []
        self._now, self._next_s = -np.inf, -np.inf
        self._next_step = 0
        self._first = 0

    @property
    def judged(self) -> list[JudgedSpan]:
        """The blocks of strides."""
        return self._blocks.judged

    @property
    def state(self) -> TrackerState:
        """Active while there are steps; nothing is watched frame by frame."""
        spm, faults = self._steps.cadence_spm, self._blocks.faults
        return TrackerState(active=self._running, cadence_spm=spm, faults=faults)

    @property
    def baseline(self) -> None:
        """There is none: nothing is watched frame by frame."""
        return

    @property
    def run(self) -> Run:
        """What the runner has done until now."""
        kind, spm = self._kind, self._steps.cadence_spm
        own = [s for s, k in zip(self.strides, self._kinds, strict=True) if k == kind]
        if spm is not None and len(own) < len(self.strides):
            spm = cadence_of(own)
        return Run(kind, self._steps.steps, own, spm, self._steps.slow, self.judged)

    def result(self) -> GaitResult:
        """Every number of the run, and its mean stride."""
        run = self.run
        return GaitResult(gait_of(run, self._exercise, self._calibration), self._means[run.kind].result())

    def step(self, seen: Sighting) -> list[Event]:
        """Take the newest body, and every second look at the newest rows of the track."""
        t = self._now = seen.t
        self._recent.append(t, *seen.body, seen.scale_px)
        if t < self._next_s:
            return []
        self._next_s = t + EVERY_S
        before = self._blocks.faults
        self._look(SETTLED_S)
        if not self._running:
            self._blocks.faults = ()
        now = self._blocks.faults
        return changes(before, now, self.judged[-1].end_s, t) if before != now else []

    def cut(self, t: float) -> list[Event]:
        """The steps until then are final."""
        return self.finish(t)

    def finish(self, t: float) -> list[Event]:
        """The last steps are final too."""
        self._now = max(self._now, t)
        self._look(0.0)
        return []

    @property
    def _running(self) -> bool:
        """Whether there was a step lately."""
        steps = self._steps.steps
        return bool(steps) and self._now - steps[-1] <= STOP_S

    @property
    def _kind(self) -> GaitKind:
        """What most strides were, walks aside if a block of anything else was seen; a run until then."""
        kinds = Counter(self._kinds)
        others = Counter({kind: n for kind, n in kinds.items() if kind != "walk"})
        most = (others if others.total() >= BLOCK else kinds).most_common(1)
        return most[0][0] if most else "run"

    def _look(self, settled_s: float) -> None:
        if self._steps.look(self._now, self._now - settled_s, self._recent.sizes()):
            steps = self._steps.steps
            while self._next_step + 2 < len(steps):
                a, b, c = steps[self._next_step : self._next_step + 3]
                stride = self._read((a, b, c))
                late = stride is not None and len(self.strides) == self._first and self._late(stride)
                if stride is None or late:
                    self._next_step += 1
                else:
                    self._next_step += 2
                    self.add(stride)

    def _read(self, flight_peaks: tuple[float, float, float]) -> Stride | None:
        """The stride between three flight_peaks; None if a step is missing in it or the body was not seen."""
        a, b, c = flight_peaks
        if not all(SHORTEST_STEP <= step / self._steps.period_s <= LONGEST_STEP for step in (b - a, c - b)):
            return None
        body = self._recent.window(flight_peaks, MARGIN_S)
        if body is None or body.t[0] > a or body.t[-1] < c - EDGE_S:
            return None
        turned = self._reader.turned(body)
        if turned and self._reader.side_on:
            body = body.mirrored()
        stride = self._reader.read(body, flight_peaks, turned=turned)
        if stride.mirrored == turned:
            self._means[stride.kind or "run"].add(body, stride)
        return stride

    def _late(self, stride: Stride) -> bool:
        """Whether the other foot lands first: all strides begin alike, so that they can be averaged."""
        leads = [c is not None and c.side == self._reader.leads for c in stride.contacts]
        return leads == [False, True]

    def add(self, stride: Stride) -> None:
        """Take the next stride, and judge the block that it closes."""
        if self.strides and stride.flight_peaks[0] - self.strides[-1].flight_peaks[2] > STOP_S:
            self._pass_on()
        self.strides.append(stride)
        last = max(0, len(self.strides) - 1 - AROUND)
        self._kinds[last:] = [_kind_around(self.strides, i) for i in range(last, len(self.strides))]
        self._blocks.add(self.strides[self._first :], self.run.strides)

    def _pass_on(self) -> None:
        """The runner was away: short passes are judged together, after a longer run another one begins."""
        if len(self.strides) - self._first >= LONG_BLOCK:
            self._first = len(self.strides)
            self._blocks.stop()


def _kind_around(strides: list[Stride], i: int) -> GaitKind:
    """What a stride is, by the majority of those around it."""
    near = strides[max(0, i - AROUND) : i + AROUND + 1]
    around = Counter(s.kind for s in near if s.kind is not None)
    return around.most_common(1)[0][0] if around else "run"


def changes(
    before: tuple[ActiveFault, ...], now: tuple[ActiveFault, ...], t: float, known_t: float
) -> list[Event]:
    """What happened when one set of faults gave way to another."""
    old, new = {f.id for f in before}, {f.id for f in now}
    said = [FaultSaid(t=t, told_t=known_t, id=f.id, cue=f.cue) for f in now if f.id not in old]
    cleared = [FaultCleared(t=t, told_t=known_t, id=f.id) for f in before if f.id not in new]
    return [*said, *cleared]
