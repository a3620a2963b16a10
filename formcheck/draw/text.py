"""Letters, as masks to be tinted, and numbers as people read them.

OpenCV's own letters are plain ASCII strokes before version 5; a degree sign or an umlaut needs a real
typeface. The one used here travels with matplotlib.
"""

import warnings
from functools import cache, lru_cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.ft2font import FT2Font
from numpy.typing import NDArray

from formcheck.draw.palette import Colour

Pixels = NDArray[np.uint8]

SMALLEST = 11  #: pixels; smaller letters cannot be read
_ELLIPSIS = "…"


@cache
def _font(bold: bool) -> FT2Font:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FT2Font(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / name))


@lru_cache(maxsize=256)
def mask(text: str, px: int, bold: bool = True) -> Pixels:
    """Coverage 0..255 of one line of text in a box of height ``1.2 * px``, its baseline at ``0.95 * px``."""
    text = "".join(c for c in text if c.isprintable()).strip()
    box_h, baseline = round(1.2 * px), round(0.95 * px)
    if not text:
        return np.zeros((box_h, 0), np.uint8)
    font = _font(bold)
    font.set_size(px, 72)
    with warnings.catch_warnings():  # a letter the typeface lacks shows as a box; that is message enough
        warnings.simplefilter("ignore")
        font.set_text(text, 0.0)
    font.draw_glyphs_to_bitmap(antialiased=True)
    ink = np.asarray(font.get_image(), np.uint8)
    box = np.zeros((box_h, ink.shape[1]), np.uint8)
    top = baseline - (ink.shape[0] - round(font.get_descent() / 64))
    cut, top = max(0, -top), max(0, top)
    ink = ink[cut : cut + box_h - top]
    box[top : top + len(ink)] = ink
    box.flags.writeable = False
    return box


def fit(text: str, px: int, width: int, smallest: int, bold: bool = True) -> Pixels:
    """Text as large as ``px`` allows in ``width``; below ``smallest`` it is cut with an ellipsis."""
    for size in range(px, smallest - 1, -1):
        drawn = mask(text, size, bold)
        if drawn.shape[1] <= width:
            return drawn
    while len(text) > 1 and mask(text + _ELLIPSIS, smallest, bold).shape[1] > width:
        text = text[:-1].rstrip()
    drawn = mask(text + _ELLIPSIS, smallest, bold)
    return drawn if drawn.shape[1] <= width else drawn[:, :width]


def stamp(rgb: Pixels, letters: Pixels, x: int, y: int, colour: Colour) -> None:
    """Tint ``rgb`` in place where the letters are, their corner at ``x, y``; what hangs over is cut off."""
    top, left = max(0, -y), max(0, -x)
    part = letters[top : max(top, rgb.shape[0] - y), left : max(left, rgb.shape[1] - x)]
    if part.size == 0:
        return
    y, x = y + top, x + left
    area = rgb[y : y + part.shape[0], x : x + part.shape[1]]
    weight = part[..., None].astype(np.uint16)
    paint = np.array(colour, np.uint16)
    area[:] = ((area * (255 - weight) + paint * weight + 127) // 255).astype(np.uint8)


def clock(seconds: float) -> str:
    """Whole seconds: 0:07, 1:30."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def cadence(steps_per_minute: float | None) -> str:
    """Whole steps, a dash where there is no steady rhythm."""
    return "–" if steps_per_minute is None else f"{steps_per_minute:.0f}"
