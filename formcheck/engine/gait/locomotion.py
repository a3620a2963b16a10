"""Running, walking or running on the spot: known by one stride, without left and right where possible."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.gait.recent import SIDES, BodyWindow
from formcheck.types.gait import GaitKind

Floats = NDArray[np.floating]

#: Seen from the side: feet that never get this far from the hips, in trunk lengths, go nowhere. Feet part by
#: 1.3 to 1.8 in real treadmill and road runs, by 1.1 in drawn walking, by 0.2 in drawn running on the spot:
#: half of that is before or behind the hips.
AWAY = 0.30
#: From front and back: knees that both rise this far with shanks still this upright are lifted on the spot
#: (drawn 0.44 and 0.58; drawn runs through the pose model at most 0.36 and 0.49), and surely with high knees
#: (a real one 0.9 to 1.4 and 0.43 to 0.66; who runs that high folds the shank under the thigh).
KNEE_LIFT, UPRIGHT = 0.40, 0.52
HIGH_KNEES, HALF_UPRIGHT = 0.8, 0.35
#: And neither knee nor heel rising is a walk (drawn: lift at most 0.16, upright at least 0.43).
WALK_LIFT, WALK_UPRIGHT = 0.22, 0.38
#: Nor are steps shorter than this a walk, s: people run from about 140 steps a minute on. A real jog of 157
#: seen from behind lifts knees by 0.15 to 0.24. Judgement.
WALK_S = 60.0 / 145.0
#: A leg counts when it was seen in this share of a stride.
SEEN = 0.5


def locomotion(body: BodyWindow, flight_peaks: tuple[float, ...], *, side_on: bool) -> GaitKind | None:
    """What a stride between ``flight_peaks`` of the hips' path is; None where the legs were not seen.

    The body of a runner is highest in flight, when the feet are away from it; that of a walker in mid-stance,
    when they pass below it.
    """
    rows = body.rows(flight_peaks[0], flight_peaks[-1])
    step_s = (flight_peaks[-1] - flight_peaks[0]) / (len(flight_peaks) - 1)
    return _from_the_side(body, rows, flight_peaks) if side_on else _from_the_front(body, rows, step_s)


def _from_the_side(body: BodyWindow, rows: slice, flight_peaks: tuple[float, ...]) -> GaitKind | None:
    hip = body.middle("hip").real
    away = [np.abs(body.at(f"{s}_ankle").real - hip) / body.scale for s in SIDES]
    seen = [x for x in away if np.isfinite(x[rows]).mean() >= SEEN]
    if not seen:
        return None
    if max(float(np.nanmax(x[rows])) for x in seen) < AWAY:
        return "on_the_spot"
    height = body.middle("hip").imag
    if np.isnan(height[rows]).any():
        return None
    spans = [body.rows(a, b) for a, b in pairwise(flight_peaks)]
    half = (spans[0].stop - spans[0].start) // 2
    # `flight_peaks` are those of the height's rhythm, and stand a little beside its own.
    highs = [_extreme(np.argmax, height, s.start - half, s.start + half) for s in spans]
    lows = [_extreme(np.argmin, height, s.start, s.stop) for s in spans]
    wider = np.array([x[highs] - x[lows] for x in seen])
    wider = wider[np.isfinite(wider)]
    if not len(wider):
        return None
    return "run" if wider.mean() > 0 else "walk"


def _extreme(which: Callable[[Floats], np.intp], x: Floats, start: int, stop: int) -> int:
    """Where ``x`` is highest or lowest between two rows."""
    start = max(0, start)
    part = x[start : max(stop, start + 1)]
    return start + int(which(np.where(np.isnan(part), np.nanmean(x), part)))


def _from_the_front(body: BodyWindow, rows: slice, step_s: float) -> GaitKind | None:
    hip = body.middle("hip").imag[rows]
    lifts, upright = [], []
    for side in SIDES:
        knee, ankle = (body.at(f"{side}_{j}").imag[rows] for j in ("knee", "ankle"))
        if np.isfinite(knee + ankle + hip).mean() < SEEN:
            return None
        lifts.append(float(np.nanmax(knee - hip) - np.nanmin(knee - hip)) / body.scale)
        upright.append(float(np.nanmin(knee - ankle)) / body.scale)
    lift, least = min(lifts), min(upright)
    if (lift > KNEE_LIFT and least > UPRIGHT) or (lift > HIGH_KNEES and least > HALF_UPRIGHT):
        return "on_the_spot"
    walks = max(lifts) < WALK_LIFT and least > WALK_UPRIGHT and step_s > WALK_S
    return "walk" if walks else "run"
