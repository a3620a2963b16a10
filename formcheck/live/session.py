"""The state machine of a live session: set-up, countdown, sets, rests; the same for window and browser."""

from typing import Literal

from formcheck.live import words
from formcheck.live.coach import Coach, Told
from formcheck.live.one_set import OneSet
from formcheck.live.screen import live_update
from formcheck.live.setup import SetUp
from formcheck.live.speech import Speech
from formcheck.live.update import LiveState, LiveUpdate, SetSummary
from formcheck.live.workout import Step, Workout
from formcheck.types.event import (
    AttemptFinished,
    Event,
    Found,
    Lost,
    SetFinished,
    Spoken,
    StateChanged,
    Update,
    ViewChanged,
)
from formcheck.types.pose import Pose, Take

#: toggle: pause or go on. skip: what is going on is enough (end the set, or the rest). finish: end it all.
Command = Literal["toggle", "skip", "finish"]

COUNTDOWN_S = 3.0
#: How long the start pose is held before the countdown, and to go on after a pause.
HOLD_S, SHORT_HOLD_S = 1.0, 0.4
#: The summary stands alone for so long, then the rest begins to show.
SUMMARY_S = 5.0
#: Who stays away for so long has finished the set.
AWAY_S = 60.0
#: How long it stands why an attempt was not counted.
WHY_S = 3.0
#: Who leaves the start pose for so long in the countdown is set up anew.
LEFT_S = 1.0
_SETTING_UP = ("searching", "setting_up", "ready")
_RESTING = ("set_done", "resting")


class LiveSession:
    """Guides one person through a workout, pose by pose.

    Parameters
    ----------
    workout : what to do.
    size : width and height in pixels of the picture the poses refer to.
    countdown_s : from the start pose to "go"; None is 3, and 0 for what is held. If 0 is given, nothing
        needs to be held: a recorded clip does not listen.

    Attributes
    ----------
    sets : the sets finished so far.
    takes : how to judge each of them again from its poses.
    state : where it is.
    """

    def __init__(self, workout: Workout, size: tuple[int, int], *, countdown_s: float | None = None) -> None:
        self.sets: list[SetSummary] = []
        self.takes: list[Take] = []
        self.state: LiveState = "searching"
        self._steps, self._at, self._size = workout.steps, 0, size
        self._countdown_s = countdown_s
        self._since, self._rest_ends_s, self._in_place_s = 0.0, 0.0, 0.0
        self._set: OneSet | None = None
        self._coach, self._speech, self._setup = Coach(), Speech(), self._new_setup()
        self._asked = False
        self._command: Command | None = None
        self._events: list[Event] = []
        self._instruction: str | None = None
        self._why: tuple[str, float] | None = None
        self._last: LiveUpdate | None = None

    def step(self, pose: Pose) -> LiveUpdate:
        """Take the newest pose (times must rise; frames left out do no harm)."""
        self._events = []
        self._speech.begin(pose.t)
        self._obey(pose.t)
        told = Told(None, None)
        live: Update | None = None
        if self.state in _SETTING_UP:
            self._set_up(pose)
        elif self.state == "countdown":
            self._count_down(pose)
        elif self.state == "paused":
            self._paused(pose)
        elif self.state in _RESTING:
            self._rest(pose.t)
        elif self.state == "exercising":
            live, told = self._exercise(pose)
        return self._update(pose, live, told)

    def resize(self, size: tuple[int, int]) -> None:
        """The pictures have another size from now on: the camera was turned or exchanged; set up anew.

        A set that was running ends with what it has, and is begun again.
        """
        if size == self._size:
            return
        self._size = size
        self._setup = self._new_setup()
        if self._last is not None and self.state not in (*_RESTING, "finished"):
            if self._set is not None:
                self._close(self._last.t)
                self._at -= 1
            self.state = "searching"

    def command(self, command: Command) -> None:
        """What a key or button asks for; takes effect with the next pose."""
        self._command = command

    def finish(self) -> LiveUpdate | None:
        """The source is over: close what is open. The last update, None if there never was a pose."""
        if self._last is None:
            return None
        self._events = []
        self._speech.begin(self._last.t)
        self._end(self._last.t)
        return self._update(self._last.pose, None, Told(None, None))

    @property
    def _step(self) -> Step:
        return self._steps[min(self._at, len(self._steps) - 1)]

    def _obey(self, t: float) -> None:
        command, self._command = self._command, None
        if command == "finish":
            self._end(t)
        elif command == "skip" and self._set is not None:
            self._end_set(t)
        elif command == "skip" and self.state in _RESTING:
            self._begin(t)
        elif command == "toggle" and self.state == "exercising":
            self._pause(t, words.ASKED, asked=True)
        elif command == "toggle" and self.state == "paused":
            self._resume(t)

    def _go(self, state: LiveState, t: float) -> None:
        if state != self.state:
            self.state, self._since = state, t
            self._events.append(StateChanged(t=t, told_t=t, state=state))

    def _instruct(self, text: str | None) -> None:
        self._instruction = text
        self._speech.instruct(text)

    def _new_setup(self, hold_s: float = HOLD_S) -> SetUp:
        hold_s = 0.0 if self._countdown_s == 0 else hold_s
        return SetUp(self._step.task.exercise, self._step.side, self._size, hold_s)

    def _set_up(self, pose: Pose) -> None:
        setup = self._setup
        setup.step(pose)
        if setup.found and self.state == "searching":
            self._events.append(Found(t=pose.t, told_t=pose.t))
        self._go("searching" if not setup.found else "ready" if setup.steady else "setting_up", pose.t)
        self._instruct(setup.instruction or (words.HOLD_IT if setup.steady else None))
        if setup.calibration is None:
            return
        if self._lead_s > 0:
            self._in_place_s = pose.t
            self._go("countdown", pose.t)
        else:
            self._start(pose.t)

    @property
    def _lead_s(self) -> float:
        if self._countdown_s is not None:
            return self._countdown_s
        return 0.0 if self._step.task.timed else COUNTDOWN_S

    def _count_down(self, pose: Pose) -> None:
        setup = self._setup
        setup.step(pose)
        self._instruct(None)
        if setup.in_pose:
            self._in_place_s = pose.t
        left = self._since + self._lead_s - pose.t
        if pose.t - self._in_place_s > LEFT_S:
            self._setup = self._new_setup()
            self._go("setting_up", pose.t)
            self._speech.say(words.WAIT)
        elif left <= 0:
            self._start(pose.t)
        else:
            self._speech.count_down(left)

    def _start(self, t: float) -> None:
        calibration = self._setup.calibration
        if calibration is None:
            raise ValueError("a set starts from a set-up that was held")
        self._set, self._coach, self._why = OneSet(self._step, calibration, self._size), Coach(), None
        self._instruct(None)
        self._go("exercising", t)
        self._speech.say(words.GO)

    def _exercise(self, pose: Pose) -> tuple[Update | None, Told]:
        running = self._set
        if running is None:
            return None, Told(None, None)
        live = running.step(pose)
        self._events += live.events
        told = self._coach.step(live)
        self._news(live)
        self._speech.exercise(live, told, running, self._step.task.seconds)
        self._speech.instruct(self._instruction)
        if any(isinstance(e, Lost) for e in live.events):
            self._pause(pose.t, words.LOST, asked=False)
        elif running.reached or running.idle(pose.t):
            self._end_set(pose.t)
        return live, told

    def _news(self, live: Update) -> None:
        exercise = self._step.task.exercise
        for event in live.events:
            if isinstance(event, AttemptFinished):
                cues = {f.id: f.cue for f in event.faults}
                why = None if event.counted else words.why_not(event.reason, exercise, cues)
                self._why = (why, live.t) if why else None
            elif isinstance(event, ViewChanged):
                best = exercise.camera.views[0]
                self._instruction = None if event.view in exercise.camera.views else words.turn(best)

    def _pause(self, t: float, why: str, *, asked: bool) -> None:
        if self._set is not None:
            self._set.pause()
        self._asked = asked
        self._setup = self._new_setup(SHORT_HOLD_S)
        self._go("paused", t)
        self._instruct(why)

    def _paused(self, pose: Pose) -> None:
        if self._asked:
            return
        setup = self._setup
        setup.step(pose)
        self._instruct((setup.instruction or words.HOLD_IT) if setup.found else words.LOST)
        if setup.calibration is not None:
            self._events.append(Found(t=pose.t, told_t=pose.t))
            self._resume(pose.t)
        elif pose.t - self._since > AWAY_S:
            self._end_set(pose.t)

    def _resume(self, t: float) -> None:
        self._instruct(None)
        self._go("exercising", t)
        self._speech.say(words.GO_ON)

    def _close(self, t: float) -> None:
        """The set is over, however it ended."""
        running, self._set = self._set, None
        if running is None:
            return
        self._at += 1
        self._instruct(None)
        if running.update is None:
            return  # asked to end with the very frame it began
        last, summary, take = running.finish()
        self._events += last.events if last else ()
        self.sets.append(summary)
        self.takes.append(take)
        self._rest_ends_s = t + self._steps[self._at - 1].rest_s
        self._events.append(SetFinished(t=t, told_t=t, summary=summary))

    def _end_set(self, t: float) -> None:
        self._close(t)
        over = self._at >= len(self._steps)
        self._go("finished" if over else "set_done", t)
        if self.sets:
            self._speech.summary(self.sets[-1], None if over else self._rest_ends_s - t)

    def _end(self, t: float) -> None:
        """It is all over."""
        if self.state != "finished":
            self._close(t)
            self._instruct(None)
            self._go("finished", t)

    def _rest(self, t: float) -> None:
        left = self._rest_ends_s - t
        if left <= 0:
            self._begin(t)
            return
        if t - self._since >= SUMMARY_S:
            self._go("resting", t)
        if self.state == "resting":
            self._speech.rest(left, self._step.title)

    def _begin(self, t: float) -> None:
        """The rest is over: set up for the next set."""
        self._setup = self._new_setup()
        self._go("searching", t)

    def _update(self, pose: Pose, live: Update | None, told: Told) -> LiveUpdate:
        if self._why is not None and pose.t - self._why[1] > WHY_S:
            self._why = None
        said = self._speech.said
        if said:
            self._events.append(Spoken(t=pose.t, told_t=pose.t, text=said))
        ends = {"countdown": self._since + self._lead_s, "resting": self._rest_ends_s}.get(self.state)
        ends = self._rest_ends_s if self.state == "set_done" else ends
        self._last = live_update(
            pose,
            self.state,
            self._step,
            self._set,
            live,
            cue=told.cue,
            instruction=self._instruction,
            seconds_left=None if ends is None else max(0.0, ends - pose.t),
            why_not=self._why[0] if self._why else None,
            say=said,
            summary=self.sets[-1] if self.sets and self.state in (*_RESTING, "finished") else None,
            events=tuple(self._events),
        )
        return self._last
