"""Fits the tables of doubt in `formcheck/sensor/profiles`, and says how often what they say holds on others.

``python -m validation.sensor.doubt full_raw heavy_3``: by what the bench saw in these ways. A table is fitted
by quantile regression (Koenker) of the logarithm of the error, every clip weighing the same, and judged on
people, and on scenes, that it was not fitted on.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import rankdata

from formcheck.engine.body.doubt import signs_of
from formcheck.engine.body.restore import order_of, restored, sided
from formcheck.pose.store import load_poses
from formcheck.sensor import profile_for
from formcheck.sensor.doubt import Parts, part_of
from formcheck.types import PoseSequence
from formcheck.types.landmark import NAMES
from validation.sensor.looks import CACHE
from validation.sensor.sights import Truth

Floats = NDArray[np.floating]

#: Of 100 landmarks so many lie within what is said; the promise of `PoseSequence.doubt`.
SHARE = 0.95
PARTS = tuple(Parts.model_fields)
_PART = np.array([PARTS.index(part_of(name)) for name in NAMES])
#: How many landmarks are fitted on, by chance; more of clips of seconds say nothing new.
_ENOUGH = 60_000
#: The kink of the loss is rounded off within this share of the error; less than a trunk's thousandth is none.
_ROUND, _LEAST_ERROR = 0.02, 0.001
#: An error that a verdict feels, trunk lengths.
GROSS = 0.15
LEVELS = (0.05, 0.075, 0.1, 0.15, 0.2)
_FOLDS, _RESAMPLED = 6, 500
#: Where the search for what shaking, hiding and lying add begins.
START = (5.0, 0.1, 0.1)


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """(n) landmarks of looks with what is known of them.

    Attributes
    ----------
    signs : (n, 3) shaking, hidden, lying.
    part : (n,) number in `PARTS`.
    error : (n,) distance of the restored landmark from the truth, trunk lengths.
    visibility : (n,) as the model gave it.
    clip, person, scene : (n,) where it was seen.
    """

    signs: Floats
    part: NDArray[np.integer]
    error: Floats
    visibility: Floats
    clip: NDArray[np.str_]
    person: NDArray[np.str_]
    scene: NDArray[np.str_]

    def only(self, rows: Any) -> "Landmarks":
        """Some of them."""
        return Landmarks(*(getattr(self, field.name)[rows] for field in fields(self)))

    @property
    def weight(self) -> Floats:
        """(n,) so that every clip weighs the same, together 1."""
        clips, which, n = np.unique(self.clip, return_inverse=True, return_counts=True)
        weight: Floats = 1.0 / n[which] / len(clips)
        return weight


def landmarks(way: str, folder: str = "") -> Landmarks:
    """All landmarks that a way looked at, inside the picture; of the clips in a folder of the cache."""
    paths = sorted((CACHE / folder).glob(f"*__{way}.npz"))
    clips = [folder + path.stem.removesuffix(f"__{way}") for path in paths]
    every = [_landmarks(clip, load_poses(CACHE / f"{clip}__{way}.npz"), Truth.of(clip)) for clip in clips]
    return Landmarks(
        *(np.concatenate([getattr(x, field.name) for x in every]) for field in fields(Landmarks))
    )


def _landmarks(clip: str, poses: PoseSequence, truth: Truth) -> Landmarks:
    placed, whole, found = sided(poses, order_of(poses)), restored(poses), poses.found
    signs, away = signs_of(placed), np.linalg.norm(whole.image - truth.image[: len(poses)], axis=2)
    error, lying = away[found] / truth.scale, np.broadcast_to(signs.lying, signs.shaking.shape)
    kept = np.isfinite(error) & np.isfinite(signs.shaking) & _inside(whole)[found]
    return Landmarks(
        np.stack([x[kept] for x in (signs.shaking, signs.hidden, lying)], axis=1),
        np.broadcast_to(_PART, error.shape)[kept],
        error[kept],
        placed.visibility[found][kept],
        *(np.repeat(x, np.count_nonzero(kept)) for x in (clip, truth.more["person"], truth.more["scene"])),
    )


def _inside(poses: PoseSequence) -> NDArray[np.bool_]:
    """(T, L) what lies in the picture and not at its border, where it is believed at all."""
    margin = profile_for(poses.model).trust.margin
    place = poses.image / np.array([poses.width_px, poses.height_px])
    inside: NDArray[np.bool_] = ((place > margin) & (place < 1 - margin)).all(axis=2)
    return inside


def fitted(seen: Landmarks) -> Floats:
    """The base of each part, then what each sign adds, all of them at least 0."""
    if len(seen.error) > _ENOUGH:
        seen = seen.only(np.random.default_rng(0).choice(len(seen.error), _ENOUGH, replace=False))
    squares, error, weight = _squares(seen), np.log(seen.error + _LEAST_ERROR), seen.weight

    def loss(x: Floats) -> tuple[float, Floats]:
        square = squares @ x**2
        over = error - np.log(square) / 2
        hinge = np.maximum(over, 0) + _ROUND * np.log1p(np.exp(-np.abs(over) / _ROUND))
        slope = expit(over / _ROUND) - (1 - SHARE)
        return float(weight @ (hinge - (1 - SHARE) * over)), -(weight * slope / square) @ squares * x

    start = np.r_[np.full(len(PARTS), 0.1), START]
    least = [_LEAST_ERROR] * len(PARTS) + [0.0] * len(START)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(x, None) for x in least]).x)


def _squares(seen: Landmarks) -> Floats:
    """(n, parts + signs) what the squares of a table are multiplied by, for the square of the doubt."""
    return np.concatenate((seen.part[:, None] == np.arange(len(PARTS)), seen.signs**2), axis=1)


def said(table: Floats, seen: Landmarks) -> Floats:
    """(n,) the doubt of each landmark by a fitted table, trunk lengths."""
    return np.sqrt(_squares(seen) @ table**2)


def held_out(seen: Landmarks, by: NDArray[np.str_]) -> Floats:
    """(n,) the doubt of each landmark by a table that knows nobody of its own group."""
    groups, which = np.unique(by, return_inverse=True)
    doubt = np.full(len(seen.error), np.nan)
    for fold in range(min(_FOLDS, len(groups))):
        rows = which % _FOLDS == fold
        doubt[rows] = said(fitted(seen.only(~rows)), seen.only(rows))
    return doubt


def coverage(doubt: Floats, seen: Landmarks) -> Iterator[str]:
    """For each level how many are said to be within it, and the share of them that are, with 95 % bounds."""
    _, which = np.unique(seen.clip, return_inverse=True)
    drawn = np.random.default_rng(0).integers(0, which.max() + 1, (_RESAMPLED, which.max() + 1))
    for level in LEVELS:
        within = doubt <= level
        many, right = (np.bincount(which, within & x) for x in (True, seen.error <= level))
        share = right[drawn].sum(axis=1) / np.maximum(many[drawn].sum(axis=1), 1)
        low, high = np.quantile(share, (0.025, 0.975))
        hits = right.sum() / max(many.sum(), 1)
        yield f"{level}: {within.mean():.0%} said, {hits:.1%} ({low:.1%} to {high:.1%}) are"


def auc(sign: Floats, bad: NDArray[np.bool_]) -> float:
    """How often a bad landmark has more of the sign than a good one."""
    n = np.count_nonzero(bad)
    return float((rankdata(sign)[bad].sum() - n * (n + 1) / 2) / (n * (len(bad) - n)))


def report(way: str) -> Iterator[str]:
    """The table that fits best, and what it is worth."""
    seen = landmarks(way)
    clips, people, scenes = (len(np.unique(x)) for x in (seen.clip, seen.person, seen.scene))
    bad = seen.error > GROSS
    yield f"{way}: {clips} clips, {people} people, {scenes} scenes"
    yield f"  {bad.mean():.1%} err by more than {GROSS}"
    table = fitted(seen)
    base = ", ".join(f"{part} = {x:.3f}" for part, x in zip(PARTS, table, strict=False))
    shaking, hidden, lying = table[len(PARTS) :]
    yield f"  base = {{ {base} }}"
    yield f"  shaking = {shaking:.2f}, hidden = {hidden:.3f}, lying = {lying:.3f}"
    for name, by in (("people", seen.person), ("scenes", seen.scene)):
        doubt = held_out(seen, by)
        yield f"  held out by {name}: {np.mean(seen.error <= doubt):.1%} within what is said of them"
        yield from (f"    {line}" for line in coverage(doubt, seen))
        yield f"    AUC of doubt {auc(doubt, bad):.3f}, of visibility {auc(-seen.visibility, bad):.3f}"


def main(ways: Iterable[str]) -> None:
    """Report on the ways of these names."""
    for way in ways:
        for line in report(way):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
