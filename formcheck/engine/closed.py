"""Spans that have closed: what each of them yields for the session."""

from dataclasses import dataclass

from formcheck.engine.measure import Taken


@dataclass(frozen=True, slots=True)
class Closed:
    """A repetition, a block of a hold or a block of steps, judged.

    ``score`` 0..100 or None; ``coverage`` 0..1; ``counts`` whether its score enters the mean.
    """

    start_s: float
    end_s: float
    taken: tuple[Taken, ...]
    score: int | None
    coverage: float
    counts: bool = True
