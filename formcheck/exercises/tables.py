"""The tables of an exercise file that hold limits: what is measured, when, how, and what is too much."""

from typing import Annotated, Literal

from pydantic import Field

from formcheck.exercises.fields import (
    Bounds,
    Cue,
    ExerciseId,
    Id,
    Listed,
    Number,
    Seconds,
    Sentence,
    SignalName,
    Table,
)
from formcheck.exercises.sources import Basis
from formcheck.signals import BoundSignal, reading
from formcheck.types.posture import Posture

View = Literal["side", "front", "back"]
Phase = Literal["rest", "out", "hold", "back", "stride", "contact", "midstance", "stance"]
#: The phases of a repetition, and those of a stride (of the leg that a measure names; `stride` is all of it).
REP_PHASES: tuple[Phase, ...] = ("rest", "out", "hold", "back")
STRIDE_PHASES: tuple[Phase, ...] = ("stride", "contact", "midstance", "stance")
Statistic = Literal["median", "mean", "min", "max", "range", "drift", "speed"]
#: Those of a stride, which is too short for the others.
STRIDE_STATISTICS: tuple[Statistic, ...] = ("median", "mean", "min", "max", "range")
Against = Literal["rest", "start", "stride", "midstance"]
#: Beyond it what bends toward the camera looks bent aside: at 22 degrees drawn clean figures have no false
#: fault but of knees, at 30 tilted shoulders of runners. What is more sensitive says so itself.
TURNED_DEG = 25.0


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

    ``usual`` is the range that most people have, shown beside the number and no fault outside it.
    ``least_fps``: with fewer frames per second it is not assessed. ``experimental``: shown, with a warning.
    """

    what: Sentence
    basis: Annotated[Basis, Field(exclude=True)]
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
    ``turned_deg``: what only the front or back shows is not assessed of a body turned from there by more.
    ``posture`` is that of the body at that time, where it is another than the exercise's.
    """

    signal: SignalName
    during: tuple[Phase, ...] = Field(default=REP_PHASES, strict=False, min_length=1)
    take: Statistic
    against: Against | None = None
    for_s: Seconds = 0.3
    still_camera: bool = False
    turned_deg: float = Field(default=TURNED_DEG, gt=0, le=90, allow_inf_nan=False)
    posture: Posture | None = Field(default=None, exclude=True)

    @property
    def reading(self) -> BoundSignal:
        """The signal it reads, bound to its side."""
        return reading(self.signal)

    @property
    def unit(self) -> str:
        """The unit of its value: that of its signal, per second for a speed."""
        return self.reading.unit + ("/s" if self.take == "speed" else "")

    @property
    def seen_from(self) -> tuple[str, ...]:
        """The views that can show it."""
        return self.views or tuple(v for v in self.reading.views if v != "oblique")

    @property
    def of_steps(self) -> bool:
        """Whether it needs to know when a foot landed, stood or left."""
        return self.during[0] in ("contact", "midstance", "stance")
