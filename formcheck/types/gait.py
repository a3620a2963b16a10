"""What a run yields besides its faults: numbers of its strides, what changed, and the mean stride."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.types.reason import Reason
from formcheck.types.verdict import Verdict

Confidence = Literal["low", "medium", "high"]
Bounds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """A number about running: the median over ``n`` strides, with its interquartile range.

    Attributes
    ----------
    limits : (low, high) beyond which it warns; None where there is none.
    usual : the range that most runners show, where the exercise gives it.
    error : how far the camera may be wrong, in ``unit``, where that is known.
    confidence : how far to trust it: strides measured, how well they were seen, how square the view.
    experimental : shown for interest; formcheck cannot yet vouch for it.
    part : how the body is carried, or what the feet do.
    what : says in words what it is; no part of session.json.
    """

    value: float | None
    unit: str
    verdict: Verdict
    n: int
    spread: float | None = None
    reason: Reason | None = None
    limits: Bounds = (None, None)
    usual: tuple[float, float] | None = None
    error: float | None = None
    confidence: Confidence | None = None
    experimental: bool = False
    part: Literal["posture", "stride"] = "posture"
    what: str = ""


@dataclass(frozen=True, slots=True)
class GaitDrift:
    """First third of a run against its last, medians of ``unit``; ``noise`` is what chance would change.

    ``clear`` if the change is large enough to be reported; ``why`` then says in words what changed.
    """

    early: float
    late: float
    delta: float
    noise: float
    clear: bool
    unit: str = ""
    why: str = ""


GaitKind = Literal["run", "walk", "on_the_spot"]


@dataclass(frozen=True, slots=True)
class Gait:
    """Running. ``cadence_spm`` steps a minute, None when no steady rhythm of real time was found.

    ``drift_spans`` are the first and the last third, seconds, where they were compared.
    """

    cadence_spm: float | None
    steps: int
    metrics: dict[str, Metric] = field(default_factory=dict)
    drift: dict[str, GaitDrift] = field(default_factory=dict)
    camera: Literal["fixed", "moving", "unknown"] = "unknown"
    kind: GaitKind = "run"
    strides: int = 0
    drift_spans: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A signal over the mean stride, for the report only.

    ``mean`` and ``spread`` (standard deviation) are (P,) at even shares of a stride, in ``unit``, over ``n``
    strides. NaN where it was not seen.
    """

    id: str
    what: str
    unit: str
    mean: NDArray[np.floating]
    spread: NDArray[np.floating]
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class MeanStride:
    """The stride of a run, averaged, for the report only.

    Attributes
    ----------
    curves : signals over it; it starts in flight, before the foot of the leg it follows lands.
    bodies : (P, L) complex, in trunk lengths, y up, from the middle of the hips, as the camera sees it.
    contact : the shares of the stride, 0..1, at which that foot lands and leaves; None if not known.
    side : the leg it follows.
    """

    curves: tuple[Curve, ...]
    bodies: NDArray[np.complexfloating]
    contact: tuple[float, float] | None
    side: Literal["left", "right"]
