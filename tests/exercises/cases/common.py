"""What a family of exercises declares to be tried on its figure."""

from dataclasses import dataclass, field
from typing import Any

from tests.figures import Span

LATE = Span(6.0)
LONG = (("duration_s", 16.0),)


@dataclass(frozen=True)
class Case:
    """One dial that must raise the fault of its name, or ``raises``, at level error (or ``level``).

    What is broken for a moment only, or hardly by more than the sensor errs, is not sure enough for an error;
    where it is both, for none (None).
    """

    exercise: str
    view: str
    dial: str
    value: Any = 1.0
    words: tuple[tuple[str, Any], ...] = ()
    raises: str | None = None
    level: str | None = "error"

    @property
    def fault(self) -> str:
        """The check that the dial breaks."""
        return self.raises or self.dial

    def __str__(self) -> str:
        return f"{self.exercise}-{self.view}-{self.dial}"


@dataclass(frozen=True)
class Cases:
    """A family: its clean (exercise, view) pairs, its dials, and what is known about them.

    Attributes
    ----------
    unchecked : (exercise, dial) that no check of the catalog looks at, and why.
    coupled : (exercise, dial) -> other faults that come along because the body cannot do otherwise.
    """

    clean: tuple[tuple[str, str], ...] = ()
    dials: tuple[Case, ...] = ()
    unchecked: dict[tuple[str, str], str] = field(default_factory=dict)
    coupled: dict[tuple[str, str], set[str]] = field(default_factory=dict)
