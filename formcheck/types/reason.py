"""Why something is so, as a code with parameters; `formcheck.messages` has the sentences."""

from dataclasses import dataclass
from typing import TypeAlias

Param: TypeAlias = "str | float | Reason | tuple[str, ...] | tuple[Reason, ...]"


@dataclass(frozen=True, slots=True, init=False)
class Reason:
    """A code with parameters: ``Reason("hidden", joints=("left_knee",))``.

    Attributes
    ----------
    code : what is so; every code has a message in the catalogue.
    params : name and value of each parameter, by name: ids, numbers in the unit that the message names,
        words of an exercise file, or reasons within this one.
    """

    code: str
    params: tuple[tuple[str, Param], ...]

    def __init__(self, code: str, /, **params: Param) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "params", tuple(sorted(params.items())))


def said(text: str) -> Reason:
    """A sentence of which nothing else is known, such as one read from a file."""
    return Reason("said", text=text)
