"""A clip played as if a camera filmed it now."""

import math
from collections.abc import Iterator
from threading import Event, Thread
from time import perf_counter
from types import TracebackType
from typing import Self

from formcheck.sources.slot import FrameSlot
from formcheck.sources.video import VideoSource
from formcheck.types.frame import Frame

#: Between the last frame of a clip and its first one again, where the clip has one frame only. Seconds.
_SPACING_S = 1 / 30


class LiveFile:
    """A clip at its own pace, newest frame only; over when the clip is.

    Playing begins with the first `read`, so that nothing is missed while a model loads.

    Parameters
    ----------
    video : the clip.
    paced : False hands out every frame, in order, as fast as it is read: for tests and replays.
    loop : how often the clip is played, time going on; None is without end.

    Attributes
    ----------
    info, lost, over, dropped : as `LiveSource` has them; a clip is never lost.
    """

    lost: str | None = None

    def __init__(self, video: VideoSource, *, paced: bool = True, loop: int | None = 1) -> None:
        self.info = video.info
        self._video = video
        self._paced = paced
        self._frames = _again_and_again(video, math.inf if loop is None else loop)
        self._slot = FrameSlot()
        self._started: float | None = None
        self._closing = Event()
        self._player = Thread(target=self._play, name="clip", daemon=True)
        self._failure: Exception | None = None

    @property
    def over(self) -> bool:
        """Whether the last frame was taken, or the source closed."""
        return self._closing.is_set() or self._slot.over

    @property
    def dropped(self) -> int:
        """Frames nobody took in time."""
        return self._slot.dropped

    @property
    def truncated(self) -> str | None:
        """After the last frame, why the clip ended early; None if it was whole."""
        return self._video.truncated

    def now(self) -> float:
        """Seconds on the clip's clock, 0 until it plays; unpaced it runs on from the frame read last."""
        return 0.0 if self._started is None else perf_counter() - self._started

    def read(self, timeout: float) -> Frame | None:
        """The next frame to be judged; None if none comes within so many seconds, or the clip is over.

        Raises
        ------
        SourceError
            If the clip cannot be read any further.
        """
        if not self._paced:
            return self._next()
        if self._started is None:
            self._started = perf_counter()
            self._player.start()
        frame = self._slot.take(timeout)
        if self._failure is not None:
            raise self._failure
        return frame

    def _next(self) -> Frame | None:
        frame = None if self._closing.is_set() else next(self._frames, None)
        if frame is None:
            self._slot.end()
        else:
            self._started = perf_counter() - frame.t
        return frame

    def _play(self) -> None:
        try:
            for frame in self._frames:
                if self._closing.wait(max(0.0, frame.t - self.now())):
                    return
                self._slot.put(frame)
        except Exception as error:
            self._failure = error
        finally:
            self._video.close()
            self._slot.end()

    def close(self) -> None:
        """Stop playing and close the file; may be called twice."""
        self._closing.set()
        if self._player.is_alive():
            self._player.join()
        self._video.close()
        self._slot.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _again_and_again(video: VideoSource, times: float) -> Iterator[Frame]:
    """The frames of a clip, again from its start when it ends; times and labels go on rising."""
    start, index, played = 0.0, 0, 0
    while played < times:
        last, spacing = 0.0, _SPACING_S
        for frame in video:
            spacing, last = (frame.t - last or spacing), frame.t
            yield Frame(frame.rgb, start + frame.t, index)
            index += 1
        start, played = start + last + spacing, played + 1
