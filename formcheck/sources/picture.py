"""Decoded pictures made upright, square-pixelled and RGB, all of a clip's one size."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Self, cast

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorTrc, VideoReformatter
from numpy.typing import NDArray

from formcheck.types.frame import Turn

Rgb = NDArray[np.uint8]

_UPRIGHT = (False, False, False)
#: Curves of high dynamic range, as phones film it: shown as they are, the picture is grey and pale.
_HIGH_RANGE = (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)
#: What screens show. FFmpeg maps tones and colours; its table for that takes three seconds to make.
_SCREEN = {"dst_color_trc": ColorTrc.BT709, "dst_color_primaries": ColorPrimaries.BT709}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a picture is brought upright.

    Attributes
    ----------
    width, height : pixels after squaring them, before turning.
    transposed : whether rows become columns; applied before the flips.
    flip_x, flip_y : whether the picture is then mirrored along x or y.
    """

    width: int
    height: int
    transposed: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @property
    def shown(self) -> tuple[int, int]:
        """(width, height) in pixels as a player shows it."""
        return (self.height, self.width) if self.transposed else (self.width, self.height)

    def within(self, size: tuple[int, int]) -> Self:
        """The same picture, as large as goes into a canvas of this width and height; itself if it fits."""
        if self.shown == size:
            return self
        scale = min(room / side for room, side in zip(size, self.shown, strict=True))
        # rounding may take half a pixel too much where the canvas is one
        most = size[::-1] if self.transposed else size
        width, height = (
            min(room, max(1, round(side * scale)))
            for room, side in zip(most, (self.width, self.height), strict=True)
        )
        return replace(self, width=width, height=height)


class ToRgb:
    """Turns decoded frames into upright RGB of one size; one per clip, as it keeps its tables.

    The size is that of the clip's first picture. Later ones of another size or shape are fitted into it, with
    black beside them: landmarks keep one frame of reference, and a body may become smaller, never stretched.

    Parameters
    ----------
    first : the clip's first frame.
    declared : width of its pixels over their height, as the file has it; None or 0 if it does not say.
    coded : the same as the frame itself has it; the file's word holds as long as this does not change.
    rotation_deg : how far the picture is turned further, clockwise.
    """

    def __init__(
        self,
        first: av.VideoFrame,
        declared: Fraction | None,
        coded: Fraction | None,
        rotation_deg: Turn = 0,
    ) -> None:
        self._aspects = {coded: declared}
        self._quarters = rotation_deg // 90
        self._turn, self._rotation = _UPRIGHT, cast("float | None", None)
        self._reformatter = VideoReformatter()
        self.size = self._shape(first, coded).shown

    def __call__(self, frame: av.VideoFrame, coded: Fraction | None) -> Rgb:
        """(H, W, 3) uint8 of the clip's one size, whatever the frame's own size and format."""
        shape = self._shape(frame, coded).within(self.size)
        rgb = self._rgb(frame, shape.width, shape.height)
        if shape.transposed or shape.flip_x or shape.flip_y:
            rgb = _turned(rgb, shape)
        return rgb if shape.shown == self.size else _centred(rgb, self.size)

    def _shape(self, frame: av.VideoFrame, coded: Fraction | None) -> Shape:
        """How to bring this frame upright; streams that carry it themselves do so at key frames only."""
        rotation = frame.rotation
        if rotation != self._rotation and (rotation or frame.key_frame or self._rotation is None):
            # only where it changed: PyAV's side data keeps its frame, 12 MB in 2160p, from being freed
            matrix = cast("Any", frame.side_data).get("DISPLAYMATRIX")
            turn = _UPRIGHT if matrix is None else _turn(np.frombuffer(bytes(matrix), np.int32).tolist())
            for _ in range(self._quarters):
                turn = _quarter_turned(*turn)
            self._turn, self._rotation = turn, rotation
        width = max(1, round(frame.width * (self._aspects.get(coded, coded) or 1)))
        return Shape(width, frame.height, *self._turn)

    def _rgb(self, frame: av.VideoFrame, width: int, height: int) -> Rgb:
        if any(part.is_alpha for part in frame.format.components):
            return _on_white(self._reformatted(frame, width, height, "rgba"))
        if frame.color_trc in _HIGH_RANGE:
            try:
                return self._reformatted(frame, width, height, "rgb24", **_SCREEN)
            except av.error.FFmpegError:  # colours that nobody can map
                pass
        return self._reformatted(frame, width, height, "rgb24")

    def _reformatted(self, frame: av.VideoFrame, width: int, height: int, kind: str, **colours: int) -> Rgb:
        flat = self._reformatter.reformat(frame, width, height, format=kind, threads=1, **colours)
        return cast("Rgb", flat.to_ndarray())


def _turn(matrix: list[int]) -> tuple[bool, bool, bool]:
    """Quarter turn and flips, from the signs of the display matrix: x' = a x + c y, y' = b x + d y."""
    a, b, _, c, d, *_ = matrix
    if abs(a) >= abs(b):
        return False, a < 0, d < 0
    return True, c < 0, b < 0


def _quarter_turned(transposed: bool, flip_x: bool, flip_y: bool) -> tuple[bool, bool, bool]:
    """The same, turned clockwise by 90 degrees more, which is to transpose and then to flip along x."""
    return not transposed, not flip_y, flip_x


def _on_white(rgba: NDArray[np.uint8]) -> Rgb:
    """What shines through a picture is white, as on a page."""
    alpha = rgba[..., 3:]
    if alpha.min() == 255:
        return np.ascontiguousarray(rgba[..., :3])
    white = np.uint16(255)
    return ((rgba[..., :3] * alpha.astype(np.uint16) + white * (white - alpha)) // white).astype(np.uint8)


def _centred(rgb: Rgb, size: tuple[int, int]) -> Rgb:
    canvas = np.zeros((size[1], size[0], 3), np.uint8)
    y, x = (size[1] - rgb.shape[0]) // 2, (size[0] - rgb.shape[1]) // 2
    canvas[y : y + rgb.shape[0], x : x + rgb.shape[1]] = rgb
    return canvas


def _turned(rgb: Rgb, shape: Shape) -> Rgb:
    # OpenCV turns a picture some ten times faster than copying a NumPy view does; only turned clips load it.
    import cv2  # noqa: PLC0415

    if shape.transposed:
        rgb = cv2.transpose(rgb)
    if shape.flip_x or shape.flip_y:
        rgb = cv2.flip(rgb, -1 if shape.flip_x and shape.flip_y else int(shape.flip_x))
    return rgb
