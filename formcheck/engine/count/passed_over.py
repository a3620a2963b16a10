"""Why what was seen does not count: with the nearest number, in the units that a sentence names."""

from formcheck.exercises.schema import StartPose
from formcheck.signals.registry import reading
from formcheck.types.reason import Reason


def amount(value: float, unit: str) -> Reason:
    """A value of a signal with its unit."""
    if unit == "deg":
        return Reason("in_degrees", value=value)
    if unit == "S":
        return Reason("in_trunk_lengths", value=value)
    return Reason("in_no_unit", value=value)


def missed(pose: StartPose, signal: str, value: float, bounds: tuple[float, float]) -> Reason:
    """By what a start (or hold) pose was missed: a signal that came no nearer its bounds than ``value``."""
    unit, what, (low, high) = reading(signal).unit, in_words(signal), bounds
    near = amount(value, unit)
    if value < low:
        return Reason("pose_below", pose=pose.name, what=what, value=near, wanted=amount(low, unit))
    return Reason("pose_above", pose=pose.name, what=what, value=near, wanted=amount(high, unit))


def hardly_moved(signal: str, most: float, least: float, unit: str) -> Reason:
    """How far a signal moved at most, and how far an attempt goes at least."""
    return Reason("hardly_moved", what=in_words(signal), most=amount(most, unit), least=amount(least, unit))


def in_words(signal: str) -> str:
    """What a signal is, without what its numbers mean."""
    return reading(signal).doc.partition(";")[0].rstrip(".")
