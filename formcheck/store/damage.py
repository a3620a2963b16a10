"""Rows that cannot be read: named, passed over, and nobody's reason not to read or delete the others."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


class LaterFormError(ValueError):
    """A row is of a form that is not known here."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A row that cannot be read, and ``why`` in a few words; ``later`` : a newer formcheck may read it."""

    what: Literal["session", "entry", "job"]
    id: int
    why: str
    later: bool = False

    def __str__(self) -> str:
        return f"{self.what} {self.id}: cannot be read ({self.why})"


#: Called with each row that was passed over.
Note = Callable[[Damage], object]


def log(damage: Damage) -> None:
    """Tell of the damage where nobody else does."""
    logging.getLogger(__name__).warning("%s; passed over", damage)
