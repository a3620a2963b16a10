"""How sure faults are, fitted and tested: ``python -m validation.sure`` (``look`` judges the strangers anew).

A fault is right where the true joints of the same stranger, held against the limits of the catalogue, break
the same check. `sure.csv` has, of strangers with and without something wrong, what speaks for each fault that
was found. Weights are fitted on even seeds; the tables are of odd ones.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from formcheck.engine.judge.sure import LEAST, LEAST_SAFETY, WEIGHTS
from formcheck.engine.recording import bodies_of
from formcheck.engine.session import outcome_of
from formcheck.engine.settled import broken_of
from formcheck.exercises import find_exercise
from formcheck.types import PoseSequence
from validation.counts import fitted, logistic
from validation.lab.report import calibration
from validation.lab.strangers import KINDS, NONE, stranger

ROWS = Path(__file__).with_name("sure.csv")
#: Strangers with something wrong, and without; even seeds are fitted on.
WRONG, RIGHT = range(1000, 1016), range(1100, 1108)
#: A profile by which limits are the catalogue's own.
TRUE = "truth"


def looked_at() -> Iterator[dict[str, object]]:
    """A row for each fault that was found in somebody."""
    who = [(kind, seed, seed in WRONG) for kind in KINDS if kind != NONE for seed in (*WRONG, *RIGHT)]
    with ProcessPoolExecutor(2) as pool:
        for rows in pool.map(_rows, who, chunksize=4):
            yield from rows


def _rows(who: tuple[str, int, bool]) -> list[dict[str, object]]:
    kind, seed, faulty = who
    seen, _ = stranger(kind, seed, faulty=faulty)
    true, _ = stranger(kind, seed, faulty=faulty, perfect=True)
    there = _broken(replace(true, model=replace(true.model, name=TRUE, sha256="0" * 64)), kind)
    return [
        {
            "name": f"{kind}/{seed}",
            "check": check,
            "right": int(check in there),
            "error": int(any(m.finding.verdict == "error" for m in broken.found)),
            "safety": int(broken.found[0].limit.safety),
        }
        | {name: round(value, 3) for name, value in broken.facts.items()}
        for check, broken in _broken(seen, kind).items()
    ]


def _broken(poses: PoseSequence, exercise: str) -> dict[str, object]:
    chosen = find_exercise(exercise)
    bodies = bodies_of(poses, chosen)
    return broken_of(outcome_of(bodies, chosen), bodies)


def main(words: Sequence[str]) -> None:
    """Fit, and say how that holds on the other half."""
    if "look" in words:
        with ROWS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, ("name", "check", "right", "error", "safety", *WEIGHTS), lineterminator="\n"
            )
            writer.writeheader()
            writer.writerows(looked_at())
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    facts = np.array([[float(row[name]) for name in WEIGHTS] for row in rows])
    right, error, safety = (np.array([row[k] == "1" for row in rows]) for k in ("right", "error", "safety"))
    even = np.array([int(row["name"].rpartition("/")[2]) % 2 == 0 for row in rows])
    constant, *weights = fitted(facts[even], right[even].astype(float))
    said = logistic(constant + facts @ np.array(weights))
    lines = [f"constant {constant:.2f}"]
    lines += [f"{name} {weight:.2f}" for name, weight in zip(WEIGHTS, weights, strict=True)]
    kept = error & (said >= np.where(safety, LEAST_SAFETY, LEAST))
    for what, who in (("even seeds (fitted on)", even), ("odd seeds", ~even)):
        answers = list(zip(said[who].tolist(), right[who].tolist(), strict=True))
        lines += ["", f"## {what}: {who.sum()} faults, {right[who].mean():.0%} of them there", ""]
        lines += calibration(answers)
        for name, mine in (("errors as found", error & who), ("errors that stay", kept & who)):
            lines += ["", f"{name}: {right[mine].sum()} of {mine.sum()} there"]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main(sys.argv[1:])
