"""docs/recognition.md: how right recognition is on people whom it was not learnt from."""

from collections.abc import Iterator, Sequence

from formcheck.engine.recognise.evidence import NONE
from formcheck.engine.recognise.recognise import LEAST_CONFIDENCE, is_sure
from formcheck.exercises import find_exercise
from validation.lab.report import calibration, share
from validation.learn.answers import Answer
from validation.learn.samples import Sample

HEAD = """# Recognition: how right on people it was not learnt from

Made by `make learn` (`python -m validation.learn`), which also writes
`formcheck/engine/recognise/evidence.npz` ({size} KB). Real people are split into five folds by source: each
row holds the answers of networks that saw nobody of the same source, with a confidence fitted to the other
folds. Strangers (`lab`) are simulated people of seeds that nothing was learnt from, judged by the networks
that are committed. The choice of networks and of the numbers in `network.py` was made while looking at these
tables, so they are a little kinder than new people will be.

Below a confidence of {least:.1f} no exercise is named. Shares with the 95 % interval.
"""


def page(samples: Sequence[Sample], found: Sequence[tuple[Answer, float]], size: int) -> str:
    """The whole page; ``size`` of the evidence in bytes."""
    said: dict[str, set[str]] = {s.name: set() for s in samples}
    given = [(a, c) for a, c in found if is_sure(find_exercise(a.exercise), a.facts, c)]
    for answer, _ in given:
        said[answer.sample.name].add(answer.exercise)
    sure = [(c, a.right) for a, c in given]
    lines = [HEAD.format(size=size // 1024, least=LEAST_CONFIDENCE), *_table(samples, said)]
    lines += ["\n## What a confidence is worth\n", *calibration(sure), *_wrong(samples, said)]
    return "\n".join(lines) + "\n"


def _table(samples: Sequence[Sample], said: dict[str, set[str]]) -> Iterator[str]:
    yield "| set | exercises of ours: right | unknown | wrong | others: left unknown |"
    yield "|---|---|---|---|---|"
    for name in sorted({s.set for s in samples}):
        own = [s for s in samples if s.set == name and s.exercise != NONE]
        other = [s for s in samples if s.set == name and s.exercise == NONE]
        right = [said[s.name] == {s.exercise} for s in own]
        unknown = [not said[s.name] for s in own]
        wrong = [not r and not u for r, u in zip(right, unknown, strict=True)]
        left = share([not said[s.name] for s in other]) if other else ""
        yield f"| {name} | {share(right)} | {share(unknown)} | {share(wrong)} | {left} |"


def _wrong(samples: Sequence[Sample], said: dict[str, set[str]]) -> Iterator[str]:
    yield "\n## What was taken for what\n"
    yield "| is | called | takes |"
    yield "|---|---|---|"
    pairs = [(s.exercise, word) for s in samples for word in said[s.name] if word != s.exercise]
    for is_, called in sorted(set(pairs)):
        yield f"| {is_} | {called} | {pairs.count((is_, called))} |"
