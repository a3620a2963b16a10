"""Blocks of strides: each judged when it closes, and confirmed by the one before."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import Calibration
from formcheck.engine.gait.rhythm import LONGEST_S
from formcheck.engine.gait.stride_judge import BLOCK, StrideJudge
from formcheck.engine.gait.strides import Stride
from formcheck.engine.judge.judge import Judge
from formcheck.engine.judge.judged_span import JudgedSpan, broken
from formcheck.engine.judge.measurement import Measurement
from formcheck.exercises.schema import Exercise
from formcheck.types.event import ActiveFault
from formcheck.types.gait import GaitKind

#: Blocks move on by this many strides; two in a row must agree on a fault.
MOVE = 3
#: Rhythm part of the score: full at a coefficient of variation of 4 %, nothing at 12 %. Judgement.
STEADY_CV, UNSTEADY_CV = 0.04, 0.12


class StrideBlocks:
    """Judges strides that follow each other without a stop, block by block.

    Attributes
    ----------
    judged : the blocks; every fault in them is confirmed by the block before. The only block of a run
        without a break has nothing to confirm it and stands as it is.
    faults : those of the latest confirmed block.
    """

    def __init__(self, exercise: Exercise, calibration: Calibration, judge: Judge, track: Track) -> None:
        self.judged: list[JudgedSpan] = []
        self.faults: tuple[ActiveFault, ...] = ()
        self._judge, self._track = judge, track
        self._strides = StrideJudge(exercise, calibration, judge)
        self._before: list[Measurement] | None = None
        self._unconfirmed = False

    def stop(self) -> None:
        """No block reaches over a stop."""
        self._before = None

    def add(self, unbroken: Sequence[Stride], first: Sequence[Stride]) -> None:
        """Judge the block that the newest stride closes, if it closes one.

        Parameters
        ----------
        unbroken : all strides since the last stop.
        first : the earliest of the run, that later ones are compared with.
        """
        if len(unbroken) < BLOCK or (len(unbroken) - BLOCK) % MOVE:
            return
        kind = _kind_of(unbroken[-BLOCK:])
        if kind is None:
            return
        span = (unbroken[-BLOCK].flight_peaks[0], unbroken[-1].flight_peaks[2])
        turned = self._judge.turned(self._track, span)
        alike = [s for s in unbroken if s.kind in (kind, None)]  # a walker's feet are no runner's
        now = self._strides(alike, first[:BLOCK], kind, turned, slow=_slow(unbroken))
        before, self._before = self._before, now
        found = now if before is None else self._confirmed(now, before)
        if self._unconfirmed and before is not None:
            self.judged.pop()
        self._unconfirmed = before is None
        usual, even = self._strides.usual_share(unbroken), _even(unbroken[-BLOCK:])
        self.judged.append(JudgedSpan(*span, tuple(found), usual, even))
        if before is not None:
            self.faults = broken(found)

    def _confirmed(self, now: list[Measurement], before: list[Measurement]) -> list[Measurement]:
        """What the block before bears out; seven landings are looked at together and bear out themselves."""
        pairs = zip(self._judge.checks, now, before, strict=True)
        return [a if check.measure.of_steps else _milder(a, b) for check, a, b in pairs]


def _kind_of(block: Sequence[Stride]) -> GaitKind | None:
    """How a block went; a run where nothing is known, None where it changed: from walking to running."""
    kinds = Counter(s.kind for s in block if s.kind is not None).most_common()
    if len(kinds) > 1 and kinds[1][1] > 1:
        return None
    return kinds[0][0] if kinds else "run"


def _slow(strides: Sequence[Stride]) -> bool:
    return float(np.median([s.lasts_s for s in strides])) > 2 * LONGEST_S


def _even(strides: Sequence[Stride]) -> float:
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
    return now.warning()
