"""Holds blocks of strides against the limits of a run: medians, never a single stride."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.calibrate import Calibration
from formcheck.engine.gait.margin import margin
from formcheck.engine.gait.strides import Stride
from formcheck.engine.judge.judge import Judge, blocked
from formcheck.engine.judge.measure import PreparedCheck, finding
from formcheck.engine.judge.measurement import Measurement
from formcheck.exercises.schema import Exercise
from formcheck.exercises.strides import StrideNumber
from formcheck.exercises.tables import Measure
from formcheck.types.gait import GaitKind
from formcheck.types.landmark import NAMES
from formcheck.types.reason import Reason

Floats = NDArray[np.floating]

#: Posture is a median over five strides; what a foot does at landing or in stance needs seven contacts
#: (source dingenen_2018), and is looked for in the last ten strides.
BLOCK, LONG_BLOCK = 5, 10
LEAST, LEAST_CONTACTS = 3, 7
TOO_FEW = Reason("few_steps", least=LEAST_CONTACTS)


def stride_part(limited: Measure | StrideNumber) -> bool:
    """Whether it belongs to the mechanics of the stride and not to posture."""
    return limited.of_steps or isinstance(limited, StrideNumber) or limited.still_camera


def not_running(limited: Measure | StrideNumber, kind: GaitKind) -> Reason | None:
    """Why a measure of running says nothing about this person; None if it does."""
    if kind == "walk" or (kind == "on_the_spot" and stride_part(limited)):
        return Reason("not_running", kind=kind)
    return None


class StrideJudge:
    """Judges the strides of one exercise.

    Parameters
    ----------
    exercise, calibration, judge : its limits, and what this clip can show of them.
    """

    def __init__(self, exercise: Exercise, calibration: Calibration, judge: Judge) -> None:
        self._judge, self._exercise, self._calibration = judge, exercise, calibration
        self._usual = {
            n: m.usual
            for n, m in exercise.limited.items()
            if m.usual is not None and not m.experimental and blocked(m, calibration) is None
        }

    def __call__(
        self,
        strides: Sequence[Stride],
        first: Sequence[Stride],
        kind: GaitKind,
        turned: Reason | None,
        *,
        slow: bool,
    ) -> list[Measurement]:
        """Judge the newest block of ``strides``, against the ``first`` ones; ``turned``: why none can be."""
        measurements = [self._one(c, strides, first, kind, turned, slow=slow) for c in self._judge.checks]
        broken = {x.finding.check for x in measurements if x.finding.verdict in ("warn", "error")}
        return [_alone(x) if x.limit.only_with not in (None, *broken) else x for x in measurements]

    def usual_share(self, strides: Sequence[Stride]) -> float | None:
        """How many numbers may lie where most runners' do, 0..1; None if none of the stride was seen."""
        within: dict[bool, list[bool]] = {True: [], False: []}
        block = list(strides[-LONG_BLOCK:])
        for name, (low, high) in self._usual.items():
            x, limited = np.array([s.values[name] for s in block]), self._exercise.limited[name]
            of_stride = stride_part(limited)
            if np.isfinite(x).sum() >= (LEAST_CONTACTS if of_stride else BLOCK):
                off = margin(limited, self._exercise, self._calibration, block) or 0.0
                within[of_stride].append(low - off <= float(np.nanmedian(x)) <= high + off)
        return float(np.mean(within[True] + within[False])) if within[True] else None

    def _one(
        self,
        check: PreparedCheck,
        strides: Sequence[Stride],
        first: Sequence[Stride],
        kind: GaitKind,
        turned: Reason | None,
        *,
        slow: bool,
    ) -> Measurement:
        why = check.blocked or turned or not_running(check.measure, kind)
        if slow and isinstance(check.measure, StrideNumber):
            why = why or Reason("no_times")
        if why:
            return check.unassessable(why)
        steps = check.measure.of_steps
        block = strides[-LONG_BLOCK:] if steps else strides[-BLOCK:]
        name = self._exercise.name_of(check.measure)
        x = np.array([s.values[name] for s in block])
        seen = np.isfinite(x)
        if steps and 0 < seen.sum() < LEAST_CONTACTS:
            return check.unassessable(TOO_FEW, float(seen.mean()))
        if seen.sum() < LEAST:
            return check.unassessable(self._hidden(check, block), float(seen.mean()))
        if isinstance(check.measure, Measure) and check.measure.against == "start":
            fresh = np.array([s.values[name] for s in first])
            if not np.isfinite(fresh).any():
                return check.unassessable(Reason("no_baseline", against="start"))
            x = x - np.nanmedian(fresh)
        measurement = _held(check, block, x)
        if check.measure.experimental and measurement.finding.verdict == "ok":
            return check.unassessable(Reason("experimental"), measurement.finding.seen)
        return measurement

    def _hidden(self, check: PreparedCheck, block: Sequence[Stride]) -> Reason:
        if isinstance(check.measure, StrideNumber):
            return Reason("feet_unseen")
        return self._judge.hidden(check, np.array([s.seen for s in block]))


def _alone(measurement: Measurement) -> Measurement:
    """A warning that means something only beside another fault, without that fault."""
    return measurement if measurement.finding.verdict == "not_assessable" else measurement.mild()


def _held(check: PreparedCheck, block: Sequence[Stride], x: Floats) -> Measurement:
    """The median of a block against the limit; its stride nearest to the median is the one to show."""
    seen = np.isfinite(x)
    value = float(np.median(x[seen]))
    found = finding(check, value, float(seen.mean()))
    typical = block[int(np.nanargmin(np.abs(x - value)))]
    joints = typical.really(check.joints)
    if found.verdict == "ok":
        return Measurement(found, check.limit, check.measure.what, joints, check.sign, check.signal)
    span = ((block[0].flight_peaks[0], block[-1].flight_peaks[2]),)
    errors = span if found.verdict == "error" else ()
    seen_at = _moment(check, typical)
    return Measurement(
        found, check.limit, check.measure.what, joints, check.sign, check.signal,
        span, errors, seen_at, 1.0,
    )  # fmt: skip


def _moment(check: PreparedCheck, stride: Stride) -> float:
    """When a picture of this stride shows what the check looks at."""
    contacts = [c for c in stride.contacts if c is not None and np.isfinite(c.on_s)]
    if isinstance(check.measure, StrideNumber) or not contacts:
        return stride.at_s
    ours = [c for c in contacts if any(NAMES[i].startswith(c.side) for i in check.joints)]
    chosen = (ours or contacts)[0]
    return chosen.on_s if check.measure.during[0] == "contact" else chosen.mid_s
