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
    ``weaker`` the side that clearly goes less far. Told, never part of the score.
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
