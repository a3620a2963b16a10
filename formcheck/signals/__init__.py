"""Named numbers about one pose. Pure: a signal remembers nothing and rescales nothing."""

from formcheck.signals import gait, head, joints, limbs, trunk
from formcheck.signals.registry import SIGNALS, Reading, Signal, reading, signal

__all__ = ["SIGNALS", "Reading", "Signal", "gait", "head", "joints", "limbs", "reading", "signal", "trunk"]
