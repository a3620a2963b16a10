"""What changed over many sessions of one exercise."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from formcheck.types.reason import Reason

#: "more even" is of the left side against the right.
Meaning = Literal["better", "worse", "more", "less", "more even", "less even"]


@dataclass(frozen=True, slots=True)
class Point:
    """One number of one session.

    Attributes
    ----------
    value : None where it was not assessed.
    error : its standard error, from the spread within the session; None for a number without a spread.
    n : how many independent observations the error comes from.
    like : whether it was filmed and judged as the latest session was; others are shown, but not compared.
    reason : why the number itself is not compared: not assessed, or known from too little. None where it is.
    """

    when: datetime
    value: float | None
    error: float | None = None
    n: int = 0
    like: bool = True
    reason: Reason | None = None

    @property
    def compared(self) -> bool:
        """Whether it has a part in the verdict on the series."""
        return self.like and self.value is not None and self.reason is None


@dataclass(frozen=True, slots=True)
class Series:
    """One number over the sessions, in time order.

    Attributes
    ----------
    what : says in words what it is.
    base, first : the level of the ``first`` sessions, in ``unit``; None and 0 where there is none.
    latest : the last that is compared; without any, the last that is shown.
    sem : standard error of measurement; None where it is not known.
    needs : the minimal detectable change: smaller ones may be chance; None if it is not known.
    delta : latest less base; None if they cannot be compared, and ``reason`` says why.
    clear : whether the change is beyond ``needs``.
    meaning : of a clear change.
    """

    id: str
    what: str
    unit: str
    points: tuple[Point, ...]
    base: float | None = None
    first: int = 0
    latest: float | None = None
    sem: float | None = None
    needs: float | None = None
    delta: float | None = None
    clear: bool = False
    meaning: Meaning | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """One exercise over its ``sessions``; ``notes`` say what makes it less sure."""

    exercise: str
    name: str
    sessions: int
    series: tuple[Series, ...] = ()
    notes: tuple[Reason, ...] = ()
