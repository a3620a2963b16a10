"""An exercise that is recognised only if the clip is played faster: slow motion, perhaps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from formcheck.engine.body.observe import observe
from formcheck.engine.calibrate import calibrate
from formcheck.engine.capture.time_scale import SlowMotion, slower_than_life
from formcheck.engine.recognise.recognise import recognise
from formcheck.exercises.schema import Exercise
from formcheck.types.kind import is_hold
from formcheck.types.pose import PoseSequence

#: So many times faster a clip is looked at.
SPEEDS = (2.0, 4.0, 8.0)
#: A runner's trunk stands at least so steeply. Judgement.
UPRIGHT_DEG = 60.0


@dataclass(frozen=True, slots=True)
class Slowed:
    """The exercise that a clip may show in slow motion."""

    exercise: Exercise
    slow: SlowMotion


def slowed(poses: PoseSequence, exercises: Iterable[Exercise], view: str | None = None) -> Slowed | None:
    """What a clip shows when it is played faster, if that exercise is surely slow in it; None if nothing is.

    Three times the work of `recognise`: for clips of which nothing is known, or that seem to be held still.
    """
    known = tuple(e for e in exercises if not is_hold(e.kind))
    lasts: dict[str, float] = {}
    for speed in SPEEDS:
        for s in recognise(replace(poses, t=poses.t / speed), known, view).stretches:
            lasted_s = speed * (s.end_s - s.start_s)
            lasts[s.exercise.id] = max(lasts.get(s.exercise.id, 0.0), lasted_s)
    if _upright(poses, view):  # a few steps are too short to be recognised, and yet tell how slow they are
        lasts = {e.id: 0.0 for e in known if e.is_gait} | lasts
    by_id = {e.id: e for e in known}
    for exercise in (by_id[name] for name in sorted(lasts, key=lambda name: -lasts[name])):
        slow = slower_than_life(poses, exercise, calibrate(poses, exercise, view=view))
        if slow is not None:
            return Slowed(exercise, slow)
    return None


def _upright(poses: PoseSequence, view: str | None) -> bool:
    seen = observe(poses, view)
    if seen is None:
        return False
    tilt = np.abs(seen.rows(("trunk_tilt",))["trunk_tilt"])
    return bool(np.isfinite(tilt).any() and np.nanmedian(tilt) >= UPRIGHT_DEG)
