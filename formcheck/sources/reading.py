"""One opening of a video file: its frames decoded one by one, its stamps, and what it says of itself."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import av
from av.video.stream import VideoStream

from formcheck.sources.container import open_container, reason, video_stream
from formcheck.sources.slow_motion import capture_fps

_Timed = TypeVar("_Timed", "av.Packet[VideoStream]", av.VideoFrame)

#: FFmpeg's mark of formats in which time may jump (AVFMT_TS_DISCONT).
_TS_DISCONT = 0x0200
#: Pictures that move, whose shorter delays are taken for a slip: browsers wait for the longer time. Seconds.
_ANIMATED = ("gif", "apng")
_HASTE_S, _DELAY_S = 0.011, 0.1


class VideoReading:
    """A video file, open until it is closed.

    Attributes
    ----------
    trouble : after decoding, why the file had holes or could not be read to its end; None if it was whole.
    late_s : so much later than its file says an animated picture is by now, as browsers play it.

    Raises
    ------
    SourceError
        If the file cannot be opened as a video.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.trouble: str | None = None
        self.late_s = 0.0
        self._container = open_container(path)
        try:
            self._stream = video_stream(self._container, path)
        except BaseException:
            self.close()
            raise

    @property
    def kind(self) -> str:
        """FFmpeg's name of the format."""
        return self._container.format.name

    @property
    def joined(self) -> bool:
        """Whether the format lets parts with their own clocks follow each other, as transport streams do."""
        return bool(self._container.format.flags & _TS_DISCONT)

    @property
    def seekable(self) -> bool:
        """Whether a moment can be sought; the pictures of animations are made of all before them."""
        return self.kind not in _ANIMATED

    @property
    def fps(self) -> float | None:
        """Frames a second as far as the file says."""
        rate = self._stream.average_rate or self._stream.guessed_rate
        return float(rate) if rate else None

    @property
    def capture_fps(self) -> float | None:
        """Frames a second that the camera took, where the phone says so."""
        return capture_fps(self._container.metadata)

    @property
    def track_duration(self) -> float | None:
        """Seconds the video track must last; None where only the container, sound included, says so."""
        stream = self._stream
        if stream.duration and stream.time_base:
            return float(stream.duration * stream.time_base)
        return self._container_duration if len(self._container.streams) == 1 else None

    @property
    def duration(self) -> float | None:
        """Seconds the clip, sound included, lasts as far as anything in the file says."""
        return self.track_duration or self._container_duration

    @property
    def _container_duration(self) -> float | None:
        length = self._container.duration
        return length / av.time_base if length else None

    @property
    def pixel_aspect(self) -> Fraction | None:
        """Width of a pixel over its height as the file has it; None if it does not say."""
        return self._stream.sample_aspect_ratio

    @property
    def coded_aspect(self) -> Fraction | None:
        """The same as the frames decoded last have it, which may change on the way."""
        return self._stream.codec_context.sample_aspect_ratio

    def frames(self) -> Iterator[av.VideoFrame]:
        """Decode packet by packet, so that one damaged packet costs its own frames only."""
        try:
            for packet in self._container.demux(self._stream):
                try:
                    for frame in packet.decode():
                        yield self._unhurried(frame)
                except av.error.InvalidDataError:
                    self.trouble = (
                        f"{self._path}: parts of the video are damaged and were skipped; export it again"
                    )
        except av.error.FFmpegError as error:
            self.trouble = f"{self._path}: cannot be read to its end ({reason(error)})"

    def stamps(self) -> Iterator[tuple[float | None, float | None]]:
        """When each frame of what follows is shown, and when decoded; in the order of the file, and cheap."""
        try:
            for packet in self._container.demux(self._stream):
                if packet.size:
                    yield stamp(self._unhurried(packet)), _decoded_at(packet)
        except av.error.FFmpegError:
            return

    def _unhurried(self, timed: _Timed) -> _Timed:
        if self.kind in _ANIMATED and timed.pts is not None and timed.time_base and timed.duration:
            lasts = float(timed.duration * timed.time_base)
            timed.pts += round(self.late_s / timed.time_base)
            if lasts < _HASTE_S:
                self.late_s += _DELAY_S - lasts
        return timed

    def seek(self, at_s: float) -> None:
        """Go to the key frame before a moment; files that cannot seek are read on from where they are."""
        base = self._stream.time_base
        try:
            self._container.seek(int(at_s / base) if base else 0, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return

    def close(self) -> None:
        """Close the file; may be called twice."""
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def stamp(timed: _Timed) -> float | None:
    """When a frame is shown, in seconds; None where the file does not say."""
    return None if timed.pts is None or timed.time_base is None else float(timed.pts * timed.time_base)


def _decoded_at(packet: "av.Packet[VideoStream]") -> float | None:
    """Seconds that only rise within a time line, unlike those at which frames of it are shown."""
    if packet.dts is None or packet.time_base is None:
        return stamp(packet)
    return float(packet.dts * packet.time_base)
