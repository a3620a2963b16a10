"""How much a window of a clip speaks for each exercise, as it was learnt from many people.

The numbers stand in ``evidence.npz``; `validation.learn` makes them: from whom, by which folds, and how right
they are on people whom they were not learnt from, is in docs/recognition.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_softmax

from formcheck.engine.recognise.windows import VIEWS, Windows

Floats = NDArray[np.floating]

LEARNT = Path(__file__).with_name("evidence.npz")
#: The class of everything that is no exercise of the catalogue.
NONE = "none"
#: Values far from the middle count by their logarithm, and say no more from the hyperbolic sine of this on,
#: ten spreads: people at rest are many, and a leap is further from them than a squat.
FARTHEST = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Networks of one hidden layer that saw other strangers each, and how sure their answers are.

    Attributes
    ----------
    signals : (F,) what they look at.
    classes : (K,) exercises by id, and `NONE`.
    centre, spread : (S * F,) of each statistic of each signal over all windows learnt from.
    hidden, answer : weights (M, inputs, units) of M networks, and (M, units, K).
    hidden_bias, answer_bias : (M, units) and (M, K).
    trust : (1 + facts,) constant and weights of a logistic curve, from an answer's facts to its confidence.
    """

    signals: tuple[str, ...]
    classes: tuple[str, ...]
    centre: Floats
    spread: Floats
    hidden: Floats
    hidden_bias: Floats
    answer: Floats
    answer_bias: Floats
    trust: Floats

    @classmethod
    def read(cls, path: Path = LEARNT) -> Self:
        """What was learnt."""
        with np.load(path, allow_pickle=False) as file:
            signals, classes = (tuple(str(word) for word in file[name]) for name in ("signals", "classes"))
            numbers = {name: file[name].astype(float) for name in file.files if file[name].dtype.kind == "f"}
        return cls(signals, classes, **numbers)

    def speaks(self, windows: Windows) -> Floats:
        """(N, K) logarithm of the share of belief that each window gives to each class."""
        x = inputs(windows, self.centre, self.spread)
        said = [log_softmax(np.maximum(x @ h + b, 0) @ a + c, axis=1) for h, b, a, c in self._networks()]
        return np.asarray(np.mean(said, axis=0))

    def confidence(self, facts: Floats) -> float:
        """0..1, of an answer with these facts: so many of such answers were right."""
        return float(expit(self.trust[0] + self.trust[1:] @ facts))

    def _networks(self) -> Iterator[tuple[Floats, ...]]:
        return zip(self.hidden, self.hidden_bias, self.answer, self.answer_bias, strict=True)


def inputs(windows: Windows, centre: Floats, spread: Floats) -> Floats:
    """(N, S * F + F + views) what a network is given: values, 0 where unseen; which are seen; the view."""
    looks = windows.looks.reshape(len(windows), -1)
    values = np.nan_to_num(np.clip(np.arcsinh((looks - centre) / spread), -FARTHEST, FARTHEST))
    seen = np.isfinite(windows.looks[:, 1])
    return np.hstack([values, seen, windows.views[:, None] == np.arange(len(VIEWS))])


@cache
def evidence() -> Evidence:
    """What was learnt, read once."""
    return Evidence.read()
