"""One frame's landmarks made ready: turned y up, in trunk lengths where memory needs it, and masked."""

import numpy as np
from numpy.typing import NDArray

from formcheck.signals.geometry import to_plane
from formcheck.types.body import Points
from formcheck.types.landmark import INDEX

Bools = NDArray[np.bool_]
Floats = NDArray[np.floating]


#: A bone this much longer than the person's own longest usual view of it ends in a landmark gone astray.
STRAY = 1.6
LONGEST = 95
_BONES = (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"), ("ankle", "toe"))
_NEAR_END, _FAR_END = (
    np.array([INDEX[f"{side}_{bone[end]}"] for bone in _BONES for side in ("left", "right")])
    for end in (0, 1)
)
#: Their lengths in trunk lengths (Winter, Biomechanics and Motor Control: .186, .146, .245, .246 and about
#: .12 of body height over .288), twice, for left and right.
TYPICAL_BONES = np.repeat(np.array([0.65, 0.51, 0.85, 0.85, 0.42]), 2)
#: How many bones are watched.
BONES = len(_FAR_END)


def bone_lengths(points: Points) -> Floats:
    """Lengths (..., 10) of the limbs' bones in points (..., L)."""
    return np.abs(points[..., _FAR_END] - points[..., _NEAR_END])


def longest_bones(points: Points) -> Floats:
    """The length (10,) beyond which each bone is none, from a clip's points (T, L); NaN where never seen."""
    lengths = bone_lengths(points)
    known = np.isfinite(lengths).any(axis=0)
    out = np.full(lengths.shape[-1], np.nan)
    out[known] = STRAY * np.nanpercentile(lengths[:, known], LONGEST, axis=0)
    return out


def trusted(points: Points, sure: Floats, longest: Floats) -> Floats:
    """The confidence (n, L) with 0 for landmarks that a bone of impossible length leads to."""
    frames, bones = np.nonzero(bone_lengths(points) > longest)
    if not len(frames):
        return sure
    sure = sure.copy()
    sure[frames, _FAR_END[bones]] = 0.0
    return sure


def confidence(
    image: NDArray[np.floating], visibility: Floats, size: tuple[int, int], margin: float
) -> Floats:
    """Visibility (..., L), 0 where it is not known, and outside the picture of ``size`` (w, h).

    ``margin``: this close to the border (share of the picture) counts as outside.
    """
    w, h = size
    x, y = image[..., 0], image[..., 1]
    inside = (x > margin * w) & (x < (1 - margin) * w) & (y > margin * h) & (y < (1 - margin) * h)
    return np.where(inside & (visibility > 0), visibility, 0.0)


def seen(
    image: NDArray[np.floating],
    visibility: NDArray[np.floating],
    size: tuple[int, int],
    least: float,
    margin: float,
) -> Bools:
    """Which landmarks (..., L) have at least ``least`` of `confidence`."""
    shown: Bools = confidence(image, visibility, size, margin) >= least
    return shown


def plane(image: NDArray[np.floating]) -> Points:
    """Pixels (..., L, 2), y down, to complex points (..., L), y up."""
    points: Points = to_plane(image.astype(np.float64))
    return points


def middle(points: Points, joint: str) -> Points:
    """The middle (...) between the left and the right joint of a name, of points (..., L)."""
    between: Points = (points[..., INDEX[f"left_{joint}"]] + points[..., INDEX[f"right_{joint}"]]) / 2
    return between


def masked(points: Points, mask: Bools) -> Points:
    """The points where ``mask`` holds, NaN elsewhere."""
    return np.where(mask, points, complex(np.nan, np.nan))
