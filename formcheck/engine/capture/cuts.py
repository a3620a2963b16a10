"""Where a film is cut: the shots it is made of, and which of them show the body alike."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import middle, plane
from formcheck.engine.body.observe import Observation, median
from formcheck.engine.body.scale import px_per_m
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

#: Nobody knows what happened between two looks further apart than this, s. Judgement.
BRIDGE_S = 0.7
#: From look to look half of the landmarks go farther than this, trunk lengths, and so many times farther than
#: in the steps before and after: the clip was cut. Judgement: bodies speed up and slow down over some frames.
JUMP_S, JUMP_TIMES = 0.3, 4.0
#: To another size, if for so long, and in so many looks, before and after it these percentiles of the body's
#: size are so many times apart. Of 528 labelled inputs 94 jump, as web videos' landmarks often do, 6 of which
#: to another size; 5 more change size from look to look and do not jump. Of these 11, 9 are cuts.
SIZED_S, SIZED_LOOKS, SPREAD, RESIZED = 1.0, 3, (10, 90), 1.2
#: As much as makes looks forget one another, s.
APART_S = 10.0
#: Bodies of one framing differ in size by no more than this share. Judgement.
ALIKE = 0.15


@np.errstate(invalid="ignore", divide="ignore")
def shots(poses: PoseSequence) -> NDArray[np.int32]:
    """(T,) in which shot each frame of raw poses is.

    As the pictures showed it, and where the body has another size at once; what only jumps may be astray.
    """
    looks = np.flatnonzero(poses.found)
    begins = np.diff(poses.shot, prepend=poses.shot[:1]) != 0
    t, image = poses.t[looks], poses.image[looks]
    size = px_per_m(plane(image), poses.world[looks])
    grows = (np.abs(np.diff(np.log(size))) > np.log(RESIZED)) & (np.diff(t) <= BRIDGE_S)
    for row in (np.flatnonzero(jumps(t, image) | grows) + 1).tolist():
        begins[looks[row]] |= _resized(t, size, row)
    return np.cumsum(begins, dtype=np.int32)


def _resized(t: Floats, size: Floats, row: int) -> bool:
    """Whether the body has another size for a while before a look than from it on; unknown, it has none."""
    first, last = np.searchsorted(t, (t[row] - SIZED_S, t[row] + SIZED_S))
    parts = size[first:row], size[row:last]
    if any(np.isfinite(part).sum() < SIZED_LOOKS for part in parts):
        return False
    before, after = (np.nanpercentile(part, SPREAD) for part in parts)
    return bool(max(before[0] / after[1], after[0] / before[1]) > RESIZED)


def jumps(t: Floats, image: Floats) -> NDArray[np.bool_]:
    """(n - 1,) between which looks the whole body jumps, and neither before nor after.

    Parameters
    ----------
    t : (n,) seconds of looks that found somebody.
    image : (n, L, 2) px.
    """
    points = plane(image)
    moved = np.abs(np.diff(points, axis=0))
    both = np.isfinite(moved).any(axis=1)
    steps = np.full(len(moved), np.nan)
    steps[both] = np.nanmedian(moved[both], axis=1)
    trunk = np.abs(middle(points, "shoulder") - middle(points, "hip"))
    beside = np.fmax(np.append(0.0, steps[:-1]), np.append(steps[1:], 0.0))
    far: NDArray[np.bool_] = (steps > JUMP_S * median(trunk)) & (steps > JUMP_TIMES * beside)
    return far & (np.diff(t) <= BRIDGE_S)


def apart(poses: PoseSequence) -> PoseSequence:
    """The poses as if much time lay between shots: nothing leads from one into the next."""
    before = np.concatenate(([0], np.cumsum(np.diff(poses.shot) != 0)))
    return replace(poses, t=poses.t + APART_S * before)


def cuts(poses: PoseSequence) -> list[float]:
    """Seconds at which a shot begins, but the first."""
    return [float(t) for t in poses.t[1:][np.diff(poses.shot) != 0]]


def without_anybody(poses: PoseSequence) -> NDArray[np.bool_]:
    """(T,) the frames of shots in which nobody is found: titles, and what else is cut in."""
    of = np.cumsum(np.diff(poses.shot, prepend=poses.shot[:1]) != 0)
    empty: NDArray[np.bool_] = ~np.bincount(of, poses.found).astype(np.bool_)[of]
    return empty


def alike(pieces: Sequence[Observation | None]) -> list[int]:
    """Which framing each piece has, numbered as they come; one without anybody has that of a neighbour."""
    framings: list[Observation] = []
    out: list[int] = []
    for piece in pieces:
        same = [i for i, one in enumerate(framings) if piece is None or _alike(one, piece)]
        if piece is not None and not same:
            framings.append(piece)
        out.append(out[-1] if piece is None and out else same[0] if same else max(0, len(framings) - 1))
    return out


def _alike(one: Observation, other: Observation) -> bool:
    a, b = one.body, other.body
    opposite = a.facing * b.facing < 0
    sizes = sorted((a.scale_px, b.scale_px))
    return one.view.name == other.view.name and not opposite and sizes[1] <= (1 + ALIKE) * sizes[0]
