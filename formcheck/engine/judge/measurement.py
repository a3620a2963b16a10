"""A finding of one span, with what only the session needs, and what may follow from it."""

from dataclasses import dataclass, replace

import numpy as np

from formcheck.exercises.tables import Limit
from formcheck.types.reason import Reason
from formcheck.types.result import Finding
from formcheck.types.verdict import Verdict

Span = tuple[float, float]

TOO_UNSURE = Reason("too_unsure")


@dataclass(frozen=True, slots=True)
class Measurement:
    """A finding with what only the session needs: where it was broken, and where worst.

    ``error_spans`` is the part of ``spans`` beyond error; ``share`` 0..1 is the broken part of the phase in
    which it is looked at; ``what`` says what is looked at, ``joints`` which landmarks show it; ``sign`` is +1
    where more is worse, -1 where less is; ``signal`` names what was read, empty where that is a time or a
    number of strides.
    """

    finding: Finding
    limit: Limit
    what: str = ""
    joints: tuple[int, ...] = ()
    sign: float = 1.0
    signal: str = ""
    spans: tuple[Span, ...] = ()
    error_spans: tuple[Span, ...] = ()
    worst_s: float = float("nan")
    share: float = 0.0

    @property
    def beyond(self) -> float:
        """How far the value is beyond the limit of a warning, in its unit; NaN where there is none."""
        value = self.finding.value
        return float("nan") if value is None else self.sign * value - self._limits[0]

    @property
    def _limits(self) -> tuple[float, float]:
        """Of a warning and of an error as they were applied, times `sign`; infinite where there is none."""
        warn, error = self.limit.warn, self.limit.error
        stated, applied = self.finding.limit, error if self.finding.verdict == "error" else warn
        moved = 0.0 if stated is None or applied is None else stated - applied
        return self.sign * (warn + moved), np.inf if error is None else self.sign * (error + moved)

    def if_worse(self, by: float) -> "Measurement":
        """What would be found if the value were worse by so much; better where that is negative."""
        if self.finding.value is None:
            return self
        worse, (warn, error) = self.sign * self.finding.value + by, self._limits
        verdict: Verdict = "error" if worse > error else "warn" if worse > warn else "ok"
        return replace(self, finding=replace(self.finding, verdict=verdict))

    def warning(self) -> "Measurement":
        """An error, held to be a warning."""
        return replace(
            self, finding=replace(self.finding, verdict="warn", limit=self.limit.warn), error_spans=()
        )

    def unsaid(self) -> "Measurement":
        """What was broken, too unsure to be called a fault."""
        cleared = replace(self.finding, value=None, limit=None, verdict="not_assessable", reason=TOO_UNSURE)
        return replace(self, finding=cleared, spans=(), error_spans=(), share=0.0)

    def mild(self) -> "Measurement":
        """The same number, no longer held to be a fault."""
        cleared = replace(self.finding, verdict="ok", limit=self.limit.warn)
        return replace(self, finding=cleared, spans=(), error_spans=())
