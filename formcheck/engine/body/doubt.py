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
from formcheck.engine.body.scale import scale_by_shot
from formcheck.sensor import profile_for
from formcheck.types.body import Points
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

#: Shaking is taken over this long, s. On drawn clips errors showed best so, of 0 to 2 s.
WINDOW_S = 1.0
#: Looks further apart than this say nothing of one another, s.
APART_S = 0.7
#: Of a limb that moves so fast, trunk lengths a second, half of the shaking counts: it shakes without being
#: wrong. On drawn clips errors showed best so, of 0.25 to no such speed; runners' feet gained most.
FAST = 3.0
#: A look is held against the smooth way, a polynomial, through three looks before and three after it.
_BESIDE = (-3, -2, -1, 1, 2, 3)
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
    poses : looks, with left and right put right; NaN in frames that nobody looked at.

    Returns
    -------
    (T, L) float32 trunk lengths, as `PoseSequence.doubt`. NaN in frames without a look, of landmarks that
    were not found, and where fewer than seven looks in a row show them.
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
    scale = scale_by_shot(points, found.world, found.shot) if len(found) else np.nan
    hidden = 1.0 - found.visibility.astype(np.float64)
    trunk = points[:, _SHOULDERS].mean(axis=1) - points[:, _HIPS].mean(axis=1)
    lying = np.abs(trunk.real) / np.abs(trunk)
    return Signs(shaking(found.t, points / scale), hidden, lying[:, None])


def shaking(t: Floats, points: Points) -> Floats:
    """How far single looks stand off the smooth way through those beside them; of fast limbs a part of it.

    Parameters
    ----------
    t : (n,) seconds, uneven as they may be.
    points : (n, L) trunk lengths.

    Returns
    -------
    (n, L) trunk lengths, root mean square of a while: where nothing moves and each look errs on its own, the
    error's standard deviation. NaN without any seven looks in a row.
    """
    if len(t) < len(_BESIDE) + 1:
        return np.full(points.shape, np.nan)
    strays, speeds = (_of_a_while(t, x) for x in (_strays(t, points), np.abs(np.gradient(points, t, axis=0))))
    return strays / (1 + speeds / FAST)


def _strays(t: Floats, points: Points) -> Floats:
    """(n, L) the distance of each look from the polynomial through its neighbours, less what those err."""
    out = np.full(points.shape, np.nan)
    reach = max(_BESIDE)
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


def _of_a_while(t: Floats, x: Floats) -> Floats:
    """(n, L) root mean square of what is known within half of `WINDOW_S` on both sides; NaN of nothing."""
    known = np.isfinite(x)
    sums, counts = (_summed(y) for y in (np.where(known, x, 0.0) ** 2, known))
    first, last = np.searchsorted(t, t - WINDOW_S / 2), np.searchsorted(t, t + WINDOW_S / 2, "right")
    total, n = (y[last] - y[first] for y in (sums, counts))
    return np.sqrt(np.maximum(total, 0.0) / np.where(n > 0, n, np.nan))


def _summed(x: NDArray[np.generic]) -> Floats:
    """(n + 1, L) the sums of all rows before each."""
    return np.concatenate((np.zeros((1, x.shape[1])), np.cumsum(x, axis=0, dtype=np.float64)))
