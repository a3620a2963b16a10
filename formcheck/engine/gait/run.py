"""What a runner has done until now, for whoever reads the numbers of a run."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.engine.gait.strides import Stride
from formcheck.engine.judge.judged_span import JudgedSpan
from formcheck.types.gait import GaitKind


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Steps and strides.

    Attributes
    ----------
    kind : how most strides went; a run while there are none.
    steps : seconds of all steps.
    strides : those of that kind: who walks before the run is judged by his running alone.
    cadence_spm : steps a minute of those strides; None without a steady rhythm, or when too slow for one.
    slow : whether there is a rhythm that is too slow to be running.
    judged : blocks of strides.
    """

    kind: GaitKind
    steps: Sequence[float]
    strides: Sequence[Stride]
    cadence_spm: float | None
    slow: bool
    judged: Sequence[JudgedSpan]


def cadence_of(strides: Sequence[Stride]) -> float:
    """Steps a minute of the stride in the middle."""
    return 120.0 / float(np.median([s.lasts_s for s in strides]))
