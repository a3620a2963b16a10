"""What a frame passes through on its way into the engine: live a causal tidying, else nothing more.

A recording has been made whole by `restore`, which knows what comes after. Live, every limb is put on its
side and the body is smoothed from what came before alone, block by block of frames, of any length.
"""

from dataclasses import dataclass
from typing import Protocol

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


class Tidy(Protocol):
    """Makes the next bodies ready to be read."""

    def over(self, given: Given) -> Tidied:
        """The next frames."""


class Restored:
    """Bodies of a recording, on their side and smooth already.

    Parameters
    ----------
    scale_px : pixels per trunk length.
    """

    def __init__(self, scale_px: float) -> None:
        self._scale_px = scale_px

    def over(self, given: Given) -> Tidied:
        """The next frames, in trunk lengths."""
        placed = given.points / self._scale_px
        return Tidied(placed, placed, given.sure)


class Tidier:
    """Tidies live bodies as they come, or many at once.

    Parameters
    ----------
    scale_px : pixels per trunk length.
    countable : how sure landmarks must be to be compared from frame to frame, 0..1.
    """

    def __init__(self, scale_px: float, countable: float) -> None:
        self._scale_px = scale_px
        self._repair, self._smooth = SideSwapRepair(countable), OneEuro()

    def over(self, given: Given) -> Tidied:
        """The next frames."""
        placed, sure = self._repair.over(given.t, given.points / self._scale_px, given.sure)
        return Tidied(placed, self._smooth.over(given.t, placed), sure)


def tidy(scale_px: float, countable: float, *, live: bool) -> Tidy:
    """What the bodies of a live session, or of a recording, pass through."""
    return Tidier(scale_px, countable) if live else Restored(scale_px)
