"""The range meter: how far through their own range the person is right now."""

import math
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import palette, text
from formcheck.draw.palette import Colour
from formcheck.draw.panel import Panel, finish, paste, plate

Pixels = NDArray[np.uint8]


_WIDEST = "return"  # the plate keeps its size whatever the phase


class Size(NamedTuple):
    """How large a meter is, in hundredths of the picture's height: height, half its width, letters."""

    high: float
    half: float
    letters: float


VIDEO = Size(42, 1.1, 2.9)
LIVE = Size(60, 3.6, 4.6)  #: to be seen from three metres


def gauge_plate(word: str, unit: float, size: Size = VIDEO) -> Panel:
    """The empty meter with the phase beneath it."""
    px, bold = max(11, round(size.letters * unit)), size is LIVE
    label = text.mask(word, px, bold=bold)
    room = text.mask(_WIDEST, px, bold=bold).shape[1]
    pad = round(1.2 * unit)
    w, h = max(room, round(3 * unit)) + 2 * pad, round(size.high * unit)
    face, shape = plate(w, h + label.shape[0] + pad, round(1.8 * unit), palette.INK)
    text.stamp(face, label, (w - label.shape[1]) // 2, h, palette.PAPER)
    x0, y0, x1, y1 = _track(w, unit, size)
    cv2.rectangle(face, (x0, y0), (x1, y1), (104, 114, 122), -1)
    return finish(face, shape, 0.62)


def draw_gauge(
    rgb: Pixels,
    panel: Panel,
    corner: tuple[int, int],
    progress: float,
    colour: Colour,
    unit: float,
    size: Size = VIDEO,
) -> None:
    """Paste the meter with its top left at ``corner``, filled to ``progress`` (0..1); NaN leaves it empty."""
    x, y = corner
    paste(rgb, panel, x, y)
    if not math.isfinite(progress):
        return
    x0, y0, x1, y1 = _track(panel.size[0], unit, size)
    level = y + y1 - round((y1 - y0) * min(1.0, max(0.0, progress)))
    cv2.rectangle(rgb, (x + x0, level), (x + x1, y + y1), colour, -1)
    edge = max(2, round(0.5 * unit))
    cv2.rectangle(rgb, (x + x0 - edge, level - edge), (x + x1 + edge, level + edge - 1), palette.PAPER, -1)


def _track(width: int, unit: float, size: Size) -> tuple[int, int, int, int]:
    half = max(2, round(size.half * unit))
    return width // 2 - half, round(2.2 * unit), width // 2 + half, round((size.high - 1.5) * unit)
