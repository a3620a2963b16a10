"""What all time stamps of a clip say together, before a picture of it is decoded."""

from dataclasses import dataclass

from formcheck.sources.clock import Clock
from formcheck.sources.reading import VideoReading


@dataclass(frozen=True, slots=True)
class Stamps:
    """How long a clip is, and whether its stamps lead to a moment.

    Attributes
    ----------
    length_s : of play, seconds.
    near : whether seeking a moment leads near to it.
    exact : whether it never leads past the key frame before it.
    """

    length_s: float
    near: bool
    exact: bool


def survey(reading: VideoReading, origin: float, spacing: float) -> Stamps:
    """Look over all stamps of a reading.

    Parameters
    ----------
    origin : the first stamp, seconds.
    spacing : usual seconds from frame to frame.
    """
    shown, decoded = (Clock(origin, spacing, joined=reading.joined) for _ in range(2))
    last: float | None = shown.step(origin)
    for shown_at, decoded_at in reading.stamps():
        shown.step(shown_at)
        decoded.step(decoded_at)
        last = None if last is None or shown_at is None else max(last, shown_at - origin)
    rising = last is not None and not decoded.restarted
    near = rising and reading.seekable
    claimed = None if decoded.restarted or reading.late_s else reading.track_duration
    length = claimed or (last + spacing if last is not None and rising else shown.length)
    return Stamps(length, near, exact=near and not reading.joined)  # joined ones have no index
