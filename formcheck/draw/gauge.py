"""The range meter: how far through their own range the person is right now."""

import math
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import palette, text
from formcheck.draw.canvas import Canvas
from formcheck.draw.palette import Colour
from formcheck.draw.panel import Panel, blank, finish
from formcheck.types import Update
from formcheck.types.live_update import LiveUpdate

Pixels = NDArray[np.uint8]


_PHASES = {"rest": "ready", "out": "go", "hold": "hold", "back": "return", None: ""}
_WIDEST = _PHASES["back"]  # the panel keeps its size whatever the phase


class Size(NamedTuple):
    """How large a meter is, in hundredths of the picture's height: height, half its width, letters."""

    high: float
    half: float
    letters: float


VIDEO = Size(42, 1.1, 2.9)
LIVE = Size(60, 3.6, 4.6)  #: to be seen from three metres


def draw_gauge(canvas: Canvas, update: Update | LiveUpdate, size: Size, level: float) -> int:
    """Draw the meter in the upper right corner, filled to ``level`` (0..1; NaN leaves it empty); its width.

    It is grey while the progress cannot be seen, and ``level`` is what was seen last.
    """
    word, unit = _PHASES[update.phase], canvas.unit
    panel = canvas.panel("gauge", word, lambda: _empty(word, unit, size))
    x, y = canvas.width - panel.size[0] - canvas.edge, canvas.edge
    canvas.paste(panel, x, y)
    colour = palette.of_level(update.faults[0].level) if update.faults else palette.GOOD
    if not math.isfinite(update.progress):
        colour = palette.FAINT
    if math.isfinite(level):
        x0, y0, x1, y1 = _track(panel.size[0], unit, size)
        _fill(canvas.out, (x + x0, y + y0, x + x1, y + y1), level, colour, unit)
    return panel.size[0]


def _empty(word: str, unit: float, size: Size) -> Panel:
    """The empty meter with the phase beneath it."""
    px, bold = max(text.SMALLEST, round(size.letters * unit)), size is LIVE
    label = text.mask(word, px, bold=bold)
    room = text.mask(_WIDEST, px, bold=bold).shape[1]
    pad = round(1.2 * unit)
    w, h = max(room, round(3 * unit)) + 2 * pad, round(size.high * unit)
    face, shape = blank(w, h + label.shape[0] + pad, round(1.8 * unit), palette.INK)
    text.stamp(face, label, (w - label.shape[1]) // 2, h, palette.PAPER)
    x0, y0, x1, y1 = _track(w, unit, size)
    cv2.rectangle(face, (x0, y0), (x1, y1), (104, 114, 122), -1)
    return finish(face, shape, 0.62)


def _fill(rgb: Pixels, track: tuple[int, int, int, int], level: float, colour: Colour, unit: float) -> None:
    x0, y0, x1, y1 = track
    top = y1 - round((y1 - y0) * min(1.0, max(0.0, level)))
    cv2.rectangle(rgb, (x0, top), (x1, y1), colour, -1)
    edge = max(2, round(0.5 * unit))
    cv2.rectangle(rgb, (x0 - edge, top - edge), (x1 + edge, top + edge - 1), palette.PAPER, -1)


def _track(width: int, unit: float, size: Size) -> tuple[int, int, int, int]:
    half = max(2, round(size.half * unit))
    return width // 2 - half, round(2.2 * unit), width // 2 + half, round((size.high - 1.5) * unit)
