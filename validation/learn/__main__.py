"""Learn recognition anew: `python -m validation.learn`; writes the evidence and docs/recognition.md."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed

from formcheck.engine.recognise.evidence import LEARNT, NONE, Evidence
from formcheck.exercises import catalog
from validation.learn.answers import Answer, answers, trust
from validation.learn.network import fitted
from validation.learn.page import page
from validation.learn.samples import Sample, kept, sparse

ROOT = Path(__file__).parents[1]
FOLDS = 5


def folds(samples: list[Sample]) -> dict[str, int]:
    """The fold of each source, at random."""
    sources = sorted({s.source for s in samples})
    return dict(zip(sources, np.random.default_rng(1).integers(0, FOLDS, len(sources)).tolist(), strict=True))


def networks(people: list[Sample], learnt: list[Sample], classes: tuple[str, ...]) -> list[Evidence]:
    """For each fold by what nobody of its sources was seen, and at last what everybody was."""
    of = folds(people)
    kept_out = [[s for s in people if of[s.source] != fold] for fold in range(FOLDS)]
    found: list[Evidence] = Parallel(n_jobs=-1)(
        delayed(fitted)(learnt, some, classes) for some in (*kept_out, people)
    )
    return found


def trusted(found: list[Answer], of: dict[str, int]) -> list[tuple[Answer, float]]:
    """Each answer with the confidence that the other folds' answers give it."""
    out = []
    for fold in range(FOLDS):
        inside = [a for a in found if of[a.sample.source] == fold]
        curve = trust([a for a in found if of[a.sample.source] != fold])
        out += [(a, float(1 / (1 + np.exp(-curve[0] - curve[1:] @ a.facts)))) for a in inside]
    return out


def write(by: Evidence) -> None:
    """The evidence as data; its many weights in half precision, which changes no answer."""
    arrays = {f.name: np.asarray(getattr(by, f.name)) for f in fields(by)}
    floats = {name: x for name, x in arrays.items() if x.dtype.kind == "f"}
    smaller = {name: x.astype(np.float16 if x.ndim == 3 else np.float32) for name, x in floats.items()}
    np.savez_compressed(LEARNT, **(arrays | smaller))


def main() -> None:
    """All of it."""
    samples = kept(ROOT / ".learn" / "samples.pickle")
    real, learnt, fresh = samples["real"], samples["learnt"], samples["trusted"]
    classes = tuple(sorted({*catalog(), NONE} & {c for s in (*real, *learnt) for c in s.shown}))
    *by_fold, by = networks([*real, *map(sparse, samples["varied"])], [*map(sparse, learnt)], classes)
    of = folds(real) | {s.source: i % FOLDS for i, s in enumerate(fresh)}
    held = [a for k, one in enumerate(by_fold) for a in answers([s for s in real if of[s.source] == k], one)]
    strange = list(answers(fresh, by))
    write(replace(by, trust=trust([*held, *strange])))
    (ROOT.parent / "docs" / "recognition.md").write_text(
        page([*real, *fresh], trusted([*held, *strange], of), LEARNT.stat().st_size), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
