"""By which of an exercise's cycles a person is counted, what is typical in it, and what is not of the set."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.as_read import cycles_as_read
from formcheck.engine.body.observe import Observation
from formcheck.engine.capture.activity import SIGNALS, BodyOverTime
from formcheck.engine.count.asides import Aside, Movements, asides
from formcheck.engine.count.attempted import BEFORE_S, Attempted, in_position
from formcheck.engine.count.both_sides import BothSides, with_sides
from formcheck.engine.count.pose_check import PoseCheck, marked
from formcheck.engine.count.segment import Attempt
from formcheck.engine.count.typical_rom import STILL, TypicalRom, attempts, typical_rom
from formcheck.exercises.schema import Cycle, Exercise

Floats = NDArray[np.floating]

#: A cycle whose signal is seen in less of the clip than this gives way to the next. Judgement.
LEAST_CYCLE_SEEN = 0.4
#: Another cycle counts than the first if so much more of the way that its signal goes belongs to attempts,
#: and they take no less than this share of the time of the first's. Chosen on 150 simulated strangers of even
#: seeds, of exercises with several cycles: 107 counts are exact, 99 by the first. The peaks of so many of its
#: attempts lie within those of the first, or it counts another movement (cats instead of cows). Judgement.
CLEARER, AS_LONG, SAME = 0.15, 0.6, 0.5


@np.errstate(invalid="ignore", divide="ignore")
def choose_cycle(exercise: Exercise, *seen: Observation) -> tuple[Cycle | None, TypicalRom]:
    """The first cycle that this view shows, that is seen, and in which the person moves.

    Where none moves enough, the first that is seen; its typical range and time are then 0. ``seen`` are the
    pieces of a clip in one view, at least one.
    """
    return _Take(exercise, seen).first()


@np.errstate(invalid="ignore", divide="ignore")
def clearest_cycle(exercise: Exercise, *seen: Observation) -> tuple[Cycle | None, TypicalRom]:
    """`choose_cycle`, or another whose signal shows the attempts of this person much more clearly."""
    take = _Take(exercise, seen)
    first, rom = take.first()
    others = {cycle.signal for cycle in exercise.cycle} - {first.signal if first else None}
    if first is None or not others or not rom.moves:
        return first, rom
    known = take.attempts(first, rom)
    clear, least_s, chosen = take.clearness(first, known), AS_LONG * _lasted_s(known), (first, rom)
    for cycle, rom in take.cycles():
        if cycle.signal in others and rom.moves:
            found = take.attempts(cycle, rom)
            clearer = take.clearness(cycle, found)
            if clearer > clear + CLEARER and _lasted_s(found) >= least_s and _same(found, known):
                clear, chosen = clearer, (cycle, rom)
    return chosen


def _same(found: Sequence[Attempt], known: Sequence[Attempt]) -> bool:
    """Whether two signals show the same movements: not what one does between those of the other."""
    within = [any(a.start_s <= one.peak_s <= a.end_s for a in known) for one in found]
    return sum(within) >= SAME * len(within)


@np.errstate(invalid="ignore", divide="ignore")
def shows(seen: Observation, cycle: Cycle | None) -> bool:
    """Whether enough of a cycle's signal is seen."""
    signal = cycle and cycle.signal
    return not signal or bool(np.isfinite(_over([seen], (signal,))[signal]).mean() >= LEAST_CYCLE_SEEN)


@np.errstate(invalid="ignore", divide="ignore")
def movements_of(
    exercise: Exercise, cycle: Cycle | None, rom: TypicalRom, *seen: Observation
) -> Movements | None:
    """What would be attempts in the pieces of a clip in one view, as of `choose_cycle`; None without any."""
    if cycle is None or cycle.signal is None or cycle.min_range is None or not rom.moves:
        return None
    take = _Take(exercise, seen)
    body = np.concatenate([piece.body.image / piece.body.scale_px for piece in seen])
    return Movements(cycle.signal, take.t, take.values[cycle.signal], body, take.attempts(cycle, rom))


@np.errstate(invalid="ignore", divide="ignore")
def asides_of(*views: Movements | None) -> tuple[Aside, ...]:
    """What is not of the set that a clip shows, whichever the view."""
    return asides([shown for shown in views if shown is not None])


class _Take:
    """What the pieces of a clip in one view show of an exercise."""

    def __init__(self, exercise: Exercise, seen: Sequence[Observation]) -> None:
        self._exercise, self._seen, self._view = exercise, seen, seen[0].view
        self.t = np.concatenate([piece.t for piece in seen])
        self.values = _over(seen, tuple(c.signal for c in exercise.cycle if c.signal))

    def first(self) -> tuple[Cycle | None, TypicalRom]:
        """The first cycle in which the person moves; the first that is seen, where none does."""
        still: Cycle | None = None
        for cycle, rom in self.cycles():
            if rom.moves or cycle.min_range is None:
                return cycle, rom
            still = still or cycle
        return still, STILL

    def cycles(self) -> Iterator[tuple[Cycle, TypicalRom]]:
        """Each cycle that is seen, those that this view shows first, and what is typical in it."""
        begins = np.cumsum([len(piece.t) for piece in self._seen])[:-1].tolist()
        cycles = cycles_as_read(self._exercise, self._seen[0].sensor, self._view)
        for cycle in sorted(cycles, key=lambda c: self._view.name not in c.views):
            if cycle.signal is None:
                yield cycle, STILL
                continue
            q = self.values[cycle.signal]
            if np.mean(np.isfinite(q)) < LEAST_CYCLE_SEEN:
                continue
            if cycle.min_range is None:
                yield cycle, STILL
                continue
            limits = cycle.min_range, cycle.min_s, cycle.max_s
            yield cycle, typical_rom(self.t, q, *limits, self._attempted(cycle), begins)

    def attempts(self, cycle: Cycle, rom: TypicalRom) -> list[Attempt]:
        """The attempts by a cycle that has a signal and a least range."""
        q, is_one = self.values[cycle.signal or ""], self._attempted(cycle)
        found = attempts(self.t, q, rom, cycle.min_range or 0.0, cycle.min_s, cycle.max_s)
        return [attempt for attempt in found if is_one(attempt)]

    def clearness(self, cycle: Cycle, found: Sequence[Attempt]) -> float:
        """How much of the way that its signal goes, from the first attempt to the last, is theirs; 0 to 1."""
        if not found:
            return 0.0
        q = self.values[cycle.signal or ""][(self.t >= found[0].start_s) & (self.t <= found[-1].end_s)]
        way = np.abs(np.diff(q[np.isfinite(q)])).sum()
        return float(min(1.0, 2 * sum(attempt.excursion for attempt in found) / way))

    def _attempted(self, cycle: Cycle) -> Callable[[Attempt], bool]:
        """Whether a movement of the clip is an attempt: made in position, and nothing else."""
        rule, body = Attempted.of(self._exercise, cycle), self._body

        def attempted(attempt: Attempt) -> bool:
            during = (body.t >= attempt.start_s - BEFORE_S) & (body.t <= attempt.end_s)
            return in_position(body.kept[during]) and rule.instead(body, attempt) is None

        return attempted

    @cached_property
    def _body(self) -> BodyOverTime:
        check, broken = (of(self._exercise, self._view.name) for of in (PoseCheck.of, PoseCheck.broken))
        rows = _over(self._seen, (*SIGNALS, *check.signals, *broken.signals))
        kept = marked(check.over(rows), broken.over(rows))
        return BodyOverTime(self.t, {name: rows[name] for name in SIGNALS}, kept)


def _over(seen: Sequence[Observation], names: tuple[str, ...]) -> dict[str, Floats]:
    """Signals (T,) of all pieces by name."""
    rows = [BothSides().over(piece.t, piece.rows(with_sides(names))) for piece in seen]
    return {name: np.concatenate([row[name] for row in rows]) for name in rows[0]}


def _lasted_s(found: Sequence[Attempt]) -> float:
    return sum(attempt.seconds for attempt in found)
