"""Happenings, and the update that every frame yields while they happen."""

from dataclasses import dataclass
from typing import Literal

from formcheck.types.pose import Pose
from formcheck.types.reason import Reason
from formcheck.types.result import Tempo
from formcheck.types.set_summary import SetSummary
from formcheck.types.verdict import Side

State = Literal["searching", "waiting", "exercising"]
Phase = Literal["rest", "out", "hold", "back"]
PHASES: tuple[Phase, ...] = ("rest", "out", "hold", "back")


@dataclass(frozen=True, slots=True)
class ActiveFault:
    """A fault that holds right now, or was found in what has just finished.

    ``cue`` is what to say, ``joints`` the landmark numbers to mark, ``safety`` whether back or knee suffer;
    ``about`` what it is a fault of.
    """

    id: str
    cue: str
    level: Literal["warn", "error"]
    joints: tuple[int, ...]
    safety: bool = False
    about: Literal["form", "tempo", "range"] = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """``t`` is when it happened, ``told_t`` when it was known (same clock, told_t >= t)."""

    t: float
    told_t: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptFinished(Event):
    """A cycle of movement went out and came back; ``counted`` if it was a full repetition, else why not.

    ``faults`` were found in it, worst first; ``clean`` are the checks that saw it and found nothing.
    """

    n: int
    side: Side
    counted: bool
    reason: str | None
    tempo: Tempo | None = None
    faults: tuple[ActiveFault, ...] = ()
    clean: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFinished(Event):
    """Some seconds of a hold, or strides of a run, were judged; ``faults`` and ``clean`` as of an attempt."""

    faults: tuple[ActiveFault, ...]
    clean: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepFinished(Event):
    """A full repetition; ``score`` 0..100 or None when too little could be seen."""

    n: int
    side: Side
    score: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultSaid(Event):
    """A fault began, with the words that mend it."""

    id: str
    cue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultCleared(Event):
    """A fault ended."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewChanged(Event):
    """The body turned against the camera."""

    view: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost(Event):
    """The person can no longer be followed, and why."""

    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Event):
    """A person is (again) in view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChanged(Event):
    """A live session went on to its next state."""

    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFinished(Event):
    """A set of a live session is over."""

    summary: SetSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken(Event):
    """Something was said aloud, or would have been with a voice."""

    text: Reason


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """What is known after one frame: all that live feedback or a video overlay draws.

    Attributes
    ----------
    t : seconds, as the frame's.
    pose : as it was judged (pixels), every limb on its side; NaN where the person is not seen.
    state : "searching" (nobody), "waiting" (somebody, not exercising yet), "exercising".
    view : side, front, back, oblique, axial or unknown.
    phase : part of the repetition; None for holds and running.
    progress : 0..1 through the person's own range; NaN where it cannot be seen.
    attempts, reps : counted so far.
    hold_s : seconds held so far; None where the exercise is no hold.
    cadence_spm : steps a minute; None unless running.
    row : every signal of the exercise by name; NaN where not seen.
    faults : those that hold now, worst first.
    events : what happened with this frame.
    """

    t: float
    pose: Pose
    state: State
    view: str
    phase: Phase | None
    progress: float
    attempts: int
    reps: int
    hold_s: float | None
    cadence_spm: float | None
    row: dict[str, float]
    faults: tuple[ActiveFault, ...]
    events: tuple[Event, ...]
