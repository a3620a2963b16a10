"""From an empty picture to "go": set-up, the start pose held, the countdown."""

from typing import Literal

from formcheck.engine.calibrate import Calibration
from formcheck.live import words
from formcheck.live.setup import SetUp
from formcheck.live.workout import Step
from formcheck.sensor import UNNAMED
from formcheck.types.pose import Model, Pose
from formcheck.types.reason import Reason

COUNTDOWN_S = 3.0
#: How long the start pose is held before the countdown.
HOLD_S = 1.0
#: Who leaves the start pose for so long in the countdown is set up anew.
LEFT_S = 1.0


class LeadIn:
    """Leads one person into a set.

    Parameters
    ----------
    step : the set.
    size : width and height of the picture, pixels.
    countdown_s : from the start pose to "go"; None is 3, and 0 for what is held. With 0 nothing needs to be
        held either.
    model : what finds the landmarks.

    Attributes
    ----------
    state : where it is; "go" is the end of it.
    instruction : what to do now; None for nothing.
    early : whether the person began before "go", with this frame.
    seconds_left : of the countdown; None outside of it.
    calibration : of the held start pose; None until it was held.
    """

    def __init__(
        self, step: Step, size: tuple[int, int], countdown_s: float | None, model: Model = UNNAMED
    ) -> None:
        self.state: Literal["searching", "setting_up", "ready", "countdown", "go"] = "searching"
        self.instruction: Reason | None = words.COME_IN
        self.early = False
        self.seconds_left: float | None = None
        self.calibration: Calibration | None = None
        self._step, self._size, self._model = step, size, model
        held = 0.0 if step.task.timed else COUNTDOWN_S
        self._count_s = held if countdown_s is None else countdown_s
        self._hold_s = 0.0 if countdown_s == 0 else HOLD_S
        self._setup = self._new_setup()
        self._go_s = self._in_place_s = 0.0

    def _new_setup(self) -> SetUp:
        return SetUp(self._step.task.exercise, self._step.side, self._size, self._hold_s, self._model)

    def step(self, pose: Pose) -> None:
        """Take the newest pose."""
        self.early = False
        self._setup.step(pose)
        if self.state == "countdown":
            self._count_down(pose.t)
        else:
            self._look(pose.t)

    def _look(self, t: float) -> None:
        setup = self._setup
        self.state = "searching" if not setup.found else "ready" if setup.steady else "setting_up"
        self.instruction = setup.instruction or (words.HOLD_IT if setup.steady else None)
        if setup.calibration is not None:
            self.calibration = setup.calibration
            self._go_s, self._in_place_s = t + self._count_s, t
            self.state = "countdown"
            self._count_down(t)

    def _count_down(self, t: float) -> None:
        self.instruction = None
        if self._setup.in_pose:
            self._in_place_s = t
        left = self._go_s - t
        self.seconds_left = left if left > 0 else None
        if left <= 0:
            self.state = "go"
        elif t - self._in_place_s > LEFT_S:
            self.state, self.early, self.seconds_left = "setting_up", True, None
            self._setup = self._new_setup()
