"""Words on the picture: the counter in a corner, one cue at the foot, a mark for every fault that holds."""

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import palette, text
from formcheck.draw.palette import Colour, Level
from formcheck.draw.panel import Panel, blank, finish

Pixels = NDArray[np.uint8]

ALARM: Colour = (190, 62, 0)  #: deeper than the limbs' vermilion, for white letters on it


def counter(name: str, big: str, small: str, unit: float, width: int, lit: Colour = palette.PAPER) -> Panel:
    """The panel with the exercise's name, the number that matters and the line that qualifies it.

    ``unit`` is a hundredth of the picture's height, ``width`` the most it may take, ``lit`` the colour of
    the number.
    """
    pad = round(1.8 * unit)
    small_px = max(text.SMALLEST, round(2.9 * unit))
    head = text.fit(name, small_px, width - 2 * pad, text.SMALLEST)
    number = text.fit(big, round(12 * unit), width - 2 * pad, text.SMALLEST)
    foot = text.fit(small, small_px, width - 2 * pad, text.SMALLEST, bold=False)
    lead = round(0.08 * number.shape[0])  # capitals leave the upper fifth of their box empty
    rows = ((head, palette.DIM, 0), (number, lit, -lead), (foot, palette.PAPER, 0))
    w = max(row.shape[1] for row, _, _ in rows) + 2 * pad
    h = sum(row.shape[0] for row, _, _ in rows) - lead + 2 * pad
    face, shape = blank(w, h, pad, palette.INK)
    y = pad
    for row, colour, lift in rows:
        text.stamp(face, row, pad, y + lift, colour)
        y += row.shape[0] + lift
    return finish(face, shape, 0.62)


def cue(words: str, level: Level | None, unit: float, width: int) -> Panel:
    """The panel with what to do now; ``level`` None is a plain hint, not a fault."""
    pad = round(2.0 * unit)
    ground, ink = {"error": (ALARM, palette.PAPER), "warn": (palette.WARN, palette.INK)}.get(
        level or "", (palette.INK, palette.PAPER)
    )
    side = round(5.5 * unit) if level else 0
    room = width - 2 * pad - (side + pad if side else 0)
    lines = _lines(words, round(6.2 * unit), room)
    wide = max(line.shape[1] for line in lines)
    h = sum(line.shape[0] for line in lines) + 2 * round(1.2 * unit)
    w = min(width, wide + 2 * pad + (side + pad if side else 0))
    face, shape = blank(w, h, pad, ground)
    if level:
        sign(face, pad + side // 2, h // 2, side, level, ink, ground)
    y = round(1.2 * unit)
    for line in lines:
        text.stamp(face, line, pad + (side + pad if side else 0), y, ink)
        y += line.shape[0]
    return finish(face, shape, 0.94 if level else 0.7)


def marks(levels: tuple[Level, ...], unit: float) -> Panel:
    """A small sign for every fault that holds: triangles for errors, diamonds for warnings."""
    side = round(4.0 * unit)
    face, shape = blank(side * len(levels) + side // 2, round(1.3 * side), side // 2, palette.INK)
    for i, level in enumerate(levels):
        x = side // 4 + side * i + side // 2
        sign(face, x, face.shape[0] // 2, round(0.72 * side), level, palette.of_level(level), palette.INK)
    return finish(face, shape, 0.62)


def _lines(words: str, px: int, room: int) -> list[Pixels]:
    """One line at full size, else two lines, broken where they are most even."""
    if text.mask(words, px).shape[1] <= room or " " not in words:
        return [text.fit(words, px, room, text.SMALLEST)]
    parts = words.split()
    halves = [(" ".join(parts[:i]), " ".join(parts[i:])) for i in range(1, len(parts))]
    pair = min(halves, key=lambda two: max(len(half) for half in two))
    size = px
    while size > text.SMALLEST and max(text.mask(half, size).shape[1] for half in pair) > room:
        size -= 1
    return [text.fit(half, size, room, min(size, text.SMALLEST)) for half in pair]


def sign(rgb: Pixels, x: int, y: int, size: int, level: Level, colour: Colour, ground: Colour) -> None:
    """The shape of a level around ``x, y``, in place: a triangle for errors, a diamond for warnings."""
    r = size / 2
    shape = [(0, -1), (1, 0.8), (-1, 0.8)] if level == "error" else [(0, -1), (1, 0), (0, 1), (-1, 0)]
    corners = np.array([[(x + r * dx) * 8, (y + r * dy) * 8] for dx, dy in shape], np.int32)
    cv2.fillPoly(rgb, [corners], colour, cv2.LINE_AA, 3)
    stroke = max(1, round(size / 9))
    cv2.line(rgb, (x, round(y - 0.3 * r)), (x, round(y + 0.25 * r)), ground, stroke, cv2.LINE_AA)
    cv2.circle(rgb, (x, round(y + 0.56 * r)), max(1, round(stroke * 0.6)), ground, -1, cv2.LINE_AA)
