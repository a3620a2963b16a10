"""Which rows of verdicts changed, and whether that is better by their labels."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from validation.labels import Label
from validation.score import Row, Said, found_wrong, recognition

Mark = Literal["better", "worse", "neutral"]
#: Field, before, after, mark.
Change = tuple[str, object, object, Mark]
#: Seconds and steps a minute that differ by less are the same.
SAME = 0.05
#: What is off by less than this is right: labels are no better (s, steps a minute).
SLACK = {"hold_s": 0.5, "cadence_spm": 1.5}
_KNOWN = ("wrong", "unknown", "right")


def changes(old: Mapping[str, Row], new: Mapping[str, Row], labels: Mapping[str, Label]) -> list[str]:
    """A line a change, worse ones first, and how many there are of each kind."""
    both = [name for name in old if name in new and name in labels]
    found = [(name, *change) for name in both for change in _changed(old[name], new[name], labels[name])]
    found.sort(key=lambda c: (("worse", "better", "neutral").index(c[4]), c[1], c[0]))
    counted = Counter((c[4], c[1].partition(" ")[0]) for c in found)
    same = len(both) - len({c[0] for c in found})
    return [
        f"{same} of {len(both)} rows are the same.",
        "",
        "| input | field | before | now | |",
        "|---|---|---|---|---|",
        *(f"| {name} | {field} | {a} | {b} | {mark} |" for name, field, a, b, mark in found),
        "",
        *(f"{count} {mark}: {field}" for (mark, field), count in sorted(counted.items())),
    ]


def _changed(old: Row, new: Row, label: Label) -> Iterator[Change]:
    yield from _recognised(old.auto, new.auto, label)
    if old.named and new.named:
        yield from _numbers(old.named, new.named, label)
        yield from _faults(old.named, new.named, label)


def _recognised(old: Said, new: Said, label: Label) -> Iterator[Change]:
    if old.exercises != new.exercises:
        a, b = recognition(old.exercises, label), recognition(new.exercises, label)
        mark = _mark(-_KNOWN.index(a), -_KNOWN.index(b)) if label.sure and a and b else "neutral"
        yield "recognised", ", ".join(old.exercises), ", ".join(new.exercises), mark


def _numbers(old: Said, new: Said, label: Label) -> Iterator[Change]:
    for field in ("attempts", "reps", "hold_s", "cadence_spm", "score"):
        a, b = getattr(old, field), getattr(new, field)
        if a == b or (a is not None and b is not None and abs(a - b) < SAME):
            continue
        true, slack = getattr(label, field, None), SLACK.get(field, 0.0)
        off = [max(0.0, abs((x or 0.0) - (true or 0.0)) - slack) for x in (a, b)]
        yield field, _short(a), _short(b), "neutral" if true is None else _mark(*off)
    if old.refused != new.refused:
        yield "refused", old.refused, new.refused, "neutral"
    if old.unassessable != new.unassessable:
        yield "not assessable", old.unassessable, new.unassessable, "neutral"


def _faults(old: Said, new: Said, label: Label) -> Iterator[Change]:
    for fault in sorted({*old.faults, *new.faults}):
        a, b = (named.faults[fault][0] if fault in named.faults else "none" for named in (old, new))
        if a != b:
            yield f"fault {fault}", a, b, _fault_mark(fault, a, b, old, new, label)


def _fault_mark(fault: str, a: str, b: str, old: Said, new: Said, label: Label) -> Mark:
    if label.wrong is not None:
        return _mark(found_wrong(old, label) != label.wrong, found_wrong(new, label) != label.wrong)
    if label.faults is None or fault in label.also or (label.only is not None and fault not in label.only):
        return "neutral"
    levels = ("none", "warn", "error")
    rise = _mark(levels.index(a), levels.index(b))
    if fault not in label.faults:
        return rise
    return _mark(a == "none", b == "none")


def _mark(before: float, now: float) -> Mark:
    """How an error changed."""
    return "neutral" if now == before else "better" if now < before else "worse"


def _short(value: float | None) -> object:
    return round(value, 2) if isinstance(value, float) else value
