"""Where a workout is: which set is on or comes next, when its rest ends, and the sets that are over."""

from formcheck.live.one_set import OneSet
from formcheck.live.workout import Step, Workout
from formcheck.types.event import Event, SetFinished
from formcheck.types.set_recording import SetRecording
from formcheck.types.set_summary import SetSummary


class Course:
    """The sets of a workout as they go by.

    Attributes
    ----------
    sets : the sets finished so far.
    takes : how to judge each of them again from its poses.
    rest_ends_s : when the rest after the last one is over.
    """

    def __init__(self, workout: Workout) -> None:
        self.sets: list[SetSummary] = []
        self.takes: list[SetRecording] = []
        self.rest_ends_s = 0.0
        self._steps, self._at = workout.steps, 0

    @property
    def step(self) -> Step:
        """The set that is done, or comes next; the last one when all is over."""
        return self._steps[min(self._at, len(self._steps) - 1)]

    @property
    def over(self) -> bool:
        """Whether no set is left."""
        return self._at >= len(self._steps)

    def close(self, running: OneSet, t: float) -> list[Event]:
        """The set is over, however it ended: what that reports; nothing of one that saw no frame."""
        self.rest_ends_s = t + self.step.rest_s
        self._at += 1
        if running.update is None:
            return []
        last, summary, take = running.finish()
        self.sets.append(summary)
        self.takes.append(take)
        return [*(last.events if last else ()), SetFinished(t=t, told_t=t, summary=summary)]

    def repeat(self) -> None:
        """The set that has just closed is begun again."""
        self._at -= 1
