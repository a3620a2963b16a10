"""Which exercise, or exercises, a clip shows: what its windows speak for, and its own rules find."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.observe import LEAST_VOTE, Observation, facing_votes, median, observe, windows
from formcheck.engine.body.view import LEVEL_TRUNK_DEG
from formcheck.engine.capture.lasting import lasting
from formcheck.engine.capture.turns import turns
from formcheck.engine.recognise.claims import Claim, claims, facts, next_best, without_rests
from formcheck.engine.recognise.evidence import NONE, evidence
from formcheck.engine.recognise.grounds import grounds
from formcheck.engine.recognise.performed import Performed, performed
from formcheck.engine.recognise.windows import windows_of
from formcheck.exercises.schema import Exercise
from formcheck.types.kind import is_hold, is_reps
from formcheck.types.pose import PoseSequence
from formcheck.types.session import Grounds

Floats = NDArray[np.floating]

#: Less sure than this, no exercise is named.
LEAST_CONFIDENCE = 0.7
#: Posture (standing, lying, on the belly) is looked at over this long, and has to last.
LOOK_S, POSTURE_S = 1.0, 6.0


@dataclass(frozen=True, slots=True)
class ExerciseSpan:
    """A part of a clip in which one exercise is done; ``confidence`` 0..1, and what it rests on."""

    start_s: float
    end_s: float
    exercise: Exercise
    confidence: float
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a clip shows: its stretches in order, and what came near where nothing was sure."""

    stretches: tuple[ExerciseSpan, ...]
    near: tuple[Exercise, ...] = ()


def recognise(poses: PoseSequence, exercises: Iterable[Exercise], view: str | None = None) -> Recognition:
    """Find the exercises of a clip among those given; ``view`` overrules what geometry finds.

    Others that were learnt are rivals all the same.
    """
    known, parts, learnt = {e.id: e for e in exercises}, posture_parts(poses, view), evidence()
    seen = windows_of(parts, learnt.signals)
    if not len(seen):
        return Recognition(())
    said = learnt.speaks(seen)
    sure: list[ExerciseSpan] = []
    near: dict[str, Exercise] = {}
    held = {name for name, e in known.items() if is_hold(e.kind)}
    for claim in without_rests(claims(seen, said, learnt.classes, NONE), held):
        exercise = known.get(claim.name)
        if exercise is None:
            continue
        done = [d for part in parts for d in performed(exercise, part)]
        its_facts = facts(claim, said, learnt.classes, NONE, done)
        confidence = learnt.confidence(its_facts)
        if is_sure(exercise, its_facts, confidence):
            start_s, end_s = _done(claim, done)
            why = grounds(seen, claim.rows, claim.name, learnt)
            sure.append(ExerciseSpan(start_s, end_s, exercise, confidence, why))
        else:
            rivals = (claim.name, next_best(claim, said, learnt.classes, NONE))
            near |= {name: known[name] for name in rivals if name in known}
    return Recognition(tuple(sure), tuple(near.values()))


def is_sure(exercise: Exercise, its_facts: Floats, confidence: float) -> bool:
    """Whether an answer with these facts is given: no exercise of whose repetitions none is found."""
    return confidence >= LEAST_CONFIDENCE and (its_facts[-1] > 0 or not is_reps(exercise.kind))


def _done(claim: Claim, done: Iterable[Performed]) -> tuple[float, float]:
    """From the first to the last movement of the exercise that a claim touches; all of it without one."""
    within = [(a, b) for a, b, share in done if share and a < claim.end_s and b > claim.start_s]
    start = min((a for a, _ in within), default=claim.start_s)
    return start, max((b for _, b in within), default=claim.end_s)


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
