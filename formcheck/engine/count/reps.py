"""Repetitions: attempts found relative to the person's range, then judged by the exercise's own limits."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import Calibration
from formcheck.engine.capture.activity import BEFORE_S as STEPS_BEFORE_S
from formcheck.engine.count.attempted import BEFORE_S, Attempted, got_into_position, in_position
from formcheck.engine.count.full_range import FullRange
from formcheck.engine.count.passed_over import amount, hardly_moved
from formcheck.engine.count.phases import TOP, as_seen, split, timed
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.count.position import Position, done_lying
from formcheck.engine.count.recent_body import recent_body
from formcheck.engine.count.rep_judge import RepJudge, finished
from formcheck.engine.count.segment import NEARLY_BACK, Attempt
from formcheck.engine.count.swallowed import Finder
from formcheck.engine.count.tally import Tally
from formcheck.engine.count.typical_rom import LearnedRom
from formcheck.engine.judge.judge import IN_POSE, WEAK, Judge
from formcheck.engine.judge.measurement import Span
from formcheck.engine.tracker import PassedOver, Sighting, TrackerState
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.signals.registry import reading
from formcheck.types.event import Event, Phase
from formcheck.types.reason import Reason
from formcheck.types.result import RepResult

Floats = NDArray[np.floating]

#: Rest before a repetition is looked at this far back.
REST_S = 2.0
#: What leaves the first level of a piece so soon after its beginning may have begun before it. Judgement.
CUT_INTO_S = 0.2
#: While it lasts, it is compared with this much of that rest.
LIVE_REST_S = 1.0


class RepCounter:
    """Counts and judges repetitions.

    Parameters
    ----------
    cycle : the cycle that this clip can show.
    tally : where what is found is added to what was found before.
    """

    def __init__(
        self,
        exercise: Exercise,
        cycle: Cycle,
        calibration: Calibration,
        judge: Judge,
        track: Track,
        tally: Tally,
    ) -> None:
        if cycle.signal is None or cycle.min_range is None:
            raise ValueError(f"{exercise.id}: repetitions need a cycle with a signal")
        self._tally, self._reps, self.judged = tally, tally.reps, tally.judged
        self.passed_over = tally.passed_over
        self._start = PoseCheck.of(exercise, calibration.view.name)
        self._attempted = Attempted.of(exercise, cycle)
        self._counted = sum(rep.counted for rep in tally.reps)
        self._exercise, self._judge, self._track = exercise, judge, track
        self._signal = WEAK + cycle.signal
        if tally.open and tally.signal == cycle.signal:
            tally.open.turned()
        else:
            tally.open, tally.signal = _find(cycle, calibration, tally), cycle.signal
        self._find = tally.open
        self._free_s = tally.reps[-1].end_s if tally.reps else -np.inf
        self._position = Position(track, done_lying(exercise, calibration.view.name), self._attempted.staying)
        self._sides, self._asides = calibration.sensor.noise.sides, calibration.asides
        unit = reading(cycle.signal).unit
        self._range = FullRange(cycle, unit, exercise.range, calibration.view.name in cycle.views)
        side = WEAK + cycle.side if cycle.side else None
        self._rep_of = RepJudge(exercise, judge, track, self._range, side, calibration.declared)

    @property
    def state(self) -> TrackerState:
        """Active from the first movement on; watched while it moves."""
        phase = self._phase
        return TrackerState(
            active=phase != "rest" or bool(self._reps),
            watched=None if phase == "rest" else phase,
            phase=phase,
            progress=self._find.progress,
            attempts=len(self._reps),
            reps=self._counted,
        )

    @property
    def _phase(self) -> Phase:
        """Where in the repetition the last frame was, as far as it can be known yet."""
        if self._find.state == "out" and self._find.reached >= TOP:
            return "hold" if self._find.progress >= TOP * min(1.0, self._find.reached) else "back"
        return self._find.state

    @property
    def baseline(self) -> Span:
        """The end of the rest before the running repetition."""
        return self._find.rest_until_s - LIVE_REST_S, self._find.rest_until_s

    def step(self, seen: Sighting) -> list[Event]:
        """Take the newest row of the track."""
        if why := self._position.step(seen, self._find.rest_s):
            self._find.restart(seen.t, why)
            self._free_s = seen.t
        q = float(self._track.values(self._signal, slice(-1, None))[0])
        found = self._find.take(seen.t, q, present=seen.present)
        return [event for attempt in found for event in self._closed(attempt, seen.t)]

    def cut(self, t: float) -> list[Event]:
        """Close what had nearly come back."""
        last = self._find.cut(Reason("cut_meanwhile"))
        events = self._closed(last, t) if last else []
        self._tally.open = None
        self._tally.most_moved[self._tally.signal] = self._most_moved
        return events

    def finish(self, t: float) -> list[Event]:
        """Close what had all but come back."""
        events = [event for attempt in self._find.end() for event in self._closed(attempt, t)]
        moved = [p for p in self.passed_over if p.reason.code != "unseen_meanwhile"]
        if not self._reps and not moved and len(self._track):
            span = (float(self._track.t[0]), float(self._track.t[-1]))
            least, unit = self._find.threshold, self._range.unit
            why = hardly_moved(self._tally.signal, self._most_moved, least, unit)
            self.passed_over.append(PassedOver(*span, why))
        return events

    @property
    def _most_moved(self) -> float:
        """How far the signal rose at most above its rest, in all shots."""
        return max(self._find.most_moved, self._tally.most_moved.get(self._tally.signal, 0.0))

    def result(self) -> RepResult | None:
        """Every attempt, and how the sides compare; None without an attempt."""
        return self._tally.repetitions(self._sides)

    def _closed(self, attempt: Attempt, now: float) -> list[Event]:
        if why := self._instead(attempt):
            return self._passed_over(attempt, why)
        whole = attempt.start_s >= self._judge.since_s
        free_s = max(self._free_s, self._judge.since_s) if whole else self._free_s
        still_s = self._position.still_since(max(free_s, attempt.start_s - REST_S), attempt.start_s)
        rows = self._track.between(still_s, attempt.end_s)
        self._free_s = attempt.end_s
        t, q = self._track.t[rows], self._track.values(self._signal, rows)
        phases, parts = split(t, q, attempt)
        before = self._kept(attempt.start_s - BEFORE_S, attempt.start_s)
        after = self._kept(attempt.end_s, attempt.end_s)
        lasted_s = phases["back"][1] - phases["out"][0]
        if why := got_into_position(before, after, lasted_s, self._find.min_s):
            return self._passed_over(attempt, why)
        if isinstance(self._find.rom, LearnedRom):
            self._find.rom.learn(attempt.excursion, attempt.end_s - attempt.start_s)
        low = float(np.nanmin(q[t >= attempt.peak_s]))
        attempt = as_seen(t, q, attempt, low)
        return self._judged(attempt, low, phases, timed(t, q, parts), now)

    def _instead(self, attempt: Attempt) -> Reason | None:
        """Why a movement is no attempt; None if it is one."""
        track = self._track
        if self._cut_into(attempt):
            return Reason("cut_meanwhile")
        during = track.between(attempt.start_s - BEFORE_S, attempt.end_s)
        if not in_position(track.values(IN_POSE, during)):
            rows = {name: track.values(WEAK + name, during) for name in self._start.signals}
            far = amount(attempt.excursion, self._range.unit)
            return Reason("out_of_position", far=far, why=self._start.missed(rows))
        for aside in self._asides:
            if aside.start_s <= attempt.peak_s <= aside.end_s:
                return aside.why
        return self._attempted.instead(
            recent_body(track, attempt.start_s - STEPS_BEFORE_S, attempt.end_s), attempt
        )

    def _cut_into(self, attempt: Attempt) -> bool:
        """Whether a piece begins in the middle of a movement: it comes back much farther than it was then."""
        if attempt.start_s > self._judge.since_s + CUT_INTO_S:
            return False
        low = float(
            np.nanmin(self._track.values(self._signal, self._track.between(attempt.peak_s, attempt.end_s)))
        )
        return attempt.base - low > NEARLY_BACK * (attempt.top - low)

    def _passed_over(self, attempt: Attempt, why: Reason) -> list[Event]:
        self.passed_over.append(PassedOver(attempt.start_s, attempt.end_s, why))
        self._free_s = attempt.end_s
        return []

    def _kept(self, start_s: float, end_s: float) -> Floats:
        """Whether the start pose is kept, as the track has it."""
        return self._track.values(IN_POSE, self._track.between(start_s, end_s))

    def _judged(
        self,
        attempt: Attempt,
        low: float,
        phases: dict[Phase, Span],
        lasted: Mapping[Phase, float],
        now: float,
    ) -> list[Event]:
        rep, span = self._rep_of(len(self._reps) + 1, attempt, low, phases, lasted)
        self.judged.append(span)
        self._reps.append(rep)
        self._counted += rep.counted
        return finished(rep, span, self._counted, self._exercise, now)


def _find(cycle: Cycle, calibration: Calibration, tally: Tally) -> Finder:
    """What finds attempts anew; a live set learns the person's range on the way."""
    expected = (cycle.full or 0.0) - (cycle.rest or 0.0)
    rom = LearnedRom(expected) if calibration.live else calibration.typical_rom
    find = Finder(rom, cycle.min_range or 0.0, cycle.min_s, cycle.max_s)
    find.passed_over = tally.passed_over
    return find
