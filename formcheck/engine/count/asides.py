"""Asides: movements apart from the set and unlike it, though each alone would count as an attempt."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

from formcheck.engine.count.segment import Attempt
from formcheck.types.body import Points
from formcheck.types.landmark import INDEX, MIRROR

Floats = NDArray[np.floating]

#: Poses are compared where the cycle's signal has gone so far out, and back: shares of the usual excursion.
LEVELS = (0.0, 0.25, 0.5, 0.75)
#: Peaks are compared from this share of it on: who stops short is judged for that.
AT_PEAK = 0.8
#: Movements are alike whose joints lie no farther apart than this, trunk lengths, and no farther than so
#: many times what is usual in the clip. Chosen, with the bounds below, on 177 counted clips of real people,
#: where 4 counts came nearer the truth and 1, of a film with cuts, went farther, and on drawn people of even
#: seeds.
ALIKE, SPREAD = 0.15, 2.0
#: Apart from the set is what a rest parts from it: of so many seconds, as long as this share of a repetition,
#: and so many times the usual rest; or, without a rest, what is this unlike all else, trunk lengths.
REST_S, REST, RESTS, UNLIKE = 1.0, 0.5, 2.0, 0.6
#: Of fewer nobody knows what the set is; more asides, or more than a share of it, are a set of their own.
LEAST_SET, MOST_ASIDES, SHARE = 3, 3, 0.7
#: So much of two movements must be seen to compare them.
LEAST_SEEN = 0.25
_JOINTS = [
    INDEX[f"{side}_{joint}"]
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    for side in ("left", "right")
]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]


@dataclass(frozen=True, slots=True)
class Aside:
    """From ``start_s`` to ``end_s`` no repetition: joints are ``unlike`` trunk lengths off the set's."""

    start_s: float
    end_s: float
    unlike: float


def asides(t: Floats, q: Floats, body: Points, attempts: Sequence[Attempt]) -> tuple[Aside, ...]:
    """Those of the attempts that are none.

    Attempts between two rests are a bout. Bouts with something alike are of one set, the largest of which is
    the exercise. A bad, short or last tired repetition is in the rhythm of the set, or alike: it stays.

    Parameters
    ----------
    t, q : (T,) seconds and cycle signal; NaN not seen.
    body : (T, L) its landmarks in trunk lengths; NaN not seen.
    attempts : in the order of time.
    """
    if len(attempts) <= LEAST_SET:
        return ()
    apart = _differences(_courses(t, q, body, attempts))
    alike = max(ALIKE, SPREAD * float(np.nanmedian(np.fmin.reduce(apart, axis=1))))
    begins = _bouts(attempts, apart)
    between = np.fmin.reduceat(np.fmin.reduceat(apart, begins, axis=0), begins, axis=1)
    _, kind = scipy.sparse.csgraph.connected_components(between <= alike, directed=False)
    kinds = np.repeat(kind, np.diff([*begins, len(attempts)]))
    size = np.bincount(kinds)
    if size.max() < LEAST_SET:
        return ()
    unlike = np.fmin.reduce(apart[:, kinds == size.argmax()], axis=1)
    few = size[kinds] <= min(MOST_ASIDES, SHARE * size.max())
    found = zip(attempts, unlike.tolist(), few & np.isfinite(unlike), strict=True)
    return tuple(Aside(a.start_s, a.end_s, off) for a, off, out in found if out)


def _bouts(attempts: Sequence[Attempt], apart: Floats) -> list[int]:
    """Where the attempts between two rests begin."""
    starts, ends = (np.array([getattr(a, name) for a in attempts]) for name in ("start_s", "end_s"))
    rests = starts[1:] - ends[:-1]
    rest = max(REST_S, REST * float(np.median(ends - starts)), RESTS * float(np.median(rests)))
    alone = np.fmin.reduce(apart, axis=1) > UNLIKE
    return [0, *(np.flatnonzero((rests > rest) | alone[1:] | alone[:-1]) + 1)]


def _courses(t: Floats, q: Floats, body: Points, attempts: Sequence[Attempt]) -> Points:
    """(n, M, J) joints from the middle of the hips, in each attempt where the signal reaches `LEVELS`."""
    joints = body - body[:, _HIPS].mean(axis=1, keepdims=True)
    usual = float(np.median([a.excursion for a in attempts]))
    courses = np.full((len(attempts), 2 * len(LEVELS) + 1, body.shape[1]), complex(np.nan, np.nan))
    for course, a in zip(courses, attempts, strict=True):
        first, peak, last = np.searchsorted(t, (a.start_s, a.peak_s, a.end_s))
        for i, level in enumerate(a.base + share * usual for share in LEVELS):
            if level > a.top:
                continue
            below = q[first : last + 1] <= level
            out, back = np.flatnonzero(below[: peak - first + 1]), np.flatnonzero(below[peak - first :])
            course[i] = joints[first + out[-1] if len(out) else first]
            course[-1 - i] = joints[peak + back[0] if len(back) else last]
        if a.excursion >= AT_PEAK * usual:
            course[len(LEVELS)] = joints[peak]
    return courses


def _differences(courses: Points) -> Floats:
    """(n, n) how far joints are apart on the mean, NaN of one and the same and where too little is seen.

    Other side and other way round are alike.
    """
    turned = courses, -courses.conjugate()
    variants = [v[..., joints][..., _JOINTS] for v in turned for joints in (slice(None), MIRROR)]
    one = courses[..., _JOINTS]
    apart = np.full((len(one), len(one)), np.nan)
    for i, course in enumerate(one):
        for variant in variants:
            off = np.abs(variant - course).reshape(len(one), -1)
            seen = np.isfinite(off)
            mean = np.where(seen, off, 0.0).sum(axis=1) / seen.sum(axis=1)
            apart[i] = np.fmin(apart[i], np.where(seen.mean(axis=1) >= LEAST_SEEN, mean, np.nan))
    np.fill_diagonal(apart, np.nan)
    return apart
