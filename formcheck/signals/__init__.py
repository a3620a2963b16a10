"""Named numbers about one pose. Pure: a signal remembers nothing and rescales nothing."""

from formcheck.signals import arms, body, feet, head, hips, knees, trunk
from formcheck.signals.registry import SIGNALS, BoundSignal, Signal, reading, signal

__all__ = [
    "SIGNALS",
    "BoundSignal",
    "Signal",
    "arms",
    "body",
    "feet",
    "head",
    "hips",
    "knees",
    "reading",
    "signal",
    "trunk",
]
