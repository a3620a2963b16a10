"""A camera that looks at a point in the room."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sample_videos.drawn.scene import Shot

Array = NDArray[np.float64]

#: Where the camera stands around the person, degrees from straight ahead toward the person's left.
AZIMUTH = {"front": 0.0, "back": 180.0, "oblique": 45.0, "side": 90.0}
#: The wall is this far behind the person.
WALL_M = 1.7


@dataclass(frozen=True)
class Camera:
    """A pinhole without lens errors.

    Attributes
    ----------
    azimuth : degrees from the person's front toward the person's left.
    height_m : of the point it looks at, and of the lens where it is held level.
    distance_m : from the lens to ``aim``.
    focal_px : pixels a metre at one metre.
    aim : (x, y) metres, the point of the floor under the middle of the picture.
    pitch, roll : degrees; + looks down from above; + is turned clockwise, and the picture the other way.
    flat : parallel rays instead of a pinhole: sizes do not depend on depth.
    shift : (T, 2) px by which the picture of each frame is moved right and down; (2,) one for all.
    """

    azimuth: float
    height_m: float
    distance_m: float
    focal_px: float
    size: tuple[int, int]
    aim: tuple[float, float] = (0.0, 0.0)
    pitch: float = 0.0
    roll: float = 0.0
    flat: bool = False
    shift: Array | tuple[float, float] = (0.0, 0.0)

    @cached_property
    def axes(self) -> tuple[Array, Array, Array]:
        """Unit vectors in the room: right and down in the picture, and from the aim to the lens."""
        a, p, r = np.radians([self.azimuth, self.pitch, self.roll])
        level, up = np.array([np.cos(a), np.sin(a), 0.0]), np.array([0.0, 0.0, 1.0])
        right = np.array([-np.sin(a), np.cos(a), 0.0])
        toward = np.cos(p) * level + np.sin(p) * up
        down = np.sin(p) * level - np.cos(p) * up
        return np.cos(r) * right + np.sin(r) * down, np.cos(r) * down - np.sin(r) * right, toward

    @cached_property
    def lens(self) -> Array:
        """(3,) where the lens is, metres."""
        aim: Array = np.array([*self.aim, self.height_m])
        return aim + self.distance_m * self.axes[2]

    def view(self, points: Array) -> Array:
        """Points (..., 3) of the room as right, down and away from the aim, metres."""
        right, down, toward = self.axes
        p = points - np.array([*self.aim, self.height_m])
        return np.stack([p @ right, p @ down, -(p @ toward)], axis=-1)

    def scale(self, points: Array) -> Array:
        """Pixels a metre at each point (...)."""
        return self.scale_of(self.view(points))

    def scale_of(self, seen: Array) -> Array:
        """The same of points as `view` gives them."""
        depth = np.full(seen.shape[:-1], self.distance_m)
        if not self.flat:
            depth = depth + seen[..., 2]
        out: Array = self.focal_px / depth
        return out

    def project(self, points: Array) -> Array:
        """Pixels (..., 2), origin top left, y down."""
        seen = self.view(points)
        return self.flatten(seen, self.scale_of(seen))

    def flatten(self, seen: Array, scale: Array) -> Array:
        """The same of points as `view` gives them, and their scale."""
        flat = seen[..., :2] * scale[..., None]
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


def placed(usual: Camera, shot: Shot) -> Camera:
    """The usual camera, placed as a shot asks."""
    distance = usual.distance_m * shot.nearer
    lens = usual.height_m if shot.lens_m is None else shot.lens_m
    return replace(
        usual,
        azimuth=usual.azimuth + shot.turn,
        distance_m=distance,
        focal_px=usual.focal_px * shot.nearer * shot.larger,
        pitch=float(np.degrees(np.arcsin((lens - usual.height_m) / distance))),
        roll=shot.roll,
        shift=np.asarray(usual.shift, float) + np.array([shot.aside * usual.size[0], 0.0]),
    )
