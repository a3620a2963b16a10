"""Rounded, half transparent panels that carry text; built when their words change, pasted on every frame."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw.palette import Colour

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A panel ready to be pasted.

    ``paint`` holds its colours times their opacity, ``through`` how much of the picture shines through.
    """

    paint: Pixels
    through: Pixels

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.paint.shape[1], self.paint.shape[0]


def rounded(width: int, height: int, radius: int) -> Pixels:
    """Coverage 0..255 of a rectangle with round corners."""
    out = np.zeros((height, width), np.uint8)
    r = max(0, min(radius, width // 2 - 1, height // 2 - 1))
    cv2.rectangle(out, (r, 0), (width - 1 - r, height - 1), 255, -1)
    cv2.rectangle(out, (0, r), (width - 1, height - 1 - r), 255, -1)
    if r:
        for x in (r, width - 1 - r):
            for y in (r, height - 1 - r):
                cv2.circle(out, (x, y), r, 255, -1, cv2.LINE_AA)
    return out


def blank(width: int, height: int, radius: int, colour: Colour) -> tuple[Pixels, Pixels]:
    """A picture of one colour to write on, and the coverage of its rounded shape."""
    face = np.empty((height, width, 3), np.uint8)
    face[:] = colour
    return face, rounded(width, height, radius)


def finish(face: Pixels, shape: Pixels, opacity: float = 1.0) -> Panel:
    """Make a written panel ready for pasting; bright ink stays opaque on a half transparent ground."""
    ground = face[0, face.shape[1] // 2].astype(np.int16)
    ink = np.clip(np.abs(face.astype(np.int16) - ground).max(axis=2) * 3, 0, 255)
    alpha = np.maximum(opacity * 255, ink) * (shape / 255.0)
    cover = np.repeat(alpha[..., None], 3, axis=2)
    paint = np.round(face * (cover / 255)).astype(np.uint8)
    return Panel(paint, np.round(255 - cover).astype(np.uint8))


def paste(rgb: Pixels, panel: Panel, x: int, y: int) -> None:
    """Lay a panel on the picture in place; what hangs over the edge is cut off."""
    top, left = max(0, -y), max(0, -x)
    y, x = y + top, x + left
    paint, through = panel.paint[top:, left:], panel.through[top:, left:]
    area = rgb[y : y + paint.shape[0], x : x + paint.shape[1]]
    h, w = area.shape[:2]
    if h and w:
        area[:] = cv2.add(cv2.multiply(area, through[:h, :w], scale=1 / 255), paint[:h, :w])
