"""When a clip looks like a given exercise: spans in which its movement, start pose and signature all fit."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.observe import Observation, windows
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.count.segment import Attempt
from formcheck.engine.count.typical_rom import TypicalRom, attempts
from formcheck.engine.cycles import choose_cycle
from formcheck.engine.gait.rhythm import LONGEST_S, agreed, find_rhythms, step_times, uniform
from formcheck.engine.gait.steps import BOUNCES, LEAST_SEEN
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.signals.registry import reading

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]
Bounds = dict[str, tuple[float, float]]

#: At least this share of a start pose's signals must be seen for it to speak for an exercise, and it must be
#: kept in this share of the rest around an attempt.
POSE_SEEN, POSE_KEPT = 0.75, 0.5
#: A frame belongs to rest, or to the peak, within these shares of an attempt's own excursion.
AT_REST, AT_PEAK = 0.15, 0.80
#: Rest is looked at this long before and after an attempt.
AROUND_S = 0.7
#: How far a signal moves is measured without its wildest frames.
MOST, LEAST = 98, 2
#: A pose held shorter than this is no hold; a break this short is none.
LEAST_HOLD_S, BREAK_S = 2.5, 0.5
#: The rhythm of a run is sought in windows this long, this often.
WINDOW_S, EVERY_S, LEAST_WINDOW_S = 5.0, 1.0, 3.0
#: A partial attempt speaks half as loud as a full repetition.
PARTIAL = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """One attempt, or one stretch of a hold or run, that fits an exercise; ``weight`` in seconds."""

    exercise: Exercise
    start_s: float
    end_s: float
    weight: float


@np.errstate(invalid="ignore", divide="ignore")
def candidates(exercise: Exercise, seen: Observation) -> list[Candidate]:
    """Everything in an observed clip that looks like this exercise.

    Nothing in a view that it is not meant to be filmed from: what cannot be shown cannot be recognised.
    """
    if seen.view.name in ("side", "front", "back") and seen.view.name not in exercise.camera.views:
        return []
    check = PoseCheck.of(exercise, seen.view.name, POSE_SEEN)
    in_pose = check.over(seen.rows(check.signals)) if check.poses else np.full(len(seen.t), np.nan)
    if check.poses and not (in_pose == 1).any():
        return []  # known first: it is cheap, and true of most exercises
    cycle, rom = choose_cycle(exercise, seen)
    if cycle is None:
        return []
    signature = exercise.signature
    names = {*check.signals, *signature.rest, *signature.peak, *signature.moves}
    names |= set(BOUNCES) if cycle.is_rhythm else {cycle.signal} if cycle.signal else set()
    scene = Scene(exercise, seen, seen.rows(tuple(names)), in_pose)
    if cycle.is_held:
        return list(_holds(scene))
    if cycle.is_rhythm:
        return list(_run(scene))
    return list(_attempts(scene, cycle, rom))


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """An exercise's signals over a clip; ``in_pose`` (T,) is 1 in a start pose, 0 not, NaN not seen."""

    exercise: Exercise
    seen: Observation
    rows: dict[str, Floats]
    in_pose: Floats

    @property
    def t(self) -> Floats:
        """(T,) seconds."""
        return self.seen.t

    def fits(self, bounds: Bounds, rows: Bools | slice, *, moving: bool = False) -> bool:
        """Whether every signal that can be seen is within its bounds."""
        for name, (low, high) in bounds.items():
            if not self.seen.view.shows(reading(name).views):
                continue
            x = self.rows[name][rows]
            x = x[np.isfinite(x)]
            if not len(x):
                continue
            least, most = np.percentile(x, (LEAST, MOST)) if moving else (0.0, np.median(x))
            if not low <= most - least <= high:
                return False
        return True


def _attempts(scene: Scene, cycle: Cycle, rom: TypicalRom) -> Iterator[Candidate]:
    if cycle.signal is None or cycle.min_range is None:
        return
    q = scene.rows[cycle.signal]
    for attempt in attempts(scene.t, q, rom, cycle.min_range, cycle.min_s, cycle.max_s):
        claim = _attempt(scene, cycle, q, attempt)
        if claim is not None:
            yield claim


def _attempt(scene: Scene, cycle: Cycle, q: Floats, attempt: Attempt) -> Candidate | None:
    t, signature = scene.t, scene.exercise.signature
    within = (t >= attempt.start_s) & (t <= attempt.end_s)
    around = (t >= attempt.start_s - AROUND_S) & (t <= attempt.end_s + AROUND_S)
    share = (q - attempt.base) / attempt.excursion
    rest = around & (share <= AT_REST)
    if scene.exercise.start and not np.mean(scene.in_pose[rest] == 1) >= POSE_KEPT:
        return None
    fits = (
        scene.fits(signature.rest, rest)
        and scene.fits(signature.peak, within & (share >= AT_PEAK))
        and scene.fits(signature.moves, within, moving=True)
    )
    if not fits:
        return None
    lasted = attempt.end_s - attempt.start_s
    far = attempt.top - (attempt.base if cycle.relative else 0.0) >= (cycle.full or 0.0)
    weight = lasted * (1.0 if far and lasted >= cycle.min_s else PARTIAL)
    return Candidate(scene.exercise, attempt.start_s, attempt.end_s, weight)


def _holds(scene: Scene) -> Iterator[Candidate]:
    """Seconds in pose and as still as the signature wants, joined where they follow each other."""
    t, signature = scene.t, scene.exercise.signature
    good: list[tuple[float, float]] = []
    for start, rows in windows(t, 1.0, 1.0, t[-1]):
        pose = scene.in_pose[rows]
        kept = np.isfinite(pose).any() and np.nanmean(pose) > 1.0 - BREAK_S
        still = kept and scene.fits(signature.moves, rows, moving=True)
        if still and scene.fits(signature.rest, rows):
            end = min(start + 1.0, float(t[-1]))
            joins = bool(good) and start - good[-1][1] <= BREAK_S
            good[-1:] = [(good[-1][0], end)] if joins else [*good[-1:], (start, end)]
    for start, end in good:
        if end - start >= LEAST_HOLD_S:
            yield Candidate(scene.exercise, start, end, end - start)


def _run(scene: Scene) -> Iterator[Candidate]:
    """Windows in which two of the body's bounces share one rhythm of running."""
    t, signature = scene.t, scene.exercise.signature
    good: list[tuple[float, float]] = []
    for _, rows in windows(t, WINDOW_S, EVERY_S, max(t[0] + 0.1, t[-1] - WINDOW_S + EVERY_S)):
        if t[rows][-1] - t[rows][0] < LEAST_WINDOW_S:
            continue
        still = scene.fits(signature.rest, rows) and scene.fits(signature.moves, rows, moving=True)
        steps = _steps(t[rows], [scene.rows[name][rows] for name in BOUNCES]) if still else None
        if steps is not None:
            joins = bool(good) and steps[0] <= good[-1][1]
            good[-1:] = [(good[-1][0], steps[1])] if joins else [*good[-1:], steps]
    for start, end in good:
        yield Candidate(scene.exercise, start, end, end - start)


def _steps(t: Floats, waves: list[Floats]) -> tuple[float, float] | None:
    """First and last step of a window in which the bounces share a rhythm of running; None without one."""
    seen = [uniform(t, w) for w in waves if np.mean(np.isfinite(w)) >= LEAST_SEEN]
    found = [find_rhythms(x) for _, x in seen]
    rhythm = agreed(found)
    if rhythm is None or rhythm.period_s > LONGEST_S:
        return None
    by = next(wave for wave, rhythms in zip(seen, found, strict=True) if rhythm in rhythms)
    steps = step_times(*by, rhythm)
    return (float(steps[0]), float(steps[-1])) if len(steps) > 1 else None
