"""A level camera that looks at a point in the room."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Where the camera stands around the person, degrees from straight ahead toward the person's left.
AZIMUTH = {"front": 0.0, "back": 180.0, "oblique": 45.0, "side": 90.0}
#: The wall is this far behind the person.
WALL_M = 1.7


@dataclass(frozen=True)
class Camera:
    """A pinhole without lens errors, held level.

    Attributes
    ----------
    azimuth : degrees from the person's front toward the person's left.
    height_m : of the lens; the horizon lies at half the picture.
    distance_m : from the lens to ``aim``.
    focal_px : pixels a metre at one metre.
    aim : (x, y) metres, the point of the floor under the middle of the picture.
    flat : parallel rays instead of a pinhole: sizes do not depend on depth.
    shift : (T, 2) px by which the picture of each frame is moved right and down; (2,) one for all.
    """

    azimuth: float
    height_m: float
    distance_m: float
    focal_px: float
    size: tuple[int, int]
    aim: tuple[float, float] = (0.0, 0.0)
    flat: bool = False
    shift: Array | tuple[float, float] = (0.0, 0.0)

    @property
    def axes(self) -> tuple[Array, Array]:
        """Unit vectors in the room: to the right in the picture, and from the aim to the lens."""
        a = np.radians(self.azimuth)
        return np.array([-np.sin(a), np.cos(a), 0.0]), np.array([np.cos(a), np.sin(a), 0.0])

    def view(self, points: Array) -> Array:
        """Points (..., 3) of the room as right, down and away from the aim, metres."""
        right, toward = self.axes
        p = points - np.array([*self.aim, self.height_m])
        return np.stack([p @ right, -p[..., 2], -(p @ toward)], axis=-1)

    def scale(self, points: Array) -> Array:
        """Pixels a metre at each point (...)."""
        depth = np.full(points.shape[:-1], self.distance_m)
        if not self.flat:
            depth = depth + self.view(points)[..., 2]
        out: Array = self.focal_px / depth
        return out

    def project(self, points: Array) -> Array:
        """Pixels (..., 2), origin top left, y down."""
        flat = self.view(points)[..., :2] * self.scale(points)[..., None]
        shift = np.asarray(self.shift, float)
        return flat + np.array(self.size) / 2 + (shift if shift.ndim == 1 else shift[:, None])

    def at(self, frame: int) -> "Camera":
        """The camera of one frame."""
        shift = np.asarray(self.shift, float)
        return self if shift.ndim == 1 else replace(self, shift=shift[frame])

    def world(self, joints: Array, hip: Array) -> Array:
        """MediaPipe's world landmarks (T, 33, 3): metres from ``hip`` (T, 3), right, down, away."""
        return self.view(joints) - self.view(hip)[:, None]


def stand(view: str, facing: str, size: tuple[int, int], *, span_m: float | None, aim_x: float) -> Camera:
    """The usual camera for a view; low down and ``span_m`` wide for a body on the floor."""
    azimuth = AZIMUTH[view]
    if facing == "right" and view in ("side", "oblique"):
        azimuth = -azimuth
    width, height = size
    if span_m:
        return Camera(azimuth, 0.55, 3.5, 3.5 * min(width / span_m, height / 1.5), size, (aim_x, 0.0))
    return Camera(azimuth, 0.95, 3.8, 3.8 * min(width / 1.6, height / 2.2), size, (aim_x, 0.0))
