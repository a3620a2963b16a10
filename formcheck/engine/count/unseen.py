"""What follows an exercise whose movement is not seen."""

from collections.abc import Mapping

from formcheck.engine.count.tally import Tally
from formcheck.engine.judge.measurement import Span
from formcheck.engine.tracker import PassedOver, Sighting, TrackerState
from formcheck.types.event import Event
from formcheck.types.reason import Reason
from formcheck.types.result import Result


class Unseen:
    """The tracker of a clip that shows none of the exercise's cycles: it finds nothing more, and says why.

    Parameters
    ----------
    why : what was not seen.
    tally : what was found before.
    dead_band : differences of sides that are the sensor's, by unit.
    """

    def __init__(self, why: Reason, tally: Tally, dead_band: Mapping[str, float]) -> None:
        self.judged, self.passed_over = tally.judged, tally.passed_over
        self._why, self._tally, self._dead_band = why, tally, dead_band

    def step(self, seen: Sighting) -> list[Event]:
        """Nothing happens."""
        if seen.present and not self.passed_over:
            self.passed_over.append(PassedOver(seen.t, seen.t, self._why))
        return []

    def cut(self, t: float) -> list[Event]:
        """Nothing is open."""
        return self.finish(t)

    def finish(self, t: float) -> list[Event]:
        """Nothing is open; of a clip in which nobody was seen at all it is said, too."""
        if not (self._tally.reps or self._tally.holds or self.passed_over):
            self.passed_over.append(PassedOver(t, t, self._why))
        return []

    @property
    def state(self) -> TrackerState:
        """Nothing is known but what was found before."""
        counted = sum(rep.counted for rep in self._tally.reps)
        return TrackerState(attempts=len(self._tally.reps), reps=counted)

    @property
    def baseline(self) -> Span | None:
        """There is none."""
        return None

    def result(self) -> Result | None:
        """What was found before; None: nothing was attempted that could be seen."""
        return self._tally.repetitions(self._dead_band)
