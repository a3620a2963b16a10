"""Left and right, of limbs or of the trunk, that the model has exchanged, put back.

It exchanges the legs of bodies that run, lie or cross them, with full visibility. Exchanged, the left limb
less the right one is turned round, and nothing else changes. That difference moves smoothly, so of all ways
to turn it look by look the likeliest is found: it is a Gaussian process, whose next value the looks before
foretell; the model is right most of the time and wrong for a while, a Markov chain (Viterbi's path).
"""

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from formcheck.types.body import Points
from formcheck.types.landmark import COUNT, INDEX

Bools = NDArray[np.bool_]
Floats = NDArray[np.floating]

#: How far limbs are apart: standard deviation, trunk lengths.
APART = 0.6
#: Standard deviation of where a limb is found, trunk lengths: more than the mean error of `full` on drawn
#: clips, for its errors last from look to look. From 0.08 to 0.12 made little difference.
ERROR = 0.1
#: How often a second the model begins to exchange limbs: of 40 drawn clips through five ways of looking, from
#: 1 / 20 to 1 / 3 made no difference.
BEGINS = 0.3
#: How often a second it ends that: the more often, the better a long exchange must be proved. In recordings,
#: of 2, 4, 5, 6, 8 and 12, those from 6 on leave a quick lunge at 10 looks a second the wrong way round (a
#: leg named wrongly but for its first and last look), 4 turns round arms that `lite` named rightly, 2 the
#: legs of a runner (40 samples by five ways, 12 clips of the bench). Live, where nobody knows yet which side
#: will return, 50 and 100 leave fewest of 12, 25, 50 and 100, and hardly ever add any.
ENDS, ENDS_LIVE = 5.0, 50.0
#: Degrees of freedom of Student's t: a limb gone astray is no proof. From 4 to 12 made no difference.
TAILS = 6.0
#: A look is foretold from so many before it. From two a runner's legs are not; from four, at 60 frames a
#: second, not through the model's own smoothing, which turns an exchange into a glide.
BEFORE = 6
#: What was not seen may be anywhere, trunk lengths.
_ANYWHERE = 1e3
#: Before the first look there was none for so long, s.
_AGES = 1e9


class _Limbs(NamedTuple):
    """Pairs of limbs.

    Attributes
    ----------
    exchanged : which joints of each are exchanged together.
    compared : which of them show it, of all as many.
    led_by : which of the pairs before them each goes with unless it shows otherwise.
    remembered_s : how long it takes where they are to be forgotten.
    """

    exchanged: tuple[tuple[str, ...], ...]
    compared: tuple[tuple[str, ...], ...]
    led_by: list[int]
    remembered_s: float


_HEAD = ("eye_inner", "eye", "eye_outer", "ear", "mouth")
#: Front taken for back exchanges all of the body. Knees go with feet, for they meet where feet are apart. A
#: runner takes three steps a second, but turns round more slowly: of 0.3, 0.6 and 1 s the last left fewest
#: exchanged.
_LIMBS = (
    _Limbs((("shoulder", "hip", *_HEAD),), (("shoulder", "hip"),), [0], 1.0),
    _Limbs(
        (("ankle", "heel", "toe"), ("wrist", "pinky", "index", "thumb")),
        (("ankle", "toe"), ("wrist", "index")),
        [0, 0],
        0.3,
    ),
    _Limbs((("knee",), ("elbow",)), (("knee",), ("elbow",)), [0, 1], 0.3),
)

#: (ways, 1 + BEFORE) every way to turn a look and those before it, the newest first.
_EXCHANGED = (np.arange(2 << BEFORE)[:, None] >> np.arange(1 + BEFORE)) & 1
_NEWEST, _LAST = _EXCHANGED[:, 0], _EXCHANGED[:, 1]
#: How many of those there are without the oldest look; the others are these turned round, in reverse.
_WAYS = 1 << BEFORE
_TURNED = (1 - 2 * _EXCHANGED)[:_WAYS]
_PRODUCTS = (_TURNED[:, :, None] * _TURNED[:, None]).reshape(_WAYS, -1).T
#: (2, ways) what each was one look earlier, by whether the look that it has forgotten was exchanged.
_EARLIER = (np.arange(_WAYS) >> 1) + np.array([[0], [_WAYS >> 1]])
#: So many looks are weighed at once: of many more the numbers would not stay in the processor.
_BLOCK = 256


def _at(side: str, joints: tuple[str, ...]) -> list[int]:
    return [INDEX[f"{side}_{joint}"] for joint in joints]


def _surprise(t: Floats, apart: Points, error: Floats, remembered_s: float) -> Floats:
    """(n, limbs, ways) how badly looks continue those before them, in nats.

    Parameters
    ----------
    t : (n, 1 + `BEFORE`) s, the newest first; apart : (n, limbs, joints, 1 + `BEFORE`) left less right;
    error : (n, limbs, 1 + `BEFORE`); remembered_s : as of `_Limbs`.
    """
    lag = np.abs(t[:, :, None] - t[:, None]) * (np.sqrt(5.0) / remembered_s)
    matern = APART**2 * (1.0 + lag + lag**2 / 3.0) * np.exp(-lag)
    cov = matern[:, None] + error[..., None] ** 2 * np.eye(1 + BEFORE)
    weights = np.linalg.solve(cov[..., 1:, 1:], cov[..., 1:, :1])[..., 0]
    spread = cov[..., 0, 0] - (weights * cov[..., 1:, 0]).sum(axis=-1)
    parts = apart * np.concatenate((np.ones_like(spread)[..., None], -weights), axis=-1)[:, :, None]
    squares = (parts.conj().swapaxes(-1, -2) @ parts).real / parts.shape[2]
    missed = squares.reshape(*spread.shape, -1) @ _PRODUCTS
    cost = TAILS * np.log1p(missed / (2.0 * TAILS * spread[..., None]))
    return np.concatenate((cost, cost[..., ::-1]), axis=-1)


def _habit(dt: Floats, ends: float) -> Floats:
    """(n, 1, ways) what the model's habit of naming limbs has against each way, in nats."""
    forgotten = 1.0 - np.exp(-(BEGINS + ends) * dt)
    begun, ended = (x / (BEGINS + ends) * forgotten for x in (BEGINS, ends))
    likely = np.stack([1.0 - begun, begun, ended, 1.0 - ended], axis=-1)
    cost: Floats = -np.log(likely)[:, None, 2 * _LAST + _NEWEST]
    return cost


class _Chain:
    """What is remembered of some pairs of limbs: their last looks, and what every way to turn them costs."""

    def __init__(self, limbs: _Limbs) -> None:
        self._remembered_s = limbs.remembered_s
        self._left, self._right = (
            np.array([_at(side, joints) for joints in limbs.compared]) for side in ("left", "right")
        )
        self._t = np.arange(-BEFORE, 0) * _AGES
        self._apart = np.zeros((BEFORE, *self._left.shape), np.complex128)
        self._error = np.full((BEFORE, len(limbs.led_by)), ERROR)
        self._costs = np.zeros((len(limbs.led_by), _WAYS))

    def over(self, t: Floats, points: Points, seen: Bools, turned: Bools, *, whole: bool) -> Bools:
        """(n, limbs) whether each is exchanged, beyond being ``turned`` (n, limbs); else as `order`."""
        apart = points[:, self._left] - points[:, self._right]
        clear: Bools = np.all(seen[:, self._left] & seen[:, self._right], axis=2)
        apart = np.where(clear[..., None], np.where(turned[..., None], -apart, apart), 0.0)
        times = np.concatenate((self._t, t))
        aparts = np.concatenate((self._apart, apart))
        errors = np.concatenate((self._error, np.where(clear, ERROR, _ANYWHERE)))
        self._t, self._apart, self._error = times[-BEFORE:], aparts[-BEFORE:], errors[-BEFORE:]
        looks = [sliding_window_view(x, 1 + BEFORE, axis=0)[..., ::-1] for x in (times, aparts, errors)]
        came, ways = np.empty((len(t), *self._costs.shape), np.bool_), np.empty(clear.shape, np.intp)
        for start in range(0, len(ways), _BLOCK):
            rows = slice(start, start + _BLOCK)
            t, apart, error = (x[rows] for x in looks)
            costs = _surprise(t, apart, error, self._remembered_s) + _habit(
                t[:, 0] - t[:, 1], ENDS if whole else ENDS_LIVE
            )
            self._follow(costs, came[rows], ways[rows])
        return _back(ways[-1], came) if whole else (ways & 1).astype(np.bool_)

    def _follow(self, costs: Floats, came: Bools, ways: NDArray[np.intp]) -> None:
        """Viterbi: says of each look which way is likeliest by then, and whence every way ``came``."""
        costs = costs.reshape(len(costs), -1, 2, _WAYS)
        now = self._costs
        for i in range(len(costs)):
            named, exchanged = (now[:, _EARLIER] + costs[i]).swapaxes(0, 1)
            np.less(exchanged, named, out=came[i])
            now = np.minimum(named, exchanged)
            ways[i] = now.argmin(axis=1)
        self._costs = now - now.min(axis=1, keepdims=True)


def _back(way: NDArray[np.intp], came: Bools) -> Bools:
    """(n, limbs) whether each was exchanged on the path that ends in a ``way`` (limbs,)."""
    limbs = np.arange(len(way))
    exchanged = np.zeros(came.shape[:2], np.bool_)
    for i in range(len(came) - 1, -1, -1):
        exchanged[i] = way & 1
        way = _EARLIER[came[i, limbs, way].astype(int), way]
    return exchanged


class SideSwapRepair:
    """Keeps left left and right right; remembers from block to block of frames, of any length.

    Parameters
    ----------
    countable : how sure all joints of two limbs must be to be kept apart, 0..1.
    """

    def __init__(self, countable: float) -> None:
        self._countable = countable
        self._chains = [_Chain(limbs) for limbs in _LIMBS]

    def order(self, t: Floats, points: Points, sure: Floats, *, whole: bool = False) -> NDArray[np.intp]:
        """(n, L) where each landmark stands once every limb is on its side.

        A frame without anybody stays as it is and is not remembered.

        Parameters
        ----------
        t, points, sure : (n,) s, (n, L) trunk lengths, (n, L) 0..1.
        whole : these are all frames there are, and what comes after one has a say in it.
        """
        order = np.tile(np.arange(COUNT), (len(points), 1))
        found = np.flatnonzero(~np.isnan(points).all(axis=1))
        if not len(found):
            return order
        t, points, seen = t[found], points[found], sure[found] >= self._countable
        seen &= np.isfinite(points)
        exchanged = np.zeros((len(found), 1), np.bool_)
        for limbs, chain in zip(_LIMBS, self._chains, strict=True):
            led = exchanged[:, limbs.led_by]
            exchanged = led ^ chain.over(t, points, seen, led, whole=whole)
            for column, joints in zip(exchanged.T, limbs.exchanged, strict=True):
                rows = found[column][:, None]
                left, right = _at("left", joints), _at("right", joints)
                order[rows, left], order[rows, right] = right, left
        return order
