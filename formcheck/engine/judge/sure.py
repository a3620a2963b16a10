"""How sure it is that a fault is there; an error has to be sure, and any fault likely."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.engine.judge.judged_span import JudgedSpan
from formcheck.engine.judge.measurement import Measurement

#: An error is at least this sure, one of safety this: otherwise it is a warning. Judgement: of simulated
#: people left out of the fit 123 of 139 that stay errors are there, from .7 on 143 of 174.
LEAST, LEAST_SAFETY = 0.8, 0.85
#: What is likelier not to be there is no fault. Of labelled people, in whom no weight was fitted, nearly all
#: faults are called from here and fewer than one in ten of the right ones; docs/decisions/0037 has the table.
LIKELY = 0.5
#: So many spreads beyond a limit are as clear as more; so many less are as unclear as none.
FAR, NEAR = 4.0, 0.1
#: Joints of whom nobody knows how far off they are, as live, are as far off as most, trunk lengths; less or
#: more than the other two says no more.
USUAL_DOUBT, DOUBTS = 0.13, (0.05, 0.5)
#: What is not counted, as holds and runs, is as sure as this count. Fitted with the weights.
USUAL_COUNT = 0.75
#: The log of the odds that a fault is there: a constant, and weights of `Broken.facts`. Fitted on simulated
#: and drawn people by ``python -m validation.sure``, which says how that holds on people left out.
CONSTANT = -3.52
WEIGHTS = {"beyond": 0.84, "often": 1.94, "doubt": -1.89, "counted": 3.9}


@dataclass(frozen=True, slots=True)
class Broken:
    """A check that was broken, over all spans of a clip.

    Attributes
    ----------
    found : the worst that it measured in each span in which it could be made; at least one is broken.
    spread : how far such values may be off, in their unit; 0 not known.
    doubt : how far off its joints may be where it was broken, trunk lengths; NaN not known.
    counted : how sure it is that the repetitions are counted exactly, 0..1; NaN where none are. What is no
        repetition breaks every limit, of time first.
    """

    found: Sequence[Measurement]
    spread: float
    doubt: float
    counted: float = float("nan")

    @property
    def facts(self) -> dict[str, float]:
        """What speaks for it, as numbers.

        beyond: the log of how many spreads the middle one is beyond the limit, as the first say most. often:
        the share of spans in which it is broken. doubt: the log of that of its joints, against the usual.
        counted: how sure the count is.
        """
        broken = [m for m in self.found if m.finding.verdict in ("warn", "error")]
        beyond = float(np.median([m.beyond for m in broken]))
        doubt = np.clip(self.doubt, *DOUBTS) if np.isfinite(self.doubt) else USUAL_DOUBT
        return {
            "beyond": float(np.log(NEAR + np.clip(beyond / self.spread, 0.0, FAR))) if self.spread else 0.0,
            "often": len(broken) / len(self.found),
            "doubt": float(np.log(doubt / USUAL_DOUBT)),
            "counted": self.counted if np.isfinite(self.counted) else USUAL_COUNT,
        }

    @property
    def confidence(self) -> float:
        """The probability that the fault is there."""
        odds = CONSTANT + sum(WEIGHTS[name] * value for name, value in self.facts.items())
        return float(1.0 / (1.0 + np.exp(-odds)))


def by_check(spans: Iterable[JudgedSpan]) -> dict[str, list[Measurement]]:
    """What each check measured, in the order of time."""
    grouped: dict[str, list[Measurement]] = defaultdict(list)
    for span in spans:
        for measurement in span.measurements:
            grouped[measurement.finding.check].append(measurement)
    return grouped


def settled(spans: Iterable[JudgedSpan], confidence: Mapping[str, float]) -> list[JudgedSpan]:
    """The spans with warnings for the errors that are not sure enough, and without what is unlikely.

    Parameters
    ----------
    confidence : 0..1 by check, of those that were broken.
    """
    return [
        replace(span, measurements=tuple(_settled(m, confidence) for m in span.measurements))
        for span in spans
    ]


def _settled(measurement: Measurement, confidence: Mapping[str, float]) -> Measurement:
    verdict, sure = measurement.finding.verdict, confidence.get(measurement.finding.check, 1.0)
    if measurement.limit.void:
        return measurement  # by it a movement was not counted
    if verdict in ("warn", "error") and sure < LIKELY:
        return measurement.unsaid()
    least = LEAST_SAFETY if measurement.limit.safety else LEAST
    return measurement.warning() if verdict == "error" and sure < least else measurement
