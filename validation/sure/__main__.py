"""``python -m validation.sure``: fit how sure faults are, and say how that holds and what it costs.

``look`` judges everybody anew, ``real`` labelled people, in whom nothing is fitted. The weights are of all
people of whom the truth is known; the tables are of each person by weights of others.
"""

import csv
import sys
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.judge.sure import LEAST, LEAST_SAFETY, WEIGHTS
from validation.counts import fitted, logistic
from validation.lab.report import calibration, share
from validation.sure.real import real
from validation.sure.rows import ROWS, look

Array = NDArray[np.float64]

#: What all rows of a set weigh together: simulated people are harder than real ones, drawn ones easier.
SETS = {"strangers": 1.0, "dials": 0.5}
#: So many groups of people; each is judged by weights of the others.
FOLDS = 4
#: Least sureness of what is called a fault, and of what is called sure.
LEASTS, SURE = (0.0, 0.33, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7), (0.8, 0.85, 0.9)


def main(words: Sequence[str]) -> None:
    """Fit, and say how that holds on people left out."""
    if "look" in words:
        look()
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    facts = np.array([[float(row[name]) for name in WEIGHTS] for row in rows])
    right, error, safety = (np.array([row[k] == "1" for row in rows]) for k in ("right", "error", "safety"))
    of, fold = np.array([row["set"] for row in rows]), _folds(rows)
    constant, *weights = _fit(facts, right, of, fold >= 0)
    lines = [f"constant {constant:.2f}"]
    lines += [f"{name} {weight:.2f}" for name, weight in zip(WEIGHTS, weights, strict=True)]
    said = np.empty(len(rows))
    for k in range(FOLDS):
        constant, *weights = _fit(facts, right, of, fold != k)
        said[fold == k] = logistic(constant + facts[fold == k] @ np.array(weights))
    kept = error & (said >= np.where(safety, LEAST_SAFETY, LEAST))
    for name in SETS:
        who = of == name
        answers = list(zip(said[who].tolist(), right[who].tolist(), strict=True))
        lines += ["", f"## {name}: {who.sum()} faults, {right[who].mean():.0%} of them there", ""]
        lines += calibration(answers)
        lines += ["", *(f"from {p}: {share(right[who & (said >= p)].tolist())} there" for p in SURE), ""]
        lines += _leasts(said[who], right[who])
        for what, mine in (("errors as found", error & who), ("errors that stay", kept & who)):
            lines += ["", f"{what}: {right[mine].sum()} of {mine.sum()} there"]
    sys.stdout.write("\n".join([*lines, ""]))
    if "real" in words:
        sys.stdout.write("\n".join(["", *real(LEASTS), ""]))


def _fit(facts: Array, right: NDArray[np.bool_], of: NDArray[np.str_], mine: NDArray[np.bool_]) -> Array:
    """The constant and the weights by some of the rows."""
    weighs = sum(((of == name) & mine) * (part / (of == name)[mine].sum()) for name, part in SETS.items())
    return fitted(facts[mine], right[mine].astype(float), mine.sum() * weighs[mine] / sum(weighs))


def _leasts(said: Array, right: NDArray[np.bool_]) -> Iterator[str]:
    """What is called a fault by its least sureness: of those there, and of those not there."""
    yield "| called from | there | not there |"
    yield "|---|---|---|"
    for least in LEASTS:
        called = [f"{(said[mine] >= least).sum()} of {mine.sum()}" for mine in (right, ~right)]
        yield f"| {least} | {' | '.join(called)} |"


def _folds(rows: Sequence[dict[str, str]]) -> NDArray[np.int_]:
    """The group of people that each row is of; neighbours among strangers err alike in some and in all."""
    people = sorted({row["who"] for row in rows if row["set"] == "dials"})
    number = [
        int(row["who"]) // FOLDS if row["set"] == "strangers" else people.index(row["who"]) for row in rows
    ]
    return np.array(number) % FOLDS


if __name__ == "__main__":
    main(sys.argv[1:])
