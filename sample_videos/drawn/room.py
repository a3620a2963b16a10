"""A plain room: wall, floor line, a mat or a treadmill, and the body's shadow on the floor."""

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import BONES
from sample_videos.drawn.backdrop import backdrop
from sample_videos.drawn.camera import WALL_M, Camera
from sample_videos.drawn.scene import STUDIO, Scene

Array = NDArray[np.float64]

CLOSE_M = 0.25  # below this height a part of the body darkens the floor under it
_WALL, _FLOOR, _SKIRTING = (206, 202, 194), (166, 146, 124), (232, 230, 226)
#: What hangs on the wall of a room that passes by: how many things, and the picture widths it repeats after.
_THINGS, _WIDTHS = 40, 4
#: A hand that films may point this far up or down, px.
_SPARE = 96
_MAT, _BELT, _RAIL = (92, 108, 128), (58, 60, 64), (120, 124, 130)


def _linear(rgb: tuple[int, int, int]) -> Array:
    out: Array = (np.array(rgb, np.float32) / 255.0) ** 2.2
    return out


class Room:
    """The still background of a clip in linear light, and the shadow that moves on it."""

    def __init__(
        self,
        camera: Camera,
        *,
        mat: tuple[float, float] | None = None,
        treadmill: bool = False,
        scenery: bool = False,
        scene: Scene = STUDIO,
    ) -> None:
        """``mat`` is where a mat begins and ends along x; a ``treadmill`` carries the person.

        With ``scenery`` there is something on the wall and the floor that shows whether the camera moves.
        """
        self.camera = camera
        # A treadmill lifts the person: the room's floor is lower than the belt.
        self.floor_z = -0.16 if treadmill else 0.0
        self.scene = scene
        self.still = self._walls() if scene == STUDIO else backdrop(camera, scene, self.floor_z)
        if mat:
            self._plate(mat[0], mat[1], 0.42, 0.0, 0.012, _MAT)
        if treadmill:
            self._plate(-0.85, 0.75, 0.42, self.floor_z, 0.15, _RAIL)
            self._plate(-0.82, 0.72, 0.30, -0.012, 0.012, _BELT)
            self.still = cv2.GaussianBlur(self.still, (0, 0), 0.6)
        self._wide = self._scenery() if scenery else None

    def move(self, moved: Array) -> None:
        """Show the scenery moved by (2,) px right and down; a room without any stays as it is."""
        if self._wide is None:
            return
        shift = np.array([[1.0, 0.0, moved[0]], [0.0, 1.0, moved[1] - _SPARE]])
        self.still = cv2.warpAffine(self._wide, shift, self.camera.size, borderMode=cv2.BORDER_WRAP)

    def _scenery(self) -> Array:
        """The room made wider and higher, with boards, pictures and grain."""
        width, height = self.camera.size
        rng = np.random.default_rng(0)
        middle = self.still[:, width // 2 : width // 2 + 1]
        wide = np.pad(middle, ((_SPARE, _SPARE), (0, 0), (0, 0)), "edge").repeat(_WIDTHS * width, axis=1)
        foot = round(self._foot()) + _SPARE
        for x, y, w, h in rng.uniform([0, 0.05, 0.04, 0.05], [1, 0.8, 0.15, 0.3], (_THINGS, 4)):
            left, top = round(x * _WIDTHS * width), round(y * foot)
            right, bottom = round(left + w * width), round(min(top + h * height, foot - 24))
            wide[top:bottom, left:right] = rng.uniform(0.15, 0.75, 3)
        boards = rng.integers(0, _WIDTHS * width, _THINGS)
        wide[foot:, boards] *= 0.6
        grain = cv2.GaussianBlur(rng.standard_normal(wide.shape[:2]), (0, 0), 2.0)
        out: Array = np.clip(wide * (1 + 0.5 * grain)[..., None], 0, 1).astype(np.float32)
        return out

    def _foot(self) -> float:
        """Where the wall meets the floor, px from the top."""
        drop = self.camera.height_m - self.floor_z
        return self.camera.size[1] / 2 + self.camera.focal_px * drop / (self.camera.distance_m + WALL_M)

    def _walls(self) -> Array:
        width, height = self.camera.size
        y = np.arange(height, dtype=np.float32)[:, None]
        x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
        foot = self._foot()
        # Light comes from the upper left and fades along the wall and toward the viewer's feet.
        wall = (1.04 - 0.10 * x - 0.12 * (y / height))[..., None] * _linear(_WALL)
        near = np.clip((y - foot) / (height - foot), 0, 1)
        floor = (0.82 + 0.22 * near - 0.06 * x)[..., None] * _linear(_FLOOR)
        board = 0.09 * self.camera.focal_px / (self.camera.distance_m + WALL_M)
        picture = np.where((y > foot)[..., None], floor, wall)
        strip = ((y > foot - board) & (y <= foot))[..., None]
        picture = np.where(strip, _linear(_SKIRTING) * (1.0 - 0.08 * x)[..., None], picture)
        shade = np.exp(-np.clip(y - foot, 0, None) / 9.0) * (y > foot)
        picture = picture * (1 - 0.35 * shade)[..., None]
        return cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 0.7)

    def _plate(
        self, start: float, end: float, half: float, low: float, thick: float, rgb: tuple[int, int, int]
    ) -> None:
        """A flat box on the floor; the sides toward the camera are darker than its top."""
        top = [(x, y, low + thick) for x, y in ((start, -half), (end, -half), (end, half), (start, half))]
        tone = _linear(rgb)
        toward = self.camera.axes[2]
        for k in range(4):
            a, b = np.array(top[k]), np.array(top[(k + 1) % 4])
            outward = (a + b)[:2] / 2 - [(start + end) / 2, 0.0]
            if outward @ toward[:2] > 0.05:
                down = np.array([0.0, 0.0, thick])
                self._fill(np.array([a, b, b - down, a - down]), 0.55 * tone)
        self._fill(np.array(top), tone)

    def _fill(self, corners: Array, tone: Array) -> None:
        points = np.round(self.camera.project(corners) * 16).astype(np.int32)
        cv2.fillPoly(self.still, [points], tone.tolist(), lineType=cv2.LINE_AA, shift=4)

    def with_shadow(self, joints: Array, camera: Camera) -> Array:
        """A fresh picture (H, W, 3) in linear light with the shadow of a body (33, 3) on it."""
        width, height = self.camera.size
        far, close = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
        shares = np.linspace(0.0, 1.0, 6)[:, None]
        points = np.concatenate([joints[a] + shares * (joints[b] - joints[a]) for a, b in BONES])
        # Spots overwrite one another: the lowest points, whose shadow is darkest, come last.
        points = points[np.argsort(-points[:, 2])]
        floor = points * [1.0, 1.0, 0.0]
        for z, place, scale in zip(points[:, 2], camera.project(floor), camera.scale(floor), strict=True):
            _spot(camera, far, place, 0.13 * scale, 1.0)
            if z < CLOSE_M:
                _spot(camera, close, place, 0.05 * scale, 1 - z / CLOSE_M)
        shade = 0.42 * cv2.GaussianBlur(far, (0, 0), 9.0) + 0.55 * cv2.GaussianBlur(close, (0, 0), 2.5)
        out: Array = self.still * (1 - np.minimum(shade, 0.75))[..., None]
        return out


def _spot(camera: Camera, mask: Array, place: Array, radius_px: float, dark: float) -> None:
    """An ellipse as the camera sees a round spot on the floor."""
    x, y = (round(float(v) * 16) for v in place)
    flat = camera.lens[2] / camera.distance_m
    axes = (round(radius_px * 16), round(radius_px * flat * 16))
    cv2.ellipse(mask, (x, y), axes, 0, 0, 360, dark, -1, cv2.LINE_AA, 4)
