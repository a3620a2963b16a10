"""annotated.mp4: H.264 that a browser plays, every picture at its own time."""

import contextlib
import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import cv2
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from formcheck.errors import OutputError
from formcheck.files.writing import Writing, cannot_write

cv2.setNumThreads(1)  # one picture at a time is too little to share: threads cost more than they save

Pixels = NDArray[np.uint8]

_TICKS = 90_000  # a second has many ticks, so that uneven times survive
_CLOCK = Fraction(1, _TICKS)


class VideoWriter:
    """Writes pictures of one size at their own times; the file appears when the block ends without an error.

    Parameters
    ----------
    path : of the video; a folder in between is made.
    width, height : of the pictures to come; odd sizes lose a line, longer than ``max_px`` are made smaller.
    qp : quality, the same for every picture: lower is better and larger, and needs no search for a rate.
    preset : how hard the encoder tries.

    Examples
    --------
    >>> with VideoWriter(folder / "annotated.mp4", 640, 480) as video:  # doctest: +SKIP
    ...     for frame in frames:
    ...         video.append(frame.rgb, frame.t)
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        *,
        qp: int = 28,
        preset: str = "ultrafast",
        max_px: int = 1280,
    ) -> None:
        if width < 2 or height < 2:
            raise OutputError(f"{path}: a video of {width}x{height} pixels is too small; give at least 2x2")
        self.path = path
        self._given = (width, height)
        shrink = min(1.0, max_px / max(width, height))
        self.width, self.height = (max(2, int(side * shrink) // 2 * 2) for side in (width, height))
        self._options = {"qp": str(qp), "preset": preset, "g": "120", "threads": "1"}
        self._writing: Writing | None = None
        self._container: av.container.OutputContainer | None = None
        self._stream: VideoStream | None = None
        self._start: float | None = None
        self._last = -1

    def __enter__(self) -> Self:
        self._writing = Writing(self.path)
        try:
            with self._explained():
                self._open(self._writing.path)
        except BaseException:
            self._abandon()
            raise
        return self

    def _open(self, part: Path) -> None:
        self._container = av.open(part, "w", format="mp4", options={"movflags": "+faststart"})
        stream = self._container.add_stream("libx264", rate=30, options=self._options)
        stream.width, stream.height, stream.pix_fmt = self.width, self.height, "yuv420p"
        context = stream.codec_context
        context.time_base = _CLOCK
        # what cv2's conversion makes; unnamed, players guess another matrix for larger pictures
        context.color_range, context.colorspace = 1, 6
        context.color_primaries, context.color_trc = 6, 6
        self._stream = stream

    def append(self, rgb: Pixels, t: float) -> None:
        """Add one picture shown from ``t`` seconds on; the first one starts the video, times must rise."""
        if rgb.shape != (self._given[1], self._given[0], 3):
            shape = "x".join(map(str, rgb.shape))
            raise ValueError(f"expected a picture of {self._given[1]}x{self._given[0]}x3, got {shape}")
        if not math.isfinite(t):
            raise ValueError(f"expected a finite time, got {t}")
        if self._stream is None or self._container is None:
            raise ValueError("append: the video is not open; use it in a `with` block")
        if self._start is None:
            self._start = t
        frame = av.VideoFrame.from_numpy_buffer(self._yuv(rgb), "yuv420p")
        frame.pts = self._last = max(self._last + 1, round((t - self._start) * _TICKS))
        frame.time_base = _CLOCK
        with self._explained():
            self._container.mux(self._stream.encode(frame))

    def _yuv(self, rgb: Pixels) -> Pixels:
        size = (self.width, self.height)
        if max(self._given[0] - size[0], self._given[1] - size[1]) > 1:
            rgb = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
        elif self._given != size:
            rgb = np.ascontiguousarray(rgb[: size[1], : size[0]])
        return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2YUV_I420), np.uint8)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._abandon()

    def _finish(self) -> None:
        if self._container is None or self._stream is None or self._writing is None:
            return
        if self._start is None:
            raise OutputError(f"{self.path}: no picture to write; the clip has no frames in this range")
        with self._explained():
            self._container.mux(self._stream.encode(None))
            container, self._container = self._container, None
            container.close()
        self._writing.settle()

    def _abandon(self) -> None:
        """Close and remove what is left; after a good end nothing is."""
        container, self._container, self._stream = self._container, None, None
        if container is not None:
            with contextlib.suppress(OSError, ValueError):  # the disk may be full; the file goes anyway
                container.close()
        if self._writing is not None:
            self._writing.discard()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the encoder's and the disk's errors into one line."""
        try:
            yield
        except OSError as error:
            raise cannot_write(self.path, error) from error
        except av.error.FFmpegError as error:
            raise OutputError(
                f"{self.path}: the encoder failed ({error.strerror}); use --no-video"
            ) from error
