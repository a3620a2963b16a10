"""Training over weeks: what a person answered and did, and the plan that follows from it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from formcheck.types.reason import Reason

#: ``numb`` is numbness or tingling, with or without pain.
Pain = Literal["none", "pain", "numb"]
Place = Literal["indoors", "outdoors"]
Equipment = Literal["mat", "wall"]
#: What a decision does to the plan, or to an exercise of it.
Happening = Literal[
    "begun",
    "entered",
    "more",
    "advanced",
    "kept",
    "fewer",
    "stepped_back",
    "not_yet",
    "paused",
    "stopped",
]
State = Literal["new", "stopped", "training", "rest", "done"]


@dataclass(frozen=True, slots=True)
class Start:
    """The answers a plan begins with; a later one changes them, and opens a plan that was stopped.

    ``days`` are those a week that are meant for training, 1 to 7.
    """

    when: datetime
    pain: Pain
    place: Place = "indoors"
    equipment: tuple[Equipment, ...] = ()
    days: int = 3


@dataclass(frozen=True, slots=True)
class PainReport:
    """How an exercise felt, as reported after it; ``exercise`` None is about the person at large."""

    when: datetime
    exercise: str | None
    pain: Pain


@dataclass(frozen=True, slots=True)
class SetDone:
    """One set. A count of None was not reported; sides None where both work together.

    Attributes
    ----------
    reps, good : full repetitions, and those of them in good form; None for a hold.
    left, right : full repetitions of each side.
    seconds, clean_s : held, and without an error; None where nothing is held.
    side : the one that worked, where each side has its own sets.
    coverage : 0..1, how much of the form was seen.
    """

    reps: int | None = None
    good: int | None = None
    left: int | None = None
    right: int | None = None
    seconds: float | None = None
    clean_s: float | None = None
    side: Literal["left", "right"] | None = None
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Done:
    """An exercise that was done.

    Attributes
    ----------
    sets : in their order.
    session : id of the stored session it was measured in; None if the person reported it, without a camera.
    faults : cues of the faults that were seen, worst first.
    train : of a run, for each fault its cue and the exercises that work on it, worst first.
    pain : reported together with it; None if it was not asked.
    """

    when: datetime
    exercise: str
    sets: tuple[SetDone, ...] = ()
    session: int | None = None
    faults: tuple[str, ...] = ()
    train: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pain: Pain | None = None


#: What the store keeps beside sessions: a plan follows from both, and is itself kept nowhere.
Entry = Start | PainReport | Done


@dataclass(frozen=True, slots=True)
class Decision:
    """One step of the plan, why it was taken, and the sessions behind it.

    ``sessions`` are ids in the store, empty where the person's own word decided.
    """

    day: date
    exercise: str | None
    kind: Happening
    why: Reason
    sessions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of today.

    Attributes
    ----------
    kind : a short trial whether it goes, sets for training, or a stretch.
    reps, seconds : of a set; of each side with ``per_side``. One of them is None.
    why : it is there; ``sessions`` those behind it.
    """

    exercise: str
    kind: Literal["trial", "training", "stretch"]
    sets: int
    reps: int | None
    seconds: float | None
    per_side: bool
    rest_s: float
    why: Reason
    sessions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the exercises of the programme: where it stands and what comes after it.

    ``goal`` is of a set: repetitions, or seconds of a hold; ``of`` the most before a harder one is tried.
    ``unlocks`` says what has to happen next; ``why`` every decision about it, oldest first.
    """

    exercise: str
    place: int
    goal: float
    of: float
    unit: Literal["reps", "s"]
    sets: int
    unlocks: Reason
    why: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """What was done in the week that begins on ``monday``, against what was meant."""

    monday: date
    days: int
    of: int
    exercises: int
    sets: int
    reps: int
    held_s: float
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a person stands on a day, and what to do.

    Attributes
    ----------
    state : ``new`` without answers yet; ``stopped`` by numbness or tingling until a doctor was asked and
        the plan is begun again; ``rest`` on a day between; ``done`` when today's exercises are done.
    start : the answers that hold.
    items : what is left to do today, in its order: trials, training, stretches. On a rest day stretches;
        ``training`` has then what may be done all the same.
    programme : at most four exercises, easy to hard.
    next_day : the next day meant for training; today if it is one.
    warn : whether the safety line has to be shown.
    notes : what else to know today.
    decisions : all so far, oldest first.
    """

    day: date
    state: State
    start: Start | None
    items: tuple[Item, ...]
    training: tuple[Item, ...]
    programme: tuple[Slot, ...]
    next_day: date
    warn: bool
    notes: tuple[Reason, ...]
    decisions: tuple[Decision, ...]
    week: Week
