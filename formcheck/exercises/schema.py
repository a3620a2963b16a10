"""The grammar of an exercise file: closed, small, strict. Lengths in trunk lengths, angles in degrees."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from formcheck.signals import Reading, reading

View = Literal["side", "front", "back"]
CycleView = Literal["side", "front", "back", "oblique", "axial"]
Phase = Literal["rest", "out", "hold", "back"]
Take = Literal["median", "mean", "min", "max", "range", "drift", "speed"]
Half = Literal["either", "out", "back", "peak"]

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
Cue = Annotated[str, Field(min_length=2), AfterValidator(_short_cue)]
Sentence = Annotated[str, Field(min_length=5)]
Bounds = Annotated[tuple[float, float], Field(strict=False)]
Seconds = Annotated[float, Field(gt=0, le=600)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Camera(_Table):
    """How to film: the views that show the exercise, best first, and the set-up in words."""

    views: tuple[View, ...] = Field(min_length=1, strict=False)
    setup: Sentence


class StartPose(_Table):
    """A pose to start from (or to hold): every signal within its [low, high]."""

    name: str
    views: tuple[View, ...] = Field(default=("side", "front", "back"), strict=False)
    pose: dict[SignalName, Bounds] = Field(min_length=1)

    @model_validator(mode="after")
    def _ranges_rise(self) -> Self:
        for name, (low, high) in self.pose.items():
            if low >= high:
                raise ValueError(f"pose '{name}': low {low:g} must be below high {high:g}")
        return self


class Cycle(_Table):
    """What one repetition (or step) is.

    ``rest`` and ``full`` are the levels a full repetition starts from and must reach; with ``relative`` they
    count from the repetition's own start. An attempt needs ``min_range`` and a fair share of the person's own
    range. ``side`` is a signal that is positive when the left limb works.
    """

    kind: Literal["excursion", "oscillation", "hold"]
    views: tuple[CycleView, ...] = Field(default=("side", "front", "back", "oblique", "axial"), strict=False)
    signal: SignalName | None = None
    rest: float | None = None
    full: float | None = None
    target: float | None = None
    min_range: float | None = None
    relative: bool = False
    side: SignalName | None = None
    min_s: Seconds = 1.0
    max_s: Seconds = 15.0
    basis: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind != "hold" and self.signal is None:
            raise ValueError(f"a cycle of kind '{self.kind}' needs 'signal'")
        if self.kind == "excursion":
            missing = [k for k in ("rest", "full", "min_range") if getattr(self, k) is None]
            if missing:
                raise ValueError("an excursion needs " + ", ".join(f"'{k}'" for k in missing))
            if self.rest is not None and self.full is not None and self.rest >= self.full:
                raise ValueError(f"rest {self.rest:g} must be below full {self.full:g}")
        least = (self.full or 0.0) - (self.rest or 0.0)
        if self.target is not None and self.target < least:
            raise ValueError(f"target {self.target:g} must reach at least from rest to full, {least:g}")
        if self.min_s >= self.max_s:
            raise ValueError(f"min_s {self.min_s:g} must be below max_s {self.max_s:g}")
        return self


class Limit(_Table):
    """One side of the acceptable range: beyond ``warn`` it is left, beyond ``error`` clearly wrong.

    With ``void`` a repetition beyond error is no full one: it is an attempt at something else.
    """

    warn: float
    error: float | None = None
    say: Cue
    why: Sentence
    id: str | None = None
    safety: bool = False
    void: bool = False
    weight: float = Field(default=1.0, ge=0, le=2)


class Measure(_Table):
    """A number about form, when to take it and how, and its limits.

    ``take`` "speed" is the root mean square of the signal's speed over a second; "drift" the largest distance
    from rest. ``against`` subtracts the value at rest before the repetition ("rest") or at the start of the
    hold or run ("start"). ``for_s`` is how long a value must last, for every take but ``median``, ``mean``.
    """

    what: Sentence
    signal: SignalName
    during: tuple[Phase, ...] = Field(default=("rest", "out", "hold", "back"), strict=False)
    take: Take
    against: Literal["rest", "start"] | None = None
    views: tuple[View, ...] | None = Field(default=None, strict=False)
    for_s: Seconds = 0.3
    basis: Sentence
    low: Limit | None = None
    high: Limit | None = None

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("needs a [low] or a [high] limit")
        if self.low and self.low.error is not None and self.low.error >= self.low.warn:
            raise ValueError(f"low: error {self.low.error:g} must lie below warn {self.low.warn:g}")
        if self.high and self.high.error is not None and self.high.error <= self.high.warn:
            raise ValueError(f"high: error {self.high.error:g} must lie above warn {self.high.warn:g}")
        if self.low and self.high and self.low.warn >= self.high.warn:
            raise ValueError(f"low warn {self.low.warn:g} must lie below high warn {self.high.warn:g}")
        return self

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


class Tempo(_Table):
    """Least acceptable seconds for a part of a repetition: each half, the way out or back, or at the peak."""

    half: Half = "either"
    warn: Seconds
    error: Seconds | None = None
    say: Cue
    why: Sentence
    basis: Sentence

    @model_validator(mode="after")
    def _falls(self) -> Self:
        if self.error is not None and self.error >= self.warn:
            raise ValueError(f"error {self.error:g} s must be below warn {self.warn:g} s")
        return self


class Range(_Table):
    """What to say when a repetition stops short of its full range."""

    what: Sentence
    say: Cue
    why: Sentence


class Signature(_Table):
    """What tells this exercise from others in the same start pose, for `--exercise auto`.

    Every signal within its [low, high]: its median at ``rest`` (of a hold: throughout) and at the ``peak`` of
    a repetition, and how far it ``moves`` (largest less smallest) over a repetition or a second of a hold.
    What this view cannot show is passed over.
    """

    rest: dict[SignalName, Bounds] = Field(default_factory=dict)
    peak: dict[SignalName, Bounds] = Field(default_factory=dict)
    moves: dict[SignalName, Bounds] = Field(default_factory=dict)


class Exercise(_Table):
    """One exercise, parsed and checked. ``digest`` is the sha256 of its file, kept in every session."""

    schema_: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    aliases: tuple[str, ...] = Field(default=(), strict=False)
    kind: Literal["reps", "hold", "stretch", "gait"]
    group: str
    level: int = Field(ge=0, le=99)
    status: Literal["draft", "reviewed", "validated"]
    reviewed_by: str = ""
    about: Sentence
    not_judged: tuple[str, ...] = Field(default=(), strict=False)
    camera: Camera
    start: tuple[StartPose, ...] = Field(default=(), strict=False)
    cycle: tuple[Cycle, ...] = Field(min_length=1, strict=False)
    measure: dict[str, Measure] = Field(default_factory=dict)
    tempo: dict[str, Tempo] = Field(default_factory=dict)
    range: Range | None = None
    signature: Signature = Signature()
    digest: str = ""

    @model_validator(mode="after")
    def _cycles_fit_kind(self) -> Self:
        allowed = {"reps": {"excursion"}, "hold": {"hold"}, "gait": {"oscillation"}}
        fitting = allowed.get(self.kind, {"excursion", "hold"})
        for cycle in self.cycle:
            if cycle.kind not in fitting:
                raise ValueError(f"kind '{self.kind}' does not go with a cycle of kind '{cycle.kind}'")
        return self

    @model_validator(mode="after")
    def _hold_has_pose(self) -> Self:
        if any(c.kind == "hold" for c in self.cycle) and not self.start:
            raise ValueError("a hold needs at least one [[start]] pose: time counts while it is kept")
        return self

    def limits(self) -> list[tuple[str, Measure, Limit, bool]]:
        """Every limit: the id of its check, its measure, itself, and whether it is the upper one."""
        return [
            (limit.id or name, measure, limit, upper)
            for name, measure in self.measure.items()
            for limit, upper in ((measure.low, False), (measure.high, True))
            if limit is not None
        ]
