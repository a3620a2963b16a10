"""How sure faults are, fitted and tested: ``python -m validation.sure`` (``look`` judges the strangers anew).

A fault is right where the true joints of the same stranger, held against the limits of the catalogue, break
the same check. `sure.csv` has, of strangers with and without something wrong, what speaks for each fault that
was found. Weights are fitted on even seeds; the tables are of odd ones.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from formcheck.engine.judge.judged_span import JudgedSpan
from formcheck.engine.judge.sure import LEAST, LEAST_SAFETY, WEIGHTS, Broken
from formcheck.engine.recording import bodies_of
from formcheck.engine.session import outcome_of
from formcheck.engine.settled import broken_of
from formcheck.exercises import find_exercise
from formcheck.signals.registry import SIGNALS
from formcheck.types import PoseSequence
from validation.counts import fitted, logistic
from validation.lab.report import calibration
from validation.lab.strangers import KINDS, NONE, stranger

ROWS = Path(__file__).with_name("sure.csv")
#: Strangers with something wrong, and without; even seeds are fitted on.
WRONG, RIGHT = range(1000, 1016), range(1100, 1108)
#: A profile by which limits are the catalogue's own.
TRUE = "truth"
#: Signals that fewer showed keep the spread of their unit; nothing is surer than this, by unit.
MANY, LEAST_OFF = 8, {"deg": 1.0}


@dataclass(frozen=True, slots=True)
class Look:
    """What a stranger shows: a row for each fault; how far off the middle of each signal is, and its unit."""

    faults: list[dict[str, object]]
    off: list[tuple[str, str, float]]


def looked_at() -> Iterator[Look]:
    """Everybody."""
    who = [(kind, seed) for kind in KINDS if kind != NONE for seed in (*WRONG, *RIGHT)]
    with ProcessPoolExecutor(2) as pool:
        yield from pool.map(_look, who, chunksize=4)


def _look(who: tuple[str, int]) -> Look:
    kind, seed = who
    seen, true = (stranger(kind, seed, faulty=seed in WRONG, perfect=exact)[0] for exact in (False, True))
    true = replace(true, model=replace(true.model, name=TRUE, sha256="0" * 64))
    (found, judged), (there, really) = _judged(seen, kind), _judged(true, kind)
    faults = [
        {
            "name": f"{kind}/{seed}",
            "check": check,
            "right": int(check in there),
            "error": int(any(m.finding.verdict == "error" for m in broken.found)),
            "safety": int(broken.found[0].limit.safety),
        }
        | {name: round(value, 3) for name, value in broken.facts.items()}
        for check, broken in found.items()
    ]
    middles, truths = _middles(judged), _middles(really)
    off = (
        [(*key, middles[key] - truths[key]) for key in middles.keys() & truths.keys()]
        if seed % 2 == 0
        else []
    )
    return Look(faults, off)


def _judged(poses: PoseSequence, exercise: str) -> tuple[dict[str, Broken], Sequence[JudgedSpan]]:
    chosen = find_exercise(exercise)
    bodies = bodies_of(poses, chosen)
    outcome = outcome_of(bodies, chosen)
    return broken_of(outcome, bodies), outcome.tracker.judged


def _middles(judged: Sequence[JudgedSpan]) -> dict[tuple[str, str], float]:
    """The middle of how far beyond its limit a signal was, by signal and unit."""
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for span in judged:
        for m in span.measurements:
            if m.finding.value is not None:
                values[m.signal.partition(".")[0], m.finding.unit].append(m.beyond)
    return {key: float(np.median(found)) for key, found in values.items()}


def spreads(off: Iterable[tuple[str, str, float]]) -> Iterator[str]:
    """Lines for `[spread.signals]` of a profile: what two in three are off at most, where many showed it."""
    known: dict[tuple[str, str], list[float]] = defaultdict(list)
    for signal, unit, by in off:
        if signal and SIGNALS[signal].unit == unit:
            known[signal, unit].append(abs(by))
    for (signal, unit), found in sorted(known.items()):
        if len(found) >= MANY:
            decimals = 1 if unit == "deg" else 2
            yield f"{signal} = {max(float(np.percentile(found, 68)), LEAST_OFF.get(unit, 0.02)):.{decimals}f}"


def look() -> None:
    """Judge everybody anew: write the rows, and print how far values may be off."""
    everybody = list(looked_at())
    with ROWS.open("w", encoding="utf-8", newline="") as file:
        names = ("name", "check", "right", "error", "safety", *WEIGHTS)
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for one in everybody for row in one.faults)
    sys.stdout.write("\n".join([*spreads(off for one in everybody for off in one.off), "", ""]))


def main(words: Sequence[str]) -> None:
    """Fit, and say how that holds on the other half."""
    if "look" in words:
        look()
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
