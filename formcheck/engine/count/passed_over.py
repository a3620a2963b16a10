"""Why what was seen does not count: with the nearest number, in the units that a sentence names."""

import math

from formcheck.exercises.schema import StartPose
from formcheck.signals.registry import reading
from formcheck.types.reason import Reason

#: The last digit of a value that is said, by its unit; 0.01 of any other.
_DIGIT = {"deg": 1.0}
#: A bound is not rounded up for less of a digit than this: it was reckoned, and may be off by a hair.
_HAIR = 1e-6


def amount(value: float, unit: str) -> Reason:
    """A value of a signal with its unit."""
    if unit == "deg":
        return Reason("in_degrees", value=value)
    if unit == "S":
        return Reason("in_trunk_lengths", value=value)
    return Reason("in_no_unit", value=value)


def below(low: float, high: float, unit: str) -> tuple[Reason, Reason]:
    """Two values, the first the lower: rounded apart, so that they differ as they are said, too."""
    digit = _DIGIT.get(unit, 0.01)
    down, up = math.floor(low / digit + _HAIR), math.ceil(high / digit - _HAIR)
    return amount(down * digit, unit), amount(up * digit, unit)


def missed(pose: StartPose, signal: str, value: float, bounds: tuple[float, float]) -> Reason:
    """By what a start (or hold) pose was missed: a signal that came no nearer its bounds than ``value``."""
    unit, what, (low, high) = reading(signal).unit, in_words(signal), bounds
    if value < low:
        near, least = below(value, low, unit)
        return Reason("pose_below", pose=pose.name, what=what, value=near, wanted=least)
    most, far = below(high, value, unit)
    return Reason("pose_above", pose=pose.name, what=what, value=far, wanted=most)


def hardly_moved(signal: str, most: float, least: float, unit: str) -> Reason:
    """How far a signal moved at most, and how far an attempt goes at least."""
    moved, enough = below(most, least, unit)
    return Reason("hardly_moved", what=in_words(signal), most=moved, least=enough)


def gap(seconds: float, *, filmed: bool) -> Reason:
    """What may have been done while nothing was seen, though it was filmed, or as there are no pictures."""
    if filmed:
        return Reason("unseen_meanwhile", seconds=seconds)
    return Reason("pictures_missing", seconds=seconds)


def in_words(signal: str) -> str:
    """What a signal is, without what its numbers mean."""
    return reading(signal).doc.partition(";")[0].rstrip(".")
