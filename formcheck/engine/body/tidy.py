"""The one tidying: every limb on its side, what went astray out, the rest smoothed.

It remembers from block to block of frames. A block of one frame is a live picture, one of a whole recording
its first pass; they give the same numbers.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.engine.body.landmarks import Floats, confidence, plane, trusted
from formcheck.engine.body.side_swap_repair import SideSwapRepair
from formcheck.engine.body.smooth import OneEuro
from formcheck.types.body import Points
from formcheck.types.pose import Pose, PoseSequence


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """(n) bodies as the model gave them.

    Attributes
    ----------
    t : (n,) seconds.
    points : (n, L) complex pixels, y up.
    sure : (n, L) visibility; 0 outside the picture.
    """

    t: Floats
    points: Points
    sure: Floats

    @classmethod
    def of(cls, poses: PoseSequence, margin: float) -> "Given":
        """Those of a recording; ``margin`` as for `confidence`."""
        sure = confidence(poses.image, poses.visibility, (poses.width_px, poses.height_px), margin)
        return cls(poses.t, plane(poses.image), sure)

    @classmethod
    def one(cls, pose: Pose, size: tuple[int, int], margin: float) -> "Given":
        """That of one picture of ``size`` (width, height)."""
        sure = confidence(pose.image, pose.visibility, size, margin)
        return cls(np.array([pose.t]), plane(pose.image)[None], sure[None])


@dataclass(frozen=True, slots=True, eq=False)
class Tidied:
    """(n) bodies in trunk lengths with every limb on its side.

    Attributes
    ----------
    placed, smooth : (n, L) complex trunk lengths, before and after smoothing.
    sure : (n, L) how sure each landmark is, 0..1.
    """

    placed: Points
    smooth: Points
    sure: Floats

    def trusting(self, longest: Floats) -> "Tidied":
        """The same, not sure of what lies at the end of a bone longer than ``longest`` (10,)."""
        return Tidied(self.placed, self.smooth, trusted(self.placed, self.sure, longest))


class Tidier:
    """Tidies one body after another, or many at once.

    Parameters
    ----------
    scale_px : pixels per trunk length.
    countable : how sure landmarks must be to be compared from frame to frame, 0..1.
    """

    def __init__(self, scale_px: float, countable: float) -> None:
        self._scale_px = scale_px
        self._repair, self._smooth = SideSwapRepair(countable), OneEuro()

    @property
    def exchanges(self) -> int:
        """How often the model took left for right."""
        return self._repair.exchanges

    def over(self, given: Given) -> Tidied:
        """The next frames."""
        placed, sure = self._repair.over(given.t, given.points / self._scale_px, given.sure)
        return Tidied(placed, self._smooth.over(given.t, placed), sure)
