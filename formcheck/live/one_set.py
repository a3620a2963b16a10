"""One set while it runs: the engine, what it counts toward, and its summary."""

from collections import Counter, deque

from formcheck.engine.calibrate import Calibration
from formcheck.engine.live_set import LiveAnalyser
from formcheck.engine.session import session_of
from formcheck.engine.set_recording import set_recording
from formcheck.live import words
from formcheck.live.coach import SILENT, Coach
from formcheck.live.workout import Step
from formcheck.sensor import UNNAMED
from formcheck.types.event import (
    AttemptFinished,
    Event,
    FaultCleared,
    FaultSaid,
    Found,
    RepFinished,
    Update,
    ViewChanged,
)
from formcheck.types.frame import SourceInfo
from formcheck.types.pose import Model, Pose, PoseSequence
from formcheck.types.reason import Reason
from formcheck.types.result import Tempo
from formcheck.types.session import Session
from formcheck.types.set_recording import SetRecording
from formcheck.types.set_summary import SetSummary

#: Of a long set the engine keeps this much for its plots, and the summary looks at the latest poses only:
#: memory stays flat however long it lasts.
KEEP_S, KEEP_POSES = 600.0, 3600
#: Nothing happens for so long: the set is over, though short of its goal.
IDLE_S = {"reps": 25.0, "hold": 6.0, "stretch": 15.0, "gait": 12.0}
#: After a gap this long the time without movement is counted anew.
MISSED_S = 1.0
#: It stands for so long why an attempt was not counted.
WHY_S = 3.0
#: The faults of a summary.
MOST_FAULTS = 2
#: What a set says itself: whoever is found, and cues when they are said, not when a fault begins.
_OWN = (Found, FaultSaid, FaultCleared)


class OneSet:
    """Runs the engine and the coach from "go" to the end of a set.

    Parameters
    ----------
    step : which set of the workout.
    calibration : from the set-up.
    size : width and height of the picture, pixels.
    model : what finds the landmarks.

    Attributes
    ----------
    update : the engine's latest; None before the first pose.
    advice, events : what the coach says with the last pose, and what happened with it.
    tempo : of the latest repetition.
    sides : full repetitions by side.
    instruction : how to turn back, where the person has turned to a view that cannot be judged; None
        otherwise.
    """

    def __init__(
        self, step: Step, calibration: Calibration, size: tuple[int, int], model: Model = UNNAMED
    ) -> None:
        self.update: Update | None = None
        self.advice, self.events = SILENT, list[Event]()
        self.tempo: Tempo | None = None
        self.sides: Counter[str] = Counter()
        self.instruction: Reason | None = None
        self._why: tuple[Reason, float] | None = None
        self._set, self._size = step, size
        self._analyser = LiveAnalyser(step.task.exercise, calibration, size, KEEP_S, model)
        self._poses: deque[Pose] = deque(maxlen=KEEP_POSES)
        self._spans: list[tuple[float, float]] = []
        self._coach, self._paused = Coach(), True
        self._busy_s: float | None = None

    def step(self, pose: Pose) -> Update:
        """Take the next pose that counts."""
        missed = self._poses and pose.t - self._poses[-1].t > MISSED_S
        if self._busy_s is not None and missed:
            self._busy_s = pose.t  # nobody was idle while nothing was seen
        start = pose.t if self._paused else self._spans.pop()[0]
        self._spans.append((start, pose.t))
        self._paused = False
        self._poses.append(pose)
        self.update = self._analyser.update(pose)
        self._note(self.update)
        self.advice = self._coach.step(self.update)
        self.events = [e for e in self.update.events if not isinstance(e, _OWN)]
        self.events += self.advice.events(pose.t)
        if self._busy(self.update):
            self._busy_s = pose.t
        return self.update

    @property
    def turned(self) -> bool:
        """Whether it became known with the last pose that the person has turned, and is judged so now."""
        return self._analyser.turned

    def pause(self) -> None:
        """What comes now does not count, until the next `step`."""
        self._paused = True
        self._analyser.pause()

    def _note(self, update: Update) -> None:
        for event in update.events:
            if isinstance(event, AttemptFinished):
                self.tempo = event.tempo or self.tempo
                self._why = None if event.counted else (self._reason(event), update.t)
            elif isinstance(event, ViewChanged):
                views = self._set.task.exercise.camera.views
                self.instruction = None if event.view in views else words.turn(views[0])
            elif isinstance(event, RepFinished):
                self.sides[event.side] += 1

    def _reason(self, event: AttemptFinished) -> Reason:
        cues = {fault.id: fault.cue for fault in event.faults}
        return words.why_not(event.reason, self._set.task.exercise, cues)

    def why_not(self, t: float) -> Reason | None:
        """Why the latest attempt was not counted, for a while; None without."""
        return self._why[0] if self._why and t - self._why[1] < WHY_S else None

    def _busy(self, update: Update) -> bool:
        if update.phase is not None:
            return update.phase != "rest" or any(isinstance(e, AttemptFinished) for e in update.events)
        return update.state == "exercising"

    def count(self, side: str) -> Reason:
        """The number to call out after a full repetition of ``side``."""
        task = self._set.task
        if not task.per_side or side not in ("left", "right"):
            return Reason("count", n=self.sides.total())
        other = "right" if side == "left" else "left"
        done = self.sides[side] == task.reps and not self.sides[other]
        if done:
            return Reason("count_side_done", side=side, n=self.sides[side], other=other)
        return Reason("count_side", side=side, n=self.sides[side])

    @property
    def reached(self) -> bool:
        """Whether the goal of the set is reached."""
        task, update = self._set.task, self.update
        if update is None or task.exercise.is_gait:
            return False
        if update.hold_s is not None:
            return task.seconds is not None and update.hold_s >= task.seconds
        if task.reps is None:
            return False
        return (self._each() if task.per_side else update.reps) >= task.reps

    def _each(self) -> float:
        """Full repetitions of the side with fewer; those of no side are shared."""
        shared = (self.sides.total() - self.sides["left"] - self.sides["right"]) / 2
        return min(self.sides["left"], self.sides["right"]) + shared

    def idle(self, t: float) -> bool:
        """Whether it had begun and nothing has happened for long."""
        return self._busy_s is not None and t - self._busy_s > IDLE_S[self._set.task.exercise.kind]

    def finish(self) -> tuple[Update | None, SetSummary, SetRecording]:
        """Close it: the engine's last update (None without a pose), its summary, how to judge it again."""
        outcome = self._analyser.finish()
        if outcome.update is not None:
            self._note(outcome.update)
        session = session_of(outcome, self._sequence())
        take = set_recording(self._set.task.exercise, tuple(self._spans), self._analyser.pieces)
        return outcome.update, self._summary(session), take

    def _sequence(self) -> PoseSequence:
        info = SourceInfo("live", "camera", *self._size)
        return PoseSequence.from_poses(self._poses, info, Model("", ""))

    def _summary(self, session: Session) -> SetSummary:
        step, summary = self._set, session.summary
        hidden = sum(check.verdict == "not_assessable" for check in session.checks)
        not_assessed = Reason("checks_unseen", hidden=hidden, of=len(session.checks))
        two = step.task.per_side
        return SetSummary(
            exercise=step.task.exercise.name,
            n=step.n,
            of=step.task.sets,
            attempts=summary.attempts,
            reps=summary.reps,
            good_reps=summary.good_reps,
            left=self.sides["left"] if two else None,
            right=self.sides["right"] if two else None,
            hold_s=summary.hold_s,
            clean_hold_s=summary.clean_hold_s,
            cadence_spm=session.gait.cadence_spm if session.gait else None,
            score=summary.score,
            coverage=summary.coverage,
            faults=session.faults[:MOST_FAULTS],
            not_assessed=not_assessed if hidden else None,
            side=step.side,
        )
