"""A second opinion on a count: how often the whole pose comes back to itself, whatever the exercise."""

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

#: Poses are compared this often a second, over so many times apart, from the shortest to the longest, s.
RATE_HZ, LAGS, SHORTEST_S, LONGEST_S = 15.0, 60, 0.5, 8.0
#: A joint that is seen in less of the clip tells nothing; with fewer numbers there is no pose.
SEEN, LEAST_NUMBERS = 0.5, 6
#: Who moves less than this stands still: variance of the whole pose, squared trunk lengths.
STILL = 0.01
#: A pose comes back where its likeness has a peak this high, and this near the highest. Chosen, with what is
#: above, on RepCount: of 83 counts with which it agreed 80 were within one, of 63 others 43.
LIKE, NEAR_BEST = 0.35, 0.8
#: Less of a clip in which something repeats is no answer.
LEAST_REPEATED = 0.3
_JOINTS = [INDEX["nose"]] + [
    INDEX[f"{side}_{joint}"]
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    for side in ("left", "right")
]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]


@np.errstate(invalid="ignore", divide="ignore", over="ignore")
def pose_returns(poses: PoseSequence, scale_px: float) -> float:
    """How often the whole pose comes back to itself; NaN where hardly anything is seen to repeat.

    Parameters
    ----------
    scale_px : pixels per trunk length.

    Notes
    -----
    Every moment has its own period: the shortest time after which the pose is nearly as like as it ever is
    again. Movements of half a second to eight seconds are found; of fewer than four nothing can be said.
    """
    pose = _pose(poses.only(poses.found), scale_px)
    if pose.shape[1] < LEAST_NUMBERS or len(pose) < 4 * SHORTEST_S * RATE_HZ:
        return float("nan")
    longest_s = min(LONGEST_S, len(pose) / RATE_HZ / 2)
    lags = np.unique(np.round(np.geomspace(SHORTEST_S, longest_s, LAGS) * RATE_HZ).astype(int))
    like = np.array([_likeness(pose, lag) for lag in lags])
    edge = np.full((1, len(pose)), np.inf)
    peak = (like >= np.vstack((edge, like[:-1]))) & (like >= np.vstack((like[1:], -edge)))
    best = np.where(peak, like, -1.0).max(axis=0)
    back = peak & (like >= NEAR_BEST * best) & (like > LIKE)
    repeated = back.any(axis=0)
    if np.mean(repeated) < LEAST_REPEATED:
        return float("nan")
    return float(np.sum(1.0 / lags[back.argmax(axis=0)][repeated]))


def _pose(poses: PoseSequence, scale_px: float) -> Floats:
    """(T, D) joints from the middle of the hips in trunk lengths, at an even rate, without extremes."""
    if len(poses) < 2 or not np.isfinite(scale_px):
        return np.zeros((0, 0))
    joints = poses.image[:, _JOINTS] - poses.image[:, _HIPS].mean(axis=1, keepdims=True)
    t, even = poses.t, np.arange(poses.t[0], poses.t[-1], 1.0 / RATE_HZ)
    numbers = [x for x in (joints / scale_px).reshape(len(t), -1).T if np.isfinite(x).mean() >= SEEN]
    rows = [np.interp(even, t[np.isfinite(x)], x[np.isfinite(x)]) for x in numbers]
    return np.array([np.clip(x, *np.percentile(x, (1, 99))) for x in rows]).T.reshape(len(even), len(rows))


def _likeness(pose: Floats, lag: int) -> Floats:
    """(T,) how like the pose is to that ``lag`` rows later: 1 the same, 0 as any, -1 who stands still."""
    width = max(2 * lag, round(1.5 * RATE_HZ))
    spread = np.maximum(_around(pose**2, width) - _around(pose, width) ** 2, 0.0).sum(axis=1)
    apart = np.sum((pose[lag:] - pose[:-lag]) ** 2, axis=1)
    apart = np.pad(apart, (lag // 2, lag - lag // 2), mode="edge")
    likeness: Floats = np.where(spread < STILL, -1.0, 1.0 - _around(apart, width) / (2.0 * spread))
    return likeness


def _around(x: Floats, width: int) -> Floats:
    """The mean of so many rows about each; beyond the ends the first and the last go on."""
    before = width // 2
    padded = np.pad(x, [(before + 1, width - before - 1)] + [(0, 0)] * (x.ndim - 1), mode="edge")
    sums = np.cumsum(padded, axis=0)
    mean: Floats = (sums[width:] - sums[:-width]) / width
    return mean
