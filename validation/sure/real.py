"""What a least sureness costs and saves among labelled people."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from formcheck.engine.counted import count_of
from formcheck.engine.recording import bodies_of
from formcheck.engine.session import outcome_of
from formcheck.engine.settled import broken_of
from formcheck.exercises import find_exercise
from formcheck.pose.store import load_poses
from validation.labels import KEPT, Labelled
from validation.manifests import labelled
from validation.score import looked_at

#: Sets whose labels name the faults of each.
LABELLED = ("clips", "clips2", "corpus", "form")

#: Of a person: how sure each fault is that the label names, or that it does not.
Sure = tuple[list[float], list[float]]


def real(leasts: Sequence[float]) -> Iterator[str]:
    """By the least sureness of what is called a fault: labelled ones called, and right people with any."""
    known = [one for one in labelled(KEPT / "poses") if one.set in LABELLED and one.label.named]
    mine = [one for one in known if one.label.faults is not None]
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(_sure, mine, chunksize=4))
    there = [p for sure, _ in found for p in sure]
    yield "## labelled people"
    yield ""
    yield "| called from | labelled faults | right people with one, clips | right people with one, form |"
    yield "|---|---|---|---|"
    for least in leasts:
        cells = [f"{sum(p >= least for p in there)} of {len(there)}"]
        for form in (False, True):
            right = [
                not_there
                for one, (_, not_there) in zip(mine, found, strict=True)
                if not one.label.faults and (one.set == "form") == form
            ]
            cells.append(f"{sum(max(p, default=-1.0) >= least for p in right)} of {len(right)}")
        yield f"| {least} | {' | '.join(cells)} |"


def _sure(one: Labelled) -> Sure:
    chosen = find_exercise(one.label.named or "")
    bodies = bodies_of(load_poses(one.poses), chosen)
    outcome = outcome_of(bodies, chosen)
    broken = broken_of(outcome, bodies, count_of(outcome, bodies))
    named, faults = looked_at(broken, one.label), one.label.faults or {}
    return (
        [broken[name].confidence for name in named if name in faults],
        [broken[name].confidence for name in named if name not in faults and name not in one.label.also],
    )
