"""What every pose estimator has in common: frames in, one person's pose out."""

from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from formcheck.types.frame import Frame
from formcheck.types.pose import Model, Pose


@runtime_checkable
class Estimator(Protocol):
    """Finds the body in frame after frame of one source.

    Attributes
    ----------
    model : the model that finds the landmarks.
    """

    model: Model

    def estimate(self, frame: Frame) -> Pose:
        """The person in this frame, in its pixels; all NaN if nobody is found. Frames come in time order."""
        ...

    def close(self) -> None:
        """Give back what the model holds; may be called twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
