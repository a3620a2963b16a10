"""What a person means to do: exercises in sets, with rests between them."""

from dataclasses import dataclass
from typing import Literal

from formcheck.exercises.schema import Exercise
from formcheck.types.reason import Reason

#: Between the sides of a set.
SWITCH_S = 10.0


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
        """Whether left and right are kept apart and each has its own target."""
        return self.exercise.sides == "alternate"

    @property
    def turns(self) -> tuple[Literal["left", "right"] | None, ...]:
        """The sides that a set is done with, one after the other."""
        if self.side is not None or self.exercise.sides != "each":
            return (self.side,)
        return ("left", "right")

    @property
    def timed(self) -> bool:
        """Whether a set is held, not counted."""
        return self.exercise.is_held


@dataclass(frozen=True, slots=True)
class Workout:
    """Tasks in their order; at least one."""

    tasks: tuple[Task, ...]

    @property
    def steps(self) -> tuple["Step", ...]:
        """Every set in its order; where each side has its own, left comes first."""
        return tuple(
            Step(task, n, side) for task in self.tasks for n in range(1, task.sets + 1) for side in task.turns
        )


@dataclass(frozen=True, slots=True)
class Step:
    """The ``n``-th set of a task, from 1; ``side`` the one that works in it, None where both do."""

    task: Task
    n: int
    side: Literal["left", "right"] | None

    @property
    def title(self) -> Reason:
        """Which set it is."""
        name, of = self.task.exercise.name, self.task.sets
        if self.side is None:
            return Reason("set_title", exercise=name, n=self.n, of=of)
        return Reason("set_title_of_side", exercise=name, n=self.n, of=of, side=self.side)

    @property
    def rest_s(self) -> float:
        """How long to rest after it: less, where only the side changes."""
        changes_side = self.side == "left" and self.task.turns[-1] == "right"
        return min(SWITCH_S, self.task.rest_s) if changes_side else self.task.rest_s
