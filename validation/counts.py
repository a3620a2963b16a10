"""How sure counts are, fitted and tested: ``python -m validation.counts`` (``look`` judges the people anew).

`counts.csv` has, of real people and of simulated strangers of even seeds, what makes each count doubtful and
whether it was exact. Weights are fitted on every second source; the table is of the others.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.count.confidence import WEIGHTS, Count
from formcheck.engine.counted import count_of
from formcheck.engine.recording import bodies_of
from formcheck.engine.session import outcome_of
from formcheck.exercises import find_exercise
from formcheck.pose.store import load_poses
from formcheck.types import PoseSequence
from validation.lab.report import calibration, source_of
from validation.lab.strangers import KINDS, stranger
from validation.labels import KEPT
from validation.manifests import labelled

Array = NDArray[np.float64]

ROWS = Path(__file__).with_name("counts.csv")
#: Sets of real people with counts; seeds of strangers.
REAL, SEEDS = ("clips", "clips2", "corpus", "trials", "repcount"), (100, 102, 104, 106)
#: Weights are held back as by one count of this spread.
RIDGE = 0.5


def looked_at() -> Iterator[dict[str, object]]:
    """A row for each person of whom something was counted."""
    for one in labelled(KEPT / "poses"):
        if one.set in REAL and one.label.named and one.label.attempts and one.label.sure:
            count = _count(load_poses(one.poses), one.label.named)
            yield from _row(one.name, count, one.label.attempts)
    for kind in KINDS:
        for seed in SEEDS:
            poses, truth = stranger(kind, seed)
            if truth.attempts is not None:
                yield from _row(f"lab/{seed}__{kind}", _count(poses, kind), truth.attempts)


def _count(poses: PoseSequence, exercise: str) -> Count | None:
    chosen = find_exercise(exercise)
    bodies = bodies_of(poses, chosen)
    return count_of(outcome_of(bodies, chosen), bodies)


def _row(name: str, count: Count | None, true: int) -> Iterator[dict[str, object]]:
    if count is not None:
        doubts = {doubt: round(value, 3) for doubt, value in count.doubts.items()}
        yield {"name": name, "off": len(count.reps) - true} | doubts


def halves(names: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each belongs to the half that is fitted on: every second source, and every second stranger."""
    sources = [name if name.startswith("lab/") else source_of(name) for name in names]
    order = sorted(set(sources))
    return np.array([order.index(source) % 2 == 0 for source in sources])


def fitted(doubts: Array, right: Array, weighs: Array | None = None) -> Array:
    """The constant and the weights of a logistic regression, by Newton's method; ``doubts`` (N, D).

    ``weighs`` (N,) is what each row weighs; None for all alike.
    """
    weigh = np.ones(len(right)) if weighs is None else weighs
    x = np.column_stack((np.ones(len(doubts)), doubts))
    held = RIDGE * np.diag(np.arange(x.shape[1]) > 0)
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = logistic(x @ weights)
        slope = x.T @ (weigh * (p - right)) + held @ weights
        weights -= np.linalg.solve((x.T * (weigh * p * (1 - p))) @ x + held, slope)
    return weights


def logistic(odds: Array) -> Array:
    """Probabilities of the logs of odds."""
    return np.asarray(1 / (1 + np.exp(-odds)))


def table() -> tuple[list[str], Array, Array]:
    """Names, doubts (N, D) in the order of `WEIGHTS`, and how far each count was off, of `counts.csv`."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    doubts = np.array([[float(row[name]) for name in WEIGHTS] for row in rows])
    return [row["name"] for row in rows], doubts, np.array([float(row["off"]) for row in rows])


def main(words: Sequence[str]) -> None:
    """Fit, and say how that holds on the other half."""
    if "look" in words:
        with ROWS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ("name", "off", *WEIGHTS), lineterminator="\n")
            writer.writeheader()
            writer.writerows(looked_at())
    names, doubts, off = table()
    half, right = halves(names), (off == 0).astype(float)
    constant, *weights = fitted(doubts[half], right[half])
    said = logistic(constant + doubts @ np.array(weights))
    lines = [f"constant {constant:.2f}"]
    lines += [f"{name} {weight:.2f}" for name, weight in zip(WEIGHTS, weights, strict=True)]
    for what, lab in (("real people", False), ("strangers", True)):
        mine = ~half & (np.array([name.startswith("lab/") for name in names]) == lab)
        answers = list(zip(said[mine].tolist(), (right[mine] == 1).tolist(), strict=True))
        lines += ["", f"## The other half: {what}", "", *calibration(answers)]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main(sys.argv[1:])
