"""When the person turns: moments from which on the body is seen from another side."""

from collections.abc import Container

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.observe import LEAST_VOTE, WIDTHS, Observation, facing_votes, median, windows
from formcheck.engine.body.view import LEVEL_TRUNK_DEG, Widths, view_of
from formcheck.engine.capture.lasting import lasting

Floats = NDArray[np.floating]

#: The body is looked at over so long, and what it shows must last so long to be a turn, seconds. Of 451
#: labelled inputs that are no web videos of RepCount 16 showed one by 2.5 s: turns, cuts, standing up.
LOOK_S = 0.5
LASTS_S = {"left": 2.5, "right": 2.5, "front": 5.0, "back": 5.0}
_SIGNS = {"left": -1.0, "right": 1.0}

#: From, to (seconds), and how the body is seen meanwhile.
_Run = tuple[float, float, str]


@np.errstate(invalid="ignore", divide="ignore")
def turns(seen: Observation, views: Container[str]) -> list[float]:
    """Seconds at which the body begins to be seen from another side, in order of time.

    A body seen from its side faces left or right, upright or level alike; an upright one shows its front or
    its back. What is oblique, or not seen, goes on as it was; so does what is seen in none of the ``views``
    (side, front, back) that show the exercise.
    """
    votes = facing_over(seen)
    runs = lasting(_runs(seen, votes, views), LASTS_S.__getitem__)
    return [_moment(seen.t, votes, start, shown) for start, _, shown in runs[1:]]


@np.errstate(invalid="ignore", divide="ignore")
def lately_shown(seen: Observation, views: Container[str]) -> str | None:
    """How a body is seen in the last `LOOK_S` or less, as of `turns`; None where that is not sure."""
    runs = _runs(seen, facing_over(seen), views)
    return runs[-1][2] if runs else None


def facing_over(seen: Observation) -> Floats:
    """(T,) -1 to the left .. 1 to the right: which way the body faces, by both of its sides."""
    votes = np.array([facing_votes(seen.body.image, side) for side in ("left", "right")])
    both: Floats = np.where(np.isnan(votes), votes[::-1], votes).mean(axis=0)
    return both


def _moment(t: Floats, votes: Floats, start: float, shown: str) -> float:
    """When, near the ``start`` of a window, the votes change to what it shows."""
    near = np.flatnonzero(np.abs(t - start) <= LOOK_S)
    if shown not in _SIGNS or not len(near):
        return start
    agree = np.cumsum(np.nan_to_num(votes[near] * _SIGNS[shown]))
    return float(t[min(near[int(np.argmin(agree))] + 1, len(t) - 1)]) if agree.min() < 0 else start


def _runs(seen: Observation, votes: Floats, views: Container[str]) -> list[_Run]:
    rows = seen.rows(WIDTHS)
    runs: list[_Run] = []
    for start, part in windows(seen.t, LOOK_S, LOOK_S, seen.t[-1]):
        widths = Widths(*(median(rows[name][part]) for name in WIDTHS))
        shown = _shown(widths, median(votes[part]), seen, views)
        if runs and shown in (runs[-1][2], None):
            runs[-1] = (runs[-1][0], start + LOOK_S, runs[-1][2])
        elif shown:
            runs.append((start, start + LOOK_S, shown))
    return runs


def _shown(widths: Widths, facing: float, seen: Observation, views: Container[str]) -> str | None:
    """How the body is seen in a window; None where that is not sure."""
    level = abs(widths.trunk_deg) < LEVEL_TRUNK_DEG
    whole = Widths(widths.shoulders, widths.hips, 1.0, widths.trunk_deg, widths.handedness)
    view = "side" if level else view_of(whole, seen.sensor.view).name
    if view not in views or (view == "side" and not abs(facing) >= LEAST_VOTE):
        return None
    if view != "side":
        return view
    return "right" if facing > 0 else "left"
