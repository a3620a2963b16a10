"""Decoded pictures made upright, square-pixelled and RGB."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self, cast

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the pictures of a stream are brought upright.

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

    @classmethod
    def of(cls, frame: av.VideoFrame, pixel_aspect: Fraction | None) -> Self:
        """Read it from a first frame and the width of a pixel over its height (None or 0: not said)."""
        width = max(1, round(frame.width * (pixel_aspect or 1)))
        return cls(width, frame.height, *_turn(frame))

    @property
    def shown(self) -> tuple[int, int]:
        """(width, height) in pixels as a player shows it."""
        return (self.height, self.width) if self.transposed else (self.width, self.height)


def _turn(frame: av.VideoFrame) -> tuple[bool, bool, bool]:
    """Quarter turn and flips, from the signs of the display matrix: x' = a x + c y, y' = b x + d y."""
    data = cast("Any", frame.side_data).get("DISPLAYMATRIX")
    if data is None:
        return False, False, False
    a, b, _, c, d, *_ = np.frombuffer(bytes(data), np.int32).tolist()
    if abs(a) >= abs(b):
        return False, a < 0, d < 0
    return True, c < 0, b < 0


class ToRgb:
    """Turns decoded frames into upright RGB; one per stream, as it keeps its tables between frames."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._reformatter = VideoReformatter()

    def __call__(self, frame: av.VideoFrame) -> Rgb:
        """(H, W, 3) uint8 of the stream's one size, whatever the frame's own size and format."""
        shape = self._shape
        flat = self._reformatter.reformat(frame, shape.width, shape.height, format="rgb24", threads=1)
        rgb = cast("Rgb", flat.to_ndarray())
        if shape.transposed or shape.flip_x or shape.flip_y:
            rgb = _turned(rgb, shape)
        return rgb


def _turned(rgb: Rgb, shape: Shape) -> Rgb:
    # OpenCV turns a picture some ten times faster than copying a NumPy view does; only turned clips load it.
    import cv2  # noqa: PLC0415

    if shape.transposed:
        rgb = cv2.transpose(rgb)
    if shape.flip_x or shape.flip_y:
        rgb = cv2.flip(rgb, -1 if shape.flip_x and shape.flip_y else int(shape.flip_x))
    return rgb
