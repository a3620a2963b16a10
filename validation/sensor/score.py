"""How far the bodies of a clip are from the truth: one row of figures a clip and way.

Lengths are in trunk lengths S, the true one of the clip.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import INDEX
from sample_videos.drawn.truth import Plane, side_angles

Array = NDArray[np.float64]

#: What is scored: the joints of trunk and limbs; feet and faces are judged by few exercises.
_NAMES = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
JOINTS = [INDEX[f"{side}_{name}"] for name in _NAMES for side in ("left", "right")]
PAIRS = {"legs": ("knee", "ankle"), "arms": ("elbow", "wrist"), "trunk": ("shoulder", "hip")}
#: Limbs are exchanged where the other side fits this much better, and the sides are this far apart, S.
FITS, APART = 0.6, 0.25
#: A joint moves where its way spreads over this much, S; only there can it lag. Shifts that are tried, s.
MOVES, SHIFTS = 0.08, np.arange(-0.15, 0.1501, 0.005)
#: A landmark is said to be near where its doubt is at most this, S.
NEAR = 0.1


@dataclass(frozen=True)
class Row:
    """The figures of one clip seen by one way.

    Attributes
    ----------
    mean, p95, fast, own : error of the joints: mean, 95th percentile, in the fastest tenth, and without the
        constant offset that each joint has in the clip.
    lags : ms, of each joint that moves.
    legs, arms, trunk : share of the frames with these exchanged, of those in which that would show.
    knee : of a run from the side, from its first landing to its last: 95th percentile of the error of the
        near knee's bend, degrees.
    found : share of the frames with a body.
    said, kept : landmarks said to be near, and those of them that are.
    """

    mean: float
    p95: float
    fast: float
    own: float
    lags: tuple[float, ...]
    legs: float
    arms: float
    trunk: float
    knee: float
    found: float
    said: int
    kept: int


@dataclass(frozen=True)
class Run:
    """A run from the side: the near side, which way it goes (+1 right), and when its feet land."""

    near: str
    facing: float
    start_s: float
    end_s: float


def score(t: Array, image: Array, true: Array, scale: float, *, run: Run | None, doubt: Array) -> Row:
    """The figures of bodies (T, 33, 2) px against the true ones."""
    apart = np.linalg.norm(image - true, axis=2) / scale
    error = apart[:, JOINTS]
    speed = np.linalg.norm(np.gradient(true, t, axis=0), axis=2)[:, JOINTS]
    offset = np.nanmedian(image - true, axis=0)
    own = np.linalg.norm(image - offset - true, axis=2)[:, JOINTS] / scale
    said = np.isfinite(apart) & (doubt <= NEAR)
    said[:, [i for i in range(apart.shape[1]) if i not in JOINTS]] = False
    return Row(
        mean=float(np.nanmean(error)),
        p95=float(np.nanquantile(error, 0.95)),
        fast=float(np.nanmean(error[speed >= np.quantile(speed, 0.9)])),
        own=float(np.nanmean(own)),
        lags=lags(t, image, true, scale),
        **{name: exchanged(image, true, scale, pair) for name, pair in PAIRS.items()},
        knee=_knee(t, image, true, run) if run else float("nan"),
        found=float(np.isfinite(image[..., 0]).any(axis=1).mean()),
        said=int(said.sum()),
        kept=int((apart[said] <= NEAR).sum()),
    )


def exchanged(image: Array, true: Array, scale: float, names: tuple[str, ...]) -> float:
    """Share of the frames in which left and right of these joints are exchanged, where it would show."""
    crossed, shows = exchanges(image, true, scale, names)
    return float(crossed[shows].mean()) if shows.any() else 0.0


def exchanges(
    image: Array, true: Array, scale: float, names: tuple[str, ...]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(T,) whether left and right of these joints are exchanged, and whether it would show."""
    left, right = ([INDEX[f"{side}_{name}"] for name in names] for side in ("left", "right"))

    def off(a: list[int], b: list[int]) -> Array:
        out: Array = np.linalg.norm(image[:, a] - true[:, b], axis=2).sum(axis=1)
        return out

    shows = np.linalg.norm(true[:, left] - true[:, right], axis=2).max(axis=1) / scale > APART
    shows &= np.isfinite(image[:, [*left, *right], 0]).all(axis=1)
    crossed = off(left, right) + off(right, left) < FITS * (off(left, left) + off(right, right))
    return crossed, shows


def lags(t: Array, image: Array, true: Array, scale: float) -> tuple[float, ...]:
    """How late each moving joint is, ms: the shift at which it fits the truth best, but for an offset."""
    out = []
    for joint in JOINTS:
        z, w = (points[:, joint, 0] + 1j * points[:, joint, 1] for points in (image, true))
        if np.std(w) / scale < MOVES or not np.isfinite(z).all():
            continue
        inside = (t > t[0] + SHIFTS[-1]) & (t < t[-1] - SHIFTS[-1])
        misfit = [np.var(z[inside] - np.interp(t[inside] - shift, t, w)) for shift in SHIFTS]
        out.append(round(1000 * float(_lowest(SHIFTS, np.array(misfit))), 1))
    return tuple(out)


def _lowest(x: Array, y: Array) -> float:
    """Where the parabola through the lowest value and its neighbours is lowest."""
    k = int(np.clip(np.argmin(y), 1, len(y) - 2))
    before, at, after = y[k - 1 : k + 2]
    bend = before - 2 * at + after
    return float(x[k] + (0.5 * (before - after) / bend if bend > 0 else 0.0) * (x[1] - x[0]))


def _knee(t: Array, image: Array, true: Array, run: Run) -> float:
    lands = (t >= run.start_s) & (t <= run.end_s)
    planes = (Plane(points[lands], run.near, run.facing) for points in (image, true))
    bend, right = (side_angles(plane, run.near)["knee_flexion"] for plane in planes)
    return float(np.nanquantile(np.abs(bend - right), 0.95))
