"""The tidy body: what signals and everything that remembers read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Points = NDArray[np.complexfloating]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """One body, tidied, or a window of them; of a window, arrays have a leading axis (T,).

    Attributes
    ----------
    t : () or (T,) seconds.
    image : (..., L) complex pixels, y up; NaN where not known.
    world : (..., L, 3) metres, origin between the hips; NaN where not known.
    seen : (..., L) how surely each landmark is where it is said to be, 0..1; 0 where it has gone astray.
    scale_px : pixels per trunk length; NaN not known.
    facing : +1 the person faces image right, -1 left, NaN not known.
    near : the side nearer to the camera, "left" or "right".
    """

    t: float | Floats
    image: Points
    world: Floats
    seen: Floats
    scale_px: float
    facing: float
    near: str

    def shown(self, least: float) -> "Body":
        """The body without the landmarks that are seen less surely than ``least``: they are NaN."""
        image = np.where(self.seen >= least, self.image, complex(np.nan, np.nan))
        return Body(self.t, image, self.world, self.seen, self.scale_px, self.facing, self.near)
