"""What is known after one frame of a live session: all that a window, a page or a voice needs."""

from dataclasses import dataclass
from typing import Literal

from formcheck.types.event import ActiveFault, Event, Phase
from formcheck.types.pose import Pose
from formcheck.types.reason import Reason
from formcheck.types.result import Tempo
from formcheck.types.set_summary import SetSummary

#: searching: nobody in view. setting_up: advice on place, view and start pose. ready: the start pose is
#: held. countdown: still nothing counts. exercising. paused: out of view, or asked for. set_done: the
#: summary stands. resting: the timer runs. finished: the last set is over.
LiveState = Literal[
    "searching",
    "setting_up",
    "ready",
    "countdown",
    "exercising",
    "paused",
    "set_done",
    "resting",
    "finished",
]


@dataclass(frozen=True, slots=True)
class Cue:
    """The one thing to mend now, phrased as the fix; ``level`` is "praise" once it is mended."""

    id: str
    text: Reason
    level: Literal["error", "warn", "praise"]


@dataclass(frozen=True, slots=True, eq=False)
class LiveUpdate:
    """One frame of a live session.

    Attributes
    ----------
    t : seconds, as the frame's.
    state : see `LiveState`.
    pose : in pixels, for the skeleton; NaN where nobody is seen.
    exercise, kind : name, and reps, hold, stretch or gait.
    set_n, sets : which set of this exercise, from 1, and how many.
    goal_reps, goal_s : the target of the set (of each side with ``per_side``); None is open-ended.
    reps, attempts : of this set. ``left``, ``right`` : full repetitions of each side; None without sides.
    hold_s : seconds held in this set; None where nothing is held. ``cadence_spm`` : of a run, else None.
    phase : part of the repetition, None outside of one. ``progress`` : 0..1 through the person's own range,
        of a hold toward its goal; NaN where it cannot be seen.
    tempo : of the latest repetition; None until there is one.
    faults : those that hold now, worst first, for the skeleton's colours.
    cue : the one on show; None without.
    instruction : what to do to be seen, to begin, or to go on; one at a time; None without.
    seconds_left : of the countdown or the rest; None outside of them.
    why_not : why the attempt that finished last was not counted, for some seconds; None without.
    say : what the voice says now; None is silence, which is most frames.
    summary : of the set that finished last, while it is shown (set_done, resting, finished).
    next : the set that comes after the rest; None outside of it.
    events : what happened with this frame.
    side : the one that works in this set, where each has its own; None otherwise.
    """

    t: float
    state: LiveState
    pose: Pose
    exercise: str
    kind: str
    set_n: int
    sets: int
    goal_reps: int | None
    goal_s: float | None
    per_side: bool
    reps: int
    attempts: int
    left: int | None
    right: int | None
    hold_s: float | None
    cadence_spm: float | None
    phase: Phase | None
    progress: float
    tempo: Tempo | None
    faults: tuple[ActiveFault, ...]
    cue: Cue | None
    instruction: Reason | None
    seconds_left: float | None
    why_not: Reason | None
    say: Reason | None
    summary: SetSummary | None
    next: Reason | None
    events: tuple[Event, ...]
    side: Literal["left", "right"] | None = None
