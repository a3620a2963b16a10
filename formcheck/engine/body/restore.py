"""The bodies of a recording: raw landmarks become one smooth body a frame, without lag.

Every limb is put on its side, what no model looked at is filled in from the looks around it, and the rest is
smoothed forward and backward at once. Live frames have no future: they pass `tidy` instead.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.astray import led_back
from formcheck.engine.body.doubt import doubt_of
from formcheck.engine.body.landmarks import confidence, masked, plane
from formcheck.engine.body.scale import scale_by_shot
from formcheck.engine.body.settling import settled
from formcheck.engine.body.shrunk import shrunk
from formcheck.engine.body.side_swap_repair import SideSwapRepair
from formcheck.engine.body.spline import LEAST, smoothing_spline
from formcheck.engine.capture.cuts import BRIDGE_S, apart, jumps, shots
from formcheck.sensor import profile_for
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]

#: Movement quicker than this is the sensor's, Hz. For the markers of gait 6 is usual (source winter), and
#: runners' feet ask for more: drawn knees err by 8.5 degrees (95th percentile) at 6, by 7.5 at 8. All else
#: errs alike at 4 to 10.
CUTOFF_HZ = 8.0
#: The same as a smoothing spline's ``lam``.
STIFFNESS = (2 * np.pi * CUTOFF_HZ) ** -4
#: Nobody knows what happened between two looks further apart than `BRIDGE_S`; than this, s, where a look
#: between them found nobody. Judgement.
FORGET_S = 0.2
_POINTS, _SHARES = ("image", "world"), ("visibility", "doubt")


def restored(poses: PoseSequence) -> PoseSequence:
    """The same recording with a body in every frame where one can be known.

    Parameters
    ----------
    poses : raw, with NaN in frames that nobody looked at and where nobody was found.

    Returns
    -------
    PoseSequence
        Of the same times. Frames that nobody looked at are filled in between looks that found somebody and
        are no more than `BRIDGE_S` apart, and count as the nearest look's; ``exchanged`` says where left and
        right were put back, ``shot`` where the film was cut.
    """
    if not poses.found.any():
        return poses
    poses = settled(poses)
    with np.errstate(invalid="ignore", divide="ignore"):
        placed = sided(poses, order_of(poses))
        doubted = np.isfinite(placed.doubt).any()
        return _smooth(placed if doubted else replace(placed, doubt=doubt_of(apart(placed))))


def with_doubt(poses: PoseSequence) -> PoseSequence:
    """The same raw looks with the doubt of each landmark, once left and right will have been put right."""
    with np.errstate(invalid="ignore", divide="ignore"):
        order = order_of(poses)
        doubt = doubt_of(apart(sided(poses, order)))
    return replace(poses, doubt=np.take_along_axis(doubt, order, axis=1))  # an exchange undoes itself


def order_of(poses: PoseSequence) -> NDArray[np.intp]:
    """(T, L) where each landmark stands once left and right are what they were in the looks beside."""
    trust, points = profile_for(poses.model).trust, plane(poses.image)
    sure = confidence(poses.image, poses.visibility, (poses.width_px, poses.height_px), trust.margin)
    scales = scale_by_shot(masked(points, sure >= trust.countable), poses.world, poses.shot)
    if not (scales > 0).any():
        return np.broadcast_to(np.arange(sure.shape[1]), sure.shape)
    return SideSwapRepair(trust.countable).order(apart(poses).t, points / scales, sure, whole=True)


def sided(poses: PoseSequence, order: NDArray[np.intp]) -> PoseSequence:
    """The same with landmarks in an order of `order_of`."""
    rows = np.arange(len(poses))[:, None]
    swapped = {name: getattr(poses, name)[rows, order] for name in (*_POINTS, *_SHARES)}
    return replace(poses, **swapped, exchanged=(order != np.arange(order.shape[1])).any(axis=1))


def _smooth(poses: PoseSequence) -> PoseSequence:
    arrays = {name: np.full_like(getattr(poses, name), np.nan) for name in (*_POINTS, *_SHARES)}
    missed = (poses.looked > 0) & ~poses.found
    for rows in _stretches(poses, missed):
        frames = rows[0] + np.flatnonzero(~missed[rows[0] : rows[-1] + 1])
        t, at = poses.t[rows], poses.t[frames]
        for name in _POINTS:
            points = led_back(t, getattr(poses, name)[rows].astype(np.float64), STIFFNESS)
            arrays[name][frames] = smoothed(t, points, at)
        for name in _SHARES:
            arrays[name][frames] = _between(t, getattr(poses, name)[rows], at)
    arrays["visibility"][shrunk(arrays["image"], poses.looked)] = 0.0
    looks = np.flatnonzero(poses.looked)
    ends = (poses.t[looks][1:] + poses.t[looks][:-1]) / 2
    nearest = looks[np.searchsorted(ends, poses.t)]
    looked, exchanged = poses.looked[nearest], poses.exchanged[nearest]
    return replace(poses, **arrays, looked=looked, exchanged=exchanged, shot=shots(poses))


def _stretches(poses: PoseSequence, missed: Bools) -> Iterator[NDArray[np.intp]]:
    """The looks that found somebody, parted where nobody knows what happened between, or the body jumps."""
    rows = np.flatnonzero(poses.found)
    misses, shot = np.cumsum(missed)[rows], poses.shot[rows]
    parted = np.diff(poses.t[rows]) > np.where(np.diff(misses) > 0, FORGET_S, BRIDGE_S)
    for stretch in np.split(rows, np.flatnonzero(parted | (np.diff(shot) != 0)) + 1):
        yield from np.split(stretch, np.flatnonzero(jumps(poses.t[stretch], poses.image[stretch])) + 1)


def smoothed(t: Floats, x: Floats, at: Floats) -> Floats:
    """Values ``x`` (n, ...) of times ``t``, at times between them, without what is quicker than `CUTOFF_HZ`.

    Of a wave of frequency f it keeps 1 / (1 + (f / `CUTOFF_HZ`)^4), as a Butterworth filter of
    second order does forward and backward; it takes uneven times as they are.
    """
    flat = x.reshape(len(x), -1)
    out = np.full((len(at), flat.shape[1]), np.nan)
    whole = np.isfinite(flat).all(axis=0)
    out[:, whole] = _spline(t, flat[:, whole], at)
    for column in np.flatnonzero(~whole & np.isfinite(flat).any(axis=0)):
        seen = np.isfinite(flat[:, column])
        for part in _runs(seen):
            within = (at >= t[part.start]) & (at <= t[part.stop - 1])
            out[within, column] = _spline(t[part], flat[part, column : column + 1], at[within])[:, 0]
    return out.reshape(len(at), *x.shape[1:])


def _spline(t: Floats, x: Floats, at: Floats) -> Floats:
    if not x.shape[1] or not len(at):
        return np.zeros((len(at), x.shape[1]))
    if len(t) < LEAST:
        return _between(t, x, at)
    return smoothing_spline(t, x, np.gradient(t), STIFFNESS)(at)


def _between(t: Floats, x: Floats, at: Floats) -> Floats:
    """Straight from look to look."""
    return np.stack([np.interp(at, t, column) for column in x.T], axis=-1)


def _runs(seen: NDArray[np.bool_]) -> Iterator[slice]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], seen.astype(np.int8), [0]))))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield slice(start, end)
