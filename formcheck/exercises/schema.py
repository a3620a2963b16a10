"""The grammar of an exercise file: closed, small, strict. Lengths in trunk lengths, angles in degrees."""

import hashlib
import json
from typing import Annotated, Literal

from pydantic import Field

from formcheck.exercises.fields import (
    MOST_ENTRIES,
    Bounds,
    Cue,
    Listed,
    Name,
    Named,
    Number,
    Reach,
    Seconds,
    Sentence,
    SignalName,
    Table,
    Word,
    Words,
)
from formcheck.exercises.sources import Basis
from formcheck.exercises.strides import DriftRule, StrideNumber
from formcheck.exercises.tables import Limit, Measure, View
from formcheck.types.kind import Kind, is_gait
from formcheck.types.posture import Posture

CycleView = Literal["side", "front", "back", "oblique", "axial"]
Half = Literal["either", "out", "back", "peak"]
Ranges = Annotated[dict[SignalName, Bounds], Field(max_length=MOST_ENTRIES)]


class Camera(Table):
    """How to film: the views that show the exercise, best first, and the set-up in words."""

    views: tuple[View, ...] = Field(min_length=1, strict=False)
    setup: Sentence


class StartPose(Table):
    """A pose to start from (or to hold): every signal within its [low, high]."""

    name: Name
    views: tuple[View, ...] = Field(default=("side", "front", "back"), strict=False, min_length=1)
    pose: Ranges = Field(min_length=1)


class Cycle(Table):
    """What one repetition (or step) is.

    ``rest`` and ``full`` are the levels a full repetition starts from and must reach; with ``relative`` they
    count from the repetition's own start. An attempt needs ``min_range`` and a fair share of the person's own
    range. ``side`` is a signal that is positive when the left limb works.
    """

    kind: Literal["excursion", "oscillation", "hold"]
    views: tuple[CycleView, ...] = Field(
        default=("side", "front", "back", "oblique", "axial"), strict=False, min_length=1
    )
    signal: SignalName | None = None
    rest: Number | None = None
    full: Number | None = None
    target: Number | None = None
    min_range: Reach | None = None
    relative: bool = False
    side: SignalName | None = None
    min_s: Seconds = 1.0
    max_s: Seconds = 15.0
    basis: Annotated[Basis | None, Field(exclude=True)] = None

    @property
    def is_held(self) -> bool:
        """Whether the time in the start pose counts, and no movement."""
        return self.kind == "hold"

    @property
    def is_excursion(self) -> bool:
        """Whether it goes out and comes back, and each time counts."""
        return self.kind == "excursion"

    @property
    def is_rhythm(self) -> bool:
        """Whether it goes on like steps, without a rest between two."""
        return self.kind == "oscillation"


class TempoRule(Table):
    """Least acceptable seconds for a part of a repetition: each half, the way out or back, or at the peak."""

    half: Half = "either"
    warn: Seconds
    error: Seconds | None = None
    say: Cue
    why: Sentence
    basis: Annotated[Basis, Field(exclude=True)]


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

    rest: Ranges = Field(default_factory=dict)
    peak: Ranges = Field(default_factory=dict)
    moves: Ranges = Field(default_factory=dict)


class Exercise(Table):
    """One exercise, parsed and checked.

    ``sides``: both work together, they alternate within a set, or each has sets of its own. ``posture`` is
    the body's, for what pose models make of it. ``broken`` are its poses as they are kept wrongly: who
    stays or moves in one is judged, but nobody is asked to start there.
    """

    schema_: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    name: Name
    aliases: Words = ()
    kind: Kind
    sides: Literal["both", "alternate", "each"] = "both"
    posture: Posture | None = Field(default=None, exclude=True)
    group: Name
    level: int = Field(ge=0, le=99, exclude=True)
    status: Literal["draft", "reviewed", "validated"] = Field(exclude=True)
    reviewed_by: Word = ""
    about: Sentence
    not_judged: Words = ()
    camera: Camera
    start: Listed[StartPose] = ()
    broken: Listed[StartPose] = ()
    cycle: Listed[Cycle] = Field(min_length=1)
    measure: Named[Measure] = Field(default_factory=dict)
    number: Named[StrideNumber] = Field(default_factory=dict)
    drift: Named[DriftRule] = Field(default_factory=dict)
    curves: Listed[SignalName] = Field(default=(), exclude=True)
    tempo: Named[TempoRule] = Field(default_factory=dict)
    range: Range | None = None
    signature: Signature = Signature()

    @property
    def digest(self) -> str:
        """The sha256 of all that judges, kept in sessions: words, order, defaults do not change it."""
        judges = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return hashlib.sha256(json.dumps(judges, sort_keys=True).encode()).hexdigest()

    @property
    def is_held(self) -> bool:
        """Whether a set of it is held for seconds, not counted."""
        return any(cycle.is_held for cycle in self.cycle)

    @property
    def is_gait(self) -> bool:
        """Whether its strides are judged, not its frames."""
        return is_gait(self.kind)

    @property
    def limited(self) -> dict[str, Measure | StrideNumber]:
        """Every measure and number by name, in the order of the file, measures first."""
        return {**self.measure, **self.number}

    def bases(self) -> list[Basis]:
        """What its numbers rest upon, in the order of the file."""
        tables = (*self.cycle, *self.limited.values(), *self.drift.values(), *self.tempo.values())
        return [table.basis for table in tables if table.basis is not None]

    def name_of(self, limited: Measure | StrideNumber) -> str:
        """The name of one of its measures or numbers; limits of several may share a check's id."""
        return next(name for name, known in self.limited.items() if known is limited)

    def limits(self) -> list[tuple[str, Measure | StrideNumber, Limit, bool]]:
        """Every limit: the id of its check, its measure or number, itself, whether it is the upper one."""
        return [
            (limit.id or name, limited, limit, upper)
            for name, limited in self.limited.items()
            for limit, upper in ((limited.low, False), (limited.high, True))
            if limit is not None
        ]
