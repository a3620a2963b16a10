"""Body scale: pixels per trunk length, slow and steady."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.types.body import Points
from formcheck.types.landmark import INDEX

Floats = NDArray[np.floating]

#: A runner comes nearer or runs away: the scale follows over this long.
FOLLOW_S = 0.7
_JOINTS = np.array(
    [INDEX[f"{s}_{j}"] for j in ("shoulder", "hip", "knee", "ankle", "elbow") for s in ("left", "right")]
)
_LEAST_JOINTS = 4
_SHOULDERS = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]


def px_per_m(points: Points, world: Floats) -> Floats:
    """Spread of the landmarks in the picture over their spread in metres; foreshortening hardly touches it.

    Parameters
    ----------
    points : (..., L) complex pixels, NaN where not seen; world : (..., L, 3) metres.

    Returns
    -------
    (...) pixels per metre; NaN with fewer than four joints or without world landmarks.
    """
    picture = points[..., _JOINTS]
    across, down, _ = np.moveaxis(world[..., _JOINTS, :].astype(np.float64), -1, 0)
    metres = across - 1j * down
    seen = np.isfinite(picture) & np.isfinite(metres)
    n = seen.sum(axis=-1)
    ratio = np.sqrt(_spread(picture, seen, n) / _spread(metres, seen, n))
    return np.where(n >= _LEAST_JOINTS, ratio, np.nan)


def trunk_m(world: Floats) -> Floats:
    """(...) metres from the middle of the hips to the middle of the shoulders."""
    trunk = world[..., _SHOULDERS, :].mean(axis=-2) - world[..., _HIPS, :].mean(axis=-2)
    length: Floats = np.linalg.norm(trunk, axis=-1)
    return length


def body_scale(points: Points, world: Floats) -> float:
    """Pixels per trunk length over a clip (T, L); from the seen trunk alone without world landmarks."""
    if np.isnan(world).all():
        trunk = abs(points[:, _SHOULDERS].mean(axis=1) - points[:, _HIPS].mean(axis=1))
        return float(np.nanpercentile(trunk, 80)) if np.isfinite(trunk).any() else np.nan
    ratio = px_per_m(points, world)
    return float(np.nanmedian(ratio) * np.nanmedian(trunk_m(world))) if np.isfinite(ratio).any() else np.nan


def scale_by_shot(points: Points, world: Floats, shot: NDArray[np.integer]) -> Floats:
    """(T, 1) `body_scale` of the shot (T,) that each frame is in."""
    metres = world.astype(np.float64)
    begins = np.flatnonzero(np.diff(shot)) + 1
    shots = zip(np.split(points, begins), np.split(metres, begins), strict=True)
    scales: Floats = np.concatenate([np.full((len(part), 1), body_scale(part, m)) for part, m in shots])
    return scales


@dataclass(slots=True)
class ScaleTracker:
    """Follows a runner's distance from the camera, starting from the clip's scale.

    Parameters
    ----------
    scale_px : the clip's pixels per trunk length.
    trunk_m : the person's trunk in metres; NaN keeps the scale as it is.
    """

    scale_px: float
    trunk_m: float
    _t: float | None = None

    def over(self, t: Floats, points: Points, world: Floats) -> Floats:
        """Take the next frames (n,); the scale (n,) to use for each."""
        seen = (px_per_m(points, world) * self.trunk_m).tolist()
        return np.array([self._step(s, now) for s, now in zip(t.tolist(), seen, strict=True)])

    def _step(self, t: float, now: float) -> float:
        if now == now:
            share = 1.0 if self._t is None else 1.0 - float(np.exp((self._t - t) / FOLLOW_S))
            self.scale_px += share * (now - self.scale_px)
            self._t = t
        return self.scale_px


def _spread(points: Points, seen: NDArray[np.bool_], n: NDArray[np.integer]) -> Floats:
    there = np.where(seen, points, 0.0)
    mean = there.sum(axis=-1) / np.maximum(n, 1)
    spread: Floats = (there.real**2 + there.imag**2).sum(axis=-1) - n * np.abs(mean) ** 2
    return spread
