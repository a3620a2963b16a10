"""Looks in which a leg has gone astray, led back onto the way of the looks beside them.

Where a model is about to take one leg for the other it shows, for a look, legs half-way between both.
A smooth way through all looks is drawn aside by that for a tenth of a second, which is when a runner lands.
So the way is found again and again, and looks weigh the less the further they stand off it.
"""

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.spline import LEAST, smoothing_spline
from formcheck.types.landmark import INDEX

Floats = NDArray[np.floating]

#: A look this far off the smooth way of its joint has gone astray, trunk lengths. Measured on drawn runs:
#: true joints are at most 0.10 off it, looks of `full` 0.012 in the median, legs half-way 0.2 to 0.9.
ASTRAY = 0.12
#: Where more than this share of a joint's looks has, it moves or is guessed like that: at most 0.07 in runs,
#: 0.2 to 0.46 on the pommel horse, whose legs whirl.
MOST = 0.1
#: How often the way is found anew; from 4 to 8 made no difference on drawn runs.
TIMES = 5
_LEGS = [INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("knee", "ankle", "heel", "toe")]
_TRUNK = [[INDEX[f"{side}_{joint}"] for side in ("left", "right")] for joint in ("shoulder", "hip")]


def led_back(t: Floats, points: Floats, stiffness: float) -> Floats:
    """The same looks, but for legs that had gone astray: those are where the looks beside them lead.

    Parameters
    ----------
    t : (n,) seconds.
    points : (n, L, d) pixels or metres; NaN not found.
    stiffness : of the way, the ``lam`` of a smoothing spline.
    """
    shoulders, hips = (points[:, ends].mean(axis=1) for ends in _TRUNK)
    lengths = np.linalg.norm(shoulders - hips, axis=-1)
    if not np.isfinite(lengths).any():
        return points
    trunk = float(np.nanmedian(lengths))
    out = points.copy()
    for joint in _LEGS:
        seen = np.flatnonzero(np.isfinite(points[:, joint]).all(axis=-1))
        if len(seen) >= LEAST:
            out[seen, joint] = _led_back(t[seen], points[seen, joint], ASTRAY * trunk, stiffness)
    return out


def _led_back(t: Floats, looks: Floats, astray: float, stiffness: float) -> Floats:
    """One joint's ``looks`` (n, d), those further than ``astray`` off their way led back onto it."""
    width = np.gradient(t)
    weights = np.ones(len(t))
    for _ in range(TIMES):
        way = smoothing_spline(t, looks, width * weights, stiffness).values
        off = np.linalg.norm(looks - way, axis=-1)
        if not (off > astray).any():
            break
        weights = np.minimum(1.0, (astray / np.maximum(off, astray)) ** 4)
    strays = off > astray
    return np.where(strays[:, None], way, looks) if strays.mean() <= MOST else looks
