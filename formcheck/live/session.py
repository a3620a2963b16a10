"""The state machine of a live session: lead-in, sets, pauses, rests; the same for window and browser."""

from typing import Literal

from formcheck.live import words
from formcheck.live.coach import Coach, CoachAdvice
from formcheck.live.lead_in import LeadIn
from formcheck.live.one_set import OneSet
from formcheck.live.screen import live_update
from formcheck.live.setup import SetUp
from formcheck.live.speech import Speech
from formcheck.live.workout import Step, Workout
from formcheck.sensor import UNNAMED
from formcheck.types.event import (
    Event,
    FaultCleared,
    FaultSaid,
    Found,
    Lost,
    SetFinished,
    Spoken,
    StateChanged,
    Update,
)
from formcheck.types.live_update import LiveState, LiveUpdate
from formcheck.types.pose import Model, Pose
from formcheck.types.reason import Reason
from formcheck.types.set_recording import SetRecording
from formcheck.types.set_summary import SetSummary

#: toggle: pause or go on. skip: what is going on is enough (end the set, or the rest). finish: end it all.
Command = Literal["toggle", "skip", "finish"]

#: To go on after having left the picture the start pose is held this long.
AGAIN_S = 0.4
#: The summary stands alone for so long, then the rest begins to show.
SUMMARY_S = 5.0
#: Who stays away for so long has finished the set.
AWAY_S = 60.0
_SILENT = CoachAdvice(None, None)
#: What the session tells itself: whoever is found, and cues when they are said, not when a fault begins.
_OWN = (Found, FaultSaid, FaultCleared)


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
        self.sets: list[SetSummary] = []
        self.takes: list[SetRecording] = []
        self.state: LiveState = "searching"
        self._steps, self._at = workout.steps, 0
        self._size = self._next_size = size
        self._countdown_s, self._model = countdown_s, model
        self._since, self._rest_ends_s = 0.0, 0.0
        self._speech, self._coach = Speech(), Coach()
        self._lead = self._new_lead()
        self._set: OneSet | None = None
        self._back: SetUp | None = None
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
        live, advice = None, _SILENT
        if self.state == "exercising":
            live, advice = self._exercise(pose)
        elif self.state == "paused":
            self._paused(pose)
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
        return self._update(self._last.pose, None, _SILENT)

    @property
    def _step(self) -> Step:
        return self._steps[min(self._at, len(self._steps) - 1)]

    def _new_lead(self) -> LeadIn:
        return LeadIn(self._step, self._size, self._countdown_s, self._model)

    def _fit(self, t: float) -> None:
        """Set up anew for pictures of another size."""
        if self._next_size == self._size:
            return
        self._size = self._next_size
        if self._set is not None:
            self._close(t)
            self._at -= 1
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
            self._pause(t, words.ASKED)
        elif command == "toggle" and self.state == "paused" and self._back is None:
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
            self._set = OneSet(self._step, lead.calibration, self._size)
            self._coach = Coach()
            self._go("exercising", pose.t)
            self._speech.say(words.GO)

    def _exercise(self, pose: Pose) -> tuple[Update | None, CoachAdvice]:
        running = self._set
        if running is None:
            return None, _SILENT
        live = running.step(pose)
        advice = self._coach.step(live)
        self._events += [event for event in live.events if not isinstance(event, _OWN)]
        self._events += advice.events(pose.t)
        self._instruct(running.instruction)
        self._speech.exercise(live, advice, running, self._step.task.seconds)
        if any(isinstance(e, Lost) for e in live.events):
            self._pause(pose.t, words.LOST)
            self._back = SetUp(self._step.task.exercise, self._step.side, self._size, AGAIN_S, self._model)
        elif running.reached or running.idle(pose.t):
            self._end_set(pose.t)
        return live if self._set else None, advice

    def _pause(self, t: float, why: Reason) -> None:
        if self._set is not None:
            self._set.pause()
        self._back = None
        self._go("paused", t)
        self._instruct(why)

    def _paused(self, pose: Pose) -> None:
        back = self._back
        if back is None:
            return  # asked for: it ends when asked
        back.step(pose)
        self._instruct((back.instruction or words.HOLD_IT) if back.found else words.LOST)
        if back.calibration is not None:
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
        self._instruct(None)
        if running is None:
            return
        self._at += 1
        self._rest_ends_s = t + self._steps[self._at - 1].rest_s
        if running.update is None:
            return  # asked to end with the very frame it began
        last, summary, take = running.finish()
        self._events += last.events if last else ()
        self.sets.append(summary)
        self.takes.append(take)
        self._events.append(SetFinished(t=t, told_t=t, summary=summary))

    def _end_set(self, t: float) -> None:
        before = len(self.sets)
        self._close(t)
        over = self._at >= len(self._steps)
        self._go("finished" if over else "set_done", t)
        if len(self.sets) > before:
            self._speech.summary(self.sets[-1], None if over else self._rest_ends_s - t)

    def _end(self, t: float) -> None:
        """It is all over."""
        if self.state != "finished":
            self._close(t)
            self._go("finished", t)

    def _rest(self, t: float) -> None:
        left = self._rest_ends_s - t
        if left <= 0:
            self._begin(t)
            return
        if t - self._since >= SUMMARY_S:
            self._go("resting", t)
        self._speech.rest(left, self._step.title)

    def _begin(self, t: float) -> None:
        """The rest is over: lead into the next set."""
        self._lead = self._new_lead()
        self._go("searching", t)

    def _update(self, pose: Pose, live: Update | None, advice: CoachAdvice) -> LiveUpdate:
        said = self._speech.said
        if said:
            self._events.append(Spoken(t=pose.t, told_t=pose.t, text=said))
        resting = self.state in ("set_done", "resting")
        counting = self._lead.seconds_left if self.state == "countdown" else None
        self._last = live_update(
            pose,
            self.state,
            self._step,
            self._set,
            live,
            cue=advice.cue,
            instruction=self._instruction,
            seconds_left=max(0.0, self._rest_ends_s - pose.t) if resting else counting,
            why_not=self._set.why_not(pose.t) if self._set else None,
            say=said,
            summary=self.sets[-1] if self.sets and (resting or self.state == "finished") else None,
            events=tuple(self._events),
        )
        return self._last
