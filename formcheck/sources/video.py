"""Video files by PyAV: true time stamps, upright pictures, constant memory."""

import math
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import av

from formcheck.errors import SourceError
from formcheck.sources.clock import Clock
from formcheck.sources.container import check_file, check_size, remedy, sha256
from formcheck.sources.part import check_start, checked_part
from formcheck.sources.picture import ToRgb
from formcheck.sources.reading import VideoReading, stamp
from formcheck.sources.slow_motion import checked_slowmo, tagged_slowmo
from formcheck.sources.stamps import survey
from formcheck.types.frame import QUARTERS, Frame, SourceInfo, Turn

#: Assumed where a file says nothing about its frame rate.
_FPS = 30.0
#: How much shorter than announced a clip may be before it counts as cut off. Seconds.
_SLACK_S = 0.5
#: How many frames a look at a clip with few key frames may decode.
_LOOK = 300
#: Pictures shown before the key frame that they follow (HEVC's open groups) are lost to whoever seeks that
#: one: so much earlier is sought. Seconds.
_LEAD_S = 1.0
#: A wanted frame farther ahead than this is sought rather than decoded up to. Seconds.
_FAR_S = 10.0
#: No clip is longer. Seconds.
_LONGEST_S = 1e6
#: Two times closer than this are the same frame. Seconds.
_SAME_S = 1e-4


def open_source(
    path: str | Path,
    *,
    start: float | None = None,
    end: float | None = None,
    slowmo: float | None = None,
    rotation_deg: Turn | None = None,
) -> "VideoSource":
    """Open a video file.

    Parameters
    ----------
    path : the file.
    start, end : first and last moment wanted, in seconds as a player shows them; None for all.
    slowmo : how many times slower than life the clip plays; frame times are divided by it. None goes by the
        phone's own tag, 1 where there is none.
    rotation_deg : how far to turn the pictures clockwise, beyond what the file says itself; None, as 0, not
        at all.

    Raises
    ------
    SourceError
        If the file cannot be read as a video, or the wanted part does not exist.
    """
    return VideoSource(Path(path), start, end, slowmo, rotation_deg)


class VideoSource:
    """A video file. Every iteration opens it anew, so that it can be read more than once.

    Attributes
    ----------
    info : size as shown (upright, square pixels); fps and duration as the container claims, in real time
        (slow motion taken out); sha256 of the file.
    truncated : after reading, why the clip ended early or had holes; None if it was whole.
    """

    def __init__(
        self,
        path: Path,
        start: float | None,
        end: float | None,
        slowmo: float | None,
        rotation_deg: Turn | None,
    ) -> None:
        self._path, self._rotation_deg = path, rotation_deg
        self._start, self._end = checked_part(path, start, end)
        self._given = checked_slowmo(path, slowmo)
        self._reading: Iterator[Frame] | None = None
        self.truncated: str | None = None
        check_file(path)
        with VideoReading(path) as reading:
            self._probe(reading)

    def _probe(self, reading: VideoReading) -> None:
        """Read the first frame: only then are size, orientation and the first time stamp certain."""
        first = next(reading.frames(), None)
        if first is None:
            raise SourceError(f"{self._path}: no picture can be decoded; {remedy(reading.kind)}")
        self._origin = stamp(first) or 0.0
        self._spacing = 1 / (reading.fps or _FPS)
        aspects = reading.pixel_aspect, reading.coded_aspect
        self._to_rgb = ToRgb(first, *aspects, self._rotation_deg or 0)
        width, height = self._to_rgb.size
        check_size(self._path, width, height)  # pixels that are not square make it wider
        tagged = tagged_slowmo(reading.capture_fps, reading.fps) if self._given is None else None
        self._slowmo = self._given or tagged or 1.0
        self._announced = reading.track_duration
        self._stamps = survey(reading, self._origin, self._spacing)
        check_start(self._path, self._start, self._stamps.length_s)
        self.info = SourceInfo(
            name=self._path.name.encode("utf-8", "replace").decode(),  # some names are no text
            kind="video",
            width_px=width,
            height_px=height,
            nominal_fps=reading.fps and reading.fps * self._slowmo,
            duration_s=self._stamps.length_s / self._slowmo,
            sha256=sha256(self._path),
            tagged_slowmo=tagged,
            rotation_deg=self._rotation_deg,
        )

    def turned(self, clockwise_deg: Turn) -> "VideoSource":
        """The same frames, their pictures turned beyond what was asked for; itself if not at all."""
        if not clockwise_deg:
            return self
        both = QUARTERS[((self._rotation_deg or 0) + clockwise_deg) // 90 % len(QUARTERS)]
        return VideoSource(self._path, self._start, self._end, self._slowmo, both)

    def _clock(self, reading: VideoReading) -> Clock:
        return Clock(self._origin, self._spacing, joined=reading.joined)

    def __iter__(self) -> Iterator[Frame]:
        self.close()
        self.truncated = None
        self._reading = self._frames()
        return self._reading

    def _frames(self) -> Iterator[Frame]:
        with VideoReading(self._path) as reading:
            index, played = 0, 0.0
            for played, frame in self._timed(reading, self._start):
                if played < self._start:
                    continue
                if self._end is not None and played > self._end:
                    return
                yield self._frame(reading, frame, self._lived(played), index)
                self.truncated = reading.trouble
                index += 1
            self.truncated = self._early_end(played) or reading.trouble

    def _lived(self, played: float) -> float:
        """Seconds of life at a moment of play."""
        t = played / self._slowmo
        if t > _LONGEST_S:
            days = f"{t / 86400:.0f} days"
            raise SourceError(
                f"{self._path}: lasts {days} by its time stamps, which are damaged; export it again"
            )
        return t

    def _timed(self, reading: VideoReading, begin: float = 0.0) -> Iterator[tuple[float, av.VideoFrame]]:
        """Frames and their seconds of play; from the key frame before ``begin`` where it can be sought."""
        if begin > 0 and self._stamps.exact:
            reading.seek(max(0.0, begin - _LEAD_S) + self._origin)
        return self._played(reading)

    def _played(self, reading: VideoReading) -> Iterator[tuple[float, av.VideoFrame]]:
        clock = self._clock(reading)
        for frame in reading.frames():
            played = clock.step(stamp(frame))
            if played is not None:
                yield played, frame

    def _frame(self, reading: VideoReading, frame: av.VideoFrame, t: float, index: int) -> Frame:
        return Frame(self._to_rgb(frame, reading.coded_aspect), t, index)

    def _early_end(self, played: float) -> str | None:
        if self._announced is None or played + self._spacing >= self._announced - _SLACK_S:
            return None
        return (
            f"{self._path}: ends at {played:.1f} s although {self._announced:.1f} s are announced;"
            " the file is incomplete, only what is there was read"
        )

    def sample(self, count: int) -> list[Frame]:
        """At most ``count`` frames spread over the wanted part: a cheap look at the clip.

        Key frames where there are enough of them, otherwise frames found by decoding at most `_LOOK` frames.
        """
        reach = math.inf if self._stamps.near else self._start + _LOOK * self._spacing
        end = min(self._stamps.length_s, reach, math.inf if self._end is None else self._end)
        wanted = [self._start + max(0.0, end - self._start) * (i + 0.5) / count for i in range(count)]
        found: dict[float, Frame] = {}
        if self._stamps.near:
            with VideoReading(self._path) as reading:
                found = self._key_frames(reading, wanted)
        if len(found) < count / 2:
            with VideoReading(self._path) as reading:
                found = self._early_frames(reading, wanted)
        return list(found.values())

    def _key_frames(self, reading: VideoReading, wanted: list[float]) -> dict[float, Frame]:
        found: dict[float, Frame] = {}
        for moment in wanted:
            reading.seek(moment + self._origin)
            for played, frame in islice(self._played(reading), 1):
                found[played] = self._frame(reading, frame, played / self._slowmo, len(found))
        return found

    def _early_frames(self, reading: VideoReading, wanted: list[float]) -> dict[float, Frame]:
        found: dict[float, Frame] = {}
        moments = list(wanted)
        for played, frame in islice(self._timed(reading, self._start), _LOOK):
            if not found or (moments and played >= moments[0]):
                found[played] = self._frame(reading, frame, played / self._slowmo, len(found))
                moments = [m for m in moments if m > played]
        return found

    def frames_at(self, moments: Iterable[float]) -> Iterator[Frame]:
        """The frames with these times, as an iteration gave them, without reading all others.

        In time order; times at which there is no frame are left out.
        """
        frame: av.VideoFrame | None = None
        with VideoReading(self._path) as reading:
            frames, reached = self._timed(reading), -math.inf
            for index, moment in enumerate(sorted(set(moments))):
                played = moment * self._slowmo
                if self._stamps.exact and played > reached + _FAR_S:
                    frames = self._timed(reading, played)
                while reached < played - _SAME_S:
                    try:
                        reached, frame = next(frames)
                    except StopIteration:
                        break
                if frame is not None and abs(reached - played) <= _SAME_S:
                    yield self._frame(reading, frame, moment, index)

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
