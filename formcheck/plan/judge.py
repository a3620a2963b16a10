"""One exercise on one day, held against the rules: how much, how well, and whether it hurt."""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.exercises import catalog
from formcheck.plan.amounts import amount_alone
from formcheck.plan.rules import PlanRules, is_held
from formcheck.types.reason import Reason
from formcheck.types.training import Done, Pain, SetDone

#: The worse of two answers holds.
_WORSE: tuple[Pain, ...] = ("none", "pain", "numb")


@dataclass(frozen=True, slots=True)
class Performance:
    """All that was done of an exercise on one day.

    Attributes
    ----------
    sets : of both sides where each has its own.
    pain : the worst that was reported; None if nothing was.
    sessions : ids of those it was measured in; empty where the person's own word is all there is.
    """

    exercise: str
    sets: tuple[SetDone, ...]
    pain: Pain | None
    sessions: tuple[int, ...]

    @property
    def held(self) -> bool:
        """Whether it is held, not counted."""
        return is_held(self.exercise)

    @property
    def good(self) -> float:
        """Share 0..1 of it in good form; 0 where nothing was done."""
        if self.held:
            return _share(sum(s.clean_s or 0.0 for s in self.sets), sum(s.seconds or 0.0 for s in self.sets))
        return _share(sum(s.good or 0 for s in self.sets), sum(s.reps or 0 for s in self.sets))

    @property
    def coverage(self) -> float:
        """Share 0..1 of the form that was seen, over all sets."""
        return sum(s.coverage for s in self.sets) / len(self.sets) if self.sets else 0.0

    @property
    def amount(self) -> float:
        """Repetitions or seconds in all, of the side with less."""
        return sum(self.full_sets)

    @property
    def full_sets(self) -> tuple[float, ...]:
        """What each set came to: repetitions or seconds, of the side with less. Sides are paired in order."""
        left = [self._of(s) for s in self.sets if s.side == "left"]
        right = [self._of(s) for s in self.sets if s.side == "right"]
        both = [self._of(s) for s in self.sets if s.side is None]
        return (*both, *(min(pair) for pair in zip(left, right, strict=False)))

    def _of(self, one: SetDone) -> float:
        if self.held:
            return one.seconds or 0.0
        if one.side is None and catalog()[self.exercise].sides != "both":
            each = (one.left, one.right)
            return float(min(n for n in each if n is not None)) if None not in each else one.reps or 0.0
        return one.reps or 0.0


def performance(exercise: str, done: Sequence[Done], answered: Sequence[Pain]) -> Performance:
    """One day's records of an exercise as one; ``answered`` is what else was answered about it."""
    answers = [*answered, *(d.pain for d in done if d.pain is not None)]
    return Performance(
        exercise,
        tuple(one for d in done for one in d.sets),
        max(answers, key=_WORSE.index) if answers else None,
        tuple(d.session for d in done if d.session is not None),
    )


def trial_lacks(p: Performance, rules: PlanRules) -> Reason | None:
    """What a trial lacks to have gone well; None if it did."""
    trial = rules.trial
    least = trial.seconds if p.held else trial.reps
    if p.pain is None:
        return Reason("lacks_report")
    if p.pain != "none":
        return Reason("lacks_ease")
    if p.amount < least:
        return Reason("lacks_amount", done=amount_alone(p.exercise, p.amount), needed=least)
    if p.coverage < rules.coverage(p.exercise):
        return Reason("lacks_sight", seen=p.coverage)
    return None if p.good >= trial.good else Reason("lacks_form", good=p.good, needed=trial.good)


def reached(p: Performance, goal: float, rules: PlanRules) -> bool:
    """Whether all sets reached the goal, in good form, well seen and without pain."""
    full = sum(amount >= goal for amount in p.full_sets)
    seen = p.coverage >= rules.coverage(p.exercise) and p.pain == "none"
    return full >= rules.sets.sets and p.good >= rules.harder.good and seen


def too_hard(p: Performance, rules: PlanRules) -> bool:
    """Whether form did not hold; too few to tell, or too little seen, says nothing."""
    least = rules.trial.seconds if p.held else rules.trial.reps
    attempted = max(p.full_sets, default=0.0)
    return p.coverage >= rules.coverage(p.exercise) and attempted >= least and p.good < rules.easier.good


def slipped(p: Performance, rules: PlanRules) -> bool:
    """Whether form, well seen, was not good enough for more."""
    return p.coverage >= rules.coverage(p.exercise) and p.good < rules.harder.good


def _share(part: float, of: float) -> float:
    return part / of if of else 0.0
