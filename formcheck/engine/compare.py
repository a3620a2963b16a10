"""Two sessions of one exercise: what changed beyond what chance and the sensor change."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from formcheck.engine.drift import BLOCK, LEAST_STRIDES, MAD_TO_SD, TIMES_NOISE
from formcheck.engine.noise import MEDIAN_ERROR, detectable, pooled, standard_error
from formcheck.engine.numbers import (
    CADENCE,
    CADENCE_NOISE,
    COUNT_LEAST,
    HALVES,
    HOLD_LEAST_S,
    ROM_LEAST,
    SCORE_LEAST,
    TEMPO_LEAST_S,
    counted,
    drift_least,
    finite,
    halves,
    is_relative,
    roms,
    what_of,
)
from formcheck.engine.sides import LEAST_REPS
from formcheck.errors import FormcheckError
from formcheck.exercises import Exercise, catalog, judging
from formcheck.types.comparison import Change, Comparison, FaultChange
from formcheck.types.gait import Gait, Metric
from formcheck.types.session import Session

#: Where no drift table says how small a change matters, chance is all that guards against a false alarm, and
#: is given more room than `TIMES_NOISE`.
TIMES_NOISE_ALONE = 3.0
#: Finer than any sensor, coarser than the dust of floating point.
DECIMALS = 9

_ABSENT = Metric(None, "", "not_assessable", 0, reason="not a number of it")


def compare(a: Session, b: Session) -> Comparison:
    """What changed from ``a`` to ``b``.

    Raises
    ------
    FormcheckError
        If they are not of one known exercise.
    """
    names = f"{a.source.name} and {b.source.name}"
    if a.exercise.id != b.exercise.id:
        told = f"{a.exercise.name} and {b.exercise.name}"
        raise FormcheckError(f"{names}: different exercises ({told}); compare two sessions of one exercise")
    if a.exercise.id == "unknown":
        raise FormcheckError(f"{names}: the exercise is unknown; analyse them again with --exercise")
    if a.gait and b.gait:
        changes = tuple(_run(a.gait, b.gait, catalog().get(a.exercise.id)))
    else:
        changes = (*_set(a, b), *_held(a, b))
    notes = (*_filmed(a, b), *_judged(a, b), *_paced(changes))
    return Comparison(a.exercise.id, a.source.name, b.source.name, changes, tuple(_faults(a, b)), notes)


def _run(a: Gait, b: Gait, exercise: Exercise | None) -> Iterator[Change]:
    """Cadence, and every number that at least one of both runs tells, in the order of the first."""
    if a.cadence_spm or b.cadence_spm:
        yield _cadence(a, b, exercise)
    for name in {**a.metrics, **b.metrics}:
        early, late = a.metrics.get(name, _ABSENT), b.metrics.get(name, _ABSENT)
        if name != CADENCE and (finite(early.value), finite(late.value)) != (None, None):
            yield _metric(name, early, late, exercise)


def _cadence(a: Gait, b: Gait, exercise: Exercise | None) -> Change:
    early, late = finite(a.cadence_spm), finite(b.cadence_spm)
    change = Change(CADENCE, "Steps a minute", "spm", early, late)
    if early is None or late is None:
        return replace(change, reason=f"no steady rhythm in the {_lacking(early)}")
    if min(a.steps, b.steps) < 2 * LEAST_STRIDES:
        return replace(change, reason=f"fewer than {2 * LEAST_STRIDES} steps in one of them")
    return _drifted(change, CADENCE_NOISE * early, exercise)


def _metric(name: str, early: Metric, late: Metric, exercise: Exercise | None) -> Change:
    first, second = finite(early.value), finite(late.value)
    change = Change(name, what_of(name, exercise), early.unit or late.unit, first, second)
    if first is None or second is None:
        reason = (late if second is None else early).reason or "not assessed"
        return replace(change, reason=f"not seen in the {_lacking(first)}: {reason}")
    if is_relative(name, exercise):
        return replace(change, reason="each is told against the start of its own run")
    if min(early.n, late.n) < LEAST_STRIDES:
        return replace(change, reason=f"fewer than {LEAST_STRIDES} strides in one of them")
    spreads = finite(early.spread), finite(late.spread)
    if spreads[0] is None or spreads[1] is None:
        return replace(change, reason="how much it varies from stride to stride is not known")
    blocks = early.n / BLOCK, late.n / BLOCK
    noise = _noise((spreads[0] / 2, blocks[0]), (spreads[1] / 2, blocks[1]))
    return _drifted(change, noise, exercise, max(early.error or 0.0, late.error or 0.0))


def _drifted(change: Change, noise: float, exercise: Exercise | None, error: float = 0.0) -> Change:
    """With the least change of the exercise's drift table; without one, that of the camera's ``error``."""
    drift = exercise.drift.get(change.id) if exercise else None
    if drift is None:
        return _told(change, noise, error, TIMES_NOISE_ALONE)
    told = _told(change, noise, drift_least(drift, change.early or 0.0))
    tired = told.clear and (told.delta or 0.0) * (1 if drift.tired == "up" else -1) > 0
    return replace(told, why=drift.why if tired else "")


def _set(a: Session, b: Session) -> Iterator[Change]:
    """Counts, score, range and tempo of repetitions."""
    if a.exercise.kind == "hold" or not (a.summary.attempts or b.summary.attempts):
        return
    yield _single("reps", "Full repetitions", "", a.summary.reps, b.summary.reps, COUNT_LEAST)
    if a.summary.score is not None or b.summary.score is not None:
        good = a.summary.good_reps, b.summary.good_reps
        yield _single("good_reps", "Repetitions done well", "", *good, COUNT_LEAST)
        yield _score(a, b)
    first, second = counted(a), counted(b)
    unit = next((r.rom.unit for r in first if r.rom), "")
    far = roms(first, unit), roms(second, unit)
    yield _typical("range_of_motion", "Range of motion, median", unit, *far, ROM_LEAST.get(unit, 0.0))
    for name, what, half in HALVES:
        yield _typical(name, what, "s", halves(first, half), halves(second, half), TEMPO_LEAST_S)


def _score(a: Session, b: Session) -> Change:
    """The score is a mean over the repetitions; what chance changes in it comes from theirs."""
    change = Change("score", "Score", "points", finite(a.summary.score), finite(b.summary.score))
    scores = [[float(r.score) for r in counted(s) if r.score is not None] for s in (a, b)]
    return _over_reps(change, scores[0], scores[1], SCORE_LEAST, 1.0)


def _held(a: Session, b: Session) -> Iterator[Change]:
    """Seconds of a hold."""
    if a.summary.hold_s is None and b.summary.hold_s is None:
        return
    first, second = a.summary, b.summary
    yield _single("hold_s", "Held", "s", first.hold_s, second.hold_s, HOLD_LEAST_S)
    clean = first.clean_hold_s, second.clean_hold_s
    yield _single("clean_hold_s", "Held without a clear fault", "s", *clean, HOLD_LEAST_S)


def _single(name: str, what: str, unit: str, early: float | None, late: float | None, least: float) -> Change:
    """A number that a session has once, without a spread."""
    change = Change(name, what, unit, finite(early), finite(late))
    if change.early is None or change.late is None:
        return replace(change, reason=f"not told in the {_lacking(change.early)}")
    return _told(change, None, least)


def _typical(
    name: str, what: str, unit: str, first: list[float], second: list[float], least: float
) -> Change:
    """The median of a number that every repetition has."""
    change = Change(name, what, unit, _middle(first), _middle(second))
    return _over_reps(change, first, second, least, MEDIAN_ERROR)


def _over_reps(change: Change, first: list[float], second: list[float], least: float, times: float) -> Change:
    """Held against the minimal detectable change; the error is ``times`` that of a mean."""
    if change.early is None or change.late is None:
        return replace(change, reason=f"not told in the {_lacking(change.early)}")
    if min(len(first), len(second)) < LEAST_REPS:
        return replace(change, reason=f"fewer than {LEAST_REPS} repetitions in one of them tell it")
    sem = times * pooled([standard_error(x) for x in (first, second)])
    return _beyond(change, sem, least, detectable(sem, len(first) + len(second) - 2))


def _told(change: Change, noise: float | None, least: float, times: float = TIMES_NOISE) -> Change:
    """The change with its verdict, from so many times the noise on; both numbers are there."""
    return _beyond(change, noise, least, times * (noise or 0.0))


def _beyond(change: Change, noise: float | None, least: float, chance: float) -> Change:
    """The change with its verdict: whether it reaches both ``least`` and what ``chance`` gives."""
    delta = round((change.late or 0.0) - (change.early or 0.0), DECIMALS)
    needs = max(least, chance)
    clear = delta != 0 and abs(delta) >= needs
    return replace(change, delta=delta, noise=noise, least=least, needs=needs, clear=clear)


def _noise(first: tuple[float, float], second: tuple[float, float]) -> float:
    """What chance changes between two medians, from (MAD, number of independent observations) of each."""
    (mad_a, n_a), (mad_b, n_b) = first, second
    pooled = (mad_a * n_a + mad_b * n_b) / (n_a + n_b)
    return MAD_TO_SD * pooled / math.sqrt(min(n_a, n_b))


def _faults(a: Session, b: Session) -> Iterator[FaultChange]:
    """Faults whose verdict differs, those of the second session first."""
    told = {f.id: f for s in (a, b) for f in s.faults}
    first, second = ({c.id: c.verdict for c in s.checks} for s in (a, b))
    for name in dict.fromkeys(f.id for s in (b, a) for f in s.faults):
        early, late = (verdicts.get(name, "not_assessable") for verdicts in (first, second))
        if early != late:
            yield FaultChange(name, told[name].cue, told[name].why, early, late)


def _filmed(a: Session, b: Session) -> Iterator[str]:
    """What the two clips have not in common."""
    if a.view.name != b.view.name:
        yield f"The views differ ({a.view.name}, {b.view.name}): only what both show is compared."
    elif a.view.near_side != b.view.near_side:
        sides = f"{a.view.near_side or 'unknown'}, {b.view.near_side or 'unknown'}"
        yield f"The sides toward the camera differ ({sides}): near arm and leg are not the same ones."
    if a.gait and b.gait and a.gait.kind != b.gait.kind:
        kinds = ", ".join(g.kind.replace("_", " ") for g in (a.gait, b.gait))
        yield f"The ways of moving differ ({kinds})."
    for which, session in (("first", a), ("second", b)):
        if session.gait and session.gait.camera == "moving":
            yield f"The camera of the {which} moved, so its numbers are less sure."
        if session.sections:
            yield f"The {which} holds several exercises; the longest is compared."


def _judged(a: Session, b: Session) -> Iterator[str]:
    """What judged them differently, which can look like a change."""
    for what, first, second in (
        ("pose models", a.model, b.model),
        ("exercise files", judging(a.exercise.digest), judging(b.exercise.digest)),
        ("versions of formcheck", a.formcheck, b.formcheck),
    ):
        if first != second:
            yield f"Different {what} judged them, which alone can change numbers; analyse both again."


def _paced(changes: Iterable[Change]) -> Iterator[str]:
    """The speed of a run is not known; cadence is its only sign."""
    if any(c.id == CADENCE and c.clear for c in changes):
        yield "The cadence changed: if the speed did too, other changes may come from it."


def _lacking(early: float | None) -> str:
    return "first" if early is None else "second"


def _middle(values: list[float]) -> float | None:
    return float(np.median(values)) if values else None
