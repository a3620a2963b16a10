"""For which side of the body a signal is asked: the roles that legs and arms play, and how they are known.

Near, far, left and right are known before the first frame. The others are found anew in each one, from both
ankles: which foot stands is known by height, which is in front by where the person faces, as pose models
exchange left and right. A role is a function of the signal's values for the left and for the right side,
and of the joints that its parameters name, as a signal is.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from formcheck.signals.geometry import Point, Value, mean_seen, pick

#: The sides that are known of a clip.
SIDES = ("near", "far", "left", "right")
VIEWS = ("side", "front", "back", "oblique")
#: With less between the heights of the two ankles both feet may be on the floor. Trunk lengths.
LIFTED = 0.25
#: Who stands on one leg, or lunges toward the camera, has the ankles no further apart across the picture.
#: Beyond it the body is turned, and a bent knee looks like one that falls aside. Trunk lengths.
TURNED = 0.8


@dataclass(frozen=True, slots=True)
class Role:
    """A side that is found frame by frame.

    Attributes
    ----------
    name, doc : what an exercise file writes, and when the role is played and when it is not known.
    words : what it adds to those of a signal, " of the foot in front".
    views : those in which it can be found; None where it can in any, even if the signal of one side cannot.
    joints : the joints that tell it.
    choose : the values of the left and of the right side, and the joints -> the value of the role.
    """

    name: str
    doc: str
    words: str
    views: tuple[str, ...] | None
    joints: tuple[str, ...]
    choose: Callable[..., Any]

    def shown(self, views: tuple[str, ...]) -> tuple[str, ...]:
        """The views that show it of a signal that ``views`` show."""
        return VIEWS if self.views is None else tuple(v for v in views if v in self.views)


BY_FRAME: dict[str, Role] = {}


def role(words: str, views: str | None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a role; its name, docstring and parameters are the declaration."""

    def register(choose: Callable[..., Any]) -> Callable[..., Any]:
        joints = tuple(inspect.signature(choose).parameters)[2:]
        doc = inspect.cleandoc(choose.__doc__ or "")
        seen_from = None if views is None else tuple(views.split())
        BY_FRAME[choose.__name__] = Role(choose.__name__, doc, words, seen_from, joints, choose)
        return choose

    return register


def ahead(left_ankle: Point, right_ankle: Point, facing: Value) -> Value:
    """Left ankle ahead of the right one: + the left foot is in front."""
    return facing * (left_ankle - right_ankle).real


def lift(left_ankle: Point, right_ankle: Point) -> Value:
    """Right ankle above the left one: + the left leg stands."""
    return (right_ankle - left_ankle).imag


def nearer(left_ankle: Point, right_ankle: Point, far: Value) -> Any:
    """`lift`, but a foot that is hidden counts as ``far`` behind the other."""
    height = lift(left_ankle, right_ankle)
    return np.where(np.isnan(left_ankle), -far, np.where(np.isnan(right_ankle), far, height))


@role(" of the foot in front", views="side")
def lead(left: Value, right: Value, left_ankle: Point, right_ankle: Point, facing: Value) -> Value:
    """The leg of the foot in front; NaN where a foot is hidden."""
    return pick(ahead(left_ankle, right_ankle, facing), left, right)


@role(" of the foot behind", views="side")
def rear(left: Value, right: Value, left_ankle: Point, right_ankle: Point, facing: Value) -> Value:
    """The leg of the foot behind; NaN where a foot is hidden."""
    return pick(ahead(left_ankle, right_ankle, facing), right, left)


@role(" over the lower foot", views="side front back")
def lower(left: Value, right: Value, left_ankle: Point, right_ankle: Point) -> Value:
    """The leg of the lower foot; NaN where a foot is hidden."""
    return pick(lift(left_ankle, right_ankle), left, right)


@role(" over the foot that stands", views="side front back")
def stance(left: Value, right: Value, left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """The leg that stands while the other foot is lifted; NaN on both feet, or where a foot is hidden."""
    height = lift(left_ankle, right_ankle)
    return np.where(abs(height) > LIFTED * scale, pick(height, left, right), np.nan)[()]


@role(" over the lower foot", views="front back")
def support(left: Value, right: Value, left_ankle: Point, right_ankle: Point) -> Value:
    """The leg of the lower foot, or of the only one seen: from the front the other one hides behind it."""
    lowest = np.fmin(left_ankle.imag, right_ankle.imag)
    return np.where(left_ankle.imag == lowest, left, np.where(right_ankle.imag == lowest, right, np.nan))[()]


@role(" over the lower foot", views="front back")
def support_square(left: Value, right: Value, left_ankle: Point, right_ankle: Point, scale: Value) -> Value:
    """The same of a body square to the camera: NaN where the ankles are so far apart that it is turned."""
    turned = abs((left_ankle - right_ankle).real) > TURNED * scale
    return np.where(turned, np.nan, pick(nearer(left_ankle, right_ankle, scale), left, right))[()]


@role(", mean of both sides", views=None)
def both(left: Value, right: Value) -> Value:
    """The mean of both sides, or the one that is seen: for counting, where one may be hidden."""
    return mean_seen(left, right)
