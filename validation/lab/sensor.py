"""What BlazePose makes of true joints: `seen` of an exact body, by numbers fitted to the bench of looks.

An error has four parts: a constant offset of each joint in a clip, unrest that is correlated in time and
grows with speed, hidden joints that are guessed near those of the other side, and what goes wrong for
moments.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from formcheck.types import Model, PoseSequence
from formcheck.types.landmark import INDEX, MIRROR, NAMES

Array = NDArray[np.float64]

FILE = Path(__file__).parent / "sensor.toml"
#: Every landmark is of one of these groups, by a word of its name; what has none of them is of the head.
GROUPS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe", "index", "pinky", "thumb")
HANDS = ("index", "pinky", "thumb")
#: Ends go astray with the joint that they hang on: `Errors.follows`.
HANGS = {"heel": "ankle", "toe": "ankle"} | dict.fromkeys(HANDS, "wrist")
LEGS = [INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("knee", "ankle", "heel", "toe")]
#: A landmark whose true visibility is below this is hidden by the body or out of the picture.
HIDDEN = 0.7


def group_of(name: str) -> str:
    """The group of a landmark; of a hand's, "hand"."""
    found = next((word for word in GROUPS if name.endswith(word)), "head")
    return "hand" if found in HANDS else found


def root_of(name: str) -> int:
    """The number of the landmark that one hangs on; its own where it hangs on none."""
    side, _, end = name.partition("_")
    return INDEX[f"{side}_{HANGS[end]}" if end in HANGS else name]


_GROUPS = [group_of(name) for name in NAMES]
_ROOTS = [root_of(name) for name in NAMES]


@dataclass(frozen=True)
class Errors:
    """Of a group of landmarks that are seen, or of one that is hidden; lengths in trunk lengths.

    Attributes
    ----------
    offset, noise : standard deviation of each coordinate, constant in a clip and over time.
    noise_spread : standard deviation of the logarithm of a joint's unrest.
    bursts : standard deviation of the logarithm of how unrest swells and fades in a clip.
    lasts_s : after which unrest has faded to 1/e.
    speed_s : what unrest a speed adds, a trunk length for each trunk length a second.
    follows : correlation of its unrest with that of the joint it hangs on.
    pull : how far toward the same joint of the other side, as a share.
    depth : standard deviation of what is wrong in depth, metres.
    visibility, visibility_sd : mean and spread over clips of its logit.
    """

    offset: float
    noise: float
    noise_spread: float
    bursts: float
    lasts_s: float
    speed_s: float
    follows: float
    pull: float
    depth: float
    visibility: float
    visibility_sd: float


@dataclass(frozen=True)
class Fitted:
    """Everything of `sensor.toml`.

    Attributes
    ----------
    spread : standard deviation of the logarithm of how hard a clip is, against others.
    exchanged, exchange_s : share of the time in which the legs of who is seen from the side are exchanged,
        and for how long at once.
    lost, lost_s : the same of nobody being found.
    errors : by group, of what is seen and of what is hidden.
    """

    spread: float
    exchanged: float
    exchange_s: float
    lost: float
    lost_s: float
    errors: dict[str, dict[str, Errors]]

    def column(self, name: str, hidden: NDArray[np.bool_]) -> Array:
        """(L,) one of the numbers for each landmark."""
        kinds = ["hidden" if h else "seen" for h in hidden]
        of = [self.errors[kind][group] for kind, group in zip(kinds, _GROUPS, strict=True)]
        return np.array([getattr(errors, name) for errors in of])


@cache
def fitted() -> Fitted:
    """The numbers that ``python -m validation.lab.fit`` wrote."""
    words = tomllib.loads(FILE.read_text(encoding="utf-8"))
    errors = {
        kind: {group: Errors(**numbers) for group, numbers in words[kind].items()}
        for kind in ("seen", "hidden")
    }
    return Fitted(**words["clip"], errors=errors)


def seen(true: PoseSequence, rng: np.random.Generator, *, by: Fitted | None = None) -> PoseSequence:
    """What the model would give for exact poses (their visibility says what is hidden), raw.

    Parameters
    ----------
    by : the numbers; None are those of `sensor.toml`.
    """
    by = by or fitted()
    image, world = true.image.astype(float), true.world.astype(float)
    scale = trunk_px(image)
    hidden = np.nanmedian(true.visibility, axis=0) < HIDDEN
    fps = 1.0 / float(np.median(np.diff(true.t)))
    guessed = by.column("pull", hidden)[:, None]
    hard = np.exp(rng.normal(0.0, by.spread))
    wrong = hard * _error(by, hidden, image / scale, fps, rng)
    out = image + guessed * (image[:, MIRROR] - image) + wrong * scale
    metres = _metres_px(image, world)
    deep = world[..., 2] + guessed[:, 0] * (world[:, MIRROR, 2] - world[..., 2])
    deep = (
        deep
        + by.column("depth", hidden) * _correlated(len(true), 1, np.full(len(NAMES), 0.5), fps, rng)[..., 0]
    )
    flat = world[..., :2] + (out - image) * metres
    exchanged = _moments(len(true), by.exchanged if hidden[LEGS].any() else 0.0, by.exchange_s, fps, rng)
    parts = [out, np.concatenate([flat, deep[..., None]], axis=-1), _visibility(true, by, hidden, rng)]
    lost = ~true.found | _moments(len(true), by.lost, by.lost_s, fps, rng)
    for part in parts:
        part[np.ix_(exchanged, LEGS)] = part[np.ix_(exchanged, [MIRROR[i] for i in LEGS])]
        part[lost] = np.nan
    image, world, visibility = parts
    return replace(
        true, image=image, world=world, visibility=visibility, model=Model("full", "0" * 64), clock="raw"
    )


def trunk_px(image: Array) -> float:
    """Length of the trunk in the picture, the median over time of (T, L, 2); at least a pixel."""
    trunk = image[:, [11, 12]].mean(axis=1) - image[:, [23, 24]].mean(axis=1)
    return max(float(np.nanmedian(np.linalg.norm(trunk, axis=1))), 1.0)


def _metres_px(image: Array, world: Array) -> float:
    """Metres a pixel, as the height and width of the body have it."""
    spread = [np.nanmedian(np.ptp(points, axis=1).max(axis=-1)) for points in (world[..., :2], image)]
    return float(spread[0] / spread[1])


def _error(
    by: Fitted, hidden: NDArray[np.bool_], image: Array, fps: float, rng: np.random.Generator
) -> Array:
    """(T, L, 2) offset and unrest, trunk lengths."""
    constant = rng.normal(size=image.shape[1:]) * by.column("offset", hidden)[:, None]
    unrest = _correlated(len(image), 2, by.column("lasts_s", hidden), fps, rng)
    swells = _correlated(len(image), 1, by.column("lasts_s", hidden), fps, rng)
    follows = by.column("follows", hidden)[:, None]
    unrest = follows * unrest[:, _ROOTS] + np.sqrt(1 - follows**2) * unrest
    unrest = unrest * np.exp(by.column("bursts", hidden)[:, None] * swells[:, _ROOTS])
    speed = np.linalg.norm(np.gradient(image, axis=0), axis=-1) * fps
    grows = np.nan_to_num(by.column("speed_s", hidden) * speed)
    restless = np.exp(by.column("noise_spread", hidden) * rng.normal(size=image.shape[1])[_ROOTS])
    size = restless * np.hypot(by.column("noise", hidden), np.minimum(grows, 0.5))
    return constant + unrest * size[..., None]


def _correlated(frames: int, axes: int, lasts_s: Array, fps: float, rng: np.random.Generator) -> Array:
    """(T, L, axes) noise of variance 1 that fades in so many seconds."""
    out = rng.normal(size=(frames, len(lasts_s), axes))
    for keep in np.unique(np.exp(-1.0 / (fps * lasts_s))):
        those = np.exp(-1.0 / (fps * lasts_s)) == keep
        fresh = out[:, those]
        fresh[1:] *= np.sqrt(1 - keep**2)
        out[:, those] = lfilter([1.0], [1.0, -keep], fresh, axis=0)
    return out


def _visibility(true: PoseSequence, by: Fitted, hidden: NDArray[np.bool_], rng: np.random.Generator) -> Array:
    """(T, L) low where a landmark is hidden or outside the picture."""
    shift, spread = by.column("visibility", hidden), by.column("visibility_sd", hidden)
    clear = 1 / (1 + np.exp(-(shift + spread * rng.normal(size=len(NAMES)))))
    inside = np.all((true.image >= 0) & (true.image < (true.width_px, true.height_px)), axis=-1)
    return np.where(inside, clear, 0.05 * clear)


def _moments(
    frames: int, share: float, lasts_s: float, fps: float, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """(T,) spells that together are about so large a share, each of about so many seconds."""
    out = np.zeros(frames, bool)
    spells = rng.poisson(share * frames / (lasts_s * fps)) if share else 0
    for start in rng.integers(0, frames, spells):
        out[start : start + 1 + int(rng.exponential(lasts_s * fps))] = True
    return out
