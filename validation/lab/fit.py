"""Fits `sensor.toml` to half of the bench's clips, and says how it holds on the others.

Looks of `full` on every frame against the joints that were drawn, as `validation.sensor` keeps them.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.store import load_poses
from formcheck.types import PoseSequence
from formcheck.types.landmark import MIRROR, NAMES
from sample_videos.drawn.figure import play
from validation.lab.sensor import FILE, HIDDEN, LEGS, Errors, Fitted, group_of, root_of, seen, trunk_px
from validation.sensor.looks import CACHE
from validation.sensor.score import JOINTS, PAIRS, exchanges
from validation.sensor.suite import TAKES, Take

Array = NDArray[np.float64]
Pair = tuple[PoseSequence, PoseSequence]

WAY = "full_raw"
#: Unrest is read off joints slower than this, trunk lengths a second; what speed adds off the others.
SLOW = 0.5
#: Median length of a vector of two normal numbers, over the square root of two; median of a normal number.
RAYLEIGH, NORMAL = 0.8326, 0.6745
#: Numbers that the bench cannot tell: how long what is exchanged or lost lasts, s. Judgement.
EXCHANGE_S, LOST_S = 0.15, 0.2


def pairs(takes: Sequence[Take]) -> list[Pair]:
    """What was drawn and what was seen, of clips that have been looked at."""
    found = [(take, CACHE / f"{take.name}__{WAY}.npz") for take in takes]
    return [(play(take.clip.script).poses, load_poses(path)) for take, path in found if path.exists()]


def fit(known: Sequence[Pair]) -> Fitted:
    """The numbers of these clips."""
    of: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    hard, lost, swapped = [], [], []
    for true, look in known:
        for kind, group, numbers in _joints(true, look):
            of[kind, group].append(numbers)
        hard.append(np.log(figures(true, look)["mean"]))
        lost.append(1 - look.found.mean())
        if (np.nanmedian(true.visibility, axis=0) < HIDDEN).any():
            crossed, shows = _exchanges(true, look)
            swapped.append(crossed[shows].mean() if shows.any() else 0.0)
    errors: dict[str, dict[str, Errors]] = {"seen": {}, "hidden": {}}
    spread = float(np.std(hard))
    for (kind, group), rows in of.items():
        errors[kind][group] = _summed(rows)
    for group, numbers in errors["seen"].items():
        errors["hidden"].setdefault(group, numbers)
    return Fitted(spread, float(np.mean(swapped)), EXCHANGE_S, float(np.mean(lost)), LOST_S, errors)


def _summed(rows: Sequence[dict[str, float]]) -> Errors:
    """Medians over clips; of unrest and its tails geometric means, and how much unrest differs."""

    def of(name: str) -> float:
        return float(np.nanmedian([row[name] for row in rows]))

    noise = np.log([row["noise"] for row in rows if row["noise"] > 0])
    # Tails differ much between clips: by their mean feet would be astray twice as far as they are seen to be.
    tail = float(np.exp(np.mean(np.log([row["tail"] for row in rows]))))
    return Errors(
        of("offset") / RAYLEIGH, float(np.exp(np.mean(noise))), float(np.std(noise)), _bursts(tail),
        of("lasts_s"), of("speed_s"), of("follows"), of("pull"), of("depth"), of("visibility"),
        float(np.std([row["visibility"] for row in rows])),
    )  # fmt: skip


def _joints(true: PoseSequence, look: PoseSequence) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Every landmark of a clip: whether it is hidden, its group, its numbers.

    Exchanged legs are simulated as such: here they are no unrest.
    """
    n, fps = min(len(true), len(look)), 1 / float(np.median(np.diff(true.t)))
    legs = look.found[:n] & ~_exchanges(true, look)[0]
    image = true.image[:n].astype(float) / trunk_px(true.image)
    error = look.image[:n] / trunk_px(true.image) - image
    hidden = np.nanmedian(true.visibility, axis=0) < HIDDEN
    speed = np.linalg.norm(np.gradient(image, axis=0), axis=-1) * fps
    for i, name in enumerate(NAMES):
        found = legs if i in LEGS else look.found[:n]
        way = (image[:, MIRROR[i]] - image[:, i])[found]
        off = error[found, i]
        pull = float(np.sum(way * off) / np.sum(way**2)) if hidden[i] and np.sum(way**2) > 0 else 0.0
        pull = float(np.clip(pull, 0.0, 1.0))
        off = off - pull * way
        rest = off - np.median(off, axis=0)
        slow = speed[found, i] < SLOW
        noise, fast = (_spread(rest[those]) for those in (slow, ~slow))
        grows = (
            np.sqrt(max(fast**2 - np.nan_to_num(noise) ** 2, 0.0)) / np.median(speed[found, i][~slow])
            if np.isfinite(fast)
            else np.nan
        )
        deep = look.world[:n, i, 2][found].astype(float), true.world[:n, i, 2][found].astype(float)
        v = np.clip(np.median(look.visibility[:n, i][found]), 1e-3, 1 - 1e-4)
        yield "hidden" if hidden[i] else "seen", group_of(name), {
            "offset": float(np.sqrt(np.mean(np.median(off, axis=0) ** 2))), "noise": noise,
            "tail": _tail(rest), "lasts_s": _lasts(rest, fps), "speed_s": grows, "pull": pull,
            "follows": _alike(rest, error[found, root_of(name)]) if root_of(name) != i else 0.0,
            "depth": float(np.sqrt(np.mean((deep[0] - deep[1]) ** 2))),
            "visibility": float(np.log(v / (1 - v))),
        }  # fmt: skip


def _spread(rest: Array) -> float:
    """Standard deviation of a coordinate by its median; NaN of too few frames."""
    return float(np.median(np.abs(rest))) / NORMAL if len(rest) > 10 else float("nan")


def _tail(rest: Array) -> float:
    """How much longer than the median the 95th percentile of an error is."""
    middle, most = np.quantile(np.linalg.norm(rest, axis=1), (0.5, 0.95))
    return float(most / max(middle, 1e-9))


def _bursts(tail: float) -> float:
    """What swelling of normal unrest has such a tail."""
    rng = np.random.default_rng(0)
    plain, swells = rng.normal(size=(20_000, 2)), rng.normal(size=(20_000, 1))
    tried = np.linspace(0.0, 1.5, 16)
    return float(np.interp(tail, [_tail(plain * np.exp(c * swells)) for c in tried], tried))


def _lasts(rest: Array, fps: float) -> float:
    """Seconds in which an error fades to 1/e, by what is left after a tenth of a second."""
    lag = max(1, round(0.1 * fps))
    left = np.sum(rest[lag:] * rest[:-lag]) / max(np.sum(rest**2), 1e-12)
    return float(-lag / fps / np.log(np.clip(left, 0.05, 0.98)))


def _alike(rest: Array, other: Array) -> float:
    """Correlation of two errors over time, 0 where they go against each other."""
    other = other - np.median(other, axis=0)
    return float(max(np.sum(rest * other) / np.sqrt(np.sum(rest**2) * np.sum(other**2)), 0.0))


def _exchanges(true: PoseSequence, look: PoseSequence) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(n,) whether the legs are exchanged, and whether it would show."""
    n = min(len(true), len(look))
    return exchanges(
        look.image[:n].astype(float), true.image[:n].astype(float), trunk_px(true.image), PAIRS["legs"]
    )


def figures(true: PoseSequence, look: PoseSequence) -> dict[str, float]:
    """What is compared of what was seen and what is simulated; of the joints of trunk and limbs."""
    n, fps = min(len(true), len(look)), 1 / float(np.median(np.diff(true.t)))
    error = (look.image[:n].astype(float) - true.image[:n])[:, JOINTS] / trunk_px(true.image)
    far = np.linalg.norm(error, axis=2)
    speed = np.linalg.norm(np.gradient(true.image[:n].astype(float), axis=0), axis=2)[:, JOINTS]
    offset = np.nanmedian(error, axis=0)
    rest = np.nan_to_num(error - offset)
    return {
        "mean": float(np.nanmean(far)), "p95": float(np.nanquantile(far, 0.95)),
        "fastest tenth": float(np.nanmean(far[speed >= np.quantile(speed, 0.9)])),
        "offset's share": float(np.sum(offset**2) / np.nanmean(np.sum(error**2, axis=(1, 2)))),
        "fades in, s": float(np.median([_lasts(rest[:, j], fps) for j in range(len(JOINTS))])),
        "hardly visible": float(np.nanmean(look.visibility[:n][:, JOINTS] < 0.5)),
    }  # fmt: skip


def page(held: Sequence[Pair], by: Fitted) -> list[str]:
    """How simulated looks compare with real ones on clips that were not fitted on, as Markdown."""
    real = [figures(*pair) for pair in held]
    rng = np.random.default_rng(0)
    made = [figures(true, seen(true, rng, by=by)) for true, _ in held]
    lines = ["| figure | looked at, median (p10, p90) | simulated |", "|---|---|---|"]
    for name in real[0]:
        cells = [
            "{1:.3f} ({0:.3f}, {2:.3f})".format(*np.quantile([f[name] for f in rows], (0.1, 0.5, 0.9)))
            for rows in (real, made)
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def write(by: Fitted, clips: int) -> None:
    """Keep the numbers as data."""
    lines = [
        f"# Fitted to {clips} drawn clips (every second of the bench) by `{WAY}`, the real landmarker:",
        "# python -m validation.lab.fit. Lengths in trunk lengths, depth in metres; see `sensor.Errors`.",
        "[clip]",
    ]
    lines += [f"{name} = {getattr(by, name):.4f}" for name in
              ("spread", "exchanged", "exchange_s", "lost", "lost_s")]  # fmt: skip
    for kind, groups in by.errors.items():
        for group, numbers in sorted(groups.items()):
            lines += ["", f"[{kind}.{group}]"]
            lines += [f"{f.name} = {getattr(numbers, f.name):.4f}" for f in fields(Errors)]
    FILE.write_text("\n".join([*lines, ""]), encoding="utf-8")


def main() -> None:
    """Fit on even takes, write, and show the odd ones."""
    known = pairs(TAKES[::2])
    by = fit(known)
    write(by, len(known))
    sys.stdout.write("\n".join([*page(pairs(TAKES[1::2]), by), ""]))


if __name__ == "__main__":
    main()
