"""The engine: one pose in, one update out; memory about the body lives here and in its parts."""

import math
import warnings
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from formcheck.engine.body.tidy import Bodies
from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import Calibration
from formcheck.engine.checkpoint import Checkpoint
from formcheck.engine.count.tally import Tally
from formcheck.engine.judge.judge import Judge, baseline
from formcheck.engine.judge.monitor import Monitor
from formcheck.engine.reader import BodyReader, ReadBodies, columns
from formcheck.engine.tracker import Sighting, Tracker, TrackerState
from formcheck.engine.tracking import tracker_of
from formcheck.exercises.schema import Exercise
from formcheck.types.event import Event, Found, Lost, Phase, Update, ViewChanged
from formcheck.types.pose import Pose, PoseSequence
from formcheck.types.reason import Reason

#: Without a person for this long, he is lost.
LOST_S = 1.0
#: A clock that goes back by more than this has been set anew: what follows is another clip.
BACK_S = 1.0
#: Who has turned to another view for this long has turned round; looked at this often.
TURNED_S, LOOK_S = 2.0, 1.0
#: So many frames of a recording are tidied at once: enough to be quick, few enough for a clip of hours.
BLOCK = 512
#: What is not known is NaN and goes its way through the numbers.
_quiet = partial(np.errstate, invalid="ignore", divide="ignore", over="ignore")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything the engine remembers of a finished clip, for the session to be built from.

    ``exercise`` is as the sensor read it by the ``calibration``, which with the ``judge`` is of the longest
    piece; ``update`` the last one again, with what only the end of the clip made known, None of a recording.
    """

    exercise: Exercise
    calibration: Calibration
    tracker: Tracker
    judge: Judge
    track: Track
    update: Update | None


class Analyser:
    """Judges one person doing one exercise, pose by pose.

    Parameters
    ----------
    exercise : what to look for.
    calibration : what is steady about the clip or the live set-up.
    size : width and height of the picture in pixels.
    keep_s : how much of the past the plots may show, seconds; all of it by default, and then memory grows.

    Examples
    --------
    >>> analyser = Analyser(exercise, calibrate(poses, exercise), (640, 480))  # doctest: +SKIP
    >>> updates = [analyser.update(pose) for pose in poses]  # doctest: +SKIP
    """

    def __init__(
        self, exercise: Exercise, calibration: Calibration, size: tuple[int, int], keep_s: float = np.inf
    ) -> None:
        self._exercise, self._size = exercise, size
        self._by_stride = exercise.is_gait
        self._track, self._tally = Track(columns(exercise), keep_s), Tally()
        self._readers: list[BodyReader] = []
        self._turn(calibration)
        self._seen_s: float | None = None
        self._lost = True
        self._t = 0.0
        self._latest: Update | None = None

    def update(self, pose: Pose) -> Update:
        """Take the next pose and say what is known now.

        Time has to go on from pose to pose. A pose of the same moment as the last one is that frame again: it
        changes nothing, and what was known is given again without its events. So is one from a little before,
        as cameras deliver them, with a warning.

        Raises
        ------
        ValueError
            If the pose has no time (NaN or infinite), or time goes back by more than a second: a clip that
            begins anew needs a new Analyser.
        """
        if not math.isfinite(pose.t):
            raise ValueError(f"a pose has the time {pose.t}; give seconds of the source's clock")
        if self._latest is not None and pose.t <= self._t:
            self._mind_the_clock(pose.t)
            return replace(self._latest, events=())
        with _quiet():
            block, events = self._followed(Bodies.one(pose, self._size, self._reader.trust.margin))
            state = self._tracker.state
            row = {name: float(x[0]) for name, x in block.measures.items()}
            events += self._monitor.step(pose.t, self._watched(row, state.watched))
            self._latest = self._update(block.shown(0), row, state, events)
        return self._latest

    def over(self, poses: PoseSequence) -> None:
        """`update` for every pose of a recording, many at once: the same, but for what a moment shows."""
        for start in range(0, len(poses), BLOCK):
            with _quiet():
                self._followed(Bodies.of(poses.rows(slice(start, start + BLOCK)), self._reader.trust))

    def _followed(self, bodies: Bodies) -> tuple[ReadBodies, list[Event]]:
        """The next bodies as read, and what happened as they were noted and counted."""
        block, events = self._reader.read(self._reader.tidied(bodies), self._track), list[Event]()
        for seen in block.noted_in(self._track):
            self._t = seen.t
            events += (*self._presence(seen), *self._turned(seen.t), *self._tracker.step(seen))
        return block, events

    def _mind_the_clock(self, t: float) -> None:
        went = f"time went back from {self._t:.3f} to {t:.3f} s"
        if self._t - t > BACK_S:
            raise ValueError(f"{went}; a clip that begins anew needs a new Analyser")
        if t < self._t:
            warnings.warn(f"{went}; that pose was passed over", RuntimeWarning, stacklevel=3)

    def finish(self) -> Outcome:
        """The clip is over: close what is open and hand over the notebook."""
        with _quiet():
            events = self._tracker.finish(self._t)
        last = self._latest
        update = self._update(last.pose, last.row, self._tracker.state, events) if last else None
        most = max(self._readers, key=lambda reader: reader.frames)
        return Outcome(most.exercise, most.calibration, self._tracker, most.judge, self._track, update)

    def turn(self, calibration: Calibration, *, cut: bool = False) -> tuple[Event, ...]:
        """Somebody turned, or the film was ``cut``: go on by what is steady from now on; what that closed.

        A repetition that is under way goes on in a turn, where it is still counted by the same signal.
        """
        before, t = self._view, self._t
        with _quiet():
            if cut:
                closed = self._tracker.cut(t)
            else:
                closed = [] if self._goes_on(calibration) else self._tracker.finish(t)
            self._turn(calibration, t)
        changed = [ViewChanged(t=t, told_t=t, view=self._view)] if self._view != before else []
        return (*closed, *changed)

    @property
    def closed(self) -> int:
        """How many attempts and holds have closed."""
        return len(self._tally.reps) + len(self._tally.holds)

    def checkpoint(self) -> Checkpoint:
        """What is known after the last frame, to `go_back` to; of repetitions and holds."""
        shared = (self._track, self._reader.judge, self._reader.exercise)
        return Checkpoint.of(self._t, self._tracker, self._tally, self._reader.frames, shared)

    def go_back(self, to: Checkpoint) -> None:
        """Forget the frames since a checkpoint of this piece, as if they had not come; they may come again.

        What was counted by then stays: nothing may have closed since but blocks of a hold.
        """
        self._t, self._tracker, self._tally, self._reader.frames = to.t, to.tracker, to.tally, to.frames
        del self._tally.judged[to.judged :], self._tally.passed_over[to.passed_over :]
        self._track.drop_after(to.t)

    def _goes_on(self, calibration: Calibration) -> bool:
        before, now = self._reader.calibration.cycle, calibration.cycle
        return before is not None and now is not None and before.is_excursion and before.signal == now.signal

    def _turn(self, calibration: Calibration, since_s: float = -np.inf) -> None:
        reader = self._reader = BodyReader(self._exercise, calibration, since_s)
        self._readers.append(reader)
        self._monitor = Monitor([] if self._by_stride else reader.judge.checks)
        self._tracker = tracker_of(reader.exercise, calibration, reader.judge, self._track, self._tally)
        self._view, self._next_look_s = calibration.view.name, -np.inf

    def _presence(self, seen: Sighting) -> list[Event]:
        if seen.present:
            self._seen_s = seen.t
            if self._lost:
                self._lost = False
                return [Found(t=seen.t, told_t=seen.t)]
        elif not self._lost and self._seen_s is not None and seen.t - self._seen_s > LOST_S:
            self._lost = True
            return [Lost(t=self._seen_s, told_t=seen.t, reason=Reason("nobody_in_view"))]
        return []

    def _turned(self, t: float) -> list[Event]:
        """Reported once when the body turns to another view, and once when it turns back."""
        if t < self._next_look_s or self._by_stride:
            return []
        self._next_look_s = t + LOOK_S
        span = (max(t - TURNED_S, self._reader.judge.since_s), t)
        view = self._reader.judge.turned_to(self._track, span) or self._reader.calibration.view.name
        if view == self._view:
            return []
        self._view = view
        return [ViewChanged(t=span[0], told_t=t, view=view)]

    def _watched(self, row: dict[str, float], phase: Phase | None) -> list[float]:
        """What the monitor looks at now: NaN outside the phase that a check belongs to.

        Rest is not looked at: who gets into position or out of it makes no fault. The repetition that follows
        is judged together with the rest before it. Nor is who has turned to another view.
        """
        values = []
        turned = self._view != self._reader.calibration.view.name
        rest = self._tracker.baseline
        for check in self._monitor.watched:
            measure = check.pose_measure
            looked_at = phase is not None and phase in measure.during and not turned
            x = row[measure.signal] if looked_at else np.nan
            if x == x and (measure.against or measure.take == "drift"):
                x -= baseline(self._track, measure.signal, rest)
            values.append(x)
        return values

    def _update(self, pose: Pose, row: dict[str, float], state: TrackerState, events: list[Event]) -> Update:
        return Update(
            t=pose.t,
            pose=pose,
            state="searching" if self._lost else "exercising" if state.active else "waiting",
            view=self._view,
            phase=state.phase,
            progress=state.progress,
            attempts=state.attempts,
            reps=state.reps,
            hold_s=state.hold_s,
            cadence_spm=state.cadence_spm,
            row=row,
            faults=state.faults if self._by_stride else self._monitor.faults,
            events=tuple(events),
        )
