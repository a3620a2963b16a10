"""The tidy body: what signals and everything that remembers read."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import INDEX

_SHOULDERS, _HIPS = ([INDEX[f"left_{part}"], INDEX[f"right_{part}"]] for part in ("shoulder", "hip"))
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
    scale_px : pixels per trunk length, of a window one or (T,); NaN not known.
    facing : +1 the person faces image right, -1 left, NaN not known.
    near : the side nearer to the camera, "left" or "right".
    """

    t: float | Floats
    image: Points
    world: Floats
    seen: Floats
    scale_px: Any
    facing: float
    near: str

    @property
    def plan(self) -> Points:
        """(..., L) complex pixels from above: to the right, and away from the camera; NaN where not known."""
        shoulders, hips = (self.world[..., pair, :].mean(axis=-2) for pair in (_SHOULDERS, _HIPS))
        px_per_m = self.scale_px / np.linalg.norm(shoulders - hips, axis=-1)[..., None]
        plan = px_per_m * (self.world[..., 0] + 1j * self.world[..., 2])
        return np.where(np.isnan(self.image), complex(np.nan, np.nan), plan)

    def shown(self, least: float) -> "Body":
        """The body without the landmarks that are seen less surely than ``least``: they are NaN."""
        image = np.where(self.seen >= least, self.image, complex(np.nan, np.nan))
        return Body(self.t, image, self.world, self.seen, self.scale_px, self.facing, self.near)
