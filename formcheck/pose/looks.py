"""Which frames a pose model looks at: as many as the movement needs. Times in, answers out; no pictures.

Frames between looks are filled in afterwards (`engine.body.restore`), as long as looks are no farther apart
than it bridges.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.errors import ModelError
from formcheck.pose.movement import Movement
from formcheck.types.pose import Floats, Pose

#: The word for a choice of model and looks that costs what `full` on every frame of 30 a second does.
AUTO = "auto"
#: While nothing moves, or nobody is there, so many looks a second; well within the gap that is bridged.
SELDOM = 3.0
#: And so many frames a second are kept meanwhile, to be looked at if the next look shows a change.
KEPT = 10.0
#: So much of the past is looked at anew once running has been seen, seconds: drawn runs took 1.8 to 2.3.
AGAIN_S = 2.5


@dataclass(frozen=True, slots=True)
class Looks:
    """Which model looks, and how often.

    Attributes
    ----------
    model : a name, or the path of a file.
    usual, running : looks a second; of runs, which have landings to be timed.
    apart : a run is looked at in every frame (1), every second frame (2) at most and so on.
    goes_back : whether frames may be looked at after later ones; then a still body and an empty room are
        looked at seldom until they change, and the beginning of a run is looked at once more.
    """

    model: str
    usual: float
    running: float
    apart: int = 1
    goes_back: bool = True


#: What "auto" is. Measured on drawn clips of 30 frames a second: mean error .0581 trunk lengths for heavy on
#: every third frame, at the price of full on every frame (.069); .0571 for every second, .0566 for all.
#: Nine drawn runs of 60 frames a second, 95th percentile of the error of knee flexion, near and far leg:
#: heavy 10 times a second 13 and 15 degrees, 15 times 10 and 11, 20 times 8 and 9, 60 times 7 and 9; full 60
#: times 8 and 14.
USUAL = Looks("heavy", usual=10.0, running=20.0, apart=2)
_CAREFUL = Looks("heavy", usual=15.0, running=np.inf)
#: A model that is named: full loses nothing at half of 30 looks a second, lite was not tried.
_NAMED = 30.0


def looks_of(model: str = AUTO, *, careful: bool = False, every_frame: bool = False) -> Looks:
    """How a recording is looked at.

    Parameters
    ----------
    model : "auto", a model's name, or the path of its file.
    careful : look more often than "auto" does, whatever it costs.
    every_frame : look at every frame.

    Raises
    ------
    ModelError
        If a model is named, and careful looks are wanted too.
    """
    if careful and model != AUTO:
        raise ModelError(f"{model}: careful looks choose the model themselves; leave one of the two out")
    chosen = _CAREFUL if careful else USUAL
    if every_frame:
        return Looks(chosen.model if model == AUTO else model, np.inf, np.inf, goes_back=False)
    return chosen if model == AUTO else Looks(model, _NAMED, np.inf)


class Beat:
    """Strikes so many times a second of a clock that is read at uneven times, at the nearest reading."""

    def __init__(self, per_second: float, apart: int = 1) -> None:
        self._period, self._apart = 1 / per_second, apart
        self._due, self._last, self._readings = -np.inf, -np.inf, apart

    def strikes(self, t: float) -> bool:
        """Whether it strikes at this reading; the next one is thought to be as far away as the last."""
        gap, self._last = t - self._last, t
        self._readings += 1
        if self._readings < self._apart or t + gap / 2 < self._due:
            return False
        self._readings = 0
        kept_up = t - self._due < self._period / 2
        self._due = (self._due if kept_up else t) + self._period
        return True

    def change(self, per_second: float, apart: int = 1) -> None:
        """Go on at another pace from the last reading."""
        self._period, self._apart = 1 / per_second, apart
        self._due = self._last + self._period


#: What becomes of a frame: looked at, kept as it may be looked at after the next look, or passed over.
Step = Literal["look", "keep", "pass"]


class Schedule:
    """Says of frame after frame whether it is looked at.

    Parameters
    ----------
    looks : which and how many are wanted.
    runs : whether this is a run; None where it has to be seen.
    """

    def __init__(self, looks: Looks, *, runs: bool | None = None) -> None:
        self._looks, self._runs = looks, runs
        self._movement, self._quiet = Movement(), False
        self._beat, self._seldom = Beat(*self._pace()), Beat(SELDOM)
        self._seen_running: float | None = None

    def step(self, t: float) -> Step:
        """What becomes of the next frame, of time ``t``."""
        if not self._beat.strikes(t):
            return "pass"
        return "keep" if self._quiet and not self._seldom.strikes(t) else "look"

    def saw(self, pose: Pose) -> bool:
        """Take in what a look showed; whether what was kept before it is to be looked at as well."""
        self._movement.add(pose)
        was_quiet, pace = self._quiet, self._pace()
        self._quiet = self._looks.goes_back and (self._movement.still or self._movement.empty)
        if self._runs is None and self._movement.running:
            self._runs, self._seen_running = True, pose.t
        if self._quiet and not was_quiet:
            self._seldom = Beat(SELDOM)
            self._seldom.strikes(pose.t)
        if self._pace() != pace:
            self._beat.change(*self._pace())
        return was_quiet and not self._quiet

    def again(self, times: Floats) -> list[float]:
        """Those of all frames' times whose frames are to be looked at anew, as a run begins there unseen."""
        if self._seen_running is None or not self._looks.goes_back:
            return []
        beat = Beat(self._looks.running, self._looks.apart)
        within = times[(times >= self._seen_running - AGAIN_S) & (times <= self._seen_running)]
        return [t for t in within.tolist() if beat.strikes(t)]

    def _pace(self) -> tuple[float, int]:
        if self._quiet:
            return KEPT, 1
        return (self._looks.running, self._looks.apart) if self._runs else (self._looks.usual, 1)
