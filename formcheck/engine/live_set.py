"""A live set, pose by pose: who turns round and stays so is measured anew, and counted on."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.engine.analyser import Analyser, Outcome
from formcheck.engine.calibrate import Calibration, calibrate_live
from formcheck.engine.capture.turn_watch import KEEP_S, Turn, TurnWatch
from formcheck.engine.checkpoint import Checkpoint
from formcheck.engine.pieces import ClipPiece
from formcheck.exercises.schema import Exercise
from formcheck.types.event import Event, FaultCleared, FaultSaid, Update
from formcheck.types.pose import Model, Pose

#: So often it is noted what to go back to, seconds.
CHECK_S = 0.25
#: Said of a moment, and that has gone.
_MOMENTARY = (FaultSaid, FaultCleared)


class LiveAnalyser:
    """The engine over one live set.

    A turn is known when it has lasted. What came since is read again then, from where the person turned, or
    from the last repetition that was counted meanwhile: so the same poses judged in `pieces` count the same.

    Parameters
    ----------
    exercise, calibration, size, keep_s : as of `Analyser`; the calibration is that of the set-up.
    model : what finds the landmarks.

    Attributes
    ----------
    pieces : the set between turns.
    turned : whether a turn became known with the last pose.
    """

    def __init__(
        self, exercise: Exercise, calibration: Calibration, size: tuple[int, int], keep_s: float, model: Model
    ) -> None:
        self.pieces = [ClipPiece.whole(calibration)]
        self.turned = False
        self._exercise = exercise
        self._analyser = Analyser(exercise, calibration, size, keep_s)
        views = () if exercise.is_gait else exercise.camera.views
        self._watch = TurnWatch(_shown(calibration), views, size, model)
        self._checkpoints: deque[Checkpoint] = deque()
        self._closed = 0

    def update(self, pose: Pose) -> Update:
        """Take the next pose that counts, and say what is known now."""
        self.turned = False
        update = self._analyser.update(pose)
        if self._exercise.is_gait:
            return update
        self._check(pose.t)
        found = self._watch.step(pose)
        if found is None:
            return update
        again = self._turn(found, update)
        return again if again is update else replace(again, events=(*update.events, *again.events))

    def pause(self) -> None:
        """What comes next does not follow what was."""
        self._watch.pause()
        self._checkpoints.clear()

    def finish(self) -> Outcome:
        """The set is over: close what is open."""
        return self._analyser.finish()

    def _check(self, t: float) -> None:
        checks = self._checkpoints
        if self._analyser.closed != self._closed:
            self._closed = self._analyser.closed
            checks.clear()
        if not checks or t - checks[-1].t >= CHECK_S:
            checks.append(self._analyser.checkpoint())
        while t - checks[0].t > KEEP_S + CHECK_S:
            checks.popleft()

    def _turn(self, turn: Turn, update: Update) -> Update:
        calibration = self._measured(turn.since_s)
        if _shown(calibration) != turn.shown or calibration.cycle is None:
            return update
        self.turned = True
        self._watch.turned(turn.shown)
        before = [check for check in self._checkpoints if check.t <= turn.left_s]
        check = before[-1] if before else self._checkpoints[0]
        self._checkpoints.clear()
        self._analyser.go_back(check)
        end_s = float(np.nextafter(check.t, np.inf))
        start_s = max(end_s, turn.since_s)
        self.pieces[-1:] = [replace(self.pieces[-1], end_s=end_s), ClipPiece(start_s, np.inf, calibration)]
        return self._read_again(start_s, update, self._analyser.turn(calibration))

    def _read_again(self, start_s: float, update: Update, closed: Sequence[Event]) -> Update:
        """Take the latest poses once more; what that reports is known only now."""
        now, events = update.t, list(closed)
        for pose in self._watch.since(start_s):
            update = self._analyser.update(pose)
            events += [e for e in update.events if not isinstance(e, _MOMENTARY)]
        return replace(update, events=tuple(replace(e, told_t=now) for e in events))

    def _measured(self, since_s: float) -> Calibration:
        """What these seconds show of the body; the camera is as it was."""
        before = self.pieces[-1].calibration
        found = calibrate_live(self._watch.sequence(since_s), self._exercise, before.declared)
        return replace(found, tilt_deg=before.tilt_deg, longest=np.fmax(found.longest, before.longest))


def _shown(calibration: Calibration) -> str | None:
    """How a body is seen, as a `TurnWatch` has it."""
    view, facing = calibration.view.name, calibration.facing
    if view == "side":
        return "right" if facing > 0 else "left" if facing < 0 else None
    return view if view in ("front", "back") else None
