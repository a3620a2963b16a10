"""What every source of pictures has in common: it says what it is, and hands out frames in time order."""

from collections.abc import Iterator
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from formcheck.types.frame import Frame, SourceInfo


@runtime_checkable
class Source(Protocol):
    """Pictures from a file, a camera or a stream.

    Attributes
    ----------
    info : what is known before the first frame is read.
    truncated : after reading, one line saying why the input ended early or had holes; None if it was whole.
    """

    info: SourceInfo
    truncated: str | None

    def __iter__(self) -> Iterator[Frame]:
        """Frames in time order, ``t`` strictly rising."""
        ...

    def close(self) -> None:
        """Give back the file or device; may be called twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
