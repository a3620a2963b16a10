"""The body of the last seconds, off the track."""

from formcheck.engine.body.track import Track
from formcheck.engine.capture.activity import SIGNALS, BodyOverTime
from formcheck.engine.judge.judge import IN_POSE, WEAK


def recent_body(track: Track, start_s: float, end_s: float) -> BodyOverTime:
    """The body from ``start_s`` to ``end_s``, both included."""
    rows = track.between(start_s, end_s)
    signals = {name: track.values(WEAK + name, rows) for name in SIGNALS}
    return BodyOverTime(track.t[rows], signals, track.values(IN_POSE, rows))
