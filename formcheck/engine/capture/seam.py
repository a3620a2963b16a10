"""From when to when a body turns: in between it is foreshortened, and nothing of it is measured."""

import numpy as np

from formcheck.engine.body.observe import WIDTHS, Observation, median, windows
from formcheck.engine.body.view import Widths, view_of
from formcheck.engine.capture.turns import LOOK_S, facing_over

#: It takes no longer than this before its middle, nor after it, seconds; looked at over so long, so often.
#: Judgement: people turn about in half a second to two.
LONGEST_S = 1.5
_GLANCE_S, _EVERY_S = 0.2, 0.1


@np.errstate(invalid="ignore", divide="ignore")
def seam(seen: Observation, middle_s: float, before: str | None, after: str) -> tuple[float, float]:
    """When the body leaves what it showed ``before``, and from when on it shows what it does ``after``.

    Parameters
    ----------
    seen : the body, before and after it turned.
    middle_s : about when it turned; both are this where neither is seen squarely near it.
    before, after : "left", "right", "front" or "back", as of `turns`; None not known.
    """
    rows, votes = seen.rows(WIDTHS), facing_over(seen)
    glances = [
        (start, _squarely(Widths(*(median(rows[name][part]) for name in WIDTHS)), median(votes[part]), seen))
        for start, part in windows(seen.t, _GLANCE_S, _EVERY_S, float(seen.t[-1]))
        if abs(start - middle_s) <= LONGEST_S
    ]
    left = [start for start, shown in glances if shown == before and start <= middle_s + LOOK_S]
    leaves = left[-1] if before and left else middle_s
    came = [start + _GLANCE_S for start, shown in glances if shown == after and start >= leaves]
    return leaves, came[0] if came else max(leaves, middle_s)


def _squarely(widths: Widths, facing: float, seen: Observation) -> str | None:
    """How a body is seen that is not turned away from that at all."""
    view = view_of(widths, seen.sensor.view).name
    return view if view != "side" else "right" if facing > 0 else "left"
