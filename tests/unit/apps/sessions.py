"""A source, an estimator and a session that do what a test says."""

from collections.abc import Iterable

import numpy as np

from formcheck.types import Frame, Model, Pose, SourceInfo
from formcheck.types.landmark import COUNT
from formcheck.types.live_update import LiveUpdate
from tests.unit.draw.live import update

INFO = SourceInfo("camera 0", "camera", 64, 48)
MODEL = Model("full", "0" * 64)


def body(t: float, x: float = 10.0) -> Pose:
    image = np.full((COUNT, 2), x, np.float32)
    return Pose(t, image, np.zeros((COUNT, 3), np.float32), np.ones(COUNT, np.float32))


def frame(t: float, size: tuple[int, int] = (64, 48)) -> Frame:
    return Frame(np.full((size[1], size[0], 3), 90, np.uint8), t, round(t * 10))


class Script:
    """Gives these frames in turn; None is a moment without one, a text why the camera is lost."""

    def __init__(self, steps: Iterable[Frame | str | None], info: SourceInfo = INFO) -> None:
        self.info, self.truncated, self.dropped = info, None, 0
        self.lost: str | None = None
        self._steps = list(steps)
        self._now = 0.0

    @property
    def over(self) -> bool:
        return not self._steps

    def now(self) -> float:
        return self._now

    def wait(self, seconds: float) -> None:
        """Time goes on."""
        self._now += seconds

    def read(self, timeout: float) -> Frame | None:
        step = self._steps.pop(0)
        self.lost = step if isinstance(step, str) else None
        self._now += 0.5
        if isinstance(step, Frame):
            self._now = step.t + 0.02
            return step
        return None


class Eyes:
    """Sees somebody in every frame."""

    def __init__(self, model: Model = MODEL) -> None:
        self.model = model
        self.looked: list[float] = []

    def estimate(self, frame: Frame) -> Pose:
        self.looked.append(frame.t)
        return body(frame.t)


class Slow(Eyes):
    """Sees somebody in every frame after so many seconds on the source's clock."""

    def __init__(self, source: Script, takes_s: float) -> None:
        super().__init__()
        self._source, self._takes_s = source, takes_s

    def estimate(self, frame: Frame) -> Pose:
        self._source.wait(self._takes_s)
        return super().estimate(frame)


class Guide:
    """A session that says what it is given to say, and keeps what it was asked."""

    def __init__(self, **at: dict) -> None:
        self.at = {float(t): found for t, found in at.items()}
        self.state, self.takes, self.sets = "exercising", [], []
        self.poses: list[Pose] = []
        self.commands: list[str] = []
        self.sizes: list[tuple[int, int]] = []
        self.models: list[Model] = []

    def step(self, pose: Pose) -> LiveUpdate:
        self.poses.append(pose)
        found = update(pose, **({"t": pose.t} | self.at.get(pose.t, {})))
        self.state = found.state
        return found

    def command(self, command: str) -> None:
        self.commands.append(command)

    def resize(self, size: tuple[int, int]) -> None:
        self.sizes.append(size)

    def look_with(self, model: Model) -> None:
        self.models.append(model)

    def finish(self) -> LiveUpdate | None:
        return update(self.poses[-1], state="finished") if self.poses else None
