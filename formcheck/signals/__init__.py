"""Named numbers about one pose. Pure: a signal remembers nothing and rescales nothing."""

from formcheck.signals import (
    arms,
    balance,
    both,
    folding,
    gait,
    head,
    joints,
    jumps,
    limbs,
    lying,
    planks,
    trunk,
)
from formcheck.signals.registry import SIGNALS, BoundSignal, Signal, reading, signal

__all__ = [
    "SIGNALS",
    "BoundSignal",
    "Signal",
    "arms",
    "balance",
    "both",
    "folding",
    "gait",
    "head",
    "joints",
    "jumps",
    "limbs",
    "lying",
    "planks",
    "reading",
    "signal",
    "trunk",
]
