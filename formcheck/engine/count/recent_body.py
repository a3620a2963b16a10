"""The body of the last seconds, off the track."""

from formcheck.engine.body.track import Track
from formcheck.engine.capture.activity import BEFORE_S, SIGNALS, BodyOverTime
from formcheck.engine.judge.judge import IN_POSE, WEAK
from formcheck.types.reason import Reason

#: Steps are looked for in this much of the past. Judgement; 1.0 tells the same of 80 labelled holds.
WALKED_S = 1.5


def recent_body(track: Track, start_s: float, end_s: float) -> BodyOverTime:
    """The body from ``start_s`` to ``end_s``, both included."""
    rows = track.between(start_s, end_s)
    signals = {name: track.values(WEAK + name, rows) for name in SIGNALS}
    return BodyOverTime(track.t[rows], signals, track.values(IN_POSE, rows))


def on_foot(track: Track, t: float) -> Reason | None:
    """The steps, if somebody goes on foot at ``t``; who squats in between does not."""
    body, span = recent_body(track, t - WALKED_S - BEFORE_S, t), (t - WALKED_S, t)
    return None if body.squats(*span) else body.walked(*span)
