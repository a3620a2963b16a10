"""Time stamps of files, made trustworthy: starting at 0 and strictly rising."""

#: A step back larger than this is a new time line (joined clips), a smaller one a stray frame. Seconds.
RESTART_S = 1.0
#: Where a format lets clips be joined with their own clocks, a step forward larger than this is one too, and
#: no pause; FFmpeg draws the line there as well. Seconds.
LEAP_S = 10.0
#: Where it does not, nobody pauses so long: a larger step is a damaged stamp. Seconds.
PAUSE_S = 3600.0


class Clock:
    """Turns the time stamps of one stream into seconds that only ever rise.

    Frames without a stamp get the nominal spacing; stray ones that do not rise are refused; where a stream
    starts its time anew (joined clips, damaged stamps) it goes on from where it was.

    Parameters
    ----------
    origin_s : time of the stream's first frame, which becomes 0.
    spacing_s : nominal time between two frames, seconds.
    joined : whether the format lets time lines follow each other, so that a leap forward starts time anew.

    Attributes
    ----------
    restarted : whether time started anew on the way, so that a stamp no longer tells a moment.
    """

    def __init__(self, origin_s: float, spacing_s: float, *, joined: bool = False) -> None:
        self.restarted = False
        self._shift = -origin_s
        self._spacing = spacing_s
        self._leap = LEAP_S if joined else PAUSE_S
        self._last: float | None = None

    @property
    def length(self) -> float:
        """Seconds from the start to the end of the last frame; 0 before the first one."""
        return 0.0 if self._last is None else self._last + self._spacing

    def step(self, stamp_s: float | None) -> float | None:
        """Seconds of the next frame given its own stamp (None if it has none); None if it must be dropped."""
        last = self._last
        if stamp_s is None:
            t = 0.0 if last is None else last + self._spacing
        else:
            t = stamp_s + self._shift
            if last is not None and not -RESTART_S <= t - last <= self._leap:
                self.restarted = True
                self._shift += last + self._spacing - t
                t = last + self._spacing
        if last is not None and t <= last:
            return None
        self._last = t
        return t
