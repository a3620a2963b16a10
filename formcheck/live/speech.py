"""What the voice says with each frame: at most one short text, and nothing twice in a row for nothing."""

import math
from dataclasses import dataclass, field

from formcheck.live import words
from formcheck.live.one_set import OneSet
from formcheck.types.event import AttemptFinished, RepFinished, Update
from formcheck.types.reason import Reason
from formcheck.types.set_summary import SetSummary

#: An instruction that flickers is not worth a word; the same is said again after a while, another sooner.
STABLE_S, AGAIN_S, APART_S = 0.6, 8.0, 2.5
#: A hold's time is said this often, and so long before its goal.
TELL_HOLD_S, LAST_S = 10, 5
#: The end of a rest is said so long before.
REST_ENDS_S = 10


@dataclass(slots=True)
class Speech:
    """Collects what is to be said; `said` is the text of the frame."""

    _t: float = 0.0
    _texts: list[Reason] = field(default_factory=list)
    _instruction: tuple[Reason, float] | None = None
    _instructed: tuple[Reason | None, float] = (None, -math.inf)
    _latest: tuple[str, object] | None = None
    _why: tuple[Reason | None, float] = (None, -math.inf)

    def begin(self, t: float) -> None:
        """A new frame."""
        self._t, self._texts = t, []

    @property
    def said(self) -> Reason | None:
        """What to say with this frame; None is silence."""
        return words.together(tuple(self._texts))

    def say(self, text: Reason) -> None:
        """Something that is said at once."""
        self._texts.append(text)

    def instruct(self, text: Reason | None) -> None:
        """Call with every frame: what the person has to do now, None for nothing."""
        if text is None:
            self._instruction = None
            return
        if self._instruction is None or self._instruction[0] != text:
            self._instruction = (text, self._t)
        before, said_s = self._instructed
        patience = AGAIN_S if text == before else APART_S
        if self._t - self._instruction[1] >= STABLE_S and self._t - said_s >= patience:
            self._instructed = (text, self._t)
            self.say(text)

    def count_down(self, left_s: float) -> None:
        """Three, two, one."""
        self._once(("countdown", math.ceil(left_s)), Reason("count", n=math.ceil(left_s)))

    def rest(self, left_s: float, following: Reason) -> None:
        """The end of a rest is near."""
        if left_s <= REST_ENDS_S:
            self._once(("rest", following), Reason("rest_ends", left=words.seconds(left_s), next=following))

    def exercise(self, update: Update, running: OneSet, goal_s: float | None) -> None:
        """That a turn was seen, counts, the time of a hold, why something was not counted; then the cue."""
        if running.turned:
            self.say(words.TURNED)
        for event in update.events:
            if isinstance(event, RepFinished):
                self.say(running.count(event.side))
            elif isinstance(event, AttemptFinished) and not event.counted:
                self._not_counted(event)
        if update.hold_s is not None:
            self._hold(update.hold_s, goal_s)
        if running.advice.say is not None:
            self.say(running.advice.say)

    def summary(self, done: SetSummary, rest_s: float | None) -> None:
        """The set in a sentence, and what comes."""
        if done.hold_s is not None:
            self.say(Reason("set_held", time=words.seconds(done.hold_s)))
        elif done.cadence_spm is not None:
            self.say(Reason("run_done", spm=done.cadence_spm))
        elif done.attempts:
            self.say(Reason("set_done", good=done.good_reps, attempts=done.attempts))
        if rest_s is None:
            self.say(words.DONE)
        elif rest_s > 0:
            self.say(Reason("rest", time=words.seconds(rest_s)))

    def _not_counted(self, event: AttemptFinished) -> None:
        """The cue that mends it is the coach's, where it has one."""
        why = words.mend(event.reason)
        said_why, said_s = self._why
        if why is None or event.reason in {f.id for f in event.faults}:
            self.say(words.NOT_COUNTED)
        elif said_why != why or self._t - said_s >= AGAIN_S:
            self._why = (why, self._t)
            self.say(words.NOT_COUNTED)
            self.say(why)

    def _hold(self, held_s: float, goal_s: float | None) -> None:
        if goal_s is not None and goal_s - LAST_S <= held_s < goal_s and goal_s > 2 * LAST_S:
            self._once(("last", goal_s), Reason("more", n=LAST_S))
        elif held_s >= TELL_HOLD_S and (goal_s is None or held_s < goal_s):
            tens = int(held_s // TELL_HOLD_S) * TELL_HOLD_S
            self._once(("held", tens), words.seconds(tens))
        elif held_s < TELL_HOLD_S:
            self._latest = None

    def _once(self, what: tuple[str, object], text: Reason) -> None:
        if what != self._latest:
            self._latest = what
            self.say(text)
