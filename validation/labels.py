"""What an input of this machine is said to show, and where what is judged is kept."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import ExerciseError
from formcheck.exercises import find_exercise

HERE = Path(__file__).parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
SAMPLES, YARDSTICKS = ROOT / "sample_videos", SHARED / "yardsticks"
KEPT = HERE / ".same"
#: What no label of form means by a fault.
NO_FORM = {"partial_range", "too_fast"}

Spans = tuple[tuple[float, float], ...]
SOMEWHERE: Spans = ((-math.inf, math.inf),)


@dataclass(frozen=True, slots=True)
class Label:
    """What an input shows; None where that is not known.

    Attributes
    ----------
    exercise : id, or ``other:NAME`` for one that the catalogue did not have when it was labelled.
    attempts, reps : attempts, and the full repetitions among them.
    hold_s, cadence_spm : seconds held, steps a minute.
    faults : the faults, and where, s; none of them where the form is good.
    wrong : whether the form is wrong, of labels that do not say in what.
    also : faults that are neither asked for nor false.
    only : the faults that the landmarks are good enough for; None for all.
    sure : whether the label is good enough to be scored.
    """

    exercise: str | None = None
    attempts: int | None = None
    reps: int | None = None
    hold_s: float | None = None
    cadence_spm: float | None = None
    faults: Mapping[str, Spans] | None = None
    wrong: bool | None = None
    also: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    sure: bool = True

    @property
    def named(self) -> str | None:
        """The exercise to judge by; None where the catalogue does not have it."""
        return None if self.exercise is None or self.exercise.startswith("other:") else self.exercise

    @property
    def known(self) -> str | None:
        """The exercise's id in the catalogue as it is now, which may know it by another name; None if not."""
        try:
            return find_exercise((self.exercise or "").removeprefix("other:")).id
        except ExerciseError:
            return None


@dataclass(frozen=True, slots=True)
class Labelled:
    """Saved poses, ``set/name``, and what they show."""

    name: str
    poses: Path
    label: Label

    @property
    def set(self) -> str:
        """Which collection it is of."""
        return self.name.partition("/")[0]
