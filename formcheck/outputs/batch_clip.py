"""One clip of a batch as its lists need it: light enough to hold many thousands."""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.messages import sentence
from formcheck.outputs.verdict import section_done
from formcheck.types import Fault, Session
from formcheck.types.verdict import Level

#: What the exercise of a clip is called that is not known (`engine.parts.NAMELESS`).
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Blame:
    """A fault in brief."""

    id: str
    cue: str
    level: Level
    safety: bool

    @property
    def rank(self) -> int:
        """0 is worst: a clear fault that matters for safety; 3 a small thing."""
        return 2 * (self.level == "warn") + (not self.safety)


@dataclass(frozen=True, slots=True)
class Score:
    """What was found in a clip; fields as `formcheck.types.Session` and its summary have them.

    ``exercise_name`` tells of further exercises in the same clip; ``done`` is a few words such as "4 of 5
    attempts", ``doubt`` what else their number may be, None if it is sure; ``faults`` are those of all
    exercises in it, worst first.
    """

    exercise: str
    exercise_name: str
    chosen_by: str
    confidence: float | None
    score: int | None
    coverage: float
    attempts: int
    count_confidence: float | None
    reps: int
    good_reps: int
    hold_s: float | None
    done: str
    doubt: str | None
    faults: tuple[Blame, ...]

    @classmethod
    def of(cls, session: Session) -> "Score":
        """The session in brief."""
        exercise, s = session.exercise, session.summary
        more = len(session.sections or ()) - 1
        return cls(
            exercise=exercise.id,
            exercise_name=exercise.name + (f" and {more} more" if more > 0 else ""),
            chosen_by=exercise.chosen_by,
            confidence=exercise.confidence,
            score=s.score,
            coverage=s.coverage,
            attempts=s.attempts,
            count_confidence=s.count_confidence,
            reps=s.reps,
            good_reps=s.good_reps,
            hold_s=s.hold_s,
            done=section_done(session),
            doubt=None if s.count_doubt is None else sentence(s.count_doubt),
            faults=_blames([*session.faults, *(f for part in session.sections or () for f in part.faults)]),
        )


@dataclass(frozen=True, slots=True)
class BatchClip:
    """A clip, what became of it, and where its results are.

    Attributes
    ----------
    status : ok, not_judgeable or failed; ``reason`` tells why not ok.
    folder : name of its folder beside the lists; None where nothing is there.
    score : None where nothing could be made of the clip.
    seconds : judging took.
    report, thumbnail : whether these files are in its folder.
    """

    path: str
    name: str
    status: str
    reason: str | None = None
    folder: str | None = None
    seconds: float | None = None
    score: Score | None = None
    report: bool = False
    thumbnail: bool = False

    @property
    def unsure(self) -> bool:
        """Whether all that is wrong is that nobody named the exercise and it is not known."""
        return self.status == "not_judgeable" and self.score is not None and self.score.exercise == UNKNOWN

    @property
    def urgency(self) -> tuple[int, float, int, str]:
        """Sorts clips by how much they need a look: worst fault, a count in doubt, then score, then path."""
        if self.score is None:
            return 4, 1.0, 101, self.path
        worst = self.score.faults[0].rank if self.score.faults else 4
        sure = 1.0 if self.score.doubt is None else self.score.count_confidence or 0.0
        return worst, sure, 101 if self.score.score is None else self.score.score, self.path

    @property
    def clear_fault(self) -> bool:
        """Whether the worst that was seen is a clear fault."""
        return self.score is not None and any(fault.level == "error" for fault in self.score.faults)


def _blames(faults: Sequence[Fault]) -> tuple[Blame, ...]:
    once = dict.fromkeys(Blame(f.id, f.cue, f.level, f.safety) for f in faults)
    return tuple(sorted(once, key=lambda blame: blame.rank))
