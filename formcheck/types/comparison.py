"""What changed between two sessions."""

from dataclasses import dataclass

from formcheck.types.reason import Reason
from formcheck.types.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One number of two sessions.

    Attributes
    ----------
    what : says in words what it is.
    early, late : of the first and the second session, in ``unit``; None where it was not assessed.
    delta : late less early; None if they cannot be compared, and ``reason`` says why.
    noise : how far chance moves such a number; None for a single value, which has no spread.
    least : smaller changes are not reported, however steady.
    needs : what a change must reach to be reported: beyond both; None if they cannot be compared.
    clear : whether the change is beyond it.
    why : in words what a clear change means, where it goes the way it goes as people tire.
    """

    id: str
    what: str
    unit: str
    early: float | None
    late: float | None
    delta: float | None = None
    noise: float | None = None
    least: float | None = None
    needs: float | None = None
    clear: bool = False
    why: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class FaultChange:
    """A check that was a fault in one session at least, and whose verdict differs."""

    id: str
    cue: str
    why: str
    early: Verdict
    late: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from a ``first`` session to a ``second``; ``notes`` say what makes it less sure."""

    exercise: str
    first: str
    second: str
    changes: tuple[Change, ...]
    faults: tuple[FaultChange, ...]
    notes: tuple[Reason, ...]
