"""What of a clip an exercise's own rules find: its repetitions, seconds held, or seconds run."""

from collections.abc import Iterator

import numpy as np

from formcheck.engine.body.observe import Observation, windows
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.count.typical_rom import attempts
from formcheck.engine.cycles import choose_cycle
from formcheck.engine.recognise.candidates import PARTIAL, POSE_SEEN, Scene, candidates
from formcheck.exercises.schema import Cycle, Exercise

#: From, to (seconds), and how much of it, 0..1.
Performed = tuple[float, float, float]


@np.errstate(invalid="ignore", divide="ignore")
def performed(exercise: Exercise, seen: Observation) -> tuple[Performed, ...]:
    """Where the movement of an exercise is found, whatever else is in the picture."""
    return tuple(_performed(exercise, seen))


def _performed(exercise: Exercise, seen: Observation) -> Iterator[Performed]:
    cycle, rom = choose_cycle(exercise, seen)
    if cycle is None:
        return
    if cycle.is_rhythm:
        yield from ((c.start_s, c.end_s, 1.0) for c in candidates(exercise, seen))
    elif cycle.is_held:
        yield from _held(exercise, seen)
    elif cycle.signal is not None and cycle.min_range is not None:
        q = seen.rows((cycle.signal,))[cycle.signal]
        for attempt in attempts(seen.t, q, rom, cycle.min_range, cycle.min_s, cycle.max_s):
            far = attempt.top - (attempt.base if cycle.relative else 0.0)
            yield attempt.start_s, attempt.end_s, _full(cycle, far)


def _full(cycle: Cycle, far: float) -> float:
    return 1.0 if far >= (cycle.full or 0.0) else PARTIAL


def _held(exercise: Exercise, seen: Observation) -> Iterator[Performed]:
    """Seconds in a start pose, as far as nothing of the signature speaks against it."""
    check, rest = PoseCheck.of(exercise, seen.view.name, POSE_SEEN), exercise.signature.rest
    if not check.poses:
        return
    values = seen.rows((*check.signals, *rest))
    scene = Scene(exercise, seen, values, check.over(values))
    for start, rows in windows(seen.t, 1.0, 1.0, seen.t[-1]):
        yield start, start + 1.0, float(scene.fits(rest, rows) * np.mean(scene.in_pose[rows] == 1))
