"""Which frames a pose model looks at: as many as the movement needs. Times in, answers out; no pictures.

Frames between looks are filled in afterwards (`engine.body.restore`), as long as looks are no farther apart
than it bridges.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    """Which models look, and how often.

    Attributes
    ----------
    model : a name, or the path of a file.
    usual, running : looks a second; of runs, which have landings to be timed.
    runs_by : the model that looks at runs; None is ``model``.
    goes_back : whether frames may be looked at after later ones; then a still body and an empty room are
        looked at seldom until they change, and the beginning of a run is looked at once more.
    """

    model: str
    usual: float
    running: float
    runs_by: str | None = None
    goes_back: bool = True

    @property
    def models(self) -> tuple[str, ...]:
        """All models that may look, that for runs last."""
        return (self.model,) if self.runs_by is None else (self.model, self.runs_by)

    def by(self, models: Sequence[str]) -> "Looks":
        """The same looks by other files of `models`, in that order."""
        return replace(self, model=models[0], runs_by=None if self.runs_by is None else models[-1])

    def named(self, *, runs: bool | None) -> "Looks":
        """What is left to choose where the exercise is named: a run's model looks from its beginning."""
        return replace(self, model=self.models[-1], runs_by=None) if runs else self

    def in_turn(self) -> "Looks":
        """By one estimator, which goes forward: what turns out to be a run gets twice the usual looks."""
        running = self.running if self.runs_by is None else 2 * self.usual
        return replace(self, running=running, runs_by=None, goes_back=False)


#: What "auto" is. Measured on drawn clips of 30 frames a second: mean error .0581 trunk lengths for heavy on
#: every third frame, at the price of full on every frame (.069); .0571 for every second, .0566 for all.
#: Nine drawn runs of 60 frames a second, or every second of them; 95th percentile of the error of the near
#: and far knee's bend, landings within 20 ms from side (85) and front (14), mean error, and price. Full 30
#: times a second: 8 and 17 degrees, 95 and 100 %, .058, 1.0 (at 60: .5). Heavy 15 times: 9 and 10, 87 and
#: 64 %, .050, 1.5; 20 times (at 60): 7 and 8, 96 and 71 %, .049, 1.0; 10 times: 13 and 15, 87 and 57 %, .053.
USUAL = Looks("heavy", usual=10.0, running=30.0, runs_by="full")
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

    def __init__(self, per_second: float) -> None:
        self._period = 1 / per_second
        self._due, self._last = -np.inf, -np.inf

    def strikes(self, t: float) -> bool:
        """Whether it strikes at this reading; the next one is thought to be as far away as the last."""
        gap, self._last = t - self._last, t
        if t + gap / 2 < self._due:
            return False
        kept_up = t - self._due < self._period / 2
        self._due = (self._due if kept_up else t) + self._period
        return True

    def change(self, per_second: float) -> None:
        """Go on at another pace from the last reading."""
        self._period = 1 / per_second
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
        self._beat, self._seldom = Beat(self._pace()), Beat(SELDOM)
        self._seen_running: float | None = None

    @property
    def model(self) -> str:
        """What the next look is made with."""
        return self._looks.models[-1] if self._runs else self._looks.model

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
            self._beat.change(self._pace())
        return was_quiet and not self._quiet

    def again(self, times: Floats) -> list[float]:
        """Those of all frames' times whose frames are to be looked at anew, as a run begins there unseen."""
        if self._seen_running is None or not self._looks.goes_back:
            return []
        beat = Beat(self._looks.running)
        within = times[(times >= self._seen_running - AGAIN_S) & (times <= self._seen_running)]
        return [t for t in within.tolist() if beat.strikes(t)]

    def _pace(self) -> float:
        if self._quiet:
            return KEPT
        return self._looks.running if self._runs else self._looks.usual
