"""Asides: movements apart from the set and unlike it, though each alone would count as an attempt."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

from formcheck.engine.count.passed_over import amount
from formcheck.engine.count.segment import Attempt
from formcheck.types.body import Points
from formcheck.types.landmark import INDEX, MIRROR
from formcheck.types.reason import Reason

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]

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
#: Of fewer nobody knows what the set is, or, with all else in another view, of fewer than the second number;
#: more asides, or more than a share of the set, are a set of their own.
LEAST_SET, LEAST_ELSEWHERE, MOST_ASIDES, SHARE = 3, 2, 3, 0.7
#: Nor is alike what lasts so many times as long or as short, of what another view shows together with how
#: many times as far it goes. Judgement: of 146 counted clips of real people it made 3 better and none worse.
RHYTHM = 1.7
#: Whoever first or last ends so far from where he began gets into position or out of it: joints on the mean,
#: trunk lengths, and so many times as far as usual. Of 1750 repetitions of simulated strangers (even seeds) 2
#: did, of 63 other movements that counted 7; of RepCount 4 counts came nearer the truth and 1 went farther.
ELSEWHERE, UNUSUAL = 0.35, 5.0
#: So much of two movements must be seen to compare them.
LEAST_SEEN = 0.25
_JOINTS = [
    INDEX[f"{side}_{joint}"]
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    for side in ("left", "right")
]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]


@dataclass(frozen=True, slots=True, eq=False)
class Movements:
    """What would be attempts in one view of a clip.

    Attributes
    ----------
    signal : what they are counted by.
    t, q : (T,) seconds and that signal; NaN not seen.
    body : (T, L) its landmarks in trunk lengths; NaN not seen.
    attempts : in the order of time.
    """

    signal: str
    t: Floats
    q: Floats
    body: Points
    attempts: Sequence[Attempt]


@dataclass(frozen=True, slots=True)
class Aside:
    """From ``start_s`` to ``end_s`` no repetition, and why."""

    start_s: float
    end_s: float
    why: Reason


def asides(views: Sequence[Movements]) -> tuple[Aside, ...]:
    """Those of the attempts that are none.

    Attempts between two rests are a bout, in one view. Bouts with something alike are of one set, the largest
    of which is the exercise. A bad, short or last tired repetition is in the rhythm of the set, or alike: it
    stays. The first and the last end where they began.
    """
    views = [shown for shown in views if shown.attempts]
    if not views:
        return ()
    found = _Compared.of(views)
    back = ~found.elsewhere
    moved_on = [found.moved_on(int(i)) for i in np.flatnonzero(~back)]
    return (*moved_on, *_apart(found.only(back)))


def _apart(found: "_Compared") -> tuple[Aside, ...]:
    """Those that are apart from the set, of attempts that end where they began."""
    if len(found.attempts) < LEAST_SET:
        return ()
    begins = found.bouts()
    like = np.logical_or.reduceat(np.logical_or.reduceat(found.like, begins, axis=0), begins, axis=1)
    _, kind = scipy.sparse.csgraph.connected_components(like, directed=False)
    kinds = np.repeat(kind, np.diff([*begins, len(found.attempts)]))
    size = np.bincount(kinds)
    of_set = kinds == size.argmax()
    apart = size[kinds] <= min(MOST_ASIDES, SHARE * size.max())
    if size.max() < LEAST_SET:
        apart &= (size.max() >= LEAST_ELSEWHERE) & ~np.isin(found.view, found.view[of_set])
    return tuple(found.aside(int(i), of_set) for i in np.flatnonzero(apart))


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """The attempts of all views in the order of time.

    Attributes
    ----------
    view : (n,) which view each is of.
    pose : (n, n) how far their joints are apart, trunk lengths; NaN where that is not comparable.
    alike : (n,) no farther for those of one kind.
    rhythm : (n, n) logarithm of how much longer one goes, and in another view, by the same signal, how much
        farther.
    ends : (n,) how far joints are at its end from where they were at its start, trunk lengths.
    """

    attempts: Sequence[Attempt]
    view: NDArray[np.intp]
    pose: Floats
    alike: Floats
    rhythm: Floats
    ends: Floats

    @classmethod
    def of(cls, views: Sequence[Movements]) -> "_Compared":
        every = sorted(
            ((a, i) for i, shown in enumerate(views) for a in shown.attempts), key=lambda one: one[0].start_s
        )
        attempts, view = [a for a, _ in every], np.array([i for _, i in every])
        pose, alike = np.full((len(every), len(every)), np.nan), np.full(len(every), ALIKE)
        ends = np.full(len(every), np.nan)
        for i, shown in enumerate(views):
            own = np.flatnonzero(view == i)
            courses = _courses(shown.t, shown.q, shown.body, shown.attempts)
            pose[np.ix_(own, own)] = apart = _differences(courses)
            ends[own] = [_off(course[0], course[-1]) for course in courses]
            near = np.fmin.reduce(apart, axis=1)
            if np.isfinite(near).any():
                alike[own] = max(ALIKE, SPREAD * float(np.nanmedian(near)))
        long = np.log([a.seconds for a in attempts])
        far = np.log([a.excursion for a in attempts])
        signal = np.array([views[i].signal for i in view])
        by_it = (view[:, None] != view) & (signal[:, None] == signal)
        farther = np.where(by_it, far[:, None] - far, 0.0)
        return cls(attempts, view, pose, alike, np.hypot(long[:, None] - long, farther), ends)

    def only(self, rows: Bools) -> "_Compared":
        """Some of them."""
        attempts = [a for a, kept in zip(self.attempts, rows, strict=True) if kept]
        both = np.ix_(rows, rows)
        return _Compared(
            attempts, self.view[rows], self.pose[both], self.alike[rows], self.rhythm[both], self.ends[rows]
        )

    @property
    def elsewhere(self) -> Bools:
        """(n,) whether it ends in another posture than it began in, as all before or all after it do."""
        known = self.ends[np.isfinite(self.ends)]
        far = self.ends > max(ELSEWHERE, UNUSUAL * float(np.median(known)) if len(known) else np.inf)
        edge: Bools = np.logical_and.accumulate(far) | np.logical_and.accumulate(far[::-1])[::-1]
        return edge

    def moved_on(self, i: int) -> Aside:
        """One of them that ends elsewhere."""
        one = self.attempts[i]
        return Aside(one.start_s, one.end_s, Reason("ends_elsewhere", off=amount(float(self.ends[i]), "S")))

    @property
    def like(self) -> Bools:
        """(n, n) whether two may be of one kind."""
        found: Bools = ~(self.pose > self.alike[:, None]) & (self.rhythm <= np.log(RHYTHM))
        return found

    def bouts(self) -> list[int]:
        """Where the attempts between two rests begin."""
        starts, ends = (np.array([getattr(a, name) for a in self.attempts]) for name in ("start_s", "end_s"))
        rests = starts[1:] - ends[:-1]
        rest = max(REST_S, REST * float(np.median(ends - starts)), RESTS * float(np.median(rests)))
        alone = np.fmin.reduce(self.pose, axis=1) > UNLIKE
        turned = self.view[1:] != self.view[:-1]
        return [0, *(np.flatnonzero((rests > rest) | alone[1:] | alone[:-1] | turned) + 1)]

    def aside(self, i: int, of_set: Bools) -> Aside:
        """One of them, and what parts it from the set."""
        one, off = self.attempts[i], float(np.fmin.reduce(self.pose[i, of_set]))
        usual = float(np.median([a.seconds for a, of in zip(self.attempts, of_set, strict=True) if of]))
        why = Reason("out_of_rhythm", seconds=one.seconds, usual=usual)
        if off > self.alike[i]:
            why = Reason("unlike_the_set", off=amount(off, "S"))
        return Aside(one.start_s, one.end_s, why)


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


def _off(one: Points, other: Points) -> float:
    """How far joints (J,) are apart on the mean, whichever side is which; NaN where too little is seen."""
    off = np.abs(np.stack([other, other[MIRROR]])[:, _JOINTS] - one[_JOINTS])
    seen = np.isfinite(off)
    mean = np.where(seen, off, 0.0).sum(axis=1) / seen.sum(axis=1)
    return float(np.fmin.reduce(np.where(seen.mean(axis=1) >= LEAST_SEEN, mean, np.nan)))


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
