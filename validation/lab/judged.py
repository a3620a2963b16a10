"""Strangers judged: what formcheck says of each, its exercise recognised and named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formcheck.exercises import AUTO
from validation.lab.strangers import KINDS, NONE, Truth, stranger
from validation.labels import Label
from validation.score import Said, count_error, hold_right, recognition, said_of


@dataclass(frozen=True)
class Judged:
    """One stranger: who, what he does, and what is said of him."""

    seed: int
    truth: Truth
    auto: Said
    named: Said

    @property
    def label(self) -> Label:
        """The truth as a label; a distractor is an exercise that the catalogue lacks."""
        t = self.truth
        exercise = f"other:{NONE}" if t.exercise == NONE else t.exercise
        return Label(exercise, t.attempts, t.full, t.hold_s, t.cadence_spm)

    @property
    def recognised(self) -> str:
        """Right, unknown or wrong."""
        return str(recognition(self.auto.exercises, self.label))

    @property
    def off(self) -> int | None:
        """How many attempts apart."""
        return count_error(self.named, self.label)

    @property
    def held(self) -> bool | None:
        """Whether the hold is right; None of what is not held."""
        return None if self.truth.hold_s is None else hold_right(self.named, self.label)


def judged(many: int, first: int, kinds: Sequence[str] = KINDS) -> Iterator[Judged]:
    """So many strangers of each kind, of every second seed from ``first`` on."""
    for kind in kinds:
        for seed in range(first, first + 2 * many, 2):
            poses, truth = stranger(kind, seed)
            auto = said_of(poses, AUTO)
            yield Judged(seed, truth, auto, auto if kind == NONE else said_of(poses, kind))
