"""A finished set of a live session in numbers."""

from dataclasses import dataclass
from typing import Literal

from formcheck.types.reason import Reason
from formcheck.types.session import Fault


@dataclass(frozen=True, slots=True)
class SetSummary:
    """A finished set.

    Attributes
    ----------
    exercise : its name; ``n`` the number of the set, ``of`` how many there are.
    attempts, reps, good_reps : counted; 0 for holds and runs.
    left, right : full repetitions of each side; None where sides are not kept apart.
    hold_s, clean_hold_s, cadence_spm : of holds and runs, else None.
    score : 0..100, None with too little seen; ``coverage`` 0..1 the seen share.
    faults : the two that matter most, worst first.
    not_assessed : one line for what the camera could not see; None if it saw all.
    side : the one that worked, where each has its own sets.
    """

    exercise: str
    n: int
    of: int
    attempts: int
    reps: int
    good_reps: int
    left: int | None
    right: int | None
    hold_s: float | None
    clean_hold_s: float | None
    cadence_spm: float | None
    score: int | None
    coverage: float
    faults: tuple[Fault, ...]
    not_assessed: Reason | None
    side: Literal["left", "right"] | None = None
