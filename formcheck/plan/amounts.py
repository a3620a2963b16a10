"""Repetitions, seconds and sets of an exercise, as codes."""

from formcheck.exercises import catalog
from formcheck.plan.rules import is_held
from formcheck.types.reason import Reason


def amount(exercise: str, n: float) -> Reason:
    """What each of several sets comes to: "8 a side", "20 s"."""
    if is_held(exercise):
        return _held(exercise, n)
    return Reason("set_reps_a_side", n=n) if _per_side(exercise) else Reason("set_reps", n=n)


def amount_alone(exercise: str, n: float) -> Reason:
    """An amount that no sets are said with: "8 repetitions a side", "20 s"."""
    if is_held(exercise):
        return _held(exercise, n)
    return Reason("repetitions_a_side", n=n) if _per_side(exercise) else Reason("repetitions", n=n)


def sets_of(exercise: str, sets: int, n: float) -> Reason:
    """The sets of a training: "3 sets of 8 a side", "3 sets of 20 s"."""
    return Reason("sets_of", sets=sets, amount=amount(exercise, n))


def _held(exercise: str, s: float) -> Reason:
    return Reason("set_seconds_a_side", s=s) if _per_side(exercise) else Reason("set_seconds", s=s)


def _per_side(exercise: str) -> bool:
    return catalog()[exercise].sides != "both"
