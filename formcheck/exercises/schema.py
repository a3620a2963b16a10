"""The grammar of an exercise file: closed, small, strict. Lengths in trunk lengths, angles in degrees."""

import hashlib
import json
from typing import Literal, Self

from pydantic import Field, model_validator

from formcheck.exercises.strides import Drift, StrideNumber
from formcheck.exercises.tables import (
    REP_PHASES,
    STRIDE_PHASES,
    Bounds,
    Cue,
    Limit,
    Measure,
    Seconds,
    Sentence,
    SignalName,
    Table,
    View,
    Word,
    Words,
)

CycleView = Literal["side", "front", "back", "oblique", "axial"]
Half = Literal["either", "out", "back", "peak"]


class Camera(Table):
    """How to film: the views that show the exercise, best first, and the set-up in words."""

    views: tuple[View, ...] = Field(min_length=1, strict=False)
    setup: Sentence


class StartPose(Table):
    """A pose to start from (or to hold): every signal within its [low, high]."""

    name: Word
    views: tuple[View, ...] = Field(default=("side", "front", "back"), strict=False)
    pose: dict[SignalName, Bounds] = Field(min_length=1)

    @model_validator(mode="after")
    def _ranges_rise(self) -> Self:
        for name, (low, high) in self.pose.items():
            if low >= high:
                raise ValueError(f"pose '{name}': low {low:g} must be below high {high:g}")
        return self


class Cycle(Table):
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
    basis: Word = ""

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


class Tempo(Table):
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


class Range(Table):
    """What to say when a repetition stops short of its full range."""

    what: Sentence
    say: Cue
    why: Sentence


class Signature(Table):
    """What tells this exercise from others in the same start pose, for `--exercise auto`.

    Every signal within its [low, high]: its median at ``rest`` (of a hold: throughout) and at the ``peak`` of
    a repetition, and how far it ``moves`` (largest less smallest) over a repetition or a second of a hold.
    What this view cannot show is passed over.
    """

    rest: dict[SignalName, Bounds] = Field(default_factory=dict)
    peak: dict[SignalName, Bounds] = Field(default_factory=dict)
    moves: dict[SignalName, Bounds] = Field(default_factory=dict)


class Exercise(Table):
    """One exercise, parsed and checked.

    ``sides``: both work together, they alternate within a set, or each has sets of its own.
    """

    schema_: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Word
    aliases: Words = ()
    kind: Literal["reps", "hold", "stretch", "gait"]
    sides: Literal["both", "alternate", "each"] = "both"
    group: Word
    level: int = Field(ge=0, le=99, exclude=True)
    status: Literal["draft", "reviewed", "validated"] = Field(exclude=True)
    reviewed_by: Word = ""
    about: Sentence
    not_judged: Words = ()
    camera: Camera
    start: tuple[StartPose, ...] = Field(default=(), strict=False)
    cycle: tuple[Cycle, ...] = Field(min_length=1, strict=False)
    measure: dict[str, Measure] = Field(default_factory=dict)
    number: dict[str, StrideNumber] = Field(default_factory=dict)
    drift: dict[str, Drift] = Field(default_factory=dict)
    curves: tuple[SignalName, ...] = Field(default=(), strict=False, exclude=True)
    tempo: dict[str, Tempo] = Field(default_factory=dict)
    range: Range | None = None
    signature: Signature = Signature()

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

    @model_validator(mode="after")
    def _strides_fit_kind(self) -> Self:
        gait = self.kind == "gait"
        if not gait and (self.number or self.drift):
            raise ValueError("only kind 'gait' has [number] and [drift] tables")
        for name, measure in self.measure.items():
            wrong = set(measure.during) - {*(STRIDE_PHASES if gait else REP_PHASES)}
            if wrong and measure.during != REP_PHASES:
                raise ValueError(f"measure '{name}': kind '{self.kind}' has no phase '{min(wrong)}'")
        unknown = sorted(self.drift.keys() - self.measure.keys() - self.number.keys())
        if unknown:
            raise ValueError(f"drift '{unknown[0]}': no measure or number of that name")
        return self

    @property
    def digest(self) -> str:
        """The sha256 of all that judges, kept in sessions: words, order, defaults do not change it."""
        judges = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return hashlib.sha256(json.dumps(judges, sort_keys=True).encode()).hexdigest()

    @property
    def limited(self) -> dict[str, Measure | StrideNumber]:
        """Every measure and number by name, in the order of the file, measures first."""
        return {**self.measure, **self.number}

    def limits(self) -> list[tuple[str, Measure | StrideNumber, Limit, bool]]:
        """Every limit: the id of its check, its measure or number, itself, whether it is the upper one."""
        return [
            (limit.id or name, limited, limit, upper)
            for name, limited in self.limited.items()
            for limit, upper in ((limited.low, False), (limited.high, True))
            if limit is not None
        ]
