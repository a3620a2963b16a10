"""The first looks at somebody, while a model that smooths its landmarks still comes from where it guessed.

The first look is a guess of where the body may be. A model that smooths what it finds comes from there to the
body within some looks, faster than a body moves and slower with every one, and a repetition that begins with
the clip would begin at that guess.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import plane
from formcheck.engine.body.observe import median
from formcheck.engine.capture.cuts import BRIDGE_S
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

#: It has settled within this long, s; how the body moves is then seen until so long after the first look.
SETTLED_S, KNOWN_S = 0.2, 1.0
#: It still comes while the trunk and the legs go more than so many times as fast as they do afterwards, but
#: for the fastest 3 in 100 looks, and faster than so many trunk lengths a second, a metre. Judgement: of
#: 538 labelled inputs 24 have such looks, 12 of them among the 50 push-ups of a yardstick; mostly one
#: look at a time, four at most.
TIMES, USUAL, LEAST = 3.0, 97, 2.0
_PARTS = [INDEX[f"{side}_{part}"] for part in ("shoulder", "hip", "knee") for side in ("left", "right")]


@np.errstate(invalid="ignore", divide="ignore")
def settled(poses: PoseSequence) -> PoseSequence:
    """The raw looks without those in which the model had yet to come to the body: they found nobody."""
    coming = np.zeros(len(poses), np.bool_)
    for looks in _runs(poses):
        coming[looks[: _coming(poses.t[looks], poses.image[looks])]] = True
    if not coming.any():
        return poses
    arrays = {name: getattr(poses, name).copy() for name in ("image", "world", "visibility", "doubt")}
    for array in arrays.values():
        array[coming] = np.nan
    return replace(poses, **arrays)


def _runs(poses: PoseSequence) -> Iterator[NDArray[np.intp]]:
    """The looks that found somebody, from one that did not, or a long time, to the next."""
    looks = np.flatnonzero(poses.looked)
    seen = looks[poses.found[looks]]
    misses = np.cumsum(~poses.found[looks])[poses.found[looks]]
    parted = (np.diff(misses) > 0) | (np.diff(poses.t[seen]) > BRIDGE_S)
    yield from np.split(seen, np.flatnonzero(parted) + 1)


def _coming(t: Floats, image: Floats) -> int:
    """How many of the first looks are still on their way to the body."""
    last = int(np.searchsorted(t, t[:1] + KNOWN_S).max(initial=0))
    points = plane(image[:last])[:, _PARTS]
    trunk = median(np.abs(points[:, :2].mean(axis=1) - points[:, 2:4].mean(axis=1)))
    speed = np.abs(np.diff(points, axis=0)).mean(axis=1) / trunk / np.diff(t[:last])
    first = int(np.searchsorted(t[:last], t[:1] + SETTLED_S).max(initial=0))
    after = speed[first:]
    if not np.isfinite(after).any():
        return 0
    fast = speed[:first] > max(LEAST, TIMES * float(np.nanpercentile(after, USUAL)))
    return int(np.argmin(np.append(fast, False)))
