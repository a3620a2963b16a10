"""Video files by PyAV: true time stamps, upright pictures, constant memory."""

import math
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from formcheck.errors import SourceError
from formcheck.sources.clock import Clock
from formcheck.sources.container import (
    check_file,
    check_size,
    duration,
    open_container,
    reason,
    seek,
    sha256,
    stamp,
    track_duration,
    video_stream,
)
from formcheck.sources.picture import Shape, ToRgb
from formcheck.types.frame import Frame, SourceInfo

#: Assumed where a file says nothing about its frame rate.
_FPS = 30.0
#: How much shorter than announced a clip may be before it counts as cut off. Seconds.
_SLACK_S = 0.5
#: How many frames a look at a clip with few key frames may decode.
_LOOK = 300
#: A wanted frame farther ahead than this is sought rather than decoded up to. Seconds.
_FAR_S = 10.0
#: Two times closer than this are the same frame. Seconds.
_SAME_S = 1e-4


def open_source(
    path: str | Path, *, start: float | None = None, end: float | None = None, slowmo: float = 1.0
) -> "VideoSource":
    """Open a video file.

    Parameters
    ----------
    path : the file.
    start, end : first and last moment wanted, in seconds as a player shows them; None for all.
    slowmo : how many times slower than life the clip plays; frame times are divided by it.

    Raises
    ------
    SourceError
        If the file cannot be read as a video, or the wanted part does not exist.
    """
    return VideoSource(Path(path), start=start, end=end, slowmo=slowmo)


class VideoSource:
    """A video file. Every iteration opens it anew, so that it can be read more than once.

    Attributes
    ----------
    info : size as shown (upright, square pixels); fps and duration as the container claims, in real time
        (slow motion taken out); sha256 of the file.
    truncated : after reading, why the clip ended early or had holes; None if it was whole.
    """

    def __init__(
        self, path: Path, *, start: float | None = None, end: float | None = None, slowmo: float = 1.0
    ) -> None:
        self._path = path
        self._start, self._end, self._slowmo = _checked_range(path, start, end, slowmo)
        self._reading: Iterator[Frame] | None = None
        self.truncated: str | None = None
        check_file(path)
        with closing(open_container(path)) as container:
            self._probe(container)

    def _probe(self, container: InputContainer) -> None:
        """Read the first frame: only then are size, orientation and the first time stamp certain."""
        stream = video_stream(container, self._path)
        first = next(self._decode(container, stream), None)
        if first is None:
            raise SourceError(f"{self._path}: no picture can be decoded; copy or export the file again")
        self._origin = stamp(first) or 0.0
        rate = stream.average_rate or stream.guessed_rate
        fps = float(rate) if rate else None
        self._spacing = 1 / fps if fps else 1 / _FPS
        self._claimed = duration(container, stream)
        self._announced = track_duration(container, stream)
        self._shape = Shape.of(first, stream.sample_aspect_ratio)
        if self._claimed is not None and self._start > self._claimed:
            raise SourceError(
                f"{self._path}: the start of {self._start:g} s lies after the end of the clip"
                f" ({self._claimed:.1f} s); give an earlier one"
            )
        width, height = self._shape.shown
        check_size(self._path, width, height)  # pixels that are not square make it wider
        self.info = SourceInfo(
            name=self._path.name.encode("utf-8", "replace").decode(),  # some names are no text
            kind="video",
            width_px=width,
            height_px=height,
            nominal_fps=fps and fps * self._slowmo,
            duration_s=self._claimed and self._claimed / self._slowmo,
            sha256=sha256(self._path),
        )

    def __iter__(self) -> Iterator[Frame]:
        self.close()
        self.truncated = None
        self._reading = self._frames()
        return self._reading

    def _frames(self) -> Iterator[Frame]:
        with closing(open_container(self._path)) as container:
            stream = video_stream(container, self._path)
            clock = Clock(self._origin, self._spacing)
            to_rgb = ToRgb(self._shape)
            if self._start > 0:
                seek(container, stream, self._start + self._origin)
            index, played = 0, 0.0
            for frame in self._decode(container, stream):
                stepped = clock.step(stamp(frame))
                if stepped is None:
                    continue
                played = stepped
                if played < self._start:
                    continue
                if self._end is not None and played > self._end:
                    return
                yield Frame(to_rgb(frame), played / self._slowmo, index)
                index += 1
            self._note_early_end(played)

    def _decode(self, container: InputContainer, stream: VideoStream) -> Iterator[av.VideoFrame]:
        """Decode packet by packet, so that one damaged packet costs its own frames only."""
        try:
            for packet in container.demux(stream):
                try:
                    yield from packet.decode()
                except av.error.InvalidDataError:
                    self.truncated = (
                        f"{self._path}: parts of the video are damaged and were skipped; export it again"
                    )
        except av.error.FFmpegError as error:
            self.truncated = f"{self._path}: cannot be read to its end ({reason(error)})"

    def _note_early_end(self, played: float) -> None:
        if self._announced is not None and played + self._spacing < self._announced - _SLACK_S:
            self.truncated = (
                f"{self._path}: ends at {played:.1f} s although {self._announced:.1f} s are announced;"
                " the file is incomplete, only what is there was read"
            )

    def sample(self, count: int) -> list[Frame]:
        """At most ``count`` frames spread over the wanted part: a cheap look at the clip.

        Key frames where there are enough of them, otherwise frames found by decoding at most `_LOOK` frames.
        """
        end = min(self._end or math.inf, self._claimed or 0.0)
        wanted = [self._start + max(0.0, end - self._start) * (i + 0.5) / count for i in range(count)]
        truncated = self.truncated
        with closing(open_container(self._path)) as container:
            stream = video_stream(container, self._path)
            found = self._key_frames(container, stream, wanted)
            if len(found) < count / 2:
                found = self._early_frames(container, stream, wanted)
            to_rgb = ToRgb(self._shape)
            frames = [
                Frame(to_rgb(f), played / self._slowmo, i) for i, (played, f) in enumerate(found.items())
            ]
        self.truncated = truncated
        return frames

    def frames_at(self, moments: Iterable[float]) -> dict[float, Frame]:
        """The frames with these times, as an iteration gave them, without reading all others.

        In time order; times at which there is no frame are left out.
        """
        found: dict[float, Frame] = {}
        frame: av.VideoFrame | None = None
        truncated = self.truncated
        with closing(open_container(self._path)) as container:
            stream = video_stream(container, self._path)
            to_rgb = ToRgb(self._shape)
            frames, reached = self._decode(container, stream), -math.inf
            for moment in sorted(set(moments)):
                played = moment * self._slowmo
                if played > reached + _FAR_S:
                    seek(container, stream, played + self._origin)
                    frames = self._decode(container, stream)
                while reached < played - _SAME_S and (frame := next(frames, None)) is not None:
                    reached = (stamp(frame) or 0.0) - self._origin
                if frame is not None and abs(reached - played) <= _SAME_S:
                    found[moment] = Frame(to_rgb(frame), moment, len(found))
        self.truncated = truncated
        return found

    def _key_frames(
        self, container: InputContainer, stream: VideoStream, wanted: list[float]
    ) -> dict[float, av.VideoFrame]:
        found = {}
        for moment in wanted:
            seek(container, stream, moment + self._origin)
            frame = next(self._decode(container, stream), None)
            if frame is not None:
                found[(stamp(frame) or 0.0) - self._origin] = frame
        return found

    def _early_frames(
        self, container: InputContainer, stream: VideoStream, wanted: list[float]
    ) -> dict[float, av.VideoFrame]:
        found: dict[float, av.VideoFrame] = {}
        moments = list(wanted)
        seek(container, stream, self._start + self._origin)
        for frame in islice(self._decode(container, stream), _LOOK):
            played = (stamp(frame) or 0.0) - self._origin
            if not found or (moments and played >= moments[0]):
                found[played] = frame
                moments = [m for m in moments if m > played]
        return found

    def close(self) -> None:
        """Stop a reading that is under way and close the file."""
        reading, self._reading = self._reading, None
        if reading is not None and hasattr(reading, "close"):
            reading.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _checked_range(
    path: Path, start: float | None, end: float | None, slowmo: float
) -> tuple[float, float | None, float]:
    if not (math.isfinite(slowmo) and slowmo > 0):
        raise SourceError(f"{path}: the slow-motion factor is {slowmo:g}; give a number above 0, such as 4")
    begin = 0.0 if start is None else start
    if not (math.isfinite(begin) and begin >= 0):
        raise SourceError(f"{path}: the start is {begin:g} s; give 0 or more")
    if end is not None and not end > begin:
        raise SourceError(
            f"{path}: the end of {end:g} s is not after the start of {begin:g} s; give a later end"
        )
    return begin, end, slowmo
