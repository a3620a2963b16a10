"""What was done in a clip: repetitions, holds, or strides; one tagged result."""

from dataclasses import dataclass, field
from typing import Literal

from formcheck.types.gait import Gait, MeanStride
from formcheck.types.reason import Reason
from formcheck.types.verdict import Side, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One check over one repetition, block of a hold, or block of steps.

    ``value`` in ``unit``, None if not assessable; ``limit`` the one it was held against;
    ``seen`` 0..1 the share of the frames in which it was visible; ``reason`` why it was not assessable.
    """

    check: str
    value: float | None
    unit: str
    limit: float | None
    verdict: Verdict
    seen: float
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Rom:
    """Range of motion of one repetition."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds on the way out, near the peak, and on the way back."""

    up_s: float
    hold_s: float
    down_s: float


@dataclass(frozen=True, slots=True)
class Rep:
    """One attempt.

    ``counted`` if it was a full repetition; otherwise ``reason`` is the code of why it was not, or the id of
    the check by which it was another movement.
    """

    n: int
    side: Side
    start_s: float
    peak_s: float
    end_s: float
    counted: bool
    reason: str | None
    rom: Rom | None
    tempo: Tempo | None
    score: int | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold: ``total_s`` in the pose, ``clean_s`` of it without an error."""

    side: Side
    start_s: float
    end_s: float
    total_s: float
    clean_s: float
    breaks: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Left against right over a set: full repetitions of each, and what left has more than right in percent.

    ``range_percent`` and ``time_percent`` are 0 within the sensor's error, None with too few repetitions;
    ``weaker`` the side that clearly goes less far. Shown, never part of the score.
    """

    left: int
    right: int
    range_percent: float | None
    time_percent: float | None
    weaker: Literal["left", "right"] | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RepResult:
    """Every attempt in the order of time, at least one; ``balance`` None unless both sides worked."""

    reps: tuple[Rep, ...]
    balance: Balance | None = None


@dataclass(frozen=True, slots=True)
class HoldResult:
    """Every hold in the order of time; none where the pose was never kept for long."""

    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True)
class GaitResult:
    """The numbers of a run; ``mean_stride``, for the report only, is no part of session.json."""

    gait: Gait
    mean_stride: MeanStride | None = field(default=None, compare=False)


Result = RepResult | HoldResult | GaitResult


class WithResult:
    """What carries a result, with the parts of it as its readers ask for them: empty or None in another."""

    __slots__ = ()
    result: Result | None

    @property
    def reps(self) -> tuple[Rep, ...]:
        """Every attempt; none of a hold or a run."""
        return self.result.reps if isinstance(self.result, RepResult) else ()

    @property
    def balance(self) -> Balance | None:
        """How the sides compare; None unless both counted repetitions."""
        return self.result.balance if isinstance(self.result, RepResult) else None

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Every hold."""
        return self.result.holds if isinstance(self.result, HoldResult) else ()

    @property
    def gait(self) -> Gait | None:
        """The numbers of a run; None where none was tracked."""
        return self.result.gait if isinstance(self.result, GaitResult) else None

    @property
    def mean_stride(self) -> MeanStride | None:
        """The mean stride of a run; None with too few strides, and in a session that was read back."""
        return self.result.mean_stride if isinstance(self.result, GaitResult) else None
