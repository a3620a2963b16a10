"""What every table of an exercise file is made of: names, cues, limits, measures. Closed, small, strict."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from formcheck.signals import Reading, reading

View = Literal["side", "front", "back"]
Phase = Literal["rest", "out", "hold", "back", "stride", "contact", "midstance", "stance"]
#: The phases of a repetition, and those of a stride (of the leg that a measure names; `stride` is all of it).
REP_PHASES: tuple[Phase, ...] = ("rest", "out", "hold", "back")
STRIDE_PHASES: tuple[Phase, ...] = ("stride", "contact", "midstance", "stance")
Take = Literal["median", "mean", "min", "max", "range", "drift", "speed"]
Against = Literal["rest", "start", "stride", "midstance"]

_WORDS_IN_A_CUE = 6


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


SignalName = Annotated[str, AfterValidator(_known_signal)]
Text = Annotated[str, Field(min_length=5)]
#: What is told and judges nothing is excluded: an exercise's digest does not know it.
Cue = Annotated[str, Field(min_length=2, exclude=True), AfterValidator(_short_cue)]
Sentence = Annotated[Text, Field(exclude=True)]
Word = Annotated[str, Field(exclude=True)]
Words = Annotated[tuple[str, ...], Field(strict=False, exclude=True)]
Bounds = Annotated[tuple[float, float], Field(strict=False)]
Seconds = Annotated[float, Field(gt=0, le=600)]


class Table(BaseModel):
    """A table of the file: nothing unknown in it, nothing converted, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Limit(Table):
    """One side of the acceptable range: beyond ``warn`` it is left, beyond ``error`` clearly wrong.

    With ``void`` a repetition beyond error is no full one: it is an attempt at something else. ``only_with``
    names a check without whose fault this one is none. ``train`` names the exercises that work on it.
    """

    warn: float
    error: float | None = None
    say: Cue
    why: Sentence
    id: str | None = None
    safety: bool = False
    void: bool = False
    weight: float = Field(default=1.0, ge=0, le=2)
    only_with: str | None = None
    train: Words = ()


class Limited(Table):
    """A number with the limits it is held to.

    ``usual`` is the range that most people show, told beside the number and no fault outside it.
    ``least_fps``: with fewer pictures a second it cannot be told. ``experimental``: told, with a warning.
    """

    what: Sentence
    basis: Sentence
    views: tuple[View, ...] | None = Field(default=None, strict=False)
    low: Limit | None = None
    high: Limit | None = None
    usual: Bounds | None = None
    least_fps: float | None = Field(default=None, gt=0)
    experimental: bool = False

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.low is None and self.high is None and self.usual is None:
            raise ValueError("needs a [low] or a [high] limit")
        if self.low and self.low.error is not None and self.low.error >= self.low.warn:
            raise ValueError(f"low: error {self.low.error:g} must lie below warn {self.low.warn:g}")
        if self.high and self.high.error is not None and self.high.error <= self.high.warn:
            raise ValueError(f"high: error {self.high.error:g} must lie above warn {self.high.warn:g}")
        if self.low and self.high and self.low.warn >= self.high.warn:
            raise ValueError(f"low warn {self.low.warn:g} must lie below high warn {self.high.warn:g}")
        return self


class Measure(Limited):
    """A number about form, when to take it and how, and its limits.

    ``take`` "speed" is the root mean square of the signal's speed over a second; "drift" the largest distance
    from rest. ``against`` subtracts the value at rest before the repetition ("rest"), at the start of the
    hold or run ("start"), the mean of the stride or the value at its mid-stance. ``for_s`` is how long a
    value must last, for every take but ``median``, ``mean``. ``still_camera``: a moving one cannot show it.
    """

    signal: SignalName
    during: tuple[Phase, ...] = Field(default=REP_PHASES, strict=False)
    take: Take
    against: Against | None = None
    for_s: Seconds = 0.3
    still_camera: bool = False

    @property
    def reading(self) -> Reading:
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
