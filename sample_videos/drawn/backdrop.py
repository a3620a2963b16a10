"""Rooms other than the plain one: every pixel looks along its ray at a floor or at what stands behind.

A wall stands behind the person, across the line of sight; outdoors it is a hedge further away, and the sky.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from sample_videos.drawn.camera import WALL_M, Camera
from sample_videos.drawn.scene import Scene

Array = NDArray[np.float64]

HEDGE_M, HEDGE_TOP_M = 9.0, 1.9
_SKY, _HEDGE = (186, 208, 236), (58, 84, 46)
#: Of the things in a room: how many on the wall and on the floor before it; metres.
_ON_WALL, _ON_FLOOR = 16, 7
#: Grain of a surface repeats after so many metres, in so many cells a metre.
_PATCH_M, _CELLS = 4, 60


def linear(rgb: object) -> Array:
    """A colour RGB 0..255 in linear light."""
    out: Array = (np.asarray(rgb, np.float32) / 255.0) ** 2.2
    return out


def backdrop(camera: Camera, scene: Scene, floor_z: float) -> Array:
    """The empty room (H, W, 3) in linear light."""
    rng = np.random.default_rng([scene.seed, 4])
    behind = HEDGE_M if scene.walls == "outdoors" else WALL_M
    wall, x, y, z = _hits(camera, floor_z, behind)
    across = _level(camera)[0]
    u = x * across[0] + y * across[1]
    upright = _WALLS[scene.walls](u, z - floor_z, scene, rng)
    ground = _floor(x, y, scene, rng)
    # The floor darkens toward the foot of the wall.
    near = np.exp(-np.abs(x * across[1] - y * across[0] + behind) / 0.5)
    ground = ground * (1 - 0.3 * near)[..., None]
    picture = np.where(wall[..., None], upright, ground) * scene.dim
    return cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 0.8)


def _level(camera: Camera) -> tuple[Array, Array]:
    """Along the wall and away from it toward the lens, both level."""
    a = np.radians(camera.azimuth)
    return np.array([-np.sin(a), np.cos(a), 0.0]), np.array([np.cos(a), np.sin(a), 0.0])


def _hits(camera: Camera, floor_z: float, behind: float) -> tuple[NDArray[np.bool_], Array, Array, Array]:
    """Where each pixel's ray ends: whether on the wall, and the point."""
    width, height = camera.size
    shift = np.asarray(camera.shift, float).reshape(-1, 2)[0]
    columns = (np.arange(width) - width / 2 - shift[0]) / camera.focal_px
    rows = (np.arange(height) - height / 2 - shift[1]) / camera.focal_px
    right, down, toward = camera.axes
    ray = columns[None, :, None] * right + rows[:, None, None] * down - toward
    lens, (_, level) = camera.lens, _level(camera)
    with np.errstate(divide="ignore"):
        to_floor = (floor_z - lens[2]) / ray[..., 2]
        to_wall = (-behind + level[:2] @ camera.aim - lens @ level) / (ray @ level)
    to_floor = np.where(to_floor > 0, to_floor, np.inf)
    wall = to_wall < to_floor
    end = lens + np.where(wall, to_wall, to_floor)[..., None] * ray
    return wall, end[..., 0], end[..., 1], end[..., 2]


def _grain(u: Array, v: Array, rng: np.random.Generator, sigma: float) -> Array:
    """Seeded unevenness of a surface at metres (u, v), about -1 to 1."""
    n, edge = _PATCH_M * _CELLS, _CELLS
    patch = np.pad(rng.standard_normal((n, n)).astype(np.float32), edge, "wrap")
    patch = cv2.GaussianBlur(patch, (0, 0), sigma)[edge:-edge, edge:-edge]
    patch /= 2 * patch.std()
    row, column = ((np.nan_to_num(c) * _CELLS).astype(int) % len(patch) for c in (v, u))
    out: Array = patch[row, column]
    return out


def _plain(u: Array, z: Array, scene: Scene, rng: np.random.Generator) -> Array:
    light = 1.0 - 0.08 * u - 0.05 * z + 0.03 * _grain(u, z, rng, 6.0)
    out = light[..., None] * linear(scene.wall)
    skirting = (z > 0) & (z < 0.09)
    return np.where(skirting[..., None], 0.5 * out + 0.3, out)


def _boxes(u: Array, z: Array, boxes: Array, tones: Array, out: Array) -> Array:
    """Rectangles (n, 4) of left, bottom, width, height on the wall, painted in order."""
    for (left, bottom, wide, high), tone in zip(boxes, tones, strict=True):
        inside = (u > left) & (u < left + wide) & (z > bottom) & (z < bottom + high)
        out[inside] = tone
    return out


def _cluttered(u: Array, z: Array, scene: Scene, rng: np.random.Generator) -> Array:
    out = _plain(u, z, scene, rng)
    hung = rng.uniform([-3, 0.9, 0.15, 0.15], [3, 2.2, 0.8, 0.6], (_ON_WALL, 4))
    stood = rng.uniform([-3, 0.0, 0.2, 0.3], [3, 0.01, 0.9, 1.4], (_ON_FLOOR, 4))
    tones = linear(rng.uniform(20, 235, (_ON_WALL + _ON_FLOOR, 3)))
    out = _boxes(u, z, np.concatenate([hung, stood]), tones, out)
    return out * (1 + 0.25 * _grain(u, z, rng, 2.0))[..., None]


def _gym(u: Array, z: Array, scene: Scene, rng: np.random.Generator) -> Array:
    out = _plain(u, z, scene, rng)
    # Wall bars: uprights, and rungs a hand apart.
    bars = (z < 2.6) & (np.abs(u + 0.3) < 1.6) & (((z % 0.14) < 0.04) | (((u + 1.9) % 0.8) < 0.06))
    out = np.where(bars[..., None], linear((176, 128, 78)), out)
    # A rack of weights on the right.
    discs = (np.abs(u - 2.0) < 0.6) & (z < 1.1) & (((u % 0.3) - 0.15) ** 2 + ((z % 0.36) - 0.18) ** 2 < 0.019)
    return np.where(discs[..., None], linear((34, 34, 38)), out)


def _outdoors(u: Array, z: Array, _: Scene, rng: np.random.Generator) -> Array:
    leaves = (0.8 + 0.6 * _grain(u, z, rng, 3.0) + 0.3 * _grain(u / 4, z / 4, rng, 6.0))[..., None]
    hedge = np.clip(leaves, 0.1, 2.0) * linear(_HEDGE)
    sky = linear(_SKY) * np.clip(1.15 - 0.03 * z, 0.7, 1.2)[..., None]
    top = HEDGE_TOP_M + 0.5 * _grain(u / 3, 0 * u, rng, 8.0)
    return np.where((z > top)[..., None], sky, hedge)


def _window(u: Array, z: Array, scene: Scene, rng: np.random.Generator) -> Array:
    out = _plain(u, z, scene, rng)
    glass = (np.abs(u) < 1.1) & (z > 0.5) & (z < 2.3)
    frame = glass & ((np.abs(u) < 0.03) | (np.abs(np.abs(u) - 1.08) < 0.03) | (np.abs(z - 1.5) < 0.03))
    out = np.where(glass[..., None], np.array([2.2, 2.3, 2.4]) / scene.dim, out)
    return np.where(frame[..., None], linear((150, 150, 150)), out)


def _floor(x: Array, y: Array, scene: Scene, rng: np.random.Generator) -> Array:
    tone = linear(scene.floor)
    rough = {"outdoors": 0.5, "gym": 0.3}.get(scene.walls, 0.12)
    light = 0.9 + rough * _grain(x, y, rng, 1.5)
    if scene.walls in ("cluttered", "window"):
        light = light * np.where((y % 0.16) < 0.012, 0.6, 1.0)
    out: Array = light[..., None] * tone
    return out


_WALLS: dict[str, Callable[[Array, Array, Scene, np.random.Generator], Array]] = {
    "plain": _plain,
    "cluttered": _cluttered,
    "gym": _gym,
    "outdoors": _outdoors,
    "window": _window,
}
