"""Sequences of poses in which nobody is."""

import numpy as np

from formcheck.types.frame import SourceInfo
from formcheck.types.pose import Model, Pose, PoseSequence


def nobody(t: np.ndarray) -> PoseSequence:
    """At these seconds."""
    source = SourceInfo("made up", "poses", 640, 480)
    return PoseSequence.from_poses((Pose.nobody(float(s)) for s in t), source, Model("none", ""))
