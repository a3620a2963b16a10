"""A set that is interrupted: because somebody asked for it, or has left the picture."""

from formcheck.live import words
from formcheck.live.setup import SetUp
from formcheck.live.workout import Step
from formcheck.types.pose import Model, Pose
from formcheck.types.reason import Reason

#: To go on after having left the picture the start pose is held this long.
AGAIN_S = 0.4
#: Who stays away for so long has finished the set.
AWAY_S = 60.0


class Pause:
    """Waits until it goes on.

    Parameters
    ----------
    since_s : when it began.
    coming_back : what looks for who has left; None if the pause was asked for, and ends when asked.

    Attributes
    ----------
    asked : whether somebody asked for it.
    instruction : what to do now.
    back, away : whether the person is back in the start pose, or has been away for too long.
    """

    def __init__(self, since_s: float, coming_back: SetUp | None = None) -> None:
        self.asked = coming_back is None
        self.instruction: Reason = words.ASKED if self.asked else words.LOST
        self.back = self.away = False
        self._since_s, self._coming_back = since_s, coming_back

    @classmethod
    def of_lost(cls, since_s: float, step: Step, size: tuple[int, int], model: Model) -> "Pause":
        """Until whoever did the set ``step`` comes back."""
        return cls(since_s, SetUp(step.task.exercise, step.side, size, AGAIN_S, model))

    def step(self, pose: Pose) -> None:
        """Take the newest pose."""
        setup = self._coming_back
        if setup is None:
            return
        setup.step(pose)
        self.instruction = (setup.instruction or words.HOLD_IT) if setup.found else words.LOST
        self.back = setup.calibration is not None
        self.away = not self.back and pose.t - self._since_s > AWAY_S
