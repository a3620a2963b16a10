"""The landmark sequences of ../shared/yardsticks against their labels; only numbers are copied from them."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.pose.store import load_poses
from formcheck.types import Session

YARDSTICKS = Path(__file__).parents[2] / "shared" / "yardsticks"
#: The set's own names; `others` is not scored.
NAMES = {
    "bench_pressing": "bench_press",
    "front_raise": "front_raise",
    "jump_jack": "jumping_jack",
    "pommelhorse": "pommel_horse",
    "pull_up": "pull_up",
    "push_up": "push_up",
    "situp": "sit_up",
    "squat": "squat",
}
#: Bodies hang, lie or turn in these sets: what no check of form counts as one.
NO_FORM = {"partial_range", "too_fast"}


@dataclass(frozen=True, slots=True)
class Count:
    """One sequence: what its label says and what formcheck counts."""

    file: str
    exercise: str
    true: int
    attempts: int
    view: str

    @property
    def off(self) -> int:
        """How many repetitions apart."""
        return abs(self.attempts - self.true)


def counts() -> Iterator[Count]:
    """Count every named sequence of RepCount, the exercise given."""
    folder = YARDSTICKS / "repcount"
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["exercise"] in NAMES]
    for row in sorted(rows, key=lambda r: (r["exercise"], r["file"])):
        exercise = NAMES[row["exercise"]]
        session = judge(load_poses(folder / row["file"]), find_exercise(exercise))
        yield Count(row["file"], exercise, int(row["count"]), session.summary.attempts, session.view.name)


def obo(found: list[Count]) -> float:
    """Share of sequences that are at most one repetition off."""
    return float(np.mean([c.off <= 1 for c in found]))


def mae(found: list[Count]) -> float:
    """Mean error as a share of the true count, over sequences with at least one."""
    return float(np.mean([c.off / c.true for c in found if c.true]))


def count_table(found: list[Count]) -> list[str]:
    """OBO and MAE per exercise and over all, and the sequences that are further off."""
    groups: dict[str, list[Count]] = defaultdict(list)
    for c in found:
        groups[c.exercise].append(c)
    lines = ["| exercise | sequences | OBO | MAE | further off (label: counted) |", "|---|---|---|---|---|"]
    for name, group in groups.items():
        far = ", ".join(f"{c.file.removesuffix('.npz')} {c.true}: {c.attempts}" for c in group if c.off > 1)
        lines.append(f"| {name} | {len(group)} | {obo(group):.2f} | {mae(group):.2f} | {far or 'none'} |")
    lines.append(f"| all | {len(found)} | {obo(found):.2f} | {mae(found):.2f} | |")
    return lines


@dataclass(frozen=True, slots=True)
class Judged:
    """One push-up sequence: whether its label says wrong, and what formcheck says."""

    file: str
    wrong: bool
    session: Session

    @property
    def found_wrong(self) -> bool:
        """Whether any fault of form was found."""
        return any(f.id not in NO_FORM for f in self.session.faults)

    @property
    def score(self) -> float:
        """The score of the clip; worst where there is none."""
        return -1.0 if self.session.summary.score is None else float(self.session.summary.score)


def push_ups() -> list[Judged]:
    """Judge every labelled push-up sequence."""
    return [
        Judged(path.name, path.name.startswith("wrong"), judge(load_poses(path), find_exercise("push_up")))
        for path in sorted((YARDSTICKS / "pushups").glob("*.npz"))
    ]


def balanced_accuracy(found: list[Judged]) -> float:
    """Mean of the shares found right among the wrong and among the correct ones."""
    right = [np.mean([j.found_wrong == w for j in found if j.wrong == w]) for w in (True, False)]
    return float(np.mean(right))


def auc(found: list[Judged]) -> float:
    """Chance that a correct clip scores higher than a wrong one; ties count half."""
    good = np.array([j.score for j in found if not j.wrong])[:, None]
    bad = np.array([j.score for j in found if j.wrong])[None, :]
    return float(np.mean((good > bad) + 0.5 * (good == bad)))


def push_up_table(found: list[Judged]) -> list[str]:
    """What the two shares are made of."""
    right = {w: sum(j.found_wrong == w for j in found if j.wrong == w) for w in (True, False)}
    all_of = {w: sum(j.wrong == w for j in found) for w in (True, False)}
    scored = [j for j in found if j.session.summary.score is not None]
    right_of = " and ".join(f"{right[w]} of {all_of[w]}" for w in (True, False))
    accuracy = f"balanced accuracy {balanced_accuracy(found):.2f}"
    over = f"{auc(found):.2f} over all {len(found)}, those without a score last"
    return [
        f"Found right, of the clips labelled wrong and correct: {right_of}; {accuracy}.",
        f"AUC of the score {auc(scored):.2f} over the {len(scored)} clips that got one; {over}.",
    ]


def table() -> list[str]:
    """Counting and push-up form, as Markdown."""
    return [
        "Counting on RepCount-A (the exercise given, `summary.attempts`):",
        "",
        *count_table(list(counts())),
        "",
        "Push-ups labelled correct or wrong:",
        "",
        *push_up_table(push_ups()),
    ]
