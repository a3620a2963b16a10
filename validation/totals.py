"""Totals of verdicts by set, as Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from validation.labels import Label
from validation.score import (
    Named,
    Row,
    Said,
    count_error,
    form_faults,
    found_wrong,
    hold_right,
    invented,
    judged,
    missed,
    recognition,
)

#: A cadence within this share of the true one is right.
CADENCE = 0.02


def table(rows: Mapping[str, Row], labels: Mapping[str, Label]) -> list[str]:
    """A line a set, and what its own protocol asks for."""
    heading = (
        "| set | n | attempts exact, within 1 | reps exact | holds | cadence | recognised, unknown, wrong "
        "| faults found | invented: error, warn | checks not assessable |"
    )
    lines = [heading, "|---|---|---|---|---|---|---|---|---|---|"]
    kept = sorted(name for name in rows if name in labels)
    for name, group in groupby(kept, key=lambda name: name.partition("/")[0]):
        lines.append(_line(name, [(rows[one], labels[one]) for one in group]))
    named = {name: (rows[name].named or Said(), labels[name]) for name in kept if labels[name].named}
    return [*lines, "", *protocols(named)]


def _line(name: str, group: Sequence[tuple[Row, Label]]) -> str:
    named = [(row.named or Said(), label) for row, label in group if label.named]
    sure = [(verdict, label) for verdict, label in named if label.sure]
    recognised = [recognition(row.auto.exercises, label) for row, label in group if label.sure]
    cells = (
        _attempts(sure),
        _share([verdict.reps == label.reps for verdict, label in sure if label.reps is not None]),
        _share([hold_right(verdict, label) for verdict, label in sure if label.hold_s is not None]),
        _share([_cadence_right(verdict, label) for verdict, label in sure if label.cadence_spm is not None]),
        f"{recognised.count('right')}, {recognised.count('unknown')}, {recognised.count('wrong')}",
        _planted(named),
        _invented(named),
        f"{sum(v.unassessable for v, _ in named)} of {sum(len(v.checks) for v, _ in named)}",
    )
    return f"| {name} | {len(group)} | {' | '.join(cells)} |"


def _attempts(sure: Sequence[Named]) -> str:
    off = [error for verdict, label in sure if (error := count_error(verdict, label)) is not None]
    return f"{off.count(0)}, {sum(o <= 1 for o in off)} of {len(off)}" if off else ""


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right)} of {len(right)}" if right else ""


def _cadence_right(verdict: Said, label: Label) -> bool:
    return abs((verdict.cadence_spm or 0.0) / (label.cadence_spm or np.nan) - 1) <= CADENCE


def _planted(named: Sequence[Named]) -> str:
    planted = sum(len(label.faults or ()) for _, label in named)
    return f"{planted - sum(len(missed(verdict.faults, label)) for verdict, label in named)} of {planted}"


def _invented(named: Sequence[Named]) -> str:
    levels = [
        verdict.faults[fault][0] for verdict, label in named for fault in invented(verdict.faults, label)
    ]
    right = sum(label.faults is not None for _, label in named)
    return f"{levels.count('error')}, {levels.count('warn')} on {right}"


def protocols(named: Mapping[str, Named]) -> Iterator[str]:
    """What each set's own protocol asks for, of what was said with the exercise named."""
    counted = [one for name, one in named.items() if name.startswith("repcount/")]
    if counted:
        yield f"RepCount: OBO {obo(counted):.3f}, MAE {mae(counted):.3f} over {len(counted)}."
    pushed = [one for name, one in named.items() if name.startswith("pushups/")]
    if pushed:
        yield f"Push-ups: {_whole(pushed)}."
    form = {name: one for name, one in named.items() if name.startswith("form/")}
    for set_, group in groupby(form, key=lambda name: name.split("/")[1]):
        yield f"Form, {set_}: {_form([form[name] for name in group])}."


def obo(counted: Sequence[Named]) -> float:
    """Share of sequences that are at most one repetition off."""
    return float(np.mean([(count_error(*one) or 0) <= 1 for one in counted]))


def mae(counted: Sequence[Named]) -> float:
    """Mean error as a share of the true count, over sequences with at least one."""
    return float(np.mean([(count_error(*one) or 0) / one[1].attempts for one in counted if one[1].attempts]))


def _whole(group: Sequence[Named]) -> str:
    """How those labelled right or wrong as a whole are verdict apart."""
    right = {w: [found_wrong(*one) == w for one in group if one[1].wrong == w] for w in (True, False)}
    shares = [float(np.mean(found)) for found in right.values() if found]
    of = " and ".join(f"{sum(found)} of {len(found)}" for found in right.values())
    return (
        f"labelled wrong and correct, found so: {of}; balanced accuracy {np.mean(shares):.3f}; "
        f"AUC of the score {auc(group):.3f}"
    )


def auc(group: Sequence[Named]) -> float:
    """Chance that one labelled correct scores higher than a wrong one; ties count half, no score is worst."""
    scores = {
        w: [-1 if s.score is None else s.score for s, label in group if label.wrong == w] for w in (0, 1)
    }
    good, bad = np.array(scores[0])[:, None], np.array(scores[1])[None, :]
    return float(np.mean((good > bad) + 0.5 * (good == bad)))


def _form(group: Sequence[Named]) -> str:
    """By the protocol of the sets: found at warn or above; right ones clean without an error."""
    if any(label.wrong is not None for _, label in group):
        return _whole(group)
    said = []
    for fault in sorted({fault for _, label in group for fault in label.faults or ()}):
        having = [(verdict, label) for verdict, label in group if fault in (label.faults or ())]
        found = sum(fault in verdict.faults for verdict, _ in having)
        said.append(f"{fault} {found} of {len(having)}{_not_judged(having)}")
    right = [(verdict, label) for verdict, label in group if label.faults == {}]
    seen = [one for one in right if judged(*one)]
    clean = [not form_faults(verdict.faults, label, "error") for verdict, label in seen]
    warned = sum(bool(form_faults(verdict.faults, label, "warn")) for verdict, label in seen)
    said.append(f"right ones clean {sum(clean)} of {len(clean)} (warned {warned}){_not_judged(right)}")
    return ", ".join(said)


def _not_judged(group: Sequence[Named]) -> str:
    count = sum(not judged(verdict, label) for verdict, label in group)
    return f" ({count} not judged)" if count else ""
