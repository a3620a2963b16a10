"""What bodies pass through on their way into the engine.

A recording has been made whole by `restore`, which knows what comes after. A live frame has no future: every
limb is put on its side by what came before, and the pose model's own smoothing is the only one. Measured on
40 drawn clips, 30 frames per second: a One-Euro filter on top of that (1.5 Hz, 2 Hz a trunk length per
second) makes joints late by 45 ms instead of 15, costs 31 % in the fastest tenth, and steadies angles at rest
from +-0.33 to +-0.29 degrees. Without any smoothing they are late by 5 ms and swing by +-0.64 degrees.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import Floats, confidence, plane, trusted
from formcheck.engine.body.side_swap_repair import SideSwapRepair
from formcheck.sensor.noise import Trust
from formcheck.types.body import Points
from formcheck.types.pose import Pose, PoseSequence


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """(n) bodies.

    Attributes
    ----------
    t : (n,) seconds.
    points : (n, L) complex pixels, y up.
    sure : (n, L) how sure each landmark is, 0..1; 0 outside the picture.
    doubt : (n, L) how far off each may be, trunk lengths; NaN where nobody estimated it, as live.
    world : (n, L, 3) metres, as the pose model gave them.
    found : (n,) whether a person was found at all.
    """

    t: Floats
    points: Points
    sure: Floats
    doubt: Floats
    world: Floats
    found: NDArray[np.bool_]

    @classmethod
    def of(cls, poses: PoseSequence, trust: Trust) -> "Bodies":
        """Those of a recording; what is hidden, and yet hardly in doubt, is sure enough to count."""
        hardly = poses.doubt <= trust.count_within
        shown = np.where(hardly, np.fmax(poses.visibility, trust.countable), poses.visibility)
        sure = confidence(poses.image, shown, (poses.width_px, poses.height_px), trust.margin)
        return cls(poses.t, plane(poses.image), sure, poses.doubt, poses.world, poses.found)

    @classmethod
    def one(cls, pose: Pose, size: tuple[int, int], margin: float) -> "Bodies":
        """That of one picture of ``size`` (width, height)."""
        sure = confidence(pose.image, pose.visibility, size, margin)
        doubt, found = np.full_like(sure[None], np.nan), np.array([pose.found])
        return cls(np.array([pose.t]), plane(pose.image)[None], sure[None], doubt, pose.world[None], found)


class Tidier:
    """Makes bodies ready to be read, one by one or many at once.

    Parameters
    ----------
    scale_px : pixels per trunk length.
    longest : (10,) length of each limb bone, in trunk lengths, beyond which its end has gone astray.
    repair : what puts limbs on their side; None where that was done.
    """

    def __init__(self, scale_px: float, longest: Floats, repair: SideSwapRepair | None) -> None:
        self._scale_px, self._longest, self._repair = scale_px, longest, repair

    def over(self, bodies: Bodies) -> Bodies:
        """The next frames, not sure of what lies at the end of a bone that cannot be."""
        placed = bodies if self._repair is None else self._sided(bodies, self._repair)
        sure = trusted(placed.points / self._scale_px, placed.sure, self._longest)
        return replace(placed, sure=sure)

    def _sided(self, bodies: Bodies, repair: SideSwapRepair) -> Bodies:
        order = repair.order(bodies.t, bodies.points / self._scale_px, bodies.sure)
        rows = np.arange(len(order))[:, None]
        sure, doubt = bodies.sure[rows, order], bodies.doubt[rows, order]
        return replace(bodies, points=bodies.points[rows, order], sure=sure, doubt=doubt)
