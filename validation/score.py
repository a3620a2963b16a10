"""What is right about a verdict, by the label of its input."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from formcheck.engine.recording import judge_recording
from formcheck.errors import FormcheckError
from formcheck.types import PoseSequence, Session
from validation.labels import NO_FORM, Label, Spans

#: A fault is found in its place when its span begins within this of the planted one, or lies in it.
PLACE_S = 1.0
#: A hold is right within this; labels by eye are no better.
HOLD_S = 1.5

Recognition = Literal["right", "unknown", "wrong"]
#: Level and spans of each fault, by id.
Faults = Mapping[str, tuple[str, Spans]]


@dataclass(frozen=True, slots=True)
class Said:
    """What formcheck says of an input, in numbers.

    Attributes
    ----------
    exercises, confidence : that were judged, and how sure it is of each that it recognised.
    attempts, reps, hold_s, cadence_spm, score : of the longest part.
    faults : of the longest part.
    checks : verdict of each check, by id.
    advice : ids of what is said about the clip itself.
    refused : why nothing is said at all.
    """

    exercises: tuple[str, ...] = ()
    confidence: tuple[float, ...] = ()
    attempts: int | None = None
    reps: int | None = None
    hold_s: float | None = None
    cadence_spm: float | None = None
    score: int | None = None
    faults: dict[str, tuple[str, Spans]] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)
    advice: tuple[str, ...] = ()
    refused: str | None = None

    @property
    def unassessable(self) -> int:
        """How many checks could not be assessed."""
        return sum(verdict == "not_assessable" for verdict in self.checks.values())


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of an input whose exercise has to be recognised, and of the same one named."""

    name: str
    auto: Said
    named: Said | None


#: What is said with the exercise named, and the label.
Named = tuple[Said, Label]


def said_of(poses: PoseSequence, exercise: str) -> Said:
    """What is said of a recording; an exercise's id, or "auto"."""
    try:
        return said(judge_recording(poses, exercise))
    except FormcheckError as error:
        return Said(refused=type(error).__name__)


def said(session: Session) -> Said:
    """What a session says."""
    parts = session.sections or (session,)
    known = [part.exercise for part in parts if part.exercise.id != "unknown"]
    summary, gait = session.summary, session.gait
    return Said(
        tuple(e.id for e in known),
        tuple(e.confidence for e in known if e.confidence is not None),
        summary.attempts,
        summary.reps,
        summary.hold_s,
        gait.cadence_spm if gait else None,
        summary.score,
        faults_of(session),
        {check.id: check.verdict for check in session.checks},
        tuple(advice.id for advice in session.capture),
    )


def faults_of(session: Session) -> dict[str, tuple[str, Spans]]:
    """Level and spans of each fault, by id."""
    return {fault.id: (fault.level, fault.spans) for fault in session.faults}


def recognition(exercises: Sequence[str], label: Label) -> Recognition | None:
    """How telling the exercise went.

    One that the catalogue lacked when it was labelled is rightly unknown, and right where it is known now.
    """
    if label.exercise is None:
        return None
    if set(exercises) == {label.known}:
        return "right"
    if exercises:
        return "wrong"
    return "unknown" if label.named else "right"


def missed(faults: Faults, label: Label) -> list[str]:
    """Faults of the label that are not found where they are."""
    return [name for name, spans in (label.faults or {}).items() if not _found(faults.get(name), spans)]


def _found(fault: tuple[str, Spans] | None, spans: Spans) -> bool:
    return fault is not None and all(
        any(a <= end + PLACE_S and b >= start - PLACE_S for a, b in fault[1]) for start, end in spans
    )


def invented(faults: Faults, label: Label) -> list[str]:
    """Faults that the label has not; none where it says nothing of form."""
    if label.faults is None:
        return []
    return [f for f in looked_at(faults, label) if f not in label.faults and f not in label.also]


def looked_at(names: Mapping[str, object], label: Label) -> list[str]:
    """Those faults or checks that the landmarks are good enough for."""
    return [name for name in names if label.only is None or name in label.only]


def form_faults(faults: Faults, label: Label, *levels: str) -> list[str]:
    """Faults of form, of these levels."""
    return [f for f in looked_at(faults, label) if f not in NO_FORM and faults[f][0] in levels]


def judged(named: Said, label: Label) -> bool:
    """Whether the check of the labelled fault, or of a right one any of form, could be assessed."""
    names = label.faults or looked_at(named.checks, label)
    verdicts = [named.checks.get(name, "not_assessable") for name in names if name not in NO_FORM]
    return any(verdict != "not_assessable" for verdict in verdicts)


def found_wrong(named: Said, label: Label) -> bool:
    """Whether any fault of form is found."""
    return bool(form_faults(named.faults, label, "warn", "error"))


def count_error(named: Said, label: Label) -> int | None:
    """How many attempts apart; None where the label counts none."""
    return None if label.attempts is None else abs((named.attempts or 0) - label.attempts)


def hold_right(named: Said, label: Label) -> bool:
    """Whether the hold is as long as it was."""
    return abs((named.hold_s or 0.0) - (label.hold_s or 0.0)) <= HOLD_S
