"""Cycles of movement: found relative to the person's own range, never by the limits that judge them."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from formcheck.engine.count.passed_over import gap
from formcheck.engine.count.rest_level import RestLevel
from formcheck.engine.tracker import PassedOver
from formcheck.types.reason import Reason

#: Share of the person's own range that a movement must go out, and come back, to be an attempt.
SHARE = 0.4
#: Share of its own excursion that an attempt must come back before it can end.
RETURN = 0.6
#: Share of an attempt's excursion within which it counts as back at its start.
BACK = 0.10
#: It has ended when it falls more slowly than this share a second.
CREEP_PER_S = 0.1
#: The same for a return that stops short: it must last `SETTLE_S` or turn round.
NEARLY_BACK = 0.30
SETTLE_S = 0.4
#: Shorter than this share of the exercise's shortest repetition, it was a twitch.
TWITCH = 0.3
#: As short as that repetition, it counts from this share of the person's own range times time on; lasting
#: longer it needs less. Whoever is quick throughout is counted.
SLIGHT = 0.45
#: Who stays within this share of the peak rests there: so much longer a repetition may last, at most as long
#: as the exercise's longest once more. Judgement.
AT_PEAK = 0.15
#: Without a person a movement is given up after this long; with one whose limb is hidden after the longer.
LOST_S, HIDDEN_S = 1.6, 2.5
#: What is hidden for this share of a repetition's time, and no less than the seconds, may have held one.
#: Judgement: nobody wants to hear of less.
UNSEEN, UNSEEN_S = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Attempt:
    """Times and levels of one movement out and back.

    ``rest_seen``: whether the body was seen at rest before it, ``peak_seen`` right before and after its peak.
    """

    start_s: float
    peak_s: float
    end_s: float
    base: float
    top: float
    rest_seen: bool = True
    peak_seen: bool = True

    @property
    def excursion(self) -> float:
        """How far it went from its start."""
        return self.top - self.base

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return self.end_s - self.start_s


class RomOverTime(Protocol):
    """What a person typically does."""

    def at(self, t: float) -> tuple[float, float]:
        """Typical range, in the signal's unit, and typical seconds of a repetition at a time; 0 not known."""


@dataclass(slots=True)
class Excursions:
    """Finds attempts in a signal that rises toward the peak of a repetition.

    Parameters
    ----------
    rom : the range this person uses and the time a repetition takes them.
    min_range : the least that an attempt may move.
    min_s, max_s : shortest and longest repetition of the exercise.

    Attributes
    ----------
    passed_over : movements that were given up, or were too slight.
    most_moved : how far the signal rose at most above its rest.
    """

    rom: RomOverTime
    min_range: float
    min_s: float
    max_s: float
    state: Literal["rest", "out", "back"] = "rest"
    progress: float = float("nan")
    _level: RestLevel = field(default_factory=RestLevel)
    _base: float = 0.0
    _base_t: float = 0.0
    _top: float = 0.0
    _top_t: float = 0.0
    _low: float = 0.0
    _low_t: float = 0.0
    _seen_t: float | None = None
    _last_t: float = float("inf")
    _range: float = 0.0
    _seconds: float = 0.0
    _at_peak: bool = False
    _rest_seen: bool = True
    _rested_s: float = 0.0
    passed_over: list[PassedOver] = field(default_factory=list)
    most_moved: float = 0.0

    @property
    def threshold(self) -> float:
        """Least movement out, and back, of an attempt."""
        return max(self.min_range, SHARE * self._range)

    @property
    def reached(self) -> float:
        """The running movement's farthest point, as a share of the person's own range."""
        return (self._top - self._base) / max(self._range, self.min_range)

    @property
    def rest_until_s(self) -> float:
        """When the rest before the running movement ended; the latest time seen while at rest."""
        return (self._seen_t or 0.0) if self.state == "rest" else self._base_t

    def step(self, t: float, q: float, *, present: bool = True) -> Attempt | None:
        """Take one value, NaN where it is not seen; an attempt if one has just closed.

        ``present``: whether a person is in view at all.
        """
        if t - self._last_t > LOST_S:  # the camera stood still: nobody knows what happened meanwhile
            self.restart(t, Reason("pictures_missing", seconds=t - self._last_t))
        before_s, self._last_t = self._last_t, t
        if q != q:
            self.progress = float("nan")
            longest_s = HIDDEN_S if present else LOST_S
            if self._seen_t is not None and t - self._seen_t > longest_s:
                self.restart(t, Reason("hidden_meanwhile", seconds=longest_s))
            return None
        self._range, self._seconds = self.rom.at(t)
        self._came_back(t, before_s)
        self._seen_t = t
        base = self._base if self.state != "rest" else self._level.take(t, q)[1]
        self.progress = min(1.0, max(0.0, (q - base) / max(self._range, self.min_range)))
        return self._advance(t, q, max(0.0, t - before_s))

    def _came_back(self, t: float, before_s: float) -> None:
        """Note how long nothing was seen before ``t``, if a repetition may have been made meanwhile."""
        since_s = t if self._seen_t is None else self._seen_t
        noted = bool(self.passed_over) and self.passed_over[-1].end_s > since_s
        if t - since_s >= max(UNSEEN_S, UNSEEN * max(self.min_s, self._seconds)) and not noted:
            self.passed_over.append(PassedOver(since_s, t, gap(t - since_s, filmed=before_s > since_s)))

    def _advance(self, t: float, q: float, passed_s: float) -> Attempt | None:
        if self.state == "rest":
            self._rest(t, q)
            return None
        self._at_peak = q > self._top or (
            self._at_peak and q >= self._top - AT_PEAK * (self._top - self._base)
        )
        if self._at_peak:
            self._rested_s += passed_s
        if t - self._base_t > self.max_s + min(self._rested_s, self.max_s):
            self.restart(t, Reason("slower_than_longest", seconds=t - self._base_t, longest=self.max_s))
            return None
        if self.state == "out":
            if q >= self._top:
                self._top, self._top_t = q, t
            elif self._top - q >= max(self.threshold, RETURN * (self._top - self._base)):
                self.state, self._low, self._low_t = "back", q, t
            return None
        return self._back(t, q)

    @property
    def rest_s(self) -> float:
        """When the rest was that the running movement, or one that begins now, is counted against."""
        at_rest = self.state == "rest"
        return self._base_t if not at_rest else self._level.lowest_s if self._level else self._last_t

    def cut(self, why: Reason) -> Attempt | None:
        """The attempt that is nearly back; nothing goes on from here, and any other is none, for a reason."""
        nearly = self._low <= self._base + NEARLY_BACK * (self._top - self._base)
        if self.state == "back" and nearly:
            return self._close()
        self.restart(self._last_t, why)
        return None

    def finish(self) -> Attempt | None:
        """The attempt that the end of the clip cut off on its way back, most of it behind."""
        if self.state == "out":
            self.restart(self._last_t, Reason("clip_ends"))
        return self._close() if self.state == "back" else None

    def _rest(self, t: float, q: float) -> None:
        low_t, low = self._level.take(t, q)
        if self._level.fallen(q) >= self.threshold:
            self.passed_over.append(PassedOver(self._level.began_s, t, Reason("way_out_unseen")))
            self._level.settle(low_t, low)
        if q - low >= self.threshold:
            self.state = "out"
            left = self._level.left_at(low + BACK * (q - low))
            self._base, self._base_t, self._top, self._top_t = low, left, q, t
            self._rest_seen = self._level.was_seen(left)
            self._at_peak, self._rested_s = True, 0.0
            self._level.leave()
        self.most_moved = max(self.most_moved, q - low)

    def _back(self, t: float, q: float) -> Attempt | None:
        if q > self._top:
            self.state, self._top, self._top_t = "out", q, t
            return None
        excursion = self._top - self._base
        falling = self._low - q > CREEP_PER_S * excursion * (t - self._low_t)
        if q < self._low:
            self._low, self._low_t = q, t
        nearly = self._low <= self._base + NEARLY_BACK * excursion
        turned = q - self._low >= (0.15 * excursion if nearly else self.threshold)
        settled = nearly and t - self._low_t >= SETTLE_S
        back = self._low <= self._base + BACK * excursion and not falling
        if not (back or turned or settled):
            return None
        attempt = self._close()
        self._level.settle(self._low_t, self._low)
        self._rest(t, q)
        return attempt

    def _close(self) -> Attempt | None:
        self.state = "rest"
        times = (self._base_t, self._top_t, self._low_t)
        attempt = Attempt(*times, self._base, self._top, self._rest_seen)
        why = self._slight(attempt)
        if why:
            self.passed_over.append(PassedOver(attempt.start_s, attempt.end_s, why))
        return None if why else attempt

    def _slight(self, attempt: Attempt) -> Reason | None:
        """Why a movement is none; None if it is an attempt."""
        lasted = attempt.end_s - attempt.start_s
        size = min(attempt.excursion, self._range) * lasted
        least = SLIGHT * self._range * self._seconds * self.min_s / max(self.min_s, lasted)
        if lasted >= TWITCH * self.min_s and size >= least:
            return None
        if lasted < self.min_s:
            return Reason("twitch", seconds=lasted, least=self.min_s)
        return Reason("slight", seconds=lasted, percent=100.0 * attempt.excursion / self._range)

    def turned(self) -> None:
        """The body is seen from another side from now on: the level at rest is found anew."""
        if self.state == "rest":
            self._level.forget()

    def restart(self, t: float, why: Reason) -> None:
        """Begin anew at ``t``: what rest and movement were before means nothing."""
        if self.state != "rest":
            self.passed_over.append(PassedOver(self._base_t, t, why))
        self.state = "rest"
        self._level.forget()
