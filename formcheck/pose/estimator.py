"""What every pose model has in common: frames in, one person's pose out."""

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from formcheck.pose.subject import Rule
from formcheck.types.frame import Frame
from formcheck.types.pose import Box, Floats, Model, Pose


@runtime_checkable
class Estimator(Protocol):
    """Finds the body in frame after frame of one source.

    Attributes
    ----------
    model : the model that finds the landmarks.
    """

    model: Model

    def estimate(self, frame: Frame) -> Pose:
        """The person in this frame, in its pixels; all NaN if nobody is found.

        Frames come in time order; not every one of the source is looked at.
        """
        ...

    def close(self) -> None:
        """Give back what the model holds; may be called twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class PoseModel(Protocol):
    """A pose model that is loaded: what an entry point of `formcheck.estimators` gives."""

    @property
    def model(self) -> Model:
        """Its name and digest; results name them."""
        ...

    @property
    def data(self) -> bytes:
        """Its file, for a machine that has it not; empty where it has to be installed there."""
        ...

    def estimator(
        self, *, people: int = 1, subject: Rule | Box = "largest", smoothing: bool = True
    ) -> Estimator:
        """An estimator for one source: it remembers from frame to frame, so it is never shared.

        Parameters
        ----------
        people : how many may be in view; with 1 nobody needs to be kept apart.
        subject : which of several is followed: by a rule, or who is in a box when he is first seen, px.
        smoothing : whether the model may smooth from frame to frame, as live pictures want it; recordings are
            smoothed afterwards, forward and backward. A model that does not smooth ignores it.

        Raises
        ------
        ModelError
            If the model cannot be used.
        """
        ...

    def people_in(self, frames: Iterable[Frame]) -> Iterator[list[Floats]]:
        """Everybody in each of some frames, each looked at by itself: (L, 2) pixels a body.

        Raises
        ------
        ModelError
            If the model cannot be used.
        """
        ...
