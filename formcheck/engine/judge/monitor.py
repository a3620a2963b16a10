"""Faults while they last: on once they have lasted, off again with hysteresis; for screen and voice."""

from dataclasses import dataclass, field

from formcheck.engine.judge.measure import PreparedCheck
from formcheck.types.event import ActiveFault, Event, FaultCleared, FaultSaid

#: A fault out of sight is kept this long, then dropped without a word: nobody knows whether it is mended.
PATIENCE_S = 0.5


@dataclass(slots=True)
class _Watch:
    """One check under watch; times are None while nothing is wrong."""

    check: PreparedCheck
    warn_s: float | None = None
    error_s: float | None = None
    fault: ActiveFault | None = None
    seen_s: float = 0.0
    clear: float = field(init=False)

    def __post_init__(self) -> None:
        self.clear = self.check.clear

    def step(self, t: float, x: float) -> bool:
        """Take one value, baseline subtracted; whether the fault began, changed level or ended.

        NaN, not seen, is none of these.
        """
        before = self.fault
        if x != x:
            return False
        self.seen_s = t
        beyond = abs(x) if self.check.measure.take == "drift" else self.check.sign * x
        self.warn_s = _since(self.warn_s, t, beyond > self.check.warn)
        self.error_s = _since(self.error_s, t, beyond > self.check.error)
        for_s = self.check.pose_measure.for_s
        if self.error_s is not None and t - self.error_s >= for_s:
            self.fault = self._fault("error")
        elif self.warn_s is not None and t - self.warn_s >= for_s:
            self.fault = self.fault or self._fault("warn")
        elif not beyond > self.clear:
            self.fault = None
        return self.fault != before

    def forget(self, t: float, *, seen: bool) -> None:
        """Before a step: what was not seen for long is dropped."""
        if t - self.seen_s > PATIENCE_S or not (seen or self.fault):
            self.warn_s = self.error_s = self.fault = None

    def _fault(self, level: str) -> ActiveFault:
        limit = self.check.limit
        return ActiveFault(self.check.id, limit.say, level, self.check.joints, limit.safety)  # type: ignore[arg-type]


@dataclass(slots=True)
class Monitor:
    """Watches all checks of an exercise that a single moment can break.

    Parameters
    ----------
    checks : those of the judge; the ones this clip cannot show are never watched.
    """

    checks: list[PreparedCheck]
    _watches: list[_Watch] = field(init=False)

    def __post_init__(self) -> None:
        self._watches = [_Watch(c) for c in self.checks if c.blocked is None and _momentary(c)]

    @property
    def watched(self) -> list[PreparedCheck]:
        """The checks under watch."""
        return [w.check for w in self._watches]

    @property
    def faults(self) -> tuple[ActiveFault, ...]:
        """Those that hold now, worst first, safety before comfort."""
        on = [w for w in self._watches if w.fault is not None]
        on.sort(key=lambda w: (w.fault is not None and w.fault.level != "error", not w.check.limit.safety))
        return tuple(w.fault for w in on if w.fault is not None)

    def step(self, t: float, values: list[float]) -> list[Event]:
        """Take one value per watched check, NaN where it is not to be looked at; returns what changed."""
        events: list[Event] = []
        for watch, x in zip(self._watches, values, strict=True):
            watch.forget(t, seen=x == x)
            was = watch.fault
            if watch.step(t, x):
                now = watch.fault
                if now is None:
                    events.append(FaultCleared(t=t, told_t=t, id=watch.check.id))
                elif was is None:
                    events.append(
                        FaultSaid(t=t - watch.check.pose_measure.for_s, told_t=t, id=now.id, cue=now.cue)
                    )
        return events


def _momentary(check: PreparedCheck) -> bool:
    """Whether a moment beyond the limit breaks it: not where even the best moment must fall short."""
    take = check.measure.take
    return take in ({"drift", "max"} if check.upper else {"min"})


def _since(began: float | None, t: float, holds: bool) -> float | None:
    if not holds:
        return None
    return t if began is None else began
