"""Holds: the clock runs while the pose is kept (specification 1.12)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.engine.body.track import Track
from formcheck.engine.count.sides import working_side
from formcheck.engine.judge.judge import IN_POSE, Judge
from formcheck.engine.judge.judged_span import JudgedSpan, broken, clean
from formcheck.engine.judge.measure import Span
from formcheck.engine.judge.score import score
from formcheck.types.event import PHASES, BlockFinished, Event
from formcheck.types.session import Hold

#: A break this short still counts as held; a longer one stops the clock; a still longer one ends the hold.
BRIDGE_S, END_S = 0.5, 2.0
#: Shorter than this was getting into position.
LEAST_S = 1.0
BLOCK_S = 5.0
#: What "start" means for a hold.
START_S = 3.0
TOLERATED_BREAKS = 5


@dataclass(slots=True)
class _Clock:
    """One running hold."""

    start_s: float
    last_s: float
    total_s: float = 0.0
    breaks: int = 0
    block_s: float = 0.0
    block_total_s: float = 0.0
    before_total_s: float = 0.0
    paused: bool = False


class HoldTimer:
    """Times and judges holds."""

    def __init__(
        self,
        judge: Judge,
        track: Track,
        side: str | None = None,
        declared: Literal["left", "right"] | None = None,
    ) -> None:
        """``side`` is the column that tells which side is held, ``declared`` what the person said."""
        self.holds: list[Hold] = []
        self.closed: list[JudgedSpan] = []
        self._judge, self._track = judge, track
        self._side, self._declared = side, declared
        self._clock: _Clock | None = None

    @property
    def held_s(self) -> float:
        """Seconds held so far, in all holds together."""
        running = self._clock.total_s if self._clock else 0.0
        return running + sum(h.total_s for h in self.holds)

    @property
    def holding(self) -> bool:
        """Whether the clock runs."""
        return self._clock is not None and not self._clock.paused

    @property
    def baseline_span(self) -> Span | None:
        """Where the values lie that the running hold is compared with."""
        return (self._clock.start_s, self._clock.start_s + START_S) if self._clock else None

    def step(self, t: float, in_pose: bool | None) -> list[Event]:
        """Take the newest row of the track; ``in_pose`` None where it cannot be seen."""
        clock = self._clock
        if clock is None:
            if in_pose:
                self._clock = _Clock(t, t, block_s=t)
            return []
        gap = t - clock.last_s
        if in_pose:
            clock.total_s += gap if gap <= BRIDGE_S else 0.0
            clock.last_s, clock.paused = t, False
            if t - clock.block_s >= BLOCK_S:
                return [self._block(clock, t)]
        elif gap > END_S:
            self._end()
        elif gap > BRIDGE_S and not clock.paused:
            clock.paused = True
            clock.breaks += 1
        return []

    def finish(self, t: float) -> list[Event]:
        """The clip is over: end the running hold."""
        del t
        self._end()
        return []

    def _block(self, clock: _Clock, now: float) -> Event:
        span: Span = (clock.block_s, now)
        clock.block_s = now
        start = (clock.start_s, clock.start_s + START_S)
        phases = dict.fromkeys(PHASES, span)
        taken = self._judge(
            self._track, phases, {"start": start, "rest": start}, dict.fromkeys(PHASES, IN_POSE)
        )
        steady = max(0.0, 1.0 - clock.breaks / TOLERATED_BREAKS)
        held = clock.total_s - clock.block_total_s
        clock.before_total_s, clock.block_total_s = clock.block_total_s, clock.total_s
        kept = min(1.0, held / (now - span[0])) if now > span[0] else 1.0
        points, coverage = score(taken, kept, steady)
        self.closed.append(JudgedSpan(*span, tuple(taken), points, coverage))
        return BlockFinished(t=span[0], told_t=now, faults=broken(taken), clean=clean(taken))

    def _last_block(self, clock: _Clock) -> None:
        """What is left, together with the block before it if it is short: a fault at the very end counts."""
        before = self.closed[-1] if self.closed and self.closed[-1].start_s >= clock.start_s else None
        if before is not None and clock.last_s - clock.block_s < LEAST_S:
            self.closed.pop()
            clock.block_s, clock.block_total_s = before.start_s, clock.before_total_s
        self._block(clock, clock.last_s)

    def _end(self) -> None:
        clock, self._clock = self._clock, None
        if clock is None or clock.total_s < LEAST_S:
            return
        clock.breaks -= clock.paused  # what ends a hold is no break in it
        if clock.last_s > clock.block_s:
            self._last_block(clock)
        broken = [
            span
            for block in self.closed
            if block.start_s >= clock.start_s
            for taken in block.taken
            for span in taken.error_spans
        ]
        clean = max(0.0, clock.total_s - _covered(broken))
        side = working_side(self._track, self._side, (clock.start_s, clock.last_s), self._declared)
        self.holds.append(Hold(side, clock.start_s, clock.last_s, clock.total_s, clean, clock.breaks))


def _covered(spans: list[Span]) -> float:
    """Seconds that lie in at least one of the spans."""
    total, reached = 0.0, -np.inf
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total
