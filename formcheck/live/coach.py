"""One cue at a time, with patience: what is shown and said while somebody exercises."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from formcheck.live import words
from formcheck.types.event import (
    ActiveFault,
    AttemptFinished,
    BlockFinished,
    Event,
    FaultCleared,
    FaultSaid,
    Update,
)
from formcheck.types.live_update import Cue
from formcheck.types.reason import Reason, said

#: Cues are said at least this far apart, the same one no sooner than that, and so often in a set.
EVERY_S, SAME_S, REPEATS = 4.0, 12.0, 3
#: A cue stays to be read.
SHOW_S = 3.0
#: What was found in a repetition, or some seconds of a hold, is news for so long.
NEWS_S = 3.0
#: A fault must stay away this long to be mended; later than that the cue was not what mended it.
MENDED_S, CREDIT_S = 0.8, 20.0
#: Praise is shown this long.
PRAISE_S = 1.5


@dataclass(frozen=True, slots=True)
class CoachAdvice:
    """What the coach shows and says with one frame."""

    cue: Cue | None
    say: Reason | None
    #: What the cue is about, when it is said; None of praise.
    fault: ActiveFault | None = None

    def events(self, t: float) -> list[Event]:
        """What a cue is as an event, when it is said: a fault, or its end."""
        cue = self.cue
        if cue is None or self.say is None:
            return []
        if self.fault is None:
            return [FaultCleared(t=t, told_t=t, id=cue.id)]
        return [FaultSaid(t=t, told_t=t, id=cue.id, cue=self.fault.cue)]


SILENT = CoachAdvice(None, None)


@dataclass(slots=True)
class Coach:
    """Chooses the cue; one for each set."""

    _news: dict[str, tuple[ActiveFault, float]] = field(default_factory=dict)
    _said_s: dict[str, float] = field(default_factory=dict)
    _times: dict[str, int] = field(default_factory=dict)
    _last_s: float = float("-inf")
    _shown: tuple[Cue, float] | None = None
    _hoping: dict[str, float] = field(default_factory=dict)
    _mended: dict[str, float] = field(default_factory=dict)

    def step(self, update: Update) -> CoachAdvice:
        """Take what the engine knows with this frame."""
        t = update.t
        self._note(update.events, t)
        faults = self._ranked(update, t)
        praise = self._praise(t, {f.id for f in faults})
        if praise is not None:
            return praise
        due = next((f for f in faults if self._may_say(f, t)), None)
        if due is not None:
            self._said_s[due.id] = self._last_s = self._hoping[due.id] = t
            self._times[due.id] = self._times.get(due.id, 0) + 1
            self._mended.pop(due.id, None)
            cue = Cue(due.id, said(due.cue), due.level)
            self._shown = (cue, t)
            return CoachAdvice(cue, cue.text, due)
        return CoachAdvice(self._on_show(faults, t), None)

    def _note(self, events: Iterable[Event], t: float) -> None:
        for event in events:
            if isinstance(event, AttemptFinished | BlockFinished):
                self._news = {f.id: (f, t) for f in event.faults}
                self._mended |= {i: t - MENDED_S for i in event.clean if i in self._hoping}
            elif isinstance(event, FaultCleared) and event.id in self._hoping:
                self._mended[event.id] = t

    def _ranked(self, update: Update, t: float) -> list[ActiveFault]:
        """What is wrong now or was just found, most important first, each once."""
        lately = [f for f, s in self._news.values() if t - s < NEWS_S]
        by_id: dict[str, ActiveFault] = {}
        for fault in (*update.faults, *lately):
            by_id.setdefault(fault.id, fault)
        return sorted(by_id.values(), key=_rank)

    def _may_say(self, fault: ActiveFault, t: float) -> bool:
        if t - self._last_s < EVERY_S or self._times.get(fault.id, 0) >= REPEATS:
            return False
        return t - self._said_s.get(fault.id, float("-inf")) >= SAME_S

    def _on_show(self, faults: list[ActiveFault], t: float) -> Cue | None:
        """The cue being read; then what is wrong now, in silence."""
        if self._shown is not None:
            cue, since = self._shown
            if t - since < (PRAISE_S if cue.level == "praise" else SHOW_S):
                return cue
        self._shown = None
        if faults:
            worst = faults[0]
            self._shown = (Cue(worst.id, said(worst.cue), worst.level), t)
            return self._shown[0]
        return None

    def _praise(self, t: float, wrong: set[str]) -> CoachAdvice | None:
        """Once for each cue that was heeded."""
        for name, since in list(self._mended.items()):
            if name in wrong or t - self._hoping.get(name, float("-inf")) > CREDIT_S:
                del self._mended[name]
            elif t - since >= MENDED_S:
                del self._mended[name], self._hoping[name]
                cue = Cue(name, words.PRAISE, "praise")
                self._shown = (cue, t)
                return CoachAdvice(cue, words.PRAISE)
        return None


def _rank(fault: ActiveFault) -> int:
    """Safety first, then clear faults, then the slighter ones, then tempo, then range."""
    if fault.about != "form":
        return 3 if fault.about == "tempo" else 4
    if fault.level == "error":
        return 0 if fault.safety else 1
    return 2
