"""The state machine of a live session: lead-in, sets, pauses, rests; the same for window and browser."""

from typing import Literal

from formcheck.live import words
from formcheck.live.coach import SILENT, CoachAdvice
from formcheck.live.course import Course
from formcheck.live.lead_in import LeadIn
from formcheck.live.one_set import OneSet
from formcheck.live.pause import Pause
from formcheck.live.screen import live_update
from formcheck.live.speech import Speech
from formcheck.live.workout import Workout
from formcheck.sensor import UNNAMED
from formcheck.types.event import Event, Found, Lost, Spoken, StateChanged, Update
from formcheck.types.live_update import LiveState, LiveUpdate
from formcheck.types.pose import Model, Pose
from formcheck.types.reason import Reason

#: toggle: pause or go on. skip: what is going on is enough (end the set, or the rest). finish: end it all.
Command = Literal["toggle", "skip", "finish"]

#: The summary stands alone for so long, then the rest begins to show.
SUMMARY_S = 5.0


class LiveSession:
    """Guides one person through a workout, pose by pose.

    Parameters
    ----------
    workout : what to do.
    size : width and height in pixels of the picture the poses refer to.
    countdown_s : from the start pose to "go"; None is 3, and 0 for what is held. If 0 is given, nothing
        needs to be held: a recorded clip does not listen.
    model : what finds the landmarks.

    Attributes
    ----------
    sets : the sets finished so far.
    takes : how to judge each of them again from its poses.
    state : where it is.
    """

    def __init__(
        self,
        workout: Workout,
        size: tuple[int, int],
        *,
        countdown_s: float | None = None,
        model: Model = UNNAMED,
    ) -> None:
        self._course = Course(workout)
        self.sets, self.takes = self._course.sets, self._course.takes
        self.state: LiveState = "searching"
        self._size = self._next_size = size
        self._countdown_s, self._model = countdown_s, model
        self._since = 0.0
        self._speech = Speech()
        self._lead = self._new_lead()
        self._set: OneSet | None = None
        self._pause: Pause | None = None
        self._command: Command | None = None
        self._events: list[Event] = []
        self._instruction: Reason | None = None
        self._last: LiveUpdate | None = None

    def step(self, pose: Pose) -> LiveUpdate:
        """Take the newest pose (times must rise; frames left out do no harm)."""
        self._events = []
        self._speech.begin(pose.t)
        self._fit(pose.t)
        self._obey(pose.t)
        live, advice = None, SILENT
        if self.state == "exercising" and self._set is not None:
            live, advice = self._exercise(self._set, pose)
        elif self._pause is not None:
            self._paused(self._pause, pose)
        elif self.state in ("set_done", "resting"):
            self._rest(pose.t)
        elif self.state != "finished":
            self._lead_in(pose)
        return self._update(pose, live, advice)

    def resize(self, size: tuple[int, int]) -> None:
        """The pictures have another size from the next pose on: the camera was turned or exchanged.

        A set that was running ends with what it has, and is begun again.
        """
        self._next_size = size

    def look_with(self, model: Model) -> None:
        """Another model finds the landmarks from the next pose on; not for the middle of a set."""
        self._model, self._lead = model, self._new_lead()

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
        return self._update(self._last.pose, None, SILENT)

    def _new_lead(self) -> LeadIn:
        return LeadIn(self._course.step, self._size, self._countdown_s, self._model)

    def _fit(self, t: float) -> None:
        """Set up anew for pictures of another size."""
        if self._next_size == self._size:
            return
        self._size = self._next_size
        if self._set is not None:
            self._close(t)
            self._course.repeat()
        self._lead = self._new_lead()
        if self.state in ("countdown", "exercising", "paused"):
            self._go("searching", t)

    def _obey(self, t: float) -> None:
        command, self._command = self._command, None
        if command == "finish":
            self._end(t)
        elif command == "skip" and self._set is not None:
            self._end_set(t)
        elif command == "skip" and self.state in ("set_done", "resting"):
            self._begin(t)
        elif command == "toggle" and self.state == "exercising":
            self._interrupt(Pause(t), t)
        elif command == "toggle" and self._pause is not None and self._pause.asked:
            self._resume(t)

    def _go(self, state: LiveState, t: float) -> None:
        if state != self.state:
            self.state, self._since = state, t
            self._events.append(StateChanged(t=t, told_t=t, state=state))

    def _instruct(self, text: Reason | None) -> None:
        self._instruction = text
        self._speech.instruct(text)

    def _lead_in(self, pose: Pose) -> None:
        lead = self._lead
        lead.step(pose)
        if self.state == "searching" and lead.state != "searching":
            self._events.append(Found(t=pose.t, told_t=pose.t))
        self._instruct(lead.instruction)
        if lead.early:
            self._speech.say(words.WAIT)
        if lead.seconds_left is not None:
            self._speech.count_down(lead.seconds_left)
        if lead.state != "go":
            self._go(lead.state, pose.t)
        elif lead.calibration is not None:
            self._set = OneSet(self._course.step, lead.calibration, self._size, self._model)
            self._go("exercising", pose.t)
            self._speech.say(words.GO)

    def _exercise(self, running: OneSet, pose: Pose) -> tuple[Update | None, CoachAdvice]:
        live, step = running.step(pose), self._course.step
        self._events += running.events
        self._instruct(running.instruction)
        self._speech.exercise(live, running, step.task.seconds)
        if any(isinstance(e, Lost) for e in live.events):
            self._interrupt(Pause.of_lost(pose.t, step, self._size, self._model), pose.t)
        elif running.reached or running.idle(pose.t):
            self._end_set(pose.t)
        return live if self._set else None, running.advice

    def _interrupt(self, pause: Pause, t: float) -> None:
        if self._set is not None:
            self._set.pause()
        self._pause = pause
        self._go("paused", t)
        self._instruct(pause.instruction)

    def _paused(self, pause: Pause, pose: Pose) -> None:
        pause.step(pose)
        if not pause.asked:
            self._instruct(pause.instruction)
        if pause.back:
            self._events.append(Found(t=pose.t, told_t=pose.t))
            self._resume(pose.t)
        elif pause.away:
            self._end_set(pose.t)

    def _resume(self, t: float) -> None:
        self._pause = None
        self._instruct(None)
        self._go("exercising", t)
        self._speech.say(words.GO_ON)

    def _close(self, t: float) -> None:
        """The set is over, however it ended."""
        running, self._set, self._pause = self._set, None, None
        self._instruct(None)
        if running is not None:
            self._events += self._course.close(running, t)

    def _end_set(self, t: float) -> None:
        before = len(self.sets)
        self._close(t)
        over = self._course.over
        self._go("finished" if over else "set_done", t)
        if len(self.sets) > before:
            self._speech.summary(self.sets[-1], None if over else self._course.rest_ends_s - t)

    def _end(self, t: float) -> None:
        """It is all over."""
        if self.state != "finished":
            self._close(t)
            self._go("finished", t)

    def _rest(self, t: float) -> None:
        left = self._course.rest_ends_s - t
        if left <= 0:
            self._begin(t)
            return
        if t - self._since >= SUMMARY_S:
            self._go("resting", t)
        self._speech.rest(left, self._course.step.title)

    def _begin(self, t: float) -> None:
        """The rest is over: lead into the next set."""
        self._lead = self._new_lead()
        self._go("searching", t)

    def _update(self, pose: Pose, live: Update | None, advice: CoachAdvice) -> LiveUpdate:
        said = self._speech.said
        if said:
            self._events.append(Spoken(t=pose.t, told_t=pose.t, text=said))
        self._last = live_update(
            pose,
            self.state,
            self._course,
            self._set,
            live,
            counting_s=self._lead.seconds_left if self.state == "countdown" else None,
            cue=advice.cue,
            instruction=self._instruction,
            say=said,
            events=tuple(self._events),
        )
        return self._last
