"""Cameras and streams: one thread captures, the newest frame wins, a lost camera is tried again."""

import math
from itertools import count
from threading import Event, Thread
from time import perf_counter
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.sources.slot import FrameSlot
from formcheck.types.frame import Frame, SourceInfo, SourceKind

#: So long may a camera take until its first picture: streams look for theirs first. Seconds.
PATIENCE_S = 15.0
#: A camera without a picture for so long is lost. Seconds.
LOST_S = 2.0
#: Between two attempts to open a lost camera, at first and at most; each is twice the one before. Seconds.
PAUSE_S, LONGEST_PAUSE_S = 0.5, 5.0
#: A damaged picture now and then is no loss, so many in a row are; and the breath after each, in seconds.
_FAILURES, _BREATH_S = 5, 0.02
#: A driver that hangs may keep the device for so long before closing goes on without it. Seconds.
_FAREWELL_S = 3.0

Rgb = NDArray[np.uint8]


class Capture(Protocol):
    """A device or stream that can be opened more than once. All calls come from one thread; none raises."""

    def open(self) -> bool:
        """Whether it answers."""
        ...

    def grab(self) -> bool:
        """Wait for the next picture; whether there is one."""
        ...

    def retrieve(self) -> Rgb | None:
        """The picture grabbed last, (H, W, 3), red first; None if it is damaged."""
        ...

    def release(self) -> None:
        """Give the device back; may be called twice, and without opening."""
        ...


class LiveCamera:
    """Pictures of a camera, from the first one on until it is closed.

    Parameters
    ----------
    name : what messages call it; must hold no password.
    capture : the device.
    patience_s, lost_s, pause_s : see the constants of this module.

    Attributes
    ----------
    info, lost, over, dropped : as `LiveSource` has them. The size is that of the first picture; later ones
        may differ.

    Raises
    ------
    SourceError
        If no picture comes.
    """

    truncated: str | None = None

    def __init__(
        self,
        name: str,
        capture: Capture,
        kind: SourceKind = "camera",
        *,
        patience_s: float = PATIENCE_S,
        lost_s: float = LOST_S,
        pause_s: float = PAUSE_S,
    ) -> None:
        self._name, self._capture = name, capture
        self._lost_s, self._pause_s = lost_s, pause_s
        self._slot, self._labels = FrameSlot(), count()
        self._start = self._seen = perf_counter()
        self._size: tuple[int, int] | None = None
        self._lost: str | None = None
        self._failure: Exception | None = None
        self._closing, self._decided = Event(), Event()
        self._thread = Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()
        try:
            width, height = self._await_first(patience_s)
        except BaseException:
            self.close()
            raise
        self.info = SourceInfo(name, kind, width, height)

    @property
    def lost(self) -> str | None:
        """Why there are no pictures just now; None while they come."""
        if self._lost is None and perf_counter() - self._seen > self._lost_s:
            return f"{self._name}: no picture for {self._lost_s:g} s; waiting for it"
        return self._lost

    @property
    def over(self) -> bool:
        """Whether it was closed: a camera has no end of its own."""
        return self._closing.is_set()

    @property
    def dropped(self) -> int:
        """Frames nobody took in time."""
        return self._slot.dropped

    def now(self) -> float:
        """Seconds since the first picture."""
        return perf_counter() - self._start

    def read(self, timeout: float) -> Frame | None:
        """The newest frame not yet taken, or the next one; None if none comes within so many seconds."""
        if self._failure is not None:
            raise self._failure
        return self._slot.take(timeout)

    def _await_first(self, patience_s: float) -> tuple[int, int]:
        decided = self._decided.wait(patience_s)
        if self._failure is not None:
            raise self._failure
        if self._size is None:
            raise SourceError(f"{self._name}: {'does not answer' if decided else 'gives no picture'}")
        return self._size

    def _run(self) -> None:
        pause = self._pause_s
        try:
            while not self._closing.is_set():
                if self._capture.open() and self._pictures():
                    pause = self._pause_s
                self._capture.release()
                if self._size is None:
                    return
                self._lost = f"{self._name}: gives no pictures any more; trying again"
                self._closing.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE_S)
        except Exception as error:
            self._failure = error
        finally:
            self._capture.release()
            self._decided.set()
            self._slot.end()

    def _pictures(self) -> bool:
        """Capture until the camera fails or is closed; whether there was any picture."""
        failures, any_picture = 0, False
        # Some cameras fail for a second before their first picture; patience is what ends that.
        while not self._closing.is_set() and (failures < _FAILURES or self._size is None):
            grabbed, at = self._capture.grab(), perf_counter()
            rgb = self._capture.retrieve() if grabbed else None
            if rgb is None:
                failures += 1
                self._closing.wait(_BREATH_S)
            else:
                failures, any_picture = 0, True
                self._show(rgb, at)
        return any_picture

    def _show(self, rgb: Rgb, at: float) -> None:
        if self._size is None:
            self._start = at
            self._size = (rgb.shape[1], rgb.shape[0])
        else:
            at = max(at, math.nextafter(self._seen, math.inf))
        self._seen, self._lost = at, None
        self._slot.put(Frame(rgb, at - self._start, next(self._labels)))
        self._decided.set()

    def close(self) -> None:
        """Give the device back; may be called twice."""
        self._closing.set()
        self._slot.end()
        self._thread.join(_FAREWELL_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
