"""The landmark sequences of ../shared/yardsticks against their labels; only numbers are copied from them."""

from collections import defaultdict
from collections.abc import Sequence

from formcheck.pose.store import load_poses
from validation.labels import KEPT
from validation.manifests import labelled
from validation.score import Named, count_error, said_of
from validation.totals import mae, obo, protocols

SETS = ("repcount", "pushups", "form")


def judged() -> dict[str, Named]:
    """Every labelled sequence, its exercise given."""
    found = {}
    for one in labelled(KEPT):
        if one.set in SETS and one.label.named:
            found[one.name] = said_of(load_poses(one.poses), one.label.named), one.label
    return found


def count_table(found: dict[str, Named]) -> list[str]:
    """OBO and MAE per exercise and over all, and the sequences that are further off."""
    groups: dict[str, dict[str, Named]] = defaultdict(dict)
    for name, one in found.items():
        groups[one[1].exercise or ""][name] = one
    lines = ["| exercise | sequences | OBO | MAE | further off (label: counted) |", "|---|---|---|---|---|"]
    for exercise, group in sorted(groups.items()):
        far = ", ".join(
            f"{name.rpartition('/')[2]} {label.attempts}: {named.attempts}"
            for name, (named, label) in group.items()
            if (count_error(named, label) or 0) > 1
        )
        lines.append(_count_line(exercise, list(group.values()), far or "none"))
    return [*lines, _count_line("all", list(found.values()), "")]


def _count_line(exercise: str, group: Sequence[Named], far: str) -> str:
    return f"| {exercise} | {len(group)} | {obo(group):.2f} | {mae(group):.2f} | {far} |"


def table() -> list[str]:
    """Counting and form, as Markdown."""
    found = judged()
    return [
        "Counting on RepCount-A (the exercise given, `summary.attempts`):",
        "",
        *count_table({name: one for name, one in found.items() if name.startswith("repcount/")}),
        "",
        "Totals, and form by the protocol of each set:",
        "",
        *protocols(found),
    ]
