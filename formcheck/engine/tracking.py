"""Which tracker serves a cycle: the one place that knows all three."""

from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import Calibration
from formcheck.engine.count.hold import HoldTimer
from formcheck.engine.count.reps import RepCounter
from formcheck.engine.gait.steps import BOUNCES
from formcheck.engine.gait.tracker import GaitTracker
from formcheck.engine.judge.judge import WEAK, Judge
from formcheck.engine.tracker import Tracker, Unseen
from formcheck.exercises.schema import Cycle, Exercise


def tracker_of(exercise: Exercise, calibration: Calibration, judge: Judge, track: Track) -> Tracker:
    """The tracker of the cycle that the clip shows."""
    cycle = calibration.cycle
    if cycle is None:
        return Unseen()
    if cycle.is_held:
        return HoldTimer(judge, track, WEAK + cycle.side if cycle.side else None, calibration.declared)
    if cycle.is_rhythm:
        return GaitTracker(exercise, calibration, judge, track)
    return RepCounter(exercise, cycle, calibration, judge, track)


def tracked(cycle: Cycle | None) -> tuple[str, ...]:
    """The signals that the tracker of a cycle reads off the track."""
    if cycle is None:
        return ()
    return BOUNCES if cycle.is_rhythm else tuple(name for name in (cycle.signal, cycle.side) if name)
