"""The page of the lab, as Markdown: how many are right, by exercise and view, with Wilson intervals."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np
from scipy.stats import binomtest

from validation.lab.judged import Judged
from validation.labels import Label
from validation.score import Row, count_error, recognition

#: Bins of confidence.
_BINS = np.linspace(0.0, 1.0, 6)
#: Sets of real people in ordinary clips.
REAL = ("clips", "clips2", "corpus")


def share(right: Sequence[bool]) -> str:
    """Such as "9 of 10 (60 to 98 %)"; nothing of nothing."""
    if not right:
        return ""
    low, high = binomtest(sum(right), len(right)).proportion_ci(method="wilson")
    return f"{sum(right)} of {len(right)} ({low:.0%} to {high:.0%})"


def strangers(rows: Sequence[Judged]) -> Iterator[str]:
    """A line for each exercise and view, then all exercises together."""
    yield "| exercise | view | n | right, unknown, wrong | attempts exact | within 1 | holds |"
    yield "|---|---|---|---|---|---|---|"

    def key(row: Judged) -> tuple[str, str]:
        return row.truth.exercise, row.truth.view

    for (exercise, view), group in groupby(sorted(rows, key=key), key=key):
        yield _line(exercise, view, list(group), plain=True)
    for name, own in (("all exercises", True), ("no exercise", False)):
        yield _line(name, "all", [row for row in rows if bool(row.label.named) == own], plain=False)


def _line(exercise: str, view: str, rows: Sequence[Judged], *, plain: bool) -> str:
    said = [row.recognised for row in rows]
    off = [row.off for row in rows if row.off is not None]
    kinds: list[list[bool]] = [
        [o == 0 for o in off],
        [o <= 1 for o in off],
        [row.held for row in rows if row.held is not None],
    ]
    cells = [f"{sum(k)} of {len(k)}" if k and plain else share(k) for k in kinds]
    counts = ", ".join(
        str(said.count(k)) if plain else share([s == k for s in said]) for k in ("right", "unknown", "wrong")
    )
    return f"| {exercise} | {view} | {len(rows)} | {counts} | {' | '.join(cells)} |"


def calibration(sure: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Whether of answers at 0.9 nine in ten are right; and the mean distance from it."""
    yield "| confidence | answers | mean confidence | right |"
    yield "|---|---|---|---|"
    confidence, right = (np.array([one[k] for one in sure], float) for k in (0, 1))
    bins, apart = np.clip(np.digitize(confidence, _BINS) - 1, 0, len(_BINS) - 2), 0.0
    for k in np.unique(bins):
        mine = bins == k
        apart += abs(confidence[mine].mean() - right[mine].mean()) * mine.mean()
        yield (
            f"| {_BINS[k]:.1f} to {_BINS[k + 1]:.1f} | {mine.sum()} | {confidence[mine].mean():.2f} "
            f"| {share([bool(r) for r in right[mine]])} |"
        )
    yield ""
    yield f"Calibration error {apart:.3f} over {len(sure)} answers."


def answers(rows: Iterable[Judged]) -> list[tuple[float, bool]]:
    """Every answer of recognition: how sure it was, and whether it was right."""
    return [(c, row.recognised == "right") for row in rows for c in row.auto.confidence]


def source_of(name: str) -> str:
    """Who published an input: its file's name up to the first double line."""
    return name.partition("/")[2].partition("__")[0]


def folded(names: Iterable[str], fold: int) -> list[str]:
    """The inputs of every second source, in the order of the sources' names."""
    known = list(names)
    sources = sorted({source_of(name) for name in known})
    return [name for name in known if sources.index(source_of(name)) % 2 == fold]


def real(rows: Mapping[str, Row], labels: Mapping[str, Label]) -> Iterator[str]:
    """Real people by sets and halves of their sources."""
    yield "| set | sources | n | right | unknown | wrong | attempts exact | within 1 |"
    yield "|---|---|---|---|---|---|---|---|"
    sure = [n for n in rows if n in labels and labels[n].sure and n.partition("/")[0] in REAL]
    for fold in (0, 1):
        names = folded(sure, fold)
        for ours, words in ((True, "ours"), (False, "other movements")):
            mine = [n for n in names if bool(labels[n].named) == ours and labels[n].exercise]
            yield _real(f"half {fold + 1}, {words}", mine, rows, labels)


def _real(title: str, names: Sequence[str], rows: Mapping[str, Row], labels: Mapping[str, Label]) -> str:
    said = [recognition(rows[n].auto.exercises, labels[n]) for n in names]
    off = [count_error(named, labels[n]) for n in names if (named := rows[n].named)]
    counted = [o for o in off if o is not None]
    which: tuple[Callable[[int], bool], ...] = (lambda o: o == 0, lambda o: o <= 1)
    cells = [share([s == k for s in said]) for k in ("right", "unknown", "wrong")]
    cells += [share([is_(o) for o in counted]) for is_ in which]
    return f"| {title} | {len({source_of(n) for n in names})} | {len(names)} | {' | '.join(cells)} |"
