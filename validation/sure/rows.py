"""What speaks for each fault that was found in people whose faults are known.

*Strangers* are simulated, most of them with something wrong: a fault is there where the true joints of the
same stranger, held against the limits of the catalogue, break the same check. *Dials* are bodies drawn with a
fault and looked at by the landmarker (`make dials`), as far as that was done on this machine.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from formcheck.engine.counted import count_of
from formcheck.engine.judge.judged_span import JudgedSpan
from formcheck.engine.judge.sure import WEIGHTS, Broken
from formcheck.engine.recording import bodies_of
from formcheck.engine.session import outcome_of
from formcheck.engine.settled import broken_of
from formcheck.exercises import find_exercise
from formcheck.pose.store import load_poses
from formcheck.signals.registry import SIGNALS
from formcheck.types import PoseSequence
from tests.exercises.cases import COUPLED
from validation.dials.readings import WAY, drawn_poses
from validation.dials.suite import CLIPS, Dialled
from validation.lab.strangers import KINDS, NONE, stranger
from validation.sensor.looks import looked, seen_at

ROWS = Path(__file__).with_name("rows.csv")
NAMES = ("set", "who", "exercise", "check", "right", "error", "safety", *WEIGHTS)
#: Strangers with something wrong, and without.
WRONG, RIGHT = range(1000, 1016), range(1100, 1108)
#: A profile by which limits are the catalogue's own.
TRUE = "truth"
#: Signals that fewer showed keep the spread of their unit; nothing is surer than this, by unit.
MANY, LEAST_OFF = 8, {"deg": 1.0}


@dataclass(frozen=True, slots=True)
class Look:
    """What a person shows: a row for each fault; how far off the middle of each signal is, and its unit."""

    faults: list[dict[str, object]]
    off: list[tuple[str, str, float]]


def looked_at() -> Iterator[Look]:
    """Everybody."""
    strangers = [(kind, seed) for kind in KINDS if kind != NONE for seed in (*WRONG, *RIGHT)]
    clips = [clip for clip in CLIPS if looked(clip.take, WAY)]
    with ProcessPoolExecutor(2) as pool:
        yield from pool.map(_stranger, strangers, chunksize=4)
        yield from pool.map(_drawn, clips, chunksize=4)


def _stranger(who: tuple[str, int]) -> Look:
    kind, seed = who
    seen, true = (stranger(kind, seed, faulty=seed in WRONG, perfect=exact)[0] for exact in (False, True))
    true = replace(true, model=replace(true.model, name=TRUE, sha256="0" * 64))
    (found, judged), (there, really) = _judged(seen, kind), _judged(true, kind)
    middles, truths = _middles(judged), _middles(really)
    known = middles.keys() & truths.keys() if seed % 2 == 0 else ()
    off = [(signal, unit, middles[key] - truths[key]) for key in known for _, _, signal, unit in [key]]
    return Look(_rows(found, there, {"set": "strangers", "who": seed, "exercise": kind}), off)


def _drawn(clip: Dialled) -> Look:
    """A clip with a dial; what the body breaks besides because it cannot do otherwise is left out."""
    exercise, case = clip.script.exercise, clip.case
    found, _ = _judged(load_poses(seen_at(clip.take, WAY)), exercise)
    there = set(_judged(drawn_poses(clip.square), exercise)[0]) | ({case.fault} if case else set())
    spared = COUPLED.get((case.exercise, case.dial), set()) if case else set()
    found = {check: broken for check, broken in found.items() if check not in spared}
    return Look(_rows(found, there, {"set": "dials", "who": clip.take.person, "exercise": exercise}), [])


def _rows(
    found: Mapping[str, Broken], there: Container[str], who: dict[str, object]
) -> list[dict[str, object]]:
    return [
        who
        | {
            "check": check,
            "right": int(check in there),
            "error": int(any(m.finding.verdict == "error" for m in broken.found)),
            "safety": int(broken.found[0].limit.safety),
        }
        | {name: round(value, 3) for name, value in broken.facts.items()}
        for check, broken in found.items()
    ]


def _judged(poses: PoseSequence, exercise: str) -> tuple[dict[str, Broken], Sequence[JudgedSpan]]:
    chosen = find_exercise(exercise)
    bodies = bodies_of(poses, chosen)
    outcome = outcome_of(bodies, chosen)
    return broken_of(outcome, bodies, count_of(outcome, bodies)), outcome.tracker.judged


def _middles(judged: Sequence[JudgedSpan]) -> dict[tuple[str, float, str, str], float]:
    """The middle of how far beyond each limit a signal was, by check, side, signal and unit."""
    values: dict[tuple[str, float, str, str], list[float]] = defaultdict(list)
    for span in judged:
        for m in span.measurements:
            if m.finding.value is not None:
                key = (m.finding.check, m.sign, m.signal.partition(".")[0], m.finding.unit)
                values[key].append(m.beyond)
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
        writer = csv.DictWriter(file, NAMES, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for one in everybody for row in one.faults)
    sys.stdout.write("\n".join([*spreads(off for one in everybody for off in one.off), "", ""]))
