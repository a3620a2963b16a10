"""Left and right, of limbs or of the trunk, that the model has exchanged, put back.

It exchanges the legs of bodies that lie, cross them or are seen from the side, with full visibility.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from formcheck.types.body import Points
from formcheck.types.landmark import COUNT, INDEX

Bools = NDArray[np.bool_]
Floats = NDArray[np.floating]

#: Exchanged labels must fit the frame before this much better than the model's own.
BETTER = 0.6
#: Limbs closer together than this, in trunk lengths, may be crossing: nothing can be known.
APART = 0.25
#: Contradicted for longer than this, less what was agreed meanwhile, the model is believed after all: nobody
#: knows that the first frame was right.
PATIENCE_S = 0.3
#: After a gap this long nothing is remembered.
FORGET_S = 0.2

#: What is exchanged together, and the joints among it that the distance is measured by: no fingers, no heels.
_LIMBS = (
    (("shoulder", "hip"), ("shoulder", "hip")),
    (("knee", "ankle", "heel", "toe"), ("knee", "ankle", "toe")),
    (("elbow", "wrist", "pinky", "index", "thumb"), ("elbow", "wrist")),
)


def _at(side: str, joints: tuple[str, ...]) -> list[int]:
    return [INDEX[f"{side}_{joint}"] for joint in joints]


_JOINTS = [joints for _, joints in _LIMBS]
#: The joints of all pairs of limbs, of each pair the left ones first; and the same with the sides exchanged.
_NAMED, _EXCHANGED = (
    np.array([i for joints in _JOINTS for side in sides for i in _at(side, joints)])
    for sides in (("left", "right"), ("right", "left"))
)
_LEFT, _RIGHT = (np.array([i for joints in _JOINTS for i in _at(s, joints)]) for s in ("left", "right"))
_HIPS = (INDEX["left_hip"], INDEX["right_hip"])
_SIZES = [len(joints) for joints in _JOINTS]
#: Where each pair of limbs begins among the joints of one side, and of both.
_ONE_SIDE = np.cumsum([0, *_SIZES[:-1]])
_BOTH_SIDES = 2 * _ONE_SIDE
#: For each pair of limbs its distances in the order of the exchanged ones, by their place among all.
_RETURNED = [
    np.r_[start + half : start + 2 * half, start : start + half]
    for start, half in zip(_BOTH_SIDES.tolist(), _SIZES, strict=True)
]


def _swap(joints: tuple[str, ...]) -> NDArray[np.intp]:
    """(L,) where each landmark stands once those joints are exchanged."""
    order = np.arange(COUNT)
    left, right = _at("left", joints), _at("right", joints)
    order[left], order[right] = right, left
    return order


_SWAPS = [_swap(joints) for joints, _ in _LIMBS]


class _Steps:
    """What (n) frames say of the pairs of limbs against the frame before each.

    Parameters
    ----------
    last, points : (n, L) of the frame before, and of the frame.
    clear : (n, 3) whether the limbs were seen, and far enough apart, in both.
    """

    def __init__(self, last: Points, points: Points, clear: Bools) -> None:
        last = last[:, _NAMED]
        self._same, self._other = (np.abs(points[:, joints] - last) for joints in (_NAMED, _EXCHANGED))
        same, other = (np.add.reduceat(x, _BOTH_SIDES, axis=1) for x in (self._same, self._other))
        self._clear = clear
        #: (n, 3) whether the model exchanged them, if the frame before was as it named them.
        self.exchanged = clear & (other < BETTER * same)

    def returned(self, i: int, pair: int) -> bool:
        """Whether a frame fits better as the model named it, where the one before was exchanged."""
        if not self._clear[i, pair]:
            return False
        same, other = (float(x[i, _RETURNED[pair]].sum()) for x in (self._same, self._other))
        return other < BETTER * same


@dataclass(slots=True)
class _Limbs:
    """What is remembered of one pair of limbs: whether it is exchanged, and for how long, net."""

    pair: int
    exchange: bool = False
    doubt_s: float = 0.0

    def over(self, dt: Floats, broken: Bools, steps: _Steps) -> tuple[list[int], int]:
        """The frames in which to exchange the limbs, and how often the model has exchanged them.

        ``dt`` (n,) seconds since the frame before; ``broken`` (n,) whether nothing is remembered of it.
        """
        found = np.flatnonzero(steps.exchanged[:, self.pair]).tolist()
        exchange: list[int] = []
        times = i = 0
        while True:
            if not (self.exchange or self.doubt_s):  # nothing happens until the next exchange
                i = next((k for k in found if k >= i), len(dt))
            if i >= len(dt):
                return exchange, times
            if broken[i]:
                self.exchange, self.doubt_s = False, 0.0
            fired = steps.returned(i, self.pair) if self.exchange else i in found
            self._take(min(FORGET_S, float(dt[i])), fired=fired)
            if self.exchange:
                exchange.append(i)
                times += fired
            i += 1

    def _take(self, dt: float, *, fired: bool) -> None:
        self.exchange = self.exchange != fired
        self.doubt_s = max(0.0, self.doubt_s + (dt if self.exchange else -dt))
        if self.doubt_s > PATIENCE_S:
            self.exchange, self.doubt_s = False, 0.0


@dataclass(slots=True)
class SideSwapRepair:
    """Keeps left left and right right; remembers from block to block of frames, of any length.

    ``countable``: how sure all joints of two limbs must be to be kept apart, 0..1.
    """

    countable: float
    exchanges: int = 0
    _limbs: tuple[_Limbs, ...] = field(default_factory=lambda: tuple(map(_Limbs, range(len(_LIMBS)))))
    _t: float = -np.inf
    _last: Points = field(default_factory=lambda: np.zeros((1, COUNT), np.complex128))
    #: (1, 3) how far apart the limbs of each pair were; NaN not seen.
    _apart: Floats = field(default_factory=lambda: np.full((1, len(_LIMBS)), np.nan))

    def order(self, t: Floats, points: Points, sure: Floats) -> NDArray[np.intp]:
        """(n, L) where each landmark stands once every limb is on its side; frames as `over` takes them."""
        frames = np.tile(np.arange(COUNT), (len(points), 1))
        found = np.flatnonzero(~np.isnan(points).all(axis=1))
        if len(found):
            for rows, swap in zip(self._exchanges(t[found], points[found], sure[found]), _SWAPS, strict=True):
                frames[found[rows]] = frames[found[rows]][:, swap]
        return frames

    def over(self, t: Floats, points: Points, sure: Floats) -> tuple[Points, Floats]:
        """Points (n, L), in trunk lengths, and confidence (n, L) with every limb on its side.

        A frame without anybody stays as it is and is not remembered.
        """
        order, rows = self.order(t, points, sure), np.arange(len(points))[:, None]
        return points[rows, order], sure[rows, order]

    def _exchanges(self, t: Floats, points: Points, sure: Floats) -> list[list[int]]:
        """For each pair of limbs the frames in which it is exchanged."""
        dt = t - np.concatenate(((self._t,), t[:-1]))
        centred = points - ((points[:, _HIPS[0]] + points[:, _HIPS[1]]) / 2)[:, None]
        apart = np.where(_seen(sure, self.countable), _apart(points), np.nan)
        last = np.concatenate((self._last, centred[:-1]))
        was_apart = np.concatenate((self._apart, apart[:-1]))
        self._t, self._last, self._apart = float(t[-1]), centred[-1:], apart[-1:]
        near = (dt <= FORGET_S)[:, None]
        clear = near & (was_apart >= APART) & (apart >= was_apart / 2)
        quiet = not any(limbs.exchange or limbs.doubt_s for limbs in self._limbs)
        if quiet and not clear.any():
            return [[] for _ in _LIMBS]
        steps = _Steps(last, centred, clear)
        if quiet and not steps.exchanged.any():
            return [[] for _ in _LIMBS]
        broken = np.isnan(apart) | ~near
        exchanges = [limbs.over(dt, broken[:, limbs.pair], steps) for limbs in self._limbs]
        self.exchanges += sum(times for _, times in exchanges)
        return [frames for frames, _ in exchanges]


def _seen(sure: Floats, countable: float) -> Bools:
    """(n, 3) whether all joints of each pair of limbs are."""
    seen: Bools = np.minimum.reduceat(sure[:, _NAMED], _BOTH_SIDES, axis=1) >= countable
    return seen


def _apart(points: Points) -> Floats:
    """(n, 3) how far the limbs of each pair are from one another where they are farthest."""
    apart: Floats = np.maximum.reduceat(np.abs(points[:, _LEFT] - points[:, _RIGHT]), _ONE_SIDE, axis=1)
    return apart
