"""Paint solids: exact surfaces into a depth buffer at twice the size, soft light, then scaled down."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from sample_videos.drawn.body import TONE_INDEX, TONES, Cone, Ellipsoid, Solid, solids
from sample_videos.drawn.camera import Camera
from sample_videos.drawn.person import USUAL, Person
from sample_videos.drawn.room import Room
from sample_videos.drawn.scene import Light, Vector

Array = NDArray[np.float64]
Image = NDArray[np.uint8]

FINE = 2  # pixels of the depth buffer a pixel of the picture
LEAST = 4  # pixels: less of a body at the edge of the picture is not painted


@cache
def _palette(person: Person, tint: Vector) -> Array:
    """Linear RGB of every tone, as a light of this tint shows it."""
    tones = np.array(list((TONES | dict(person.tones)).values()), np.float32)
    return (tones / 255.0) ** 2.2 * np.array(tint, np.float32)


class _Canvas:
    """Depth, surface direction and tone of the nearest surface at every fine pixel of a window."""

    def __init__(self, camera: Camera, window: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = window
        self.camera = camera
        self.origin = np.array([left, top], float)
        height, width = (bottom - top) * FINE, (right - left) * FINE
        self.unit = FINE * camera.focal_px / camera.distance_m  # fine pixels a metre, for depth
        self.depth = np.full((height, width), np.inf, np.float32)
        self.normal = np.zeros((height, width, 3), np.float32)
        self.tone = np.zeros((height, width), np.uint8)

    def place(self, points: Array) -> tuple[Array, Array]:
        """Points (n, 3) in fine pixels (right, down, away), and fine pixels a metre at each."""
        seen = self.camera.view(points)
        scale = self.camera.scale_of(seen)
        xy = (self.camera.flatten(seen, scale) - self.origin) * FINE - 0.5
        return np.concatenate([xy, seen[:, 2:] * self.unit], axis=1), FINE * scale

    def grid(self, low: Array, high: Array) -> tuple[slice, slice, Array, Array] | None:
        """The part of the window between two corners, and its pixel coordinates."""
        height, width = self.depth.shape
        x0, y0 = np.maximum(np.floor(low[:2]).astype(int), 0)
        x1, y1 = np.minimum(np.ceil(high[:2]).astype(int) + 1, [width, height])
        if x0 >= x1 or y0 >= y1:
            return None
        x, y = np.arange(x0, x1, dtype=np.float32), np.arange(y0, y1, dtype=np.float32)
        return slice(y0, y1), slice(x0, x1), x[None, :], y[:, None]

    def put(
        self,
        rows: slice,
        columns: slice,
        depth: Array,
        normal: tuple[Array, ...],
        tone: NDArray[np.uint8] | int,
    ) -> None:
        """Keep what is nearer than what was there; NaN depth is a miss."""
        kept = self.depth[rows, columns]
        nearer = depth < kept
        np.copyto(kept, depth, where=nearer)
        for k, part in enumerate(normal):
            np.copyto(self.normal[rows, columns, k], part, where=nearer)
        np.copyto(self.tone[rows, columns], tone, where=nearer)


def _paint_cone(canvas: _Canvas, cone: Cone, places: Array, scales: Array) -> None:
    """The near side of a swept sphere.

    Along the line of sight the sphere at share s has its near point at ``depth(s) - sqrt(q(s))`` with q a
    quadratic; that is convex in s, so the nearest one has a closed form and is clipped to the two ends.
    """
    a, b = places
    ra, rb = cone.ra * float(scales[0]), cone.rb * float(scales[1])
    grid = canvas.grid(np.minimum(a - ra, b - rb), np.maximum(a + ra, b + rb))
    if grid is None:
        return
    rows, columns, x, y = grid
    ax, ay, az = a.tolist()
    dx, dy, dz = (b - a).tolist()
    grow = rb - ra
    square = min(grow * grow - dx * dx - dy * dy, -1e-3)
    px, py = x - ax, y - ay
    linear = ra * grow + px * dx + py * dy
    rest = ra * ra - px * px - py * py
    inside = np.maximum(linear * linear - square * rest, 0)
    share = np.clip((dz * np.sqrt(inside / (dz * dz - square)) - linear) / square, 0, 1)
    under = square * share * share + 2 * linear * share + rest
    with np.errstate(invalid="ignore"):
        front = np.sqrt(np.where(under >= 0, under, np.nan))
    radius = ra + grow * share
    normal = ((px - share * dx) / radius, (py - share * dy) / radius, -front / radius)
    tone = np.where(share > cone.cut, np.uint8(TONE_INDEX[cone.tone2]), np.uint8(TONE_INDEX[cone.tone]))
    canvas.put(rows, columns, az + share * dz - front, normal, tone)


def _paint_ellipsoid(canvas: _Canvas, egg: Ellipsoid, places: Array, scales: Array) -> None:
    """The near side of an ellipsoid: the smaller root of its quadratic along the line of sight."""
    centre, scale = places[0], float(scales[0])
    right, down, toward = canvas.camera.axes
    axes = egg.axes @ np.stack([right, down, -toward], axis=1) * scale
    half = np.sqrt(np.sum(axes**2, axis=0))
    grid = canvas.grid(centre - half, centre + half)
    if grid is None:
        return
    rows, columns, x, y = grid
    (xx, xy, xz), (_, yy, yz), (_, _, zz) = np.linalg.inv(axes.T @ axes).tolist()
    cx, cy, cz = centre.tolist()
    px, py = x - cx, y - cy
    b = xz * px + yz * py
    under = b * b - zz * (xx * px * px + 2 * xy * px * py + yy * py * py - 1)
    with np.errstate(invalid="ignore"):
        pz = (-b - np.sqrt(np.where(under >= 0, under, np.nan))) / zz
    normal = (xx * px + xy * py + xz * pz, xy * px + yy * py + yz * pz, xz * px + yz * py + zz * pz)
    length = np.sqrt(sum(part * part for part in normal))
    canvas.put(rows, columns, cz + pz, tuple(part / length for part in normal), TONE_INDEX[egg.tone])


def _shade(canvas: _Canvas, lit: Light, person: Person) -> tuple[Array, Array]:
    """Colour (linear light) and cover of every fine pixel."""
    body = np.isfinite(canvas.depth)
    cover = body.astype(np.float32)
    # Blurred directions round the creases between solids, as clay would.
    weight = cv2.GaussianBlur(cover, (0, 0), 2.2)[body][:, None] + 1e-6
    blurred = cv2.GaussianBlur(canvas.normal * cover[..., None], (0, 0), 2.2)
    normal = 0.25 * canvas.normal[body] + 0.75 * (blurred[body] / weight)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-6
    toward = np.array(lit.toward) / np.linalg.norm(lit.toward)
    key = np.clip((normal @ toward.astype(np.float32) + 0.30) / 1.30, 0, 1)
    sky = 0.5 - 0.5 * normal[..., 1]
    light = lit.ambient + lit.sky * sky + lit.key * key * key
    # What lies deeper than its surroundings gets less light: parts come apart from one another.
    depth = np.where(body, canvas.depth, 0.0)
    coarse = [
        cv2.resize(layer, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) for layer in (depth, cover)
    ]
    for sigma, strength in ((1.5, 0.35), (4.5, 0.30)):
        mean, share = (cv2.GaussianBlur(layer, (0, 0), sigma) for layer in coarse)
        around = cv2.resize(mean / (share + 1e-3), depth.shape[::-1], interpolation=cv2.INTER_LINEAR)
        buried = np.clip((depth[body] - around[body]) / (0.12 * canvas.unit), 0, 1)
        light *= 1 - strength * buried
    colour = np.zeros_like(canvas.normal)
    colour[body] = _palette(person, lit.tint)[canvas.tone[body]] * light[:, None]
    return colour, cover


def _window(camera: Camera, joints: Array) -> tuple[int, int, int, int]:
    """Pixels (left, top, right, bottom) that hold the body and a margin."""
    xy = camera.project(joints)
    margin = 0.30 * float(camera.scale(joints).max())
    low = np.maximum(np.floor(xy.min(axis=0) - margin), 0).astype(int)
    high = np.minimum(np.ceil(xy.max(axis=0) + margin), camera.size).astype(int)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def paint(joints: Array, camera: Camera, room: Room, person: Person = USUAL) -> Array:
    """A picture (H, W, 3) in linear light of one body (33, 3) in a room."""
    picture = room.with_shadow(joints, camera)
    paint_over(picture, joints, camera, room.scene.light, person)
    return picture


def paint_over(picture: Array, joints: Array, camera: Camera, lit: Light, person: Person = USUAL) -> None:
    """Paint one more body (33, 3) before everything in a picture (H, W, 3) in linear light."""
    left, top, right, bottom = window = _window(camera, joints)
    if min(right - left, bottom - top) < LEAST:
        return
    canvas = _Canvas(camera, window)
    bodies: list[Solid] = solids(joints, person)
    places, scales = canvas.place(np.array([point for solid in bodies for point in solid.points]))
    at = 0
    for solid in bodies:
        own = slice(at, at + len(solid.points))
        at = own.stop
        if isinstance(solid, Cone):
            _paint_cone(canvas, solid, places[own], scales[own])
        else:
            _paint_ellipsoid(canvas, solid, places[own], scales[own])
    colour, cover = _shade(canvas, lit, person)
    size = (right - left, bottom - top)
    colour = cv2.resize(colour, size, interpolation=cv2.INTER_AREA)
    cover = cv2.resize(cover, size, interpolation=cv2.INTER_AREA)[..., None]
    part = picture[top:bottom, left:right]
    picture[top:bottom, left:right] = part * (1 - cover) + colour


def encode(linear: Array) -> Image:
    """Linear light 0..1 as uint8 RGB."""
    out: Image = np.round(255 * np.clip(linear, 0, 1) ** (1 / 2.2)).astype(np.uint8)
    return out
