"""Holds: the clock runs while the pose is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from formcheck.engine.body.track import Track
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.count.recent_body import on_foot
from formcheck.engine.count.sides import working_side
from formcheck.engine.count.tally import Tally
from formcheck.engine.judge.judge import IN_POSE, WEAK, Judge
from formcheck.engine.judge.judged_span import JudgedSpan, broken, clean
from formcheck.engine.judge.measurement import Span
from formcheck.engine.tracker import PassedOver, Sighting, TrackerState
from formcheck.types.event import PHASES, BlockFinished, Event
from formcheck.types.reason import Reason
from formcheck.types.result import Hold, HoldResult

#: A break this short still counts as held; a longer one stops the clock; a still longer one ends the hold.
BRIDGE_S, END_S = 0.5, 2.0
#: So long it takes to get out of position, which is no fault while the pose is still kept. Judgement.
LEAVING_S = 1.0
#: Shorter than this was getting into position.
LEAST_S = 1.0
#: Who is out of the pose for so long in one that breaks it is not on the way into or out of it. Judgement.
STAYS_S = 2.0
#: A hold is scored in blocks of so many seconds. Judgement.
BLOCK_S = 5.0
#: What "start" means for a hold.
START_S = 3.0
#: So many breaks cost all points of steadiness. Judgement.
TOLERATED_BREAKS = 5


@dataclass(slots=True)
class _Clock:
    """One running hold; ``block_`` is of its running block, ``before_total_s`` held before the last block.

    ``left``: whether the pose was seen not to be kept since it was last kept.
    """

    start_s: float
    last_s: float
    total_s: float = 0.0
    breaks: int = 0
    block_s: float = 0.0
    block_total_s: float = 0.0
    before_total_s: float = 0.0
    paused: bool = False
    left: bool = False

    @property
    def start_span(self) -> Span:
        """Where the values lie that the rest of it is compared with."""
        return self.start_s, self.start_s + START_S

    @property
    def steadiness(self) -> float:
        """0..1, less with every break."""
        return max(0.0, 1.0 - self.breaks / TOLERATED_BREAKS)


class HoldTimer:
    """Times and judges holds.

    Parameters
    ----------
    judge, track : the checks, and the notebook that holds the frames.
    pose : what is held.
    tally : where what is found is added to what was found before.
    side : the column that says which side is held; None for exercises without sides.
    declared : the side that the person said.
    """

    def __init__(
        self,
        judge: Judge,
        track: Track,
        pose: PoseCheck,
        tally: Tally,
        side: str | None = None,
        declared: Literal["left", "right"] | None = None,
    ) -> None:
        self._holds, self.judged, self.passed_over = tally.holds, tally.judged, tally.passed_over
        self._judge, self._track, self._pose = judge, track, pose
        self._side, self._declared = side, declared
        self._clock: _Clock | None = None
        self._in_pose, self._stays = False, False
        self._waiting: tuple[float, ...] = ()

    @property
    def state(self) -> TrackerState:
        """Active while the clock runs; watched while the pose is kept, too."""
        running = self._clock is not None and not self._clock.paused
        held_s = (self._clock.total_s if self._clock else 0.0) + sum(h.total_s for h in self._holds)
        return TrackerState(
            active=running, watched="hold" if running and self._in_pose else None, hold_s=held_s
        )

    @property
    def baseline(self) -> Span | None:
        """The beginning of the running hold."""
        return self._clock.start_span if self._clock else None

    def step(self, seen: Sighting) -> list[Event]:
        """Let the clock run on, or stop it."""
        # in each step the pose of one leg is kept for a moment
        keeps = bool(seen.in_pose or seen.broken) and not on_foot(self._track, seen.t)
        times = self._decided(seen.t, keeps, broken=seen.broken)
        self._in_pose = keeps and bool(times)
        return [event for t in times for event in self._run(t, out=seen.in_pose is not None)]

    def _decided(self, t: float, keeps: bool, *, broken: bool) -> tuple[float, ...]:
        """The frames of which it is known by now whether the hold is kept.

        In a broken pose one waits: who stays in it, or goes on holding, holds wrongly; others come or go.
        """
        if not keeps and self._waiting and t - self._waiting[-1] <= BRIDGE_S:
            return ()
        waited, self._waiting = (*self._waiting, t), ()
        if not (keeps and broken):
            self._stays = False
            return waited if keeps and self._clock is not None else (t,)
        self._stays = self._stays or t - waited[0] >= STAYS_S
        if self._stays:
            return waited
        self._waiting = waited
        return ()

    def _run(self, t: float, *, out: bool) -> list[Event]:
        """Let the clock run on to ``t``, or stop it; ``out`` if it is seen whether the pose is kept."""
        clock = self._clock
        if clock is None:
            self._clock = _Clock(t, t, block_s=t) if self._in_pose else None
            return []
        gap = t - clock.last_s
        if self._in_pose:
            clock.total_s += gap if gap <= BRIDGE_S else 0.0
            if gap > BRIDGE_S and not clock.left:
                self.passed_over.append(PassedOver(clock.last_s, t, Reason("unseen_meanwhile", seconds=gap)))
            clock.last_s, clock.paused, clock.left = t, False, False
            return [self._block(clock, t)] if t - clock.block_s >= BLOCK_S else []
        clock.left |= out
        if gap > END_S:
            self._end(LEAVING_S)
        elif gap > BRIDGE_S and clock.total_s < LEAST_S:
            self._end()  # each step of a way on foot may keep the pose for a moment
        elif gap > BRIDGE_S and not clock.paused:
            clock.paused = True
            clock.breaks += 1
        return []

    def cut(self, t: float) -> list[Event]:
        """End the running hold."""
        del t
        self._end()
        return []

    def finish(self, t: float) -> list[Event]:
        """End the running hold."""
        if self._clock is not None:
            self._end(LEAVING_S if t - self._clock.last_s > BRIDGE_S else 0.0)
        if not self._holds and not self.passed_over and len(self._track):
            rows = {name: self._track.values(WEAK + name) for name in self._pose.signals}
            span = (float(self._track.t[0]), float(self._track.t[-1]))
            self.passed_over.append(PassedOver(*span, self._pose.missed(rows)))
        return []

    def result(self) -> HoldResult:
        """Every hold."""
        return HoldResult(tuple(self._holds))

    def _block(self, clock: _Clock, now: float) -> Event:
        span: Span = (clock.block_s, now)
        clock.block_s = now
        start = clock.start_span
        phases, kept = dict.fromkeys(PHASES, span), dict.fromkeys(PHASES, IN_POSE)
        found = self._judge(self._track, phases, {"start": start, "rest": start}, kept)
        shares = self._kept_share(clock, span), clock.steadiness
        self.judged.append(JudgedSpan(*span, tuple(found), *shares))
        return BlockFinished(t=span[0], told_t=now, faults=broken(found), clean=clean(found))

    @staticmethod
    def _kept_share(clock: _Clock, span: Span) -> float:
        """The part of a block that was held, 0..1; the next block begins with this call."""
        held_s = clock.total_s - clock.block_total_s
        clock.before_total_s, clock.block_total_s = clock.block_total_s, clock.total_s
        return min(1.0, held_s / (span[1] - span[0])) if span[1] > span[0] else 1.0

    def _last_block(self, clock: _Clock, until_s: float) -> None:
        """What is left, together with the block before it if it is short: a fault at the very end counts."""
        before = self.judged[-1] if self.judged and self.judged[-1].start_s >= clock.start_s else None
        if before is not None and clock.last_s - clock.block_s < LEAST_S:
            self.judged.pop()
            clock.block_s, clock.block_total_s = before.start_s, clock.before_total_s
        self._block(clock, until_s)

    def _end(self, leaving_s: float = 0.0) -> None:
        """Close the running hold; its last ``leaving_s`` are not judged."""
        clock, self._clock = self._clock, None
        if clock is None:
            return
        if clock.total_s < LEAST_S:
            brief = Reason("held_briefly", seconds=clock.total_s, least=LEAST_S)
            self.passed_over.append(PassedOver(clock.start_s, clock.last_s, brief))
            return
        clock.breaks -= clock.paused  # what ends a hold is no break in it
        if clock.last_s - leaving_s > clock.block_s:
            self._last_block(clock, clock.last_s - leaving_s)
        side = working_side(self._track, self._side, (clock.start_s, clock.last_s), self._declared)
        total_s = clock.total_s
        hold = Hold(side, clock.start_s, clock.last_s, total_s, total_s, clock.breaks)
        self._holds.append(with_clean_s(hold, self.judged))


def with_clean_s(hold: Hold, blocks: Iterable[JudgedSpan]) -> Hold:
    """A hold with the seconds of it without an error, as ``blocks`` have it."""
    own = (block for block in blocks if hold.start_s <= block.start_s <= hold.end_s)
    errors = [span for block in own for found in block.measurements for span in found.error_spans]
    return replace(hold, clean_s=max(0.0, hold.total_s - _covered(errors)))


def _covered(spans: list[Span]) -> float:
    """Seconds that lie in at least one of the spans."""
    total, reached = 0.0, -np.inf
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total
