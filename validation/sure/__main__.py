"""``python -m validation.sure``: fit how sure faults are, and say how that holds.

``look`` judges everybody anew. Fitted on strangers of even seeds and on every second of the people of the
dials; the tables are of the others.
"""

import csv
import sys
from collections.abc import Sequence

import numpy as np

from formcheck.engine.judge.sure import LEAST, LEAST_SAFETY, WEIGHTS
from validation.counts import fitted, logistic
from validation.lab.report import calibration
from validation.sure.rows import ROWS, look

#: What all rows of a set weigh together: simulated people are harder than real ones, drawn ones easier.
SETS = {"strangers": 1.0, "dials": 0.5}


def main(words: Sequence[str]) -> None:
    """Fit, and say how that holds on the other half."""
    if "look" in words:
        look()
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    facts = np.array([[float(row[name]) for name in WEIGHTS] for row in rows])
    right, error, safety = (np.array([row[k] == "1" for row in rows]) for k in ("right", "error", "safety"))
    of, half = np.array([row["set"] for row in rows]), _half(rows)
    weighs = sum(((of == name) & half) * (share / (of == name)[half].sum()) for name, share in SETS.items())
    constant, *weights = fitted(
        facts[half], right[half].astype(float), half.sum() * weighs[half] / sum(weighs)
    )
    said = logistic(constant + facts @ np.array(weights))
    lines = [f"constant {constant:.2f}"]
    lines += [f"{name} {weight:.2f}" for name, weight in zip(WEIGHTS, weights, strict=True)]
    kept = error & (said >= np.where(safety, LEAST_SAFETY, LEAST))
    for name in SETS:
        who = (of == name) & ~half
        answers = list(zip(said[who].tolist(), right[who].tolist(), strict=True))
        lines += [
            "",
            f"## {name}, the other half: {who.sum()} faults, {right[who].mean():.0%} of them there",
            "",
        ]
        lines += calibration(answers)
        for what, mine in (("errors as found", error & who), ("errors that stay", kept & who)):
            lines += ["", f"{what}: {right[mine].sum()} of {mine.sum()} there"]
    sys.stdout.write("\n".join([*lines, ""]))


def _half(rows: Sequence[dict[str, str]]) -> np.ndarray:
    """Whether each row is fitted on."""
    people = sorted({row["who"] for row in rows if row["set"] == "dials"})
    return np.array(
        [
            (int(row["who"]) if row["set"] == "strangers" else people.index(row["who"])) % 2 == 0
            for row in rows
        ]
    )


if __name__ == "__main__":
    main(sys.argv[1:])
