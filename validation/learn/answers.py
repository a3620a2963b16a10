"""What is answered of each sample, how sure, and whether it is right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from formcheck.engine.recognise.claims import claims, facts
from formcheck.engine.recognise.evidence import NONE, Evidence
from formcheck.engine.recognise.performed import Performed, performed
from formcheck.exercises import find_exercise
from validation.learn.samples import Sample, parts_of

Floats = NDArray[np.floating]

#: How much a sample of each set weighs where trust is fitted: many are of one kind and one place.
WEIGHS = {"form": 0.1, "pushups": 0.3, "repcount": 0.5, "lab": 0.4}


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A claim of a sample, what speaks for it, and whether it is right."""

    sample: Sample
    exercise: str
    facts: Floats

    @property
    def right(self) -> bool:
        """Whether it names what is done."""
        return self.exercise == self.sample.exercise


def answers(samples: Sequence[Sample], by: Evidence) -> Iterator[Answer]:
    """Every claim of these samples."""
    for sample in samples:
        if not len(sample.windows):
            continue
        said = by.speaks(sample.windows)
        for claim in claims(sample.windows, said, by.classes, NONE):
            done = _performed(sample.name, claim.name)
            yield Answer(sample, claim.name, facts(claim, said, by.classes, NONE, done))


@cache
def _performed(name: str, exercise: str) -> tuple[Performed, ...]:
    parts = _parts(name)
    return tuple(d for part in parts for d in performed(find_exercise(exercise), part))


@lru_cache(maxsize=4)
def _parts(name: str) -> tuple[object, ...]:
    return tuple(parts_of(name))


def trust(found: Sequence[Answer]) -> Floats:
    """(1 + facts,) the logistic curve from facts to being right."""
    x = np.stack([a.facts for a in found])
    right, weight = np.array([a.right for a in found]), [WEIGHS.get(a.sample.set, 1.0) for a in found]
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    fit = LogisticRegression().fit((x - mean) / scale, right, sample_weight=weight)
    slope = fit.coef_[0] / scale
    return np.array([fit.intercept_[0] - slope @ mean, *slope])
