"""The state machine of a live session."""

from typing import Literal

from formcheck.live.update import LiveUpdate, SetSummary
from formcheck.live.workout import Workout
from formcheck.types.pose import Pose

#: toggle: pause or go on. skip: what is going on is enough (end the set, or the rest). finish: end it all.
Command = Literal["toggle", "skip", "finish"]


class LiveSession:
    """Guides one person through a workout, pose by pose; the same for window and browser.

    Parameters
    ----------
    workout : what to do.
    size : width and height in pixels of the picture the poses refer to.
    countdown_s : from the start pose to "go"; None is 3, and 0 for what is held.

    Attributes
    ----------
    sets : the sets finished so far.
    """

    def __init__(self, workout: Workout, size: tuple[int, int], *, countdown_s: float | None = None) -> None:
        self.sets: list[SetSummary] = []

    def step(self, pose: Pose) -> LiveUpdate:
        """Take the newest pose (times must rise; frames left out do no harm)."""
        raise NotImplementedError

    def resize(self, size: tuple[int, int]) -> None:
        """The pictures have another size from now on: the camera was turned or exchanged; set up anew."""
        raise NotImplementedError

    def command(self, command: Command) -> None:
        """What a key or button asks for; takes effect with the next pose."""
        raise NotImplementedError

    def finish(self) -> LiveUpdate | None:
        """The source is over: close what is open. The last update, None if there never was a pose."""
        raise NotImplementedError
