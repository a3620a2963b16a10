"""How far off the landmarks of a pose model may be, by what shows without knowing the truth."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from formcheck.sensor.correction import ProfileTable
from formcheck.types.landmark import NAMES

Floats = NDArray[np.floating]
Length = Annotated[float, Field(gt=0, le=10)]

_PARTS = {"pinky": "hand", "index": "hand", "thumb": "hand", "heel": "foot", "toe": "foot"}


def part_of(landmark: str) -> str:
    """Which of the lengths of `Parts` a landmark has."""
    joint = landmark.removeprefix("left_").removeprefix("right_")
    return _PARTS.get(joint, joint if joint in Parts.model_fields else "head")


class Parts(ProfileTable):
    """A length for each part of the body, in trunk lengths; both sides alike."""

    head: Length
    shoulder: Length
    elbow: Length
    wrist: Length
    hand: Length
    hip: Length
    knee: Length
    ankle: Length
    foot: Length

    @property
    def by_landmark(self) -> Floats:
        """(L,) the length of each landmark's part."""
        return np.array([getattr(self, part_of(name)) for name in NAMES])


class Doubt(ProfileTable):
    """Within what distance of the truth 95 of 100 landmarks lie.

    What adds to it adds as errors do that know nothing of one another: by the squares.

    Attributes
    ----------
    base : of a visible landmark that does not shake, of an upright body; trunk lengths.
    shaking : how much a landmark that shakes adds, times the shaking.
    hidden : what one of visibility 0 adds, trunk lengths; between 0 and 1 evenly on the way.
    lying : what a level trunk adds, trunk lengths.
    smoothed : all is multiplied by it where the model smoothed its landmarks itself, which hides the shaking
        and comes late.
    n : how many clips it was fitted on.
    evidence : which, and how often what it says holds on others.
    """

    base: Parts
    shaking: float = Field(ge=0, le=100)
    hidden: float = Field(ge=0, le=10)
    lying: float = Field(ge=0, le=10)
    smoothed: float = Field(ge=1, le=10)
    n: int = Field(ge=1)
    evidence: str = Field(min_length=5, max_length=1000)

    def of(self, shaking: Floats, hidden: Floats, lying: Floats, *, smoothed: bool) -> Floats:
        """The distance (n, L) in trunk lengths; NaN where one of the signs is.

        Parameters
        ----------
        shaking : (n, L) trunk lengths by which landmarks stand off their own smooth way.
        hidden : (n, L) 1 less visibility.
        lying : (n, 1) 0 for an upright trunk to 1 for a level one.
        smoothed : whether the model smoothed them.
        """
        added = (self.shaking * shaking) ** 2 + (self.hidden * hidden) ** 2 + (self.lying * lying) ** 2
        doubt: Floats = np.sqrt(self.base.by_landmark**2 + added) * (self.smoothed if smoothed else 1.0)
        return doubt
