"""How far off the landmarks of a pose model may be, by what shows without knowing the truth."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from formcheck.sensor.correction import ProfileTable
from formcheck.types.landmark import NAMES

Floats = NDArray[np.floating]
Length = Annotated[float, Field(gt=0, le=10)]
Factor = Annotated[float, Field(ge=1, le=100)]

#: Trunk lengths. Less shaking than that tells nothing (a pixel of pictures is more), so that no doubt is nil.
LEAST_SHAKING = 0.002
#: The shaking at which `Doubt.base` is stated, trunk lengths.
BASE_SHAKING = 0.01

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
    """Within what distance of the truth 95 of 100 landmarks lie: factors, as quantile regression finds them.

    Attributes
    ----------
    base : of a visible landmark of an upright body that shakes by `BASE_SHAKING`.
    shaking : the power of the shaking by which it grows: 0.5 doubles it at four times the shaking.
    hidden : by what it is multiplied where visibility is 0; between 0 and 1 evenly on the way.
    lying : by what where the trunk is level.
    smoothed : by what where the model smoothed its landmarks itself, which hides the shaking and comes late.
    n : how many clips it was fitted on.
    evidence : which, and how often what it says holds on others.
    """

    base: Parts
    shaking: float = Field(ge=0, le=2)
    hidden: Factor
    lying: Factor
    smoothed: Factor
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
        shakes = (np.maximum(shaking, LEAST_SHAKING) / BASE_SHAKING) ** self.shaking
        usual = self.base.by_landmark * (self.smoothed if smoothed else 1.0)
        doubt: Floats = usual * shakes * self.hidden**hidden * self.lying**lying
        return doubt
