"""Which tracker serves a cycle: the one place that knows all three."""

from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import Calibration
from formcheck.engine.count.hold import HoldTimer
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.count.reps import RepCounter
from formcheck.engine.count.tally import Tally
from formcheck.engine.count.unseen import Unseen
from formcheck.engine.cycles import LEAST_CYCLE_SEEN
from formcheck.engine.gait.steps import BOUNCES
from formcheck.engine.gait.tracker import GaitTracker
from formcheck.engine.judge.judge import WEAK, Judge
from formcheck.engine.tracker import Tracker
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.signals.registry import reading
from formcheck.types.landmark import NAMES
from formcheck.types.reason import Reason


def tracker_of(
    exercise: Exercise, calibration: Calibration, judge: Judge, track: Track, tally: Tally
) -> Tracker:
    """The tracker of the cycle that the clip shows, which goes on from the ``tally``."""
    cycle = calibration.cycle
    if cycle is None:
        return Unseen(_unseen(exercise, calibration.near_side), tally, calibration.sensor.noise.sides)
    if cycle.is_held:
        pose, side = PoseCheck.of(exercise, calibration.view.name), WEAK + cycle.side if cycle.side else None
        return HoldTimer(judge, track, pose, tally, side, calibration.declared)
    if cycle.is_rhythm:
        return GaitTracker(exercise, calibration, judge, track)
    return RepCounter(exercise, cycle, calibration, judge, track, tally)


def _unseen(exercise: Exercise, near_side: str) -> Reason:
    """What an exercise is known by, and in how much of the clip it must be seen."""
    names = [cycle.signal for cycle in exercise.cycle if cycle.signal] or list(exercise.start[0].pose)
    joints = tuple(NAMES[i] for i in reading(names[0]).landmarks(near_side))
    return Reason("movement_unseen", joints=joints, percent=100 * LEAST_CYCLE_SEEN)


def tracked(cycle: Cycle | None) -> tuple[str, ...]:
    """The signals that the tracker of a cycle reads off the track."""
    if cycle is None:
        return ()
    return BOUNCES if cycle.is_rhythm else tuple(name for name in (cycle.signal, cycle.side) if name)
