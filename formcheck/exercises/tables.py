"""What every table of an exercise file is made of: names, cues, limits, measures. Closed, small, strict."""

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from formcheck.exercises.files import shipped
from formcheck.signals import BoundSignal, reading
from formcheck.signals.registry import nearest
from formcheck.types.text import unplain

View = Literal["side", "front", "back"]
Phase = Literal["rest", "out", "hold", "back", "stride", "contact", "midstance", "stance"]
#: The phases of a repetition, and those of a stride (of the leg that a measure names; `stride` is all of it).
REP_PHASES: tuple[Phase, ...] = ("rest", "out", "hold", "back")
STRIDE_PHASES: tuple[Phase, ...] = ("stride", "contact", "midstance", "stance")
Statistic = Literal["median", "mean", "min", "max", "range", "drift", "speed"]
#: Those of a stride, which is too short for the others.
STRIDE_STATISTICS: tuple[Statistic, ...] = ("median", "mean", "min", "max", "range")
Against = Literal["rest", "start", "stride", "midstance"]

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
#: What is told and judges nothing is excluded: an exercise's digest does not know it.
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


class Limit(Table):
    """One side of the acceptable range: beyond ``warn`` it is left, beyond ``error`` clearly wrong.

    With ``void`` a repetition beyond error is no full one: it is an attempt at something else. ``only_with``
    names a check without whose fault this one is none. ``train`` names the exercises that work on it.
    """

    warn: Number
    error: Number | None = None
    say: Cue
    why: Sentence
    id: Id | None = None
    safety: bool = False
    void: bool = False
    weight: float = Field(default=1.0, ge=0, le=2, allow_inf_nan=False)
    only_with: str | None = None
    train: Listed[ExerciseId] = Field(default=(), exclude=True)


class Limited(Table):
    """A number with the limits it is held to.

    ``usual`` is the range that most people show, told beside the number and no fault outside it.
    ``least_fps``: with fewer pictures a second it cannot be told. ``experimental``: told, with a warning.
    """

    what: Sentence
    basis: Sentence
    views: tuple[View, ...] | None = Field(default=None, strict=False, min_length=1)
    low: Limit | None = None
    high: Limit | None = None
    usual: Bounds | None = None
    least_fps: float | None = Field(default=None, ge=1, le=1000, allow_inf_nan=False)
    experimental: bool = False


class Measure(Limited):
    """A number about form, when to take it and how, and its limits.

    ``take`` "speed" is the root mean square of the signal's speed over a second; "drift" the largest distance
    from rest. ``against`` subtracts the value at rest before the repetition ("rest"), at the start of the
    hold or run ("start"), the mean of the stride or the value at its mid-stance. ``for_s`` is how long a
    value must last, for every take but ``median``, ``mean``. ``still_camera``: a moving one cannot show it.
    """

    signal: SignalName
    during: tuple[Phase, ...] = Field(default=REP_PHASES, strict=False, min_length=1)
    take: Statistic
    against: Against | None = None
    for_s: Seconds = 0.3
    still_camera: bool = False

    @property
    def reading(self) -> BoundSignal:
        """The signal it reads, bound to its side."""
        return reading(self.signal)

    @property
    def unit(self) -> str:
        """The unit of its value: that of its signal, per second for a speed."""
        return self.reading.signal.unit + ("/s" if self.take == "speed" else "")

    @property
    def seen_from(self) -> tuple[str, ...]:
        """The views that can show it."""
        return self.views or tuple(v for v in self.reading.signal.views if v != "oblique")
