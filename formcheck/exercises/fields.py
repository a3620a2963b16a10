"""What the keys of the package's TOML tables hold: names, words, numbers, ranges. Closed, small, strict."""

from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from formcheck.exercises.files import shipped
from formcheck.signals import reading
from formcheck.signals.registry import nearest
from formcheck.types.text import unplain

_WORDS_IN_A_CUE = 6
#: No limit is larger, and no table longer: a hundred checks are more than anybody can mend at once.
MOST, MOST_ENTRIES = 10_000, 100


def _known_signal(text: str) -> str:
    try:
        reading(text)
    except KeyError as error:
        raise ValueError(error.args[0]) from None
    return text


def _short_cue(text: str) -> str:
    if len(text.split()) > _WORDS_IN_A_CUE:
        raise ValueError(f"a cue has at most {_WORDS_IN_A_CUE} words, this one has {len(text.split())}")
    return text


def _plain(text: str) -> str:
    wrong = unplain(text)
    if wrong is not None:
        raise ValueError(f"holds the character {wrong}; write letters and signs in one line")
    return text


def _known_exercise(text: str) -> str:
    if text not in shipped():
        raise ValueError(f"no exercise '{text}'{nearest(text, shipped())}: see 'formcheck exercises list'")
    return text


#: Names columns, files and checks: what TOML lets stand without quotes.
Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=60)]
SignalName = Annotated[str, AfterValidator(_known_signal)]
ExerciseId = Annotated[str, AfterValidator(_known_exercise)]
Line = Annotated[str, Field(max_length=1000), AfterValidator(_plain)]
Text = Annotated[str, Field(min_length=5, max_length=1000), AfterValidator(_plain)]
#: What is shown and judges nothing is excluded: an exercise's digest does not know it.
Cue = Annotated[
    str, Field(min_length=2, max_length=100, exclude=True), AfterValidator(_short_cue), AfterValidator(_plain)
]
Name = Annotated[str, Field(min_length=1, max_length=100, exclude=True), AfterValidator(_plain)]
Sentence = Annotated[Text, Field(exclude=True)]
Word = Annotated[Line, Field(exclude=True)]
Number = Annotated[float, Field(ge=-MOST, le=MOST, allow_inf_nan=False)]
Bounds = Annotated[tuple[Number, Number], Field(strict=False)]
#: Less than this nothing moves that a camera sees.
Reach = Annotated[float, Field(ge=0.001, le=MOST, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=0.001, le=600, allow_inf_nan=False)]
T = TypeVar("T")
Listed = Annotated[tuple[T, ...], Field(strict=False, max_length=MOST_ENTRIES)]
Words = Annotated[Listed[Line], Field(exclude=True)]
Named = Annotated[dict[Id, T], Field(max_length=MOST_ENTRIES)]


class Table(BaseModel):
    """A table of the file: nothing unknown in it, nothing converted, nothing changed later.

    What one key may hold is said here; what keys say of each other, in `relations`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
