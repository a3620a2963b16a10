"""What a person means to do: exercises in sets, with rests between them."""

from dataclasses import dataclass
from typing import Literal

from formcheck.exercises.schema import Exercise


@dataclass(frozen=True, slots=True)
class Task:
    """One exercise of a workout.

    Attributes
    ----------
    exercise : what to do.
    sets : how often, at least 1.
    reps : full repetitions of a set, of each side where sides take turns; None is open-ended.
    seconds : how long a set is held; None is open-ended. For what is held, not counted.
    rest_s : between this task's sets, and before the next task.
    side : the working side, if the person said it.
    """

    exercise: Exercise
    sets: int = 3
    reps: int | None = 10
    seconds: float | None = 30.0
    rest_s: float = 60.0
    side: Literal["left", "right"] | None = None

    @property
    def per_side(self) -> bool:
        """Whether left and right are told apart and each has its own target."""
        return self.side is None and any(c.side for c in self.exercise.cycle)

    @property
    def timed(self) -> bool:
        """Whether a set is held, not counted."""
        return any(c.kind == "hold" for c in self.exercise.cycle)


@dataclass(frozen=True, slots=True)
class Workout:
    """Tasks in their order; at least one."""

    tasks: tuple[Task, ...]
