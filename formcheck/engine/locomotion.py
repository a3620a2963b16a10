"""Running, walking or running on the spot: told from one stride, without left and right where possible."""

from itertools import pairwise

import numpy as np

from formcheck.engine.recent import Window
from formcheck.types.gait import GaitKind

#: Seen from the side: feet that never part this far, in trunk lengths, go nowhere. Real treadmill and road
#: runs read 1.3 to 1.8, drawn walking 1.1, drawn running on the spot 0.2.
PARTED = 0.45
#: From front and back: a knee that rises this far with its shank still this upright is lifted on the spot
#: (real 1.1 and 0.6, drawn 0.4 and 0.6; runs kick the heel up behind and read below 0.3 upright).
KNEE_LIFT, UPRIGHT = 0.3, 0.5
#: And neither knee nor heel rising is a walk (drawn: lift at most 0.16, upright at least 0.43).
WALK_LIFT, WALK_UPRIGHT = 0.22, 0.38
_SIDES = ("left", "right")


def locomotion(body: Window, tops: tuple[float, ...], *, side_on: bool) -> GaitKind | None:
    """What a stride between ``tops`` of the hips' path is; None where the legs were not seen.

    The body of a runner is highest in flight, when the feet are apart; that of a walker in mid-stance, when
    they pass each other.
    """
    rows = body.rows(tops[0], tops[-1])
    return _from_the_side(body, rows, tops) if side_on else _from_the_front(body, rows)


def _from_the_side(body: Window, rows: slice, tops: tuple[float, ...]) -> GaitKind | None:
    apart = np.abs((body.at("left_ankle") - body.at("right_ankle")).real) / body.scale
    if np.isfinite(apart[rows]).mean() < 0.5:
        return None
    if np.nanmax(apart[rows]) < PARTED:
        return "on_the_spot"
    high = np.interp(tops, body.t, apart)
    low = np.interp([(a + b) / 2 for a, b in pairwise(tops)], body.t, apart)
    if np.isnan(high).all() or np.isnan(low).all():
        return None
    return "run" if np.nanmean(high) > np.nanmean(low) else "walk"


def _from_the_front(body: Window, rows: slice) -> GaitKind | None:
    hip = body.middle("hip").imag[rows]
    lifts, upright = [], []
    for side in _SIDES:
        knee, ankle = (body.at(f"{side}_{j}").imag[rows] for j in ("knee", "ankle"))
        if np.isfinite(knee + ankle + hip).mean() < 0.5:
            return None
        lifts.append(float(np.nanmax(knee - hip) - np.nanmin(knee - hip)) / body.scale)
        upright.append(float(np.nanmin(knee - ankle)) / body.scale)
    lift, least = max(lifts), min(upright)
    if lift > KNEE_LIFT and least > UPRIGHT:
        return "on_the_spot"
    return "walk" if lift < WALK_LIFT and least > WALK_UPRIGHT else "run"
