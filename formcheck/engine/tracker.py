"""What follows an exercise, frame by frame: one protocol for repetitions, holds and strides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.judge.judged_span import JudgedSpan
from formcheck.engine.judge.measurement import Span
from formcheck.types.body import Points
from formcheck.types.event import ActiveFault, Event, Phase
from formcheck.types.reason import Reason
from formcheck.types.result import Result


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen in one frame, beside its row in the track.

    Attributes
    ----------
    t : seconds; rises from frame to frame.
    present : whether a person is in view.
    in_pose : whether the start (or hold) pose is kept; None where too little of it is seen.
    body : points (L,) in pixels and which of them are usable.
    scale_px : pixels per trunk length.
    broken : whether the pose is kept wrongly, in a broken one of the exercise's own.
    """

    t: float
    present: bool
    in_pose: bool | None
    body: tuple[Points, NDArray[np.bool_]]
    scale_px: float
    broken: bool = False


@dataclass(frozen=True, slots=True)
class TrackerState:
    """Where the exercise stands after a frame.

    Attributes
    ----------
    active : whether it is being done, and not only waited for.
    watched : the phase whose measures a single frame can break now; None where none is looked at.
    phase, progress, attempts, reps, hold_s, cadence_spm : as of `formcheck.types.event.Update`.
    faults : those that hold now, of what the tracker judges itself.
    """

    active: bool = False
    watched: Phase | None = None
    phase: Phase | None = None
    progress: float = float("nan")
    attempts: int = 0
    reps: int = 0
    hold_s: float | None = None
    cadence_spm: float | None = None
    faults: tuple[ActiveFault, ...] = ()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A movement, or a time in position, that does not count: when it was, and why it is none."""

    start_s: float
    end_s: float
    reason: Reason


class Tracker(Protocol):
    """Finds what an exercise is counted by, and has each span judged as it closes."""

    def step(self, seen: Sighting) -> list[Event]:
        """Take the newest frame, whose row is the last of the track."""

    def cut(self, t: float) -> list[Event]:
        """The film was cut at ``t``: close what is open; nothing goes on from before."""

    def finish(self, t: float) -> list[Event]:
        """The clip has ended at ``t``: close what is open. Once more changes nothing."""

    @property
    def judged(self) -> Sequence[JudgedSpan]:
        """The spans that have closed: attempts, blocks of a hold, blocks of strides."""

    @property
    def passed_over(self) -> Sequence[PassedOver]:
        """What does not count, in the order of time; at least one where nothing counts."""

    @property
    def state(self) -> TrackerState:
        """What is known now."""

    @property
    def baseline(self) -> Span | None:
        """Where the values lie that running measures are compared with; None where there are none."""

    def result(self) -> Result | None:
        """What was done until now; None where repetitions are counted and none was attempted."""
