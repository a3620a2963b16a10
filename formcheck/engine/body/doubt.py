"""Doubt: how far off each landmark of a recording may be, by signs that cost nothing.

A landmark that is wrong shakes about its own way, and where it is guessed the model says that it is less
visible; bodies that lie are read worse than upright ones. What a model always shows in the wrong place has
none of these signs: how large that is by part of the body was measured (`formcheck.sensor.doubt`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import plane
from formcheck.engine.body.scale import body_scale
from formcheck.sensor import profile_for
from formcheck.types.body import Points
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

#: Shaking is taken over this long, s. On drawn clips errors showed best so, of 0 to 2 s.
WINDOW_S = 1.0
#: Looks further apart than this say nothing of one another, s.
APART_S = 0.7
#: A look is held against the cubic through two looks before and two after it.
_BESIDE = (-2, -1, 1, 2)
_SHOULDERS = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """What (n) looks show without the truth; as `formcheck.sensor.doubt.Doubt.of` takes them."""

    shaking: Floats
    hidden: Floats
    lying: Floats


def doubt_of(poses: PoseSequence) -> Floats:
    """How far off each landmark may be.

    Parameters
    ----------
    poses : raw looks; NaN in frames that nobody looked at.

    Returns
    -------
    (T, L) float32 trunk lengths, as `PoseSequence.doubt`. NaN in frames without a look, of landmarks that
    were not found, and where fewer than five looks in a row show them.
    """
    out = np.full(poses.visibility.shape, np.nan, np.float32)
    with np.errstate(invalid="ignore", divide="ignore"):
        signs, found = signs_of(poses), np.flatnonzero(poses.found)
        for number, model in enumerate((poses.model, *poses.others), start=1):
            rows = poses.looked[found] == number
            of, smoothed = profile_for(model).doubt.of, poses.clock != "raw"
            shaking, hidden, lying = (x[rows] for x in (signs.shaking, signs.hidden, signs.lying))
            out[found[rows]] = of(shaking, hidden, lying, smoothed=smoothed)
    return out


def signs_of(poses: PoseSequence) -> Signs:
    """The signs of every look (n) that found somebody."""
    found = poses.only(poses.found)
    points = plane(found.image)
    scale = body_scale(points, found.world.astype(np.float64)) if len(found) else np.nan
    hidden = 1.0 - found.visibility.astype(np.float64)
    trunk = points[:, _SHOULDERS].mean(axis=1) - points[:, _HIPS].mean(axis=1)
    lying = np.abs(trunk.real) / np.abs(trunk)
    return Signs(shaking(found.t, points / scale), hidden, lying[:, None])


def shaking(t: Floats, points: Points) -> Floats:
    """How far single looks stand off the smooth way through those beside them, root mean square of a while.

    Parameters
    ----------
    t : (n,) seconds, uneven as they may be.
    points : (n, L).

    Returns
    -------
    (n, L) in the unit of the points: of looks that err each on its own, the error's standard deviation. NaN
    without any five looks in a row.
    """
    stray = _strays(t, points) ** 2
    known = np.isfinite(stray)
    sums, counts = (_summed(x) for x in (np.where(known, stray, 0.0), known))
    first, last = np.searchsorted(t, t - WINDOW_S / 2), np.searchsorted(t, t + WINDOW_S / 2, "right")
    total, n = (x[last] - x[first] for x in (sums, counts))
    mean: Floats = np.where(n > 0, total, np.nan) / np.maximum(n, 1)
    return np.sqrt(np.maximum(mean, 0.0))


def _strays(t: Floats, points: Points) -> Floats:
    """(n, L) the distance of each look from the cubic through its neighbours, as if those did not err."""
    out = np.full(points.shape, np.nan)
    reach = max(_BESIDE)
    if len(t) <= 2 * reach:
        return out
    middle = slice(reach, len(t) - reach)
    beside = [slice(reach + k, len(t) - reach + k) for k in _BESIDE]
    weights = _lagrange(np.stack([t[rows] - t[middle] for rows in beside]))
    way = sum(w[:, None] * points[rows] for w, rows in zip(weights, beside, strict=True))
    out[middle] = np.abs(points[middle] - way) / np.sqrt(1 + (weights**2).sum(axis=0))[:, None]
    steps = sliding_window_view(np.diff(t), 2 * reach)
    out[middle][steps.max(axis=1) > APART_S] = np.nan
    return out


def _lagrange(times: Floats) -> Floats:
    """(k, n) what each of k values at ``times`` (k, n) weighs in the polynomial through them at 0."""
    weights = [
        np.prod([b / (b - a) for j, b in enumerate(times) if j != i], axis=0) for i, a in enumerate(times)
    ]
    return np.stack(weights)


def _summed(x: NDArray[np.generic]) -> Floats:
    """(n + 1, L) the sums of all rows before each."""
    return np.concatenate((np.zeros((1, x.shape[1])), np.cumsum(x, axis=0, dtype=np.float64)))
