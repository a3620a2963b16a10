"""Which exercise, or exercises, a clip shows: those whose candidates explain the most."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.observe import LEAST_VOTE, Observation, facing_votes, median, observe, windows
from formcheck.engine.body.view import LEVEL_TRUNK_DEG
from formcheck.engine.capture.lasting import lasting
from formcheck.engine.capture.turns import turns
from formcheck.engine.recognise.candidates import Candidate, candidates
from formcheck.exercises.schema import Exercise
from formcheck.types.kind import is_reps
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

#: Less sure than this, no exercise is named.
LEAST_CONFIDENCE = 0.6
#: A change of exercise must explain this many seconds more than none, so that no single movement makes one.
CHANGE_S = 4.0
#: Claims of one exercise further apart than this are two stretches.
PAUSE_S = 20.0
#: A stretch shorter than this in all, and than this share of its clip, is chance.
LEAST_S, LEAST_SHARE = 3.0, 0.35
SINGLE_SHARE = 0.5
#: Posture (standing, lying, on the belly) is looked at over this long, and has to last.
LOOK_S, POSTURE_S = 1.0, 6.0
#: Claims may overlap this much: one repetition's end is the next one's start.
OVERLAP_S = 0.3


@dataclass(frozen=True, slots=True)
class ExerciseSpan:
    """A part of a clip in which one exercise is done; ``confidence`` 0..1."""

    start_s: float
    end_s: float
    exercise: Exercise
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a clip shows: its stretches in order, and what came near where nothing was sure."""

    stretches: tuple[ExerciseSpan, ...]
    near: tuple[Exercise, ...] = ()


def recognise(poses: PoseSequence, exercises: Iterable[Exercise], view: str | None = None) -> Recognition:
    """Find the exercises of a clip among those given; ``view`` overrules what geometry finds."""
    known = tuple(exercises)
    parts = posture_parts(poses, view)
    found = _apart([claim for seen in parts for exercise in known for claim in candidates(exercise, seen)])
    span = float(poses.t[-1] - poses.t[0]) if len(poses) else 0.0
    groups = [g for g in _groups(_chain(found)) if _enough(g, span)]
    stretches = [_stretch(group, found) for group in groups]
    unsure = [s for s in stretches if s.confidence < LEAST_CONFIDENCE]
    near = {e.id: e for s in unsure for e in _within(s, found)}
    return Recognition(tuple(s for s in stretches if s not in unsure), tuple(near.values()))


def _apart(found: Sequence[Candidate]) -> list[Candidate]:
    """Without what looks like repetitions during a run: a rhythm of steps is the surer sign."""
    runs = [c for c in found if c.exercise.is_gait]
    return [
        c
        for c in found
        if c in runs or not any(r.start_s <= (c.start_s + c.end_s) / 2 <= r.end_s for r in runs)
    ]


def _chain(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, one at a time, that explain the most seconds with the fewest changes of exercise."""
    ordered = sorted(found, key=lambda c: c.end_s)
    ends = [c.end_s for c in ordered]
    best: list[float] = []
    before: list[int | None] = []
    for claim in ordered:
        last = bisect_right(ends, claim.start_s + OVERLAP_S)
        options = [
            (best[j] - (CHANGE_S if ordered[j].exercise.id != claim.exercise.id else 0.0), j)
            for j in range(min(last, len(best)))
        ]
        gain, j = max(options, default=(0.0, None), key=lambda o: o[0])
        best.append(claim.weight + max(gain, 0.0))
        before.append(j if gain > 0 else None)
    chain: list[Candidate] = []
    at: int | None = int(np.argmax(best)) if best else None
    while at is not None:
        chain.append(ordered[at])
        at = before[at]
    return chain[::-1]


def _groups(chain: Sequence[Candidate]) -> list[list[Candidate]]:
    """Claims of one exercise that follow each other."""
    groups: list[list[Candidate]] = []
    for claim in chain:
        last = groups[-1][-1] if groups else None
        if last and last.exercise.id == claim.exercise.id and claim.start_s - last.end_s <= PAUSE_S:
            groups[-1].append(claim)
        else:
            groups.append([claim])
    return groups


def _enough(group: Sequence[Candidate], span_s: float) -> bool:
    """Whether a group is more than chance; a single repetition must be most of its clip."""
    lasted = sum(c.end_s - c.start_s for c in group)
    single = len(group) == 1 and is_reps(group[0].exercise.kind)
    return lasted >= (SINGLE_SHARE * span_s if single else min(LEAST_S, LEAST_SHARE * span_s))


def _stretch(group: Sequence[Candidate], found: Sequence[Candidate]) -> ExerciseSpan:
    """A group with its confidence: how much could be seen, and how far behind the best rival is."""
    start, end = group[0].start_s, group[-1].end_s
    own = sum(c.weight for c in group)
    seen = sum(c.seen * c.weight for c in group) / own
    rivals: dict[str, float] = {}
    for claim in found:
        if claim.exercise.id != group[0].exercise.id and start <= (claim.start_s + claim.end_s) / 2 <= end:
            rivals[claim.exercise.id] = rivals.get(claim.exercise.id, 0.0) + claim.weight
    rival = max(rivals.values(), default=0.0)
    return ExerciseSpan(start, end, group[0].exercise, float(seen * own / (own + rival)))


def _within(stretch: ExerciseSpan, found: Sequence[Candidate]) -> list[Exercise]:
    """Every exercise that candidates a part of a stretch, the longest claim first."""
    within = [c for c in found if stretch.start_s <= (c.start_s + c.end_s) / 2 <= stretch.end_s]
    return list({c.exercise.id: c.exercise for c in sorted(within, key=lambda c: -c.weight)}.values())


@np.errstate(invalid="ignore", divide="ignore")
def posture_parts(poses: PoseSequence, view: str | None = None) -> list[Observation]:
    """The clip, seen apart where the body changes between standing and lying, or between belly and back."""
    seen = observe(poses, view)
    if seen is None:
        return []
    postures = lasting(_runs(seen), lambda _: POSTURE_S)
    cuts = sorted({*(start for start, _, _ in postures[1:]), *turns(seen, ("side",))})
    if not cuts:
        return [seen]
    parts = [observe(poses.between(a, b), view) for a, b in pairwise([-np.inf, *cuts, np.inf])]
    return [part for part in parts if part is not None]


#: From, to (seconds), and which posture: 0 upright, 1 level facing left, 2 level facing right.
_Run = tuple[float, float, int]


def _runs(seen: Observation) -> list[_Run]:
    """Postures as they follow each other, each the median of a second; what is not seen goes on as it was."""
    tilt = seen.rows(("trunk_tilt",))["trunk_tilt"]
    votes = facing_votes(seen.body.image, seen.body.near)
    runs: list[_Run] = []
    for start, rows in windows(seen.t, LOOK_S, LOOK_S, seen.t[-1]):
        if runs and start - runs[-1][1] > LOOK_S / 2:
            runs[-1] = (runs[-1][0], start, runs[-1][2])
        angle, facing = median(np.abs(tilt[rows])), median(votes[rows])
        sure = angle >= LEVEL_TRUNK_DEG or (angle < LEVEL_TRUNK_DEG and abs(facing) >= LEAST_VOTE)
        posture = 0 if angle >= LEVEL_TRUNK_DEG else 1 if facing < 0 else 2
        if runs and (runs[-1][2] == posture or not sure):
            runs[-1] = (runs[-1][0], start + LOOK_S, runs[-1][2])
        else:
            runs.append((start, start + LOOK_S, posture))
    return runs
