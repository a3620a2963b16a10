"""Room for one frame between a thread that captures and a reader that takes: the newest wins."""

from threading import Condition

from formcheck.types.frame import Frame


class FrameSlot:
    """One frame waits at most; putting the next one drops it.

    Attributes
    ----------
    dropped : frames that were replaced before anybody took them.
    """

    def __init__(self) -> None:
        self.dropped = 0
        self._frame: Frame | None = None
        self._ended = False
        self._changed = Condition()

    @property
    def over(self) -> bool:
        """Whether no frame waits and none will come."""
        with self._changed:
            return self._ended and self._frame is None

    def put(self, frame: Frame) -> None:
        """Let this frame be the one that waits."""
        with self._changed:
            self.dropped += self._frame is not None
            self._frame = frame
            self._changed.notify_all()

    def take(self, timeout: float) -> Frame | None:
        """The frame that waits, or the next one; None if none comes within so many seconds, or ever."""
        with self._changed:
            self._changed.wait_for(lambda: self._frame is not None or self._ended, timeout)
            frame, self._frame = self._frame, None
            return frame

    def end(self) -> None:
        """No frame will follow; the one that waits can still be taken."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
