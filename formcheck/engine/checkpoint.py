"""A moment of a live set to go back to: that somebody turned is known only when he has stayed so."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from formcheck.engine.count.tally import Tally
from formcheck.engine.tracker import Tracker


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """What was counted, and was under way, after a frame.

    Attributes
    ----------
    t : of the frame, seconds.
    tracker, tally : as they were; what the tally lists is shared with what came after.
    judged, passed_over : how much was judged, and did not count, by then.
    frames : how many bodies of the piece were read.
    """

    t: float
    tracker: Tracker
    tally: Tally
    judged: int
    passed_over: int
    frames: int

    @classmethod
    def of(
        cls, t: float, tracker: Tracker, tally: Tally, frames: int, shared: Sequence[object]
    ) -> "Checkpoint":
        """Now; ``shared`` is what the tracker only reads."""
        kept = (*shared, tally.reps, tally.holds, tally.judged, tally.passed_over)
        now = deepcopy((tracker, tally), {id(x): x for x in kept})
        return cls(t, *now, len(tally.judged), len(tally.passed_over), frames)
